"""The one compiled loop that trains every seed of an experiment at once, on real Keras layers.

The weights of all members are stacked on a new first axis. One step maps a *member function* over that axis: the
real Keras model called with one member's weights, the real Keras loss, and a gradient tape of its own. The real
Keras optimizer then updates the stacked weights, which is exact because only element-wise optimizers are admitted.
A `while` loop over many steps is compiled by XLA as one program; batches and resets are its arguments, so one
program serves every experiment with the same network, batch shape and number of members.

The tape belongs *inside* the mapped function: around it, XLA takes weights and batches for compile-time constants
and silently compiles the whole program again at every call.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from lstm_lab.training.experiment import Regime
from lstm_lab.training.networks import Network, NetworkError, initial_weights, state_variables
from lstm_lab.training.schedule import Schedule, schedule, steps_per_epoch
from lstm_lab.training.sequences import Floats, Samples

Arrays = list[NDArray[Any]]
Progress = Callable[[int], None]

# One call of the program takes some tenths of a second and its batches some megabytes: long enough that calls
# cost nothing, short enough that progress is seen.
MOST_STEPS_PER_CALL = 4096
MOST_BYTES_PER_CALL = 16 * 2**20


@dataclass(frozen=True)
class Snapshot:
    """Everything a training needs to go on, after `epoch` epochs; S members.

    Attributes:
        seeds: the S seeds.
        epoch: epochs trained.
        weights: the trainable variables of the model, each (S, ...).
        moments: the variables of the optimizer, each (S, ...) or a scalar shared by all members.
        states: the states of stateful layers, each (S, rows, units).
        losses: mean training loss of every epoch, shape (S, epoch).
    """

    seeds: tuple[int, ...]
    epoch: int
    weights: Arrays
    moments: Arrays
    states: Arrays
    losses: Floats


class MemberCall(NamedTuple):
    """A Keras model as a function of one member's weights and states."""

    model: keras.Model

    def __call__(self, weights: list[Any], states: list[Any], x: Any, *, training: bool) -> tuple[Any, list[Any]]:
        """The output for x (rows, T, F) and the states after it; the model's own variables stay as they are."""
        kept = state_variables(self.model)
        mapping = [*zip(self.model.trainable_variables, weights, strict=True), *zip(kept, states, strict=True)]
        # `stateless_call` would drop the states of stateful layers, which Keras does not track as variables.
        with keras.StatelessScope(state_mapping=mapping) as scope:
            outputs = self.model(x, training=training)
        return outputs, [scope.get_current_value(variable) for variable in kept]


def refuse_unkept(model: keras.Model) -> None:
    """Raises NetworkError for what `model.fit` would do and the compiled loop would leave out."""
    for variable in model.trainable_variables:
        if variable.regularizer is not None or variable.constraint is not None:
            raise NetworkError(
                f"network: got a regularizer or constraint on {variable.path}, which an ensemble would leave out; "
                "wanted none"
            )
    with keras.StatelessScope() as scope:
        model(np.zeros(model.input_shape, np.float32), training=True)
    for variable in model.non_trainable_variables:
        if scope.get_current_value(variable) is not None:
            raise NetworkError(
                f"network: got a layer that updates {variable.path} in training, which an ensemble would forget; "
                "wanted layers that remember recurrent states only (no dropout, noise or batch normalisation)"
            )


def mapped(function: Callable[[Any], Any], arguments: Any) -> Any:
    """`function` of each member's slice of the stacked `arguments`, vectorised; never a loop in disguise."""
    return tf.vectorized_map(function, arguments, fallback_to_while_loop=False)


class Program:
    """The compiled training loop of one network, number of members and batch shape.

    It holds the stacked weights and the optimizer between calls; `load` and `snapshot` move a training in and out.
    """

    def __init__(self, network: Network, members: int, x_shape: tuple[int, ...], y_shape: tuple[int, ...]) -> None:
        """Build the models and compile nothing yet.

        Args:
            network: what is trained.
            members: S, how many seeds are trained at once.
            x_shape: shape of one batch of inputs, (rows, T, F).
            y_shape: shape of one batch of targets, (rows, ...).
        """
        rows = x_shape[0]
        self.members = members
        self.model = network.build(x_shape[1:], rows, unroll=True)
        self.loss = keras.losses.get(network.loss)
        self.call = MemberCall(self.model)
        refuse_unkept(self.model)
        single = self.model.trainable_variables
        self.weights = [keras.Variable(np.zeros((members, *variable.shape), np.float32)) for variable in single]
        self.optimizer = network.optimizer.build()
        self.optimizer.build(self.weights)
        self.fresh_moments = [variable.numpy() for variable in self.optimizer.variables]
        self.state_shapes = [(members, *variable.shape) for variable in state_variables(self.model)]
        bytes_per_step = 4 * members * (int(np.prod(x_shape)) + int(np.prod(y_shape)))
        self.steps = max(16, min(MOST_STEPS_PER_CALL, MOST_BYTES_PER_CALL // bytes_per_step))
        self.run = tf.function(
            self._steps,
            jit_compile=True,
            autograph=False,
            input_signature=[
                tf.TensorSpec([], tf.int32),
                tf.TensorSpec([self.steps, members, *x_shape]),
                tf.TensorSpec([self.steps, members, *y_shape]),
                tf.TensorSpec([self.steps, members], tf.bool),
                [tf.TensorSpec(shape) for shape in self.state_shapes],
            ],
        )

    def _member(self, arguments: Any) -> Any:
        """Loss, gradients and new states of one member on one batch."""
        weights, states, x, y = arguments
        with tf.GradientTape() as tape:
            tape.watch(weights)
            outputs, states = self.call(weights, states, x, training=True)
            loss = tf.reduce_mean(self.loss(y, outputs))
        return loss, tape.gradient(loss, weights), states

    def _steps(self, count: Any, xs: Any, ys: Any, resets: Any, states: list[Any]) -> tuple[Any, list[Any]]:
        """The first `count` of the given batches, one update each: losses (steps, S) and the states after them."""

        def body(step: Any, losses: Any, states: list[Any]) -> tuple[Any, Any, list[Any]]:
            started = [tf.where(tf.reshape(resets[step], [-1] + [1] * (len(s.shape) - 1)), 0.0, s) for s in states]
            weights = [variable.value for variable in self.weights]
            loss, gradients, after = mapped(self._member, (weights, started, xs[step], ys[step]))
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
        """Continue from here; the states to give to the next call of `run`."""
        for variable, value in zip(self.weights, snapshot.weights, strict=True):
            variable.assign(value)
        for variable, value in zip(self.optimizer.variables, snapshot.moments, strict=True):
            variable.assign(value)
        return [tf.constant(state) for state in snapshot.states]

    def arrays(self) -> tuple[Arrays, Arrays]:
        """Weights and moments as they are now."""
        return [v.numpy() for v in self.weights], [v.numpy() for v in self.optimizer.variables]


@functools.cache
def program(network: Network, members: int, x_shape: tuple[int, ...], y_shape: tuple[int, ...]) -> Program:
    """The program for these shapes; built and compiled once in a process, whoever asks."""
    return Program(network, members, x_shape, y_shape)


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
        network: what is trained.
        regime: batch size, order and resets; its number of epochs is not used.
        samples: of each seed, S of one shape.
        seeds: they fix initial weights and order.
        stops: epochs at which to yield, rising, none before `start`.
        start: a snapshot of the same training to continue, None to begin with initial weights.
        progress: told the epoch reached after each call of the compiled loop.
    """
    count, *x_shape = samples[0].x.shape
    y_shape = samples[0].y.shape[1:]
    per_epoch = steps_per_epoch(regime, count)
    rows = regime.batch_size
    loop = program(network, len(seeds), (rows, *x_shape), (rows, *y_shape))
    if start is None:
        start = loop.start(initial_weights(network, seeds, tuple(x_shape), rows), seeds)
    order = [schedule(regime, count, seed, stops[-1]) for seed in seeds]
    snapshot, step = start, start.epoch * per_epoch
    for stop in stops:
        states = loop.load(snapshot)  # between two yields the program may have trained something else
        losses = [snapshot.losses]
        pending: list[Floats] = []
        while step < stop * per_epoch:
            until = min(step + loop.steps, stop * per_epoch)
            loss, states = loop.run(*_call(loop, samples, order, step, until), states)
            pending.append(loss.numpy()[: until - step])
            step = until
            progress(step // per_epoch)
        if pending:
            by_epoch = np.concatenate(pending).reshape(stop - snapshot.epoch, per_epoch, len(seeds)).mean(axis=1)
            losses.append(by_epoch.T.astype(np.float32))
        weights, moments = loop.arrays()
        kept = [state.numpy() for state in states]
        snapshot = Snapshot(seeds, stop, weights, moments, kept, np.concatenate(losses, axis=1))
        yield snapshot


def _call(
    loop: Program, samples: Sequence[Samples], order: Sequence[Schedule], start: int, stop: int
) -> tuple[Any, ...]:
    """The arguments of one call: batches `start` to `stop` of every seed, padded to the program's length."""
    padded = np.zeros((loop.members, loop.steps, order[0].batches.shape[1]), np.int32)
    resets = np.zeros((loop.steps, loop.members), np.bool_)
    for member, drawn in enumerate(order):
        padded[member, : stop - start] = drawn.batches[start:stop]
        resets[: stop - start, member] = drawn.resets[start:stop]
    # The step axis comes first, as the loop walks along it.
    xs = np.stack([drawn.x[rows] for drawn, rows in zip(samples, padded, strict=True)], axis=1)
    ys = np.stack([drawn.y[rows] for drawn, rows in zip(samples, padded, strict=True)], axis=1)
    return np.int32(stop - start), xs, ys, resets
