"""Own models that only plain Keras can train: one seed at a time, by `compile` and `fit`.

What it leaves behind is kept, continued and asked like an ensemble of one seed.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from lstm_lab.training.compiled import MOST_BYTES_PER_CALL, Batch, Progress
from lstm_lab.training.experiment import (
    Built,
    Experiment,
    Schedule,
    draw_schedule,
    reset_states,
    state_variables,
    steps_per_epoch,
    tolerant,
)
from lstm_lab.training.plain_keras.reference import untrained
from lstm_lab.training.problems import Samples
from lstm_lab.training.store import Arrays, PlainSnapshot, Snapshot


class Fitted:
    """A Keras model with what a snapshot holds of it, in the order in which it is kept."""

    def __init__(self, experiment: Experiment, seed: int, samples: Samples, *, eagerly: bool = False) -> None:
        """Build and compile the model of one seed, to be run step by step where `eagerly`; nothing is trained yet."""
        self.model = untrained(experiment, seed, samples)
        self.weights = list(self.model.trainable_variables)
        self.non_trainable = list(self.model.non_trainable_variables)  # before `fit` adds what it counts
        self.states = state_variables(self.model)
        experiment.network.compile(self.model, run_eagerly=eagerly)  # type: ignore[attr-defined]
        self.model.optimizer.build(self.weights)
        self.groups = {
            "weights": self.weights,
            "moments": list(self.model.optimizer.variables),
            "states": self.states,
            "non_trainable": self.non_trainable,
        }

    def load(self, snapshot: Snapshot) -> None:
        """Continue from here."""
        for name, variables in self.groups.items():
            assign_weights(variables, getattr(snapshot, name))

    def arrays(self) -> dict[str, Arrays]:
        """The values of all that is kept, with the seed axis first."""
        groups = {name: [variable.numpy()[None] for variable in kept] for name, kept in self.groups.items()}
        # What counts updates has no axis in an ensemble either.
        groups["moments"] = [one[0] if one.ndim == 1 else one for one in groups["moments"]]
        return groups

    def snapshot(self, seed: int, epoch: int, losses: list[float]) -> PlainSnapshot:
        """All there is after `epoch` epochs."""
        groups = self.arrays()
        return PlainSnapshot((seed,), epoch, losses=np.array([losses], np.float32).reshape(1, epoch), **groups)


def train(
    experiment: Experiment,
    samples: Samples,
    seed: int,
    stops: Sequence[int],
    *,
    eagerly: bool = False,
    start: Snapshot | None = None,
    progress: Progress = lambda epoch: None,
) -> Iterator[PlainSnapshot]:
    """Train one seed by `model.fit`; yields a snapshot at each of the epochs `stops`, as `loop.train` does.

    Args:
        experiment: of an own model.
        samples: of this seed.
        seed: it fixes initial weights and order.
        stops: epochs at which to yield, rising, none before `start`.
        eagerly: whether Keras must run the model step by step.
        start: a snapshot of the same training to continue, None to begin with initial weights.
        progress: called with the epoch reached after each epoch.
    """
    fitted = Fitted(experiment, seed, samples, eagerly=eagerly)
    if start is not None:
        fitted.load(start)
    losses = EpochLosses(
        steps_per_epoch(experiment.regime, len(samples.x)),
        [float(loss) for loss in start.losses[0]] if start else [],
        progress,
    )
    for stop in stops:
        with tolerant():
            _fit(fitted, experiment, samples, draw_schedule(experiment.regime, len(samples.x), seed, stop), losses)
        yield fitted.snapshot(seed, stop, losses.told)


class EpochLosses(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types
    """Mean loss of every epoch of the experiment, however many of them one call of `fit` takes for one of its own."""

    def __init__(self, steps: int, told: list[float], progress: Progress) -> None:
        """Go on after the epochs whose losses are known; `steps` are the updates of an epoch."""
        super().__init__()
        self.steps, self.told, self.progress = steps, told, progress
        self._parts: list[tuple[float, int]] = []  # mean losses since the epoch began, each with its updates
        self._loss, self._updates = 0.0, 0

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Take note of the mean that Keras tells since it last forgot."""
        self._loss, self._updates = (logs or {})["loss"], self._updates + 1
        if self._updates + sum(updates for _, updates in self._parts) == self.steps:
            self.on_train_end()
            self.told.append(sum(loss * updates for loss, updates in self._parts) / self.steps)
            self._parts.clear()
            self.model.reset_metrics()
            self.progress(len(self.told))

    def on_train_end(self, logs: dict[str, Any] | None = None) -> None:
        """The next call of `fit` begins to count anew."""
        if self._updates:
            self._parts.append((self._loss, self._updates))
            self._updates = 0


def _fit(fitted: Fitted, experiment: Experiment, samples: Samples, drawn: Schedule, losses: EpochLosses) -> None:
    """Train the rest of a schedule. One call of `fit` costs as much as many updates, so it takes many epochs."""
    rows, each = experiment.regime.batch_size, samples.lengths is not None
    resets = drawn.resets & bool(fitted.states)
    most = max(1, MOST_BYTES_PER_CALL // (samples.x[:rows].nbytes + samples.y[:rows].nbytes))
    step, end = len(losses.told) * losses.steps, len(drawn.batches)
    while step < end:
        if resets[step]:
            reset_states(fitted.model)
        further = np.flatnonzero(resets[step + 1 :])
        until = min(end, step + most, step + 1 + further[0] if len(further) else end)
        until = step + 1 if each else until
        taken = drawn.batches[step:until].reshape(-1)
        longest = None if samples.lengths is None else samples.lengths[taken].max()
        fitted.model.fit(
            samples.x[taken, :longest],
            samples.y[taken],
            sample_weight=None if samples.weight is None else samples.weight[taken],
            batch_size=rows,
            shuffle=False,
            verbose=0,
            callbacks=[losses],
        )
        step = until


@functools.cache
def layout(experiment: Experiment) -> dict[str, list[str]]:
    """Type and shape of the arrays that such a training leaves behind, group by group."""
    fitted = Fitted(experiment, 0, experiment.problem.samples(0))
    return {name: [f"{array.dtype}{list(array.shape)}" for array in arrays] for name, arrays in fitted.arrays().items()}


@functools.cache
def keras_predictor(network: Built, sample_shape: tuple[int, ...], rows: int | None) -> Callable[..., Any]:
    """The network's output as `ensemble.forward` gives it, by asking the Keras model itself.

    A function of weights and, after them, other variables, each (1, ...), states (1, ...) and a batch of one member.
    """
    model = network.original(sample_shape, rows)
    variables, states = [*model.trainable_variables, *model.non_trainable_variables], state_variables(model)

    def answer(values: Arrays, before: Arrays, batch: Batch) -> tuple[Any, list[Any]]:
        assign_weights([*variables, *states], [*values, *before])
        with tolerant():
            outputs = model(batch["x"][0], training=False) if "mask" not in batch else _each(model, batch)
        return tf.convert_to_tensor(outputs)[None], [state.numpy()[None] for state in states]

    return answer


def _each(model: keras.Model, batch: Batch) -> Any:
    """The outputs of rows of different lengths, each asked by itself."""
    lengths = np.asarray(batch["mask"])[0].sum(axis=-1)
    return tf.concat(
        [model(row[None, :length], training=False) for row, length in zip(batch["x"][0], lengths, strict=True)], axis=0
    )


def assign_weights(variables: Sequence[keras.Variable], values: Arrays) -> None:
    """Give the variables what a snapshot of one seed holds of them; what counts, and has no axis, as it is."""
    for variable, value in zip(variables, values, strict=True):
        variable.assign(value[0] if value.ndim > len(variable.shape) else value)
