"""Training by plain Keras of networks that the compiled loop cannot train: one seed, by `compile` and `fit`.

Its snapshots are stored, continued and probed like those of an ensemble of one seed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import keras
import numpy as np

from lstm_lab.training.compiled import Progress
from lstm_lab.training.experiment import (
    Built,
    Experiment,
    Schedule,
    draw_schedule,
    reset_states,
    steps_per_epoch,
    tolerant,
)
from lstm_lab.training.plain_keras.callbacks import train_with_callbacks
from lstm_lab.training.plain_keras.reference import for_fit
from lstm_lab.training.plain_keras.seed_model import SeedModel
from lstm_lab.training.problems import Samples
from lstm_lab.training.store import PlainSnapshot, Snapshot

MOST_BYTES_PER_CALL = 16 * 2**20  # of samples that one call of `fit` gets


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
        experiment: what is trained.
        samples: the samples of this seed.
        seed: determines initial weights and schedule.
        stops: epochs at which to yield, rising, none before `start`.
        eagerly: whether Keras must run the model eagerly.
        start: a snapshot of the same training to continue, None to begin with initial weights.
        progress: called with the epoch reached after each epoch.
    """
    if isinstance(experiment.network, Built) and experiment.network.callbacks is not None:
        yield from train_with_callbacks(experiment, samples, seed, stops, eagerly=eagerly, progress=progress)
        return
    seed_model = SeedModel(experiment, seed, samples, eagerly=eagerly)
    if start is not None:
        seed_model.load(start)
    losses = EpochLosses(
        steps_per_epoch(experiment.regime, len(samples.x)),
        [float(loss) for loss in start.losses[0]] if start else [],
        progress,
    )
    for stop in stops:
        with tolerant():
            _fit(seed_model, experiment, samples, draw_schedule(experiment.regime, len(samples.x), seed, stop), losses)
        yield seed_model.snapshot(seed, stop, losses.by_epoch)


class EpochLosses(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types
    """Mean loss of every epoch of the experiment, also where one call of `fit` trains several of them as one epoch."""

    def __init__(self, steps: int, by_epoch: list[float], progress: Progress) -> None:
        """Continue after the epochs of `by_epoch`.

        Args:
            steps: updates of an epoch.
            by_epoch: mean losses of the epochs trained before; those of further epochs are appended.
            progress: called with the epoch reached after each epoch.
        """
        super().__init__()
        self.steps, self.by_epoch, self.progress = steps, by_epoch, progress
        self._parts: list[tuple[float, int]] = []  # mean losses since the epoch began, each with its updates
        self._loss, self._updates = 0.0, 0

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Record the mean loss that Keras has computed since its metrics were last reset."""
        self._loss, self._updates = (logs or {})["loss"], self._updates + 1
        if self._updates + sum(updates for _, updates in self._parts) == self.steps:
            self.on_train_end()
            self.by_epoch.append(sum(loss * updates for loss, updates in self._parts) / self.steps)
            self._parts.clear()
            self.model.reset_metrics()
            self.progress(len(self.by_epoch))

    def on_train_end(self, logs: dict[str, Any] | None = None) -> None:
        """Record the last mean of this call of `fit`: the next call resets the metrics."""
        if self._updates:
            self._parts.append((self._loss, self._updates))
            self._updates = 0


def _fit(model: SeedModel, experiment: Experiment, samples: Samples, drawn: Schedule, losses: EpochLosses) -> None:
    """Train the rest of a schedule. A call of `fit` costs as much as many updates, so each call trains many epochs."""
    rows, each = experiment.regime.batch_size, samples.lengths is not None
    resets = drawn.resets & bool(model.states)
    most = max(1, MOST_BYTES_PER_CALL // (samples.x[:rows].nbytes + samples.y[:rows].nbytes))
    step, end = len(losses.by_epoch) * losses.steps, len(drawn.batches)
    while step < end:
        if resets[step]:
            reset_states(model.model)
        further = np.flatnonzero(resets[step + 1 :])
        until = min(end, step + most, step + 1 + further[0] if len(further) else end)
        until = step + 1 if each else until
        taken = drawn.batches[step:until].reshape(-1)
        x, y, weight = for_fit(experiment, samples, taken, model.model)
        model.model.fit(
            x,
            y,
            sample_weight=weight,
            batch_size=rows,
            shuffle=False,
            verbose=0,
            callbacks=[losses],
        )
        step = until
