"""Training by plain `fit` with Keras's callbacks, which may look at validation data, change rates, and end it early."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import keras
import numpy as np

from lstm_lab.training.compiled import Progress
from lstm_lab.training.errors import ExperimentError, NetworkError
from lstm_lab.training.experiment import (
    Built,
    Experiment,
    Schedule,
    draw_schedule,
    reset_states,
    steps_per_epoch,
    tolerant,
)
from lstm_lab.training.plain_keras.seed_model import SeedModel
from lstm_lab.training.problems import Samples, for_keras
from lstm_lab.training.store import PlainSnapshot


class OneTraining(keras.callbacks.CallbackList):  # type: ignore[misc]  # Keras has no types
    """Callbacks of one training that takes a call of `fit` for each epoch: it begins and ends once."""

    def on_train_begin(self, logs: dict[str, Any] | None = None) -> None:
        """Nothing: the training has begun before the first call."""

    def on_train_end(self, logs: dict[str, Any] | None = None) -> None:
        """Nothing: the training ends after the last call."""

    def begin(self) -> None:
        """Tell the callbacks that the training begins."""
        super().on_train_begin()

    def end(self) -> None:
        """Tell the callbacks that the training ends."""
        super().on_train_end()


class Resets(keras.callbacks.Callback):  # type: ignore[misc]
    """Zeroes the states of stateful layers where the schedule says so."""

    def __init__(self, drawn: Schedule, steps: int) -> None:
        super().__init__()
        self.drawn, self.steps, self.first = drawn, steps, 0

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Note the first batch of the epoch."""
        self.first = epoch * self.steps

    def on_train_batch_begin(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Reset before this batch, or go on."""
        if self.drawn.resets[self.first + batch]:
            reset_states(self.model)


def train_with_callbacks(
    experiment: Experiment,
    samples: Samples,
    seed: int,
    stops: Sequence[int],
    *,
    eagerly: bool = False,
    progress: Progress = lambda epoch: None,
) -> Iterator[PlainSnapshot]:
    """As `fit.train`, always from the first epoch on: what callbacks remember is in no snapshot.

    An epoch that a callback has left out has the loss of the last one trained.
    """
    network, regime = experiment.network, experiment.regime
    assert isinstance(network, Built)
    if samples.lengths is not None:
        raise ExperimentError("callbacks: got samples of different lengths, wanted one length, or no callbacks")
    seed_model = SeedModel(experiment, seed, samples, eagerly=eagerly)
    model, steps = seed_model.model, steps_per_epoch(regime, len(samples.x))
    drawn = draw_schedule(regime, len(samples.x), seed, stops[-1])
    validation = _validation_data(network, seed)
    callbacks = OneTraining([Resets(drawn, steps), *made_callbacks(network)], add_history=True, model=model)
    callbacks.set_params({"epochs": stops[-1], "steps": steps, "verbose": 0})
    losses = list[float]()
    with tolerant():
        callbacks.begin()
    for stop in stops:
        while len(losses) < stop and not model.stop_training:
            epoch = len(losses)
            taken = drawn.batches[epoch * steps : (epoch + 1) * steps].reshape(-1)
            x, y = for_keras(experiment.problem, samples.x[taken], samples.y[taken])
            with tolerant():
                history = model.fit(
                    x,
                    y,
                    sample_weight=None if samples.weight is None else samples.weight[taken],
                    batch_size=regime.batch_size,
                    initial_epoch=epoch,
                    epochs=epoch + 1,
                    shuffle=False,
                    verbose=0,
                    callbacks=callbacks,
                    validation_data=validation,
                    validation_batch_size=regime.batch_size,
                )
            losses.append(float(history.history["loss"][-1]))
            progress(len(losses))
        if stop == stops[-1]:
            with tolerant():
                callbacks.end()  # may restore the best weights
        yield seed_model.snapshot(seed, stop, [*losses, *[losses[-1] if losses else np.nan] * (stop - len(losses))])


def _validation_data(network: Built, seed: int) -> tuple[Any, ...] | None:
    """The validation data of a seed as `fit` takes them, with weights where there are some."""
    if network.validation is None:
        return None
    x, y, *weight = network.validation.samples(seed)[:3]
    return *for_keras(network.validation, x, y), *(one for one in weight if one is not None)


def made_callbacks(network: Built) -> list[keras.callbacks.Callback]:
    """The callbacks that the network's function makes for one training. Raises NetworkError for anything else."""
    made = network.callbacks()
    if not isinstance(made, list | tuple) or not all(isinstance(one, keras.callbacks.Callback) for one in made):
        raise NetworkError(f"callbacks {network.callbacks.name}: got {made!r}, wanted a list of new Keras callbacks")
    return list(made)
