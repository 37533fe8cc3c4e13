"""A member of a trained ensemble: one seed, its probes, and its Keras model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import keras
import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_lab.training.ensemble.ensemble import Ensemble
from lstm_lab.training.ensemble.keras_model import keras_model
from lstm_lab.training.experiment import Experiment, edition_of, layer
from lstm_lab.training.problems import Floats, Problem, Samples
from lstm_lab.training.store import Arrays


@dataclass(frozen=True)
class Member:
    """One seed of an ensemble; every probe of the ensemble, for this seed. Arrays are read-only: change a copy."""

    ensemble: Ensemble
    index: int

    @classmethod
    def of(cls, ensemble: Ensemble, seed: int) -> Member:
        """The member of this seed. Raises Diverged where its losses or weights are not finite."""
        index = ensemble.seeds.index(seed)
        ensemble.check_finite(index)
        return cls(ensemble, index)

    @property
    def seed(self) -> int:
        """Its seed."""
        return self.ensemble.seeds[self.index]

    @property
    def experiment(self) -> Experiment:
        """What was trained."""
        return self.ensemble.experiment

    @property
    def samples(self) -> Samples:
        """Its training set: x (N, T, F), y (N, ...)."""
        return Samples._make(None if one is None else one[self.index] for one in self.ensemble.samples)

    @property
    def weights(self) -> Arrays:
        """Its trainable weights, in Keras's order."""
        return [stacked[self.index] for stacked in self.ensemble.snapshot.weights]

    @property
    def non_trainable(self) -> Arrays:
        """Variables beside the trainable weights, where plain Keras has trained: means of a normalisation, say."""
        return [stacked[self.index] for stacked in self.ensemble.non_trainable]

    @property
    def losses(self) -> Floats:
        """Mean training loss of each epoch, shape (epochs,)."""
        losses: Floats = self.ensemble.snapshot.losses[self.index]
        return losses

    @property
    def accuracy(self) -> float:
        """Share of its training set that it answers correctly."""
        return float(self.ensemble.accuracy[self.index])

    @property
    def keras_accuracy(self) -> float:
        """The accuracy that Keras's own `evaluate` returns, after a reset, with the batch size of the training."""
        return float(self.ensemble.keras_accuracy[self.index])

    @property
    def accuracy_from_final_state(self) -> float:
        """The accuracy from the states at the end of the training, without a reset."""
        return float(self.ensemble.accuracy_from_final_state[self.index])

    def accuracy_on(self, problem: Problem) -> float:
        """Share of another problem's samples that it answers correctly."""
        return float(self.ensemble.accuracy_on(problem)[self.index])

    def outputs(self, x: ArrayLike, lengths: NDArray[np.int_] | None = None, batch_size: int | None = None) -> Floats:
        """Outputs for x (N, T, F), also of other T than in the training: shape (N, C). See `Ensemble.outputs`."""
        given = [np.asarray(one) for one in (x, lengths) if one is not None]
        name = "outputs", batch_size, *((one.shape, one.dtype.str, one.tobytes()) for one in given)
        of_all = self.ensemble.memoize(name, lambda: self.ensemble.outputs(x, lengths, batch_size))
        outputs: Floats = of_all[self.index]
        return outputs

    def outputs_by_name(self, x: ArrayLike | Mapping[str, ArrayLike]) -> dict[str, Floats]:
        """Of a model with several inputs or outputs: the outputs by name, each (N, ...), for inputs by name."""
        return {name: of_all[self.index] for name, of_all in self.ensemble.outputs_by_name(x).items()}

    def same_weights(self, other: Member) -> bool:
        """Whether all variables, trained or not, are those of `other` to the last bit."""
        pairs = zip_longest([*self.weights, *self.non_trainable], [*other.weights, *other.non_trainable])
        return all(mine is not None and its is not None and np.array_equal(mine, its) for mine, its in pairs)

    def answers(self, *windows: str) -> str:
        """The letter it answers to each window, as one string."""
        return self.ensemble.answers(windows)[self.index]

    def cold_start(self, letter: str) -> str:
        """Its first answer after a reset."""
        return self.answers(letter)

    def warm_up(self, letters: str) -> str:
        """From a reset, its answer to each of `letters` fed one by one, as one string."""
        return self.answers(*letters)

    def roll_out(self, start: str, steps: int, temperature: float | None = None) -> str:
        """From a reset, `steps` answers, each fed back as the next letter; drawn where there is a temperature."""
        return self.ensemble.roll_out(start, steps, temperature)[self.index]

    def forecast(self, start: ArrayLike, steps: int) -> Floats:
        """From a reset, `steps` outputs, each fed back as the next time step: (steps, F). See `Ensemble.forecast`."""
        given = np.asarray(start)
        name = "forecast", given.shape, given.dtype.str, given.tobytes(), steps
        of_all = self.ensemble.memoize(name, lambda: self.ensemble.forecast(start, steps))
        numbers: Floats = of_all[self.index]
        return numbers

    def states_after(self, letters: str) -> Arrays:
        """From a reset, its states after `letters` fed one by one: each (rows, units)."""
        return [stacked[self.index] for stacked in self.ensemble.states_after(letters)]

    def keras_layer(self, kind: str, units: int, **settings: Any) -> keras.layers.Layer:
        """A new layer of `keras.layers` with the defaults of its edition: what can take its weights and mean the same.

        Args:
            kind: the class, "LSTM" say.
            units: of the layer.
            settings: further keyword arguments.
        """
        return layer(kind, units, **settings).build(edition_of(self.experiment.network.edition))

    def keras_model(
        self, batch_size: int | None = None, dtype: str = "float32", *, to_fit: bool = False
    ) -> keras.Model:
        """An ordinary Keras model with its weights, compiled as the experiment says.

        Args:
            batch_size: rows of a stateful model; the experiment's own when left out.
            dtype: the precision of its numbers; with "float64", rounding errors are about 1e9 times smaller.
            to_fit: create now the variables that `fit` and `evaluate` create in their first call, which then takes half
                as long; without effect on own models.
        """
        values = [*self.weights, *self.non_trainable]
        eagerly = self.ensemble.eagerly
        return keras_model(self.experiment, self.samples, values, batch_size, dtype, to_fit=to_fit, eagerly=eagerly)
