"""A trained ensemble: probes of all its seeds at once.

A probe is computed for the whole ensemble at once, on the real Keras layers, and memoized; a member selects the result
of its seed. Every probe of a stateful network begins with a reset.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import tensorflow as tf
from numpy.typing import ArrayLike, NDArray

from lstm_lab.training.ensemble.accuracy import class_accuracy, counted_outputs
from lstm_lab.training.ensemble.keras_model import assign_weights, keras_model
from lstm_lab.training.ensemble.mapped_outputs import mapped_predictor
from lstm_lab.training.ensemble.roll_outs import Step, forecast, forecast_start, roll_out_letters
from lstm_lab.training.errors import Diverged, ProblemError
from lstm_lab.training.experiment import Experiment, reset_states
from lstm_lab.training.plain_keras import keras_predictor, output_layout
from lstm_lab.training.problems import WHOLE, Floats, Problem, Samples, floats, packed, read_only, unpacked
from lstm_lab.training.store import Arrays, OutputCache, PlainSnapshot, Snapshot

Probed = TypeVar("Probed")

# Rows of one call of a stateless network: bounds the memory of a probe of many thousands of rows.
MOST_ROWS = 1024


@dataclass
class Ensemble:
    """All seeds of one block of one experiment, trained. Arrays have the seed axis first and are read-only.

    Attributes:
        experiment: what was trained.
        snapshot: the trained weights and the losses of every epoch.
        output_cache: its outputs on disk; None stores none.
        eagerly: whether Keras must run its models eagerly, see `Eligibility`.
    """

    experiment: Experiment
    snapshot: Snapshot
    output_cache: OutputCache | None = None
    eagerly: bool = False
    _memo: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    @property
    def seeds(self) -> tuple[int, ...]:
        """The S seeds."""
        return self.snapshot.seeds

    @property
    def problem(self) -> Problem:
        """The problem of its experiment."""
        return self.experiment.problem

    @property
    def values(self) -> Arrays:
        """All variables of the models, each (S, ...): trainable weights first."""
        return [*self.snapshot.weights, *self.non_trainable]

    @property
    def non_trainable(self) -> Arrays:
        """Variables beside the trainable weights, each (S, ...), where plain Keras has trained; otherwise none."""
        return self.snapshot.non_trainable if isinstance(self.snapshot, PlainSnapshot) else []

    def predictor(self, sample_shape: tuple[int, ...], rows: int | None, unpadded: bool = False) -> Callable[..., Any]:
        """The function of the network's output: mapped over all members, or the Keras model of one after the other."""
        network = self.experiment.network
        if network.verified:
            return mapped_predictor(network, sample_shape, rows)
        inputs = getattr(self.problem, "inputs", ())
        shape = (None, *sample_shape[1:]) if unpadded else sample_shape
        return keras_predictor(network, shape, rows if network.stateful else None, eagerly=self.eagerly, inputs=inputs)

    @functools.cached_property
    def samples(self) -> Samples:
        """The training sets of all seeds, each array with the seed axis first: x (S, N, T, F), y (S, N, ...)."""
        return _stacked_samples(self.problem, self.seeds)

    def memoize(self, name: Hashable, probe: Callable[[], Probed]) -> Probed:
        """The value of `probe`, computed at the first call with this name; its arrays become read-only."""
        if name not in self._memo:
            self._memo[name] = read_only(probe())
        value: Probed = self._memo[name]
        return value

    def with_experiment(self, experiment: Experiment) -> Ensemble:
        """The same weights as an ensemble of another experiment: with another batch size, or with another
        network of the same variables. Nothing is memoized in it yet."""
        return dataclasses.replace(self, experiment=experiment, _memo={})

    def _cached(
        self,
        quantity: str,
        inputs: Sequence[NDArray[Any]],
        compute: Callable[[], Arrays],
        shapes: Sequence[tuple[int, ...]],
    ) -> Arrays:
        """The arrays that `compute` returns, read from disk where they are stored; see `OutputCache.get_or_compute`."""
        cache = self.output_cache
        return read_only(cache.get_or_compute(inputs, compute, shapes, quantity) if cache else compute())

    def zero_states(self, batch_size: int | None = None) -> Arrays:
        """The states after a reset, each (S, rows, units); the rows are those of the training when left out."""
        shapes = [(len(state), batch_size or state.shape[1], *state.shape[2:]) for state in self.snapshot.states]
        return [np.zeros(shape, np.float32) for shape in shapes]

    def outputs(self, x: ArrayLike, lengths: NDArray[np.int_] | None = None, batch_size: int | None = None) -> Floats:
        """Outputs for x, (N, T, F) or (S, N, T, F): shape (S, N, C).

        A stateful network starts from a reset and reads the rows in order, one batch after another.

        Args:
            x: inputs, the same for all members or one array for each; T may be another than in the training.
            lengths: time steps of each row where they differ, (N,) or (S, N); later time steps are masked.
            batch_size: rows of a batch of a stateful network; those of the training when left out.
        """
        return self.predict_from_states(x, lengths, batch_size=batch_size)[0]

    def outputs_by_name(self, x: ArrayLike | Mapping[str, ArrayLike]) -> dict[str, Floats]:
        """Of a model with several inputs or outputs: the outputs, each (S, N, ...), for inputs by name, (N, ...)."""
        given = x if isinstance(x, Mapping) else {WHOLE: x}
        layout = getattr(self.problem, "inputs", ())
        if sorted(given) != [name for name, _ in layout]:
            wanted = ", ".join(name for name, _ in layout) or "an array, since the model has one input and output"
            raise ProblemError(f"{self.experiment.name}: got inputs {', '.join(sorted(given))}, wanted {wanted}")
        network, regime, together = self.experiment.network, self.experiment.regime, packed(given)
        wrong = next((name for name, shape in layout if np.shape(given[name])[1:] != shape), None)
        if wrong is not None:
            raise ProblemError(
                f"{self.experiment.name}: got inputs {wrong} of shape {np.shape(given[wrong])}, wanted "
                f"{('N', *dict(layout)[wrong])}"
            )
        rows = regime.batch_size if network.stateful else None
        outputs = unpacked(self.outputs(together), output_layout(network, unpacked(together, layout), rows))
        return {name: read_only(one) for name, one in outputs.items()}

    def predict_from_states(
        self,
        x: ArrayLike,
        lengths: NDArray[np.int_] | None = None,
        states: Arrays | None = None,
        batch_size: int | None = None,
    ) -> tuple[Floats, Arrays]:
        """As `outputs`, from the given states instead of a reset, and with the states after the last row."""
        inputs = floats(x, f"{self.experiment.name}: outputs for x")
        of_all, of_each = self.samples.x.ndim - 1, self.samples.x.ndim
        if inputs.ndim not in (of_all, of_each) or (inputs.ndim == of_each and len(inputs) != len(self.seeds)):
            raise ProblemError(
                f"{self.experiment.name}: outputs for x: got shape {inputs.shape}, wanted {of_all} axes, as of "
                f"the samples {self.samples.x.shape[1:]}"
            )
        arrays = {
            "x": inputs,
            **({} if lengths is None else {"mask": np.arange(inputs.shape[-2]) < np.asarray(lengths)[..., None]}),
        }
        if inputs.ndim < of_each:
            arrays = {name: np.broadcast_to(array, (len(self.seeds), *array.shape)) for name, array in arrays.items()}
        network, count = self.experiment.network, arrays["x"].shape[1]
        batch_size = batch_size or self.experiment.regime.batch_size
        states = self.zero_states(batch_size) if states is None else states
        rows = batch_size if network.stateful else min(count, MOST_ROWS)
        if network.stateful and count % rows:
            raise ValueError(
                f"{self.experiment.name}: got {count} samples, wanted a multiple of {rows}, "
                "the rows whose states the network keeps"
            )

        def compute() -> Arrays:
            function = self.predictor(arrays["x"].shape[2:], rows if network.stateful else None, lengths is not None)
            outputs, after = [], states
            for start in range(0, count, rows):
                batch = {name: tf.constant(array[:, start : start + rows]) for name, array in arrays.items()}
                output, after = function(self.values, after, batch)
                outputs.append(output.numpy())
            return [np.concatenate(outputs, axis=1), *(np.asarray(state) for state in after)]

        shapes = [(len(self.seeds), count), *(state.shape for state in states)]
        outputs, *after = self._cached("outputs", [*arrays.values(), *states], compute, shapes)
        return outputs, after

    @property
    def accuracy(self) -> NDArray[np.float64]:
        """Share of the training set whose most probable class is the target, shape (S,); padding does not count."""
        return self.memoize("accuracy", lambda: self._share_right(self.samples))

    def _share_right(self, samples: Samples, states: Arrays | None = None) -> NDArray[np.float64]:
        """The accuracy on samples (S, N, ...), from a reset or from the given states."""
        outputs, _ = self.predict_from_states(samples.x, samples.lengths, states)
        return class_accuracy(
            outputs, samples.y, counted_outputs(self.experiment, self.values, samples, outputs.shape[:-1])
        )

    @property
    def keras_accuracy(self) -> NDArray[np.float64]:
        """The accuracy on the training set that Keras's own `evaluate` returns for each member, shape (S,)."""

        if self.samples.lengths is not None:
            raise ProblemError(
                f"{self.experiment.name}: keras_accuracy: got samples of different lengths, whose padding `evaluate` "
                "would count; wanted one length; ask for accuracy"
            )

        def compute() -> Arrays:
            rows, members = self.experiment.regime.batch_size, range(len(self.seeds))
            samples = [
                Samples._make(None if array is None else array[index] for array in self.samples) for index in members
            ]
            values = [[array[index] for array in self.values] for index in members]
            model = keras_model(self.experiment, samples[0], values[0], to_fit=True, eagerly=self.eagerly)
            accuracies = []
            for (x, y, *_), own in zip(samples, values, strict=True):
                assign_weights(model, own)
                reset_states(model)
                metrics = model.evaluate(x, y, batch_size=rows, verbose=0, return_dict=True)
                accuracies.append(metrics["accuracy"])
            return [np.array(accuracies)]

        def probe() -> NDArray[np.float64]:
            (accuracies,) = self._cached("keras_accuracy", self.samples[:2], compute, [(len(self.seeds),)])
            return accuracies

        return self.memoize("keras_accuracy", probe)

    @property
    def accuracy_from_final_state(self) -> NDArray[np.float64]:
        """The accuracy on the training set from the states at the end of the training, shape (S,)."""

        return self.memoize("accuracy_from_final_state", lambda: self._share_right(self.samples, self.snapshot.states))

    def accuracy_on(self, problem: Problem) -> NDArray[np.float64]:
        """The accuracy on the samples of another problem, shape (S,)."""
        return self.memoize(("accuracy", problem), lambda: self._share_right(_stacked_samples(problem, self.seeds)))

    def answers(self, windows: tuple[str, ...]) -> list[str]:
        """The letter each member answers to each window (a stateful one without a reset in between), S strings."""

        def probe() -> list[str]:
            x = np.stack([self.problem.encode(window) for window in windows])
            return self._letters(self.outputs(x))

        return self.memoize(("answers", windows), probe)

    def roll_out(self, start: str, steps: int, temperature: float | None = None) -> list[str]:
        """From a reset, `steps` answers: the first to `start`, each further one to the answer before; S strings.

        For networks that read one letter at a time.

        Args:
            start: the first letter.
            steps: how many answers.
            temperature: each answer is drawn, with the network's probabilities to the power of 1 / temperature, by
                random numbers of the seed; None takes the most probable letter.
        """
        name = "roll_out", start, steps, temperature

        def probe() -> list[str]:
            step = self._step(self.problem.encode(start).shape)
            return roll_out_letters(self.experiment, self.seeds, step, self.zero_states(1), start, steps, temperature)

        return self.memoize(name, probe)

    def forecast(self, start: ArrayLike, steps: int) -> Floats:
        """From a reset, `steps` numbers ahead: each output is the next time step that is read; shape (S, steps, F).

        Args:
            start: time steps before the first output, (T, F). A stateless network reads the last T time steps
                again and again; a stateful one reads each time step once, by itself.
            steps: how many outputs, each of F numbers.
        """
        window = forecast_start(self.experiment, start)
        step = self._step(window[:1].shape if self.experiment.network.stateful else window.shape)
        return forecast(self.experiment, len(self.seeds), step, self.zero_states(1), window, steps)

    def _step(self, sample_shape: tuple[int, ...]) -> Step:
        """A function of states and one sample of each member."""
        function = self.predictor(sample_shape, 1)

        def step(states: Arrays, x: Floats) -> tuple[Floats, Arrays]:
            outputs, after = function(self.values, states, {"x": tf.constant(x)})
            return outputs.numpy(), after

        return step

    def states_after(self, letters: str) -> Arrays:
        """From a reset, the states after `letters` have been fed one by one: each (S, rows, units)."""

        def probe() -> Arrays:
            return self.predict_from_states(np.stack([self.problem.encode(letter) for letter in letters]))[1]

        return self.memoize(("states", letters), probe)

    def check_finite(self, index: int) -> None:
        """Raises Diverged where a loss or a weight of a member is infinite or NaN."""
        seed, losses = self.seeds[index], self.snapshot.losses[index]
        if not np.isfinite(losses).all():
            raise Diverged(
                f"{self.experiment.name}, seed {seed}: the loss became {losses[~np.isfinite(losses)][0]} "
                f"in epoch {int(np.argmin(np.isfinite(losses))) + 1}"
            )
        if not all(np.isfinite(stacked[index]).all() for stacked in self.snapshot.weights):
            raise Diverged(f"{self.experiment.name}, seed {seed}: its weights are no longer finite")

    def _letters(self, outputs: Floats) -> list[str]:
        return ["".join(self.problem.symbols[code] for code in row) for row in outputs.argmax(axis=-1)]


@functools.lru_cache(maxsize=64)  # many experiments share a problem
def _stacked_samples(problem: Problem, seeds: tuple[int, ...]) -> Samples:
    """The samples of all seeds, each array with the seed axis first."""
    samples = [problem.samples(seed) for seed in seeds]
    return read_only(
        Samples._make(None if arrays[0] is None else np.stack(arrays) for arrays in zip(*samples, strict=True))
    )
