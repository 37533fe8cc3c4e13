"""Training of all seeds of a block at once by the compiled loop, which another process runs."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_lab.training.compiled.training_process import Progress, training_process
from lstm_lab.training.errors import ExperimentError
from lstm_lab.training.experiment import Built, Network, Regime, initial_weights, state_variables, steps_per_epoch
from lstm_lab.training.problems import Floats, Samples
from lstm_lab.training.store import Arrays, Snapshot

PROGRAM = "lstm_lab.training.compiled.program"
FEWEST_SAMPLES = 32  # that a program is compiled for


def train(
    network: Network | Built,
    regime: Regime,
    samples: Sequence[Samples],
    seeds: tuple[int, ...],
    stops: Sequence[int],
    *,
    start: Snapshot | None = None,
    progress: Progress = lambda epoch: None,
) -> Iterator[Snapshot]:
    """Train all seeds at once; yields a snapshot at each of the epochs `stops`.

    Args:
        network: the network.
        regime: batch size, order and resets; its number of epochs is not used.
        samples: the samples of each seed, all of one shape.
        seeds: the S seeds, which determine initial weights and schedules.
        stops: epochs at which to yield, rising, none before `start`.
        start: a snapshot of the same training to continue, None to begin with initial weights.
        progress: called with the epoch reached after each call of the compiled loop.
    """
    if samples[0].lengths is not None and regime.batch_size != 1:
        raise ExperimentError(f"batch_size: got {regime.batch_size} for samples of different lengths, wanted 1")
    steps_per_epoch(regime, len(samples[0].x))
    arrays = [one.arrays() for one in samples]
    stacked = {name: _stacked([own[name] for own in arrays]) for name in arrays[0]}
    untrained = _untrained_variables(network, samples[0].x.shape[1:], regime.batch_size)
    snapshot = start or untrained_snapshot(network, seeds, samples[0].x.shape[1:], regime.batch_size)
    for stop in stops:
        if stop > snapshot.epoch:
            arguments = network, regime, stacked, len(samples[0].x), untrained, snapshot, stop
            trained = training_process().call(f"{PROGRAM}:train", *arguments, progress=progress)
            snapshot = replace(trained)  # whose arrays are read-only
        yield snapshot


def padded(count: int) -> int:
    """The number of samples that the program for `count` samples is compiled for, which others share with it."""
    return max(FEWEST_SAMPLES, 1 << (count - 1).bit_length())


def _stacked(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Samples (S, N, ...), with further ones up to the number of the program, which nothing reads."""
    count = len(arrays[0])
    stacked = np.zeros((len(arrays), padded(count), *arrays[0].shape[1:]), arrays[0].dtype)
    stacked[:, :count] = np.stack(arrays)
    return stacked


def trial(
    network: Network | Built, batches: dict[str, NDArray[Any]], weights: Arrays, largest_step: float
) -> tuple[Floats, Arrays, Arrays, float]:
    """A few updates of all seeds by plain gradient descent, see `program.trial`."""
    rows, *shape = batches["x"].shape[2:]
    untrained = _untrained_variables(network, tuple(shape), rows)
    results: tuple[Floats, Arrays, Arrays, float] = training_process().call(
        f"{PROGRAM}:trial", network, batches, untrained, weights, largest_step
    )
    return results


def untrained_snapshot(
    network: Network | Built, seeds: tuple[int, ...], sample_shape: tuple[int, ...], rows: int
) -> Snapshot:
    """The snapshot before the first update, of the types that the Keras of this process has."""
    import keras

    weights = initial_weights(network, seeds, sample_shape, rows)  # type: ignore[arg-type]
    optimizer = network.optimizer.build()
    optimizer.build([keras.Variable(one) for one in weights])
    moments = [one.numpy() for one in optimizer.variables]
    states = [np.zeros((len(seeds), *shape), np.float32) for shape in _state_shapes(network, sample_shape, rows)]
    return Snapshot(seeds, 0, weights, moments, states, np.zeros((len(seeds), 0), np.float32))


@functools.lru_cache(maxsize=64)
def _untrained_variables(network: Network | Built, sample_shape: tuple[int, ...], rows: int) -> Arrays:
    """The variables of a model that are not trained, the same for every seed: a frozen layer's, say."""
    if network.verified:
        return []
    return [one.numpy() for one in network.build(sample_shape, rows).non_trainable_variables]


@functools.lru_cache(maxsize=256)  # Keras takes 40 ms to build a model
def _state_shapes(network: Network | Built, sample_shape: tuple[int, ...], rows: int) -> list[tuple[int, ...]]:
    if not network.stateful:
        return []
    return [tuple(one.shape) for one in state_variables(network.build(sample_shape, rows))]
