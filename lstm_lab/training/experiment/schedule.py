"""The schedule of an experiment: which samples form each batch and when states are reset. NumPy only.

It is drawn per seed before the training, so that nothing is random inside the compiled loop, and the first epochs of a
long training equal those of a short one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lstm_lab.training.errors import ExperimentError
from lstm_lab.training.experiment.experiment import Orders, Regime
from lstm_lab.training.problems import rng


class Schedule(NamedTuple):
    """Batches and resets of one seed.

    Attributes:
        batches: indices of the samples of each batch, shape (steps, batch size).
        resets: whether the states are zeroed before each batch, shape (steps,).
    """

    batches: NDArray[np.int32]
    resets: NDArray[np.bool_]


def steps_per_epoch(regime: Regime, samples: int) -> int:
    """Updates in one epoch. Raises ExperimentError where the batch size does not divide the number of samples."""
    if samples % regime.batch_size:
        raise ExperimentError(
            f"batch_size: got {regime.batch_size} for {samples} samples, wanted a divisor of {samples} "
            "(a smaller last batch would need a network of another shape)"
        )
    return samples // regime.batch_size


def draw_schedule(regime: Regime, samples: int, seed: int, epochs: int) -> Schedule:
    """The schedule of the first `epochs` epochs of one seed."""
    steps = steps_per_epoch(regime, samples)
    orders = np.tile(np.arange(samples, dtype=np.int32), (epochs, 1))
    if regime.shuffle == "each_epoch":
        orders = rng(seed, "order").permuted(orders, axis=1)
    elif regime.shuffle == "once":
        orders[:] = rng(seed, "order").permutation(samples).astype(np.int32)
    elif isinstance(regime.shuffle, Orders):
        orders = _own_orders(regime.shuffle, samples, seed, epochs)
    resets = np.zeros((epochs, steps), dtype=np.bool_)
    if regime.reset == "each_epoch":
        resets[:, 0] = True
    elif isinstance(regime.reset, int):
        resets[:, :: regime.reset] = True
    return Schedule(orders.reshape(epochs * steps, regime.batch_size), resets.reshape(-1))


def _own_orders(own: Orders, samples: int, seed: int, epochs: int) -> NDArray[np.int32]:
    orders = np.asarray(own.orders(samples, seed, epochs))
    every = np.arange(samples)
    if orders.shape != (epochs, samples) or not (np.sort(orders, axis=1) == every).all():
        raise ExperimentError(
            f"shuffle: got {type(own).__name__}, whose orders of {epochs} epochs have the shape "
            f"{orders.shape}, wanted {(epochs, samples)}, each of {samples} samples once in every epoch"
        )
    if epochs > 1 and not np.array_equal(own.orders(samples, seed, 1), orders[:1]):
        raise ExperimentError(
            f"shuffle: got {type(own).__name__}, whose first order depends on the number of epochs; "
            "wanted orders of which a longer training has those of a shorter one"
        )
    return orders.astype(np.int32)
