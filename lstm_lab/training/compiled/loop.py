"""The compiled loop that trains all seeds of a block at once, on real Keras layers.

The weights of all members are stacked on a new first axis. One step computes the gradients of all members, mapped
over that axis, with Keras's own model and loss (`strategy.py`); Keras's own optimizer then updates the stacked weights,
which is exact because only element-wise optimizers are accepted. A `while` loop over many steps is compiled by XLA as
one program; batches and resets are its arguments, so one program serves every experiment with the same network, batch
shape and number of members.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from lstm_lab.training.compiled.functional import Batch
from lstm_lab.training.compiled.strategy import choose_strategy
from lstm_lab.training.errors import ExperimentError
from lstm_lab.training.experiment import (
    Network,
    Regime,
    Schedule,
    draw_schedule,
    initial_weights,
    state_variables,
    steps_per_epoch,
)
from lstm_lab.training.problems import Floats, Samples
from lstm_lab.training.store import Arrays, Snapshot

Progress = Callable[[int], None]
Shapes = tuple[tuple[str, tuple[int, ...]], ...]  # of one batch's arrays, by their names in `Batch`

# One call of the program takes some tenths of a second and its batches some megabytes: long enough that the
# cost of a call is negligible, short enough for the progress display.
MOST_STEPS_PER_CALL = 4096
MOST_BYTES_PER_CALL = 16 * 2**20


class Program:
    """The compiled training loop of one network, number of members and batch shape.

    It holds the stacked weights and the optimizer between calls; `load` assigns a snapshot, `arrays` reads the values.
    """

    def __init__(self, network: Network, members: int, shapes: Shapes) -> None:
        """Build the model; it is compiled at the first call of `run`.

        Args:
            network: the network.
            members: S, the number of seeds trained at once.
            shapes: shapes of one batch, by name.
        """
        self.members = members
        self.rows = dict(shapes)["x"][0]
        self.model, self.strategy = choose_strategy(network, dict(shapes)["x"][1:], self.rows)
        single = self.model.trainable_variables
        self.weights = [keras.Variable(np.zeros((members, *variable.shape), np.float32)) for variable in single]
        self.optimizer = network.optimizer.build()
        self.optimizer.build(self.weights)
        self.fresh_moments = [variable.numpy() for variable in self.optimizer.variables]
        self.state_shapes = [(members, *variable.shape) for variable in state_variables(self.model)]
        bytes_per_step = 4 * members * sum(math.prod(shape) for _, shape in shapes)
        self.steps = max(16, min(MOST_STEPS_PER_CALL, MOST_BYTES_PER_CALL // bytes_per_step))
        kinds = {name: tf.bool if name == "mask" else tf.float32 for name, _ in shapes}
        self.run = tf.function(
            self._steps,
            jit_compile=True,
            autograph=False,
            input_signature=[
                tf.TensorSpec([], tf.int32),
                {name: tf.TensorSpec([self.steps, members, *shape], kinds[name]) for name, shape in shapes},
                tf.TensorSpec([self.steps, members], tf.bool),
                [tf.TensorSpec(shape) for shape in self.state_shapes],
            ],
        )

    def _steps(self, count: Any, batches: Batch, resets: Any, states: list[Any]) -> tuple[Any, list[Any]]:
        """The first `count` of the given batches, one update each: losses (steps, S) and the states after them."""

        def body(step: Any, losses: Any, states: list[Any]) -> tuple[Any, Any, list[Any]]:
            started = [tf.where(tf.reshape(resets[step], [-1] + [1] * (len(s.shape) - 1)), 0.0, s) for s in states]
            weights = [variable.value for variable in self.weights]
            batch = {name: every[step] for name, every in batches.items()}
            loss, gradients, after = self.strategy.gradients(weights, started, batch)
            self.optimizer.apply(list(gradients), self.weights)
            losses = tf.tensor_scatter_nd_update(losses, [[step]], tf.ensure_shape(loss, [self.members])[None])
            after = [tf.ensure_shape(s, shape) for s, shape in zip(after, self.state_shapes, strict=True)]
            return step + 1, losses, after

        losses = tf.zeros([self.steps, self.members])
        _, losses, states = tf.while_loop(lambda step, *_: step < count, body, (tf.constant(0), losses, states))
        return losses, states

    def start(self, weights: Arrays, seeds: tuple[int, ...]) -> Snapshot:
        """The snapshot before the first update, from initial weights (S, ...)."""
        states = [np.zeros(shape, np.float32) for shape in self.state_shapes]
        return Snapshot(seeds, 0, weights, self.fresh_moments, states, np.zeros((self.members, 0), np.float32))

    def load(self, snapshot: Snapshot) -> list[Any]:
        """Assign a snapshot, to continue from it; returns the states for the next call of `run`."""
        for variable, value in zip(self.weights, snapshot.weights, strict=True):
            variable.assign(value)
        for variable, value in zip(self.optimizer.variables, snapshot.moments, strict=True):
            variable.assign(value)
        return [tf.constant(state) for state in snapshot.states]

    def arrays(self) -> tuple[Arrays, Arrays]:
        """The current weights and moments, each weight (S, ...)."""
        return [v.numpy() for v in self.weights], [v.numpy() for v in self.optimizer.variables]


@functools.cache
def program(network: Network, members: int, shapes: Shapes) -> Program:
    """The program for these shapes; built and compiled once in a process."""
    return Program(network, members, shapes)


def train(
    network: Network,
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
    count, *sample_shape = samples[0].x.shape
    per_epoch = steps_per_epoch(regime, count)
    rows = regime.batch_size
    arrays = [one.arrays() for one in samples]
    if samples[0].lengths is not None and rows != 1:
        raise ExperimentError(f"batch_size: got {rows} for samples of different lengths, wanted 1")
    shapes = tuple((name, (rows, *array.shape[1:])) for name, array in arrays[0].items())
    loop = program(network, len(seeds), shapes)
    if start is None:
        start = loop.start(initial_weights(network, seeds, tuple(sample_shape), rows), seeds)
    order = [draw_schedule(regime, count, seed, stops[-1]) for seed in seeds]
    snapshot, step = start, start.epoch * per_epoch
    for stop in stops:
        states = loop.load(snapshot)  # between two yields the program may have trained another experiment
        losses = [snapshot.losses]
        pending: list[Floats] = []
        while step < stop * per_epoch:
            until = min(step + loop.steps, stop * per_epoch)
            loss, states = loop.run(*_call(loop, arrays, order, step, until), states)
            pending.append(loss.numpy()[: until - step])
            step = until
            progress(step // per_epoch)
        if pending:
            by_epoch = np.concatenate(pending).reshape(stop - snapshot.epoch, per_epoch, len(seeds)).mean(axis=1)
            losses.append(by_epoch.T.astype(np.float32))
        weights, moments = loop.arrays()
        final_states = [state.numpy() for state in states]
        snapshot = Snapshot(seeds, stop, weights, moments, final_states, np.concatenate(losses, axis=1))
        yield snapshot


def _call(
    loop: Program, arrays: Sequence[dict[str, NDArray[Any]]], order: Sequence[Schedule], start: int, stop: int
) -> tuple[Any, ...]:
    """The arguments of one call: batches `start` to `stop` of every seed, padded to the program's length."""
    padded = np.zeros((loop.members, loop.steps, loop.rows), np.int32)
    resets = np.zeros((loop.steps, loop.members), np.bool_)
    for member, drawn in enumerate(order):
        padded[member, : stop - start] = drawn.batches[start:stop]
        resets[: stop - start, member] = drawn.resets[start:stop]
    # The step axis comes first, since the loop iterates over it.
    batches = {
        name: np.stack([own[name][rows] for own, rows in zip(arrays, padded, strict=True)], axis=1)
        for name in arrays[0]
    }
    return np.int32(stop - start), batches, resets
