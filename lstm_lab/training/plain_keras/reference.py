"""The reference for the compiled loop: one seed of an experiment, trained by Keras's `compile` and `fit`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from lstm_lab.training.experiment import Experiment, assign_own_weights, draw_schedule, reset_states, steps_per_epoch
from lstm_lab.training.problems import Samples, for_keras


def fit(experiment: Experiment, seed: int, callbacks: Sequence[keras.callbacks.Callback] = ()) -> keras.Model:
    """The trained Keras model of one seed, by `model.fit` epoch by epoch in the order of the schedule.

    The samples are passed to `fit` in the order of the schedule with `shuffle=False`, because the permutations
    that `fit` draws cannot be set from outside.

    Args:
        experiment: what is trained.
        seed: the seed.
        callbacks: passed to every call of `fit`; each call is at most one epoch.
    """
    samples = experiment.problem.samples(seed)
    count, regime = len(samples.x), experiment.regime
    model = untrained(experiment, seed, samples)
    experiment.network.compile(model)
    steps = steps_per_epoch(regime, count)
    drawn = draw_schedule(regime, count, seed, regime.epochs)
    for step, until in _stretches(drawn.resets, steps, each=samples.lengths is not None):
        if drawn.resets[step]:
            reset_states(model)
        rows = drawn.batches[step:until].reshape(-1)
        x, y, weight = for_fit(experiment, samples, rows, model)
        model.fit(
            x,
            y,
            sample_weight=weight,
            batch_size=regime.batch_size,
            initial_epoch=step // steps,
            epochs=step // steps + 1,
            shuffle=False,
            verbose=0,
            callbacks=list(callbacks),
        )
    return model


def for_fit(
    experiment: Experiment, samples: Samples, rows: NDArray[np.int32], model: keras.Model
) -> tuple[Any, Any, Any]:
    """Inputs, targets and weights of some samples as `fit` takes them: without padding, several by name.

    Of samples of different lengths, `rows` is one.
    """
    x, y = samples.x[rows], samples.y[rows]
    weight: Any = None if samples.weight is None else samples.weight[rows]
    if samples.lengths is not None:
        longest = samples.lengths[rows].max()
        x = x[:, :longest]
        y = y[:, :longest] if answers_every_step(model) else y
        weight = weight[:, :longest] if weight is not None and weight.ndim > 1 else weight
    return *for_keras(experiment.problem, x, y), weight


def answers_every_step(model: keras.Model) -> bool:
    """Whether the outputs of a model have a time axis."""
    outputs = getattr(model, "outputs", None) or []
    return any(len(one.shape) > 2 for one in outputs)


def untrained(experiment: Experiment, seed: int, samples: Samples) -> keras.Model:
    """The Keras model of one seed before training, not compiled; of a fixed number of rows where it is stateful."""
    network, sample_shape = experiment.network, list[int | None](samples.x.shape[1:])
    if samples.lengths is not None:
        sample_shape[0] = None  # each sample is passed to Keras without padding
    rows = experiment.regime.batch_size if network.stateful else None
    keras.utils.set_random_seed(seed)
    model = network.original(tuple(sample_shape), rows)
    assign_own_weights(model, network, seed)
    return model


def _stretches(resets: NDArray[np.bool_], steps: int, *, each: bool) -> Iterator[tuple[int, int]]:
    """First and last batch of each call of `fit`: up to the end of the epoch or the next reset; one batch if `each`."""
    begins = [step for step in range(len(resets)) if each or resets[step] or step % steps == 0]
    return zip(begins, [*begins[1:], len(resets)], strict=True)
