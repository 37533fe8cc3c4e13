"""The compiled loop that trains all seeds of a block at once, on real Keras layers. Only the training process loads it.

The weights of all members are stacked on a new first axis. One step computes the losses and gradients of all members,
mapped over that axis by JAX, with Keras's own model and loss; Keras's own optimizer then updates the stacked weights,
which is exact because only element-wise optimizers are accepted. A loop over many steps is compiled by XLA as one
program; samples, their order and resets are its arguments, so one program serves every experiment with the same
network, batch shape and number of members.
"""

from __future__ import annotations

import functools
import time
import warnings
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import keras
import numpy as np
from numpy.typing import NDArray

from lstm_lab.training.compiled.logits import loss_from_logits
from lstm_lab.training.errors import NetworkError
from lstm_lab.training.experiment import (
    Built,
    Network,
    Regime,
    draw_schedule,
    layers_of,
    state_variables,
    steps_per_epoch,
)
from lstm_lab.training.store import Arrays, Snapshot

# One batch, or one batch of every member: "x" the inputs, "y" the targets, and where the samples have them
# "weight" the sample weights and "mask" the time steps that are no padding.
Batch = dict[str, Any]
Shapes = tuple[tuple[str, tuple[int, ...], str], ...]  # of the samples of a member: name in `Batch`, shape, type

# From this number of time steps on, a loop over them compiles faster; below it, steps that are written out run faster.
LOOP_FROM = 10
# One call of the program takes about this many seconds: long enough that the cost of a call is negligible, short
# enough for the progress display.
SECONDS_PER_CALL = 0.5
MOST_STEPS_PER_CALL = 4096
MOST_BYTES_PER_CALL = 16 * 2**20
FIRST_STEPS = 64  # of the first call, before the time that a step takes is known
MOST_PROGRAMS = 32  # that are kept: each takes some megabytes

keras.config.disable_traceback_filtering()  # which hides the errors of JAX behind others


class Scope(keras.StatelessScope):  # type: ignore[misc]  # Keras has no types
    """A scope of values that variables take instead of their own.

    No gradient flows through an assignment, as through that of a real variable: a stateful layer that is called twice
    reads in the second call the state after the first, and learns nothing from it.
    """

    def add_update(self, update: tuple[keras.Variable, Any]) -> None:
        """Assign a value within the scope."""
        variable, value = update
        super().add_update((variable, jax.lax.stop_gradient(value)))


class Program:
    """The compiled training loop of one network, number of members and shape of samples and batches."""

    def __init__(self, network: Network | Built, members: int, rows: int, shapes: Shapes) -> None:
        """Build the model.

        Args:
            network: the network.
            members: S, the number of seeds trained at once.
            rows: of a batch.
            shapes: of the samples of one member, (N, ...), by name.
        """
        self.members, self.rows, self.shapes = members, rows, shapes
        ((_, sample_shape, _),) = [shape for shape in shapes if shape[0] == "x"]
        self.model = network.build(sample_shape[1:], rows)
        for part in layers_of(self.model):
            if isinstance(part, keras.layers.RNN):
                part.unroll = 1 < sample_shape[1] < LOOP_FROM
                part.use_cudnn = False  # whose kernels cannot be mapped over members
        check_supported(self.model)
        self.loss = loss_from_logits(self.model, network.loss_function())
        self.weights = self.model.trainable_variables
        self.states = state_variables(self.model)
        self.optimizer = network.optimizer.build()
        self.optimizer.build([keras.Variable(np.zeros((members, *one.shape), np.float32)) for one in self.weights])
        self.gradients: Any = jax.vmap(jax.value_and_grad(self._loss, has_aux=True))
        self.steps = max(16, min(MOST_STEPS_PER_CALL, MOST_BYTES_PER_CALL // (4 * members * (rows + 1))))

    def assign_untrained(self, values: Arrays) -> None:
        """Assign the variables that are not trained, drawn by the Keras of the process that asks."""
        kept = [one for one in self.model.non_trainable_variables if values]
        for variable, value in zip(kept, values, strict=True):
            variable.assign(value)

    def _loss(self, weights: list[Any], states: list[Any], batch: Batch) -> tuple[Any, list[Any]]:
        """The loss of one member, and its states after the batch."""
        mapping = zip([*self.weights, *self.states], [*weights, *states], strict=True)
        with Scope(state_mapping=list(mapping)) as scope, warnings.catch_warnings():
            # Keras warns that the model does not return the mask of its inputs; no output is padding, so that is right.
            warnings.filterwarnings("ignore", message=".*was passed an input with a mask", category=UserWarning)
            outputs = self.model(batch["x"], training=True, mask=batch.get("mask"))
            loss = self.loss(batch["y"], outputs, sample_weight=batch.get("weight"))
        return loss, [scope.get_current_value(one) for one in self.states]

    def _steps(
        self, carried: tuple[Any, ...], samples: Batch, order: Any, resets: Any, count: Any
    ) -> tuple[tuple[Any, ...], Any]:
        """The first `count` steps of the given order, one update each: what is carried on, and the losses."""
        rows_of: Any = jax.vmap(lambda array, rows: array[rows])

        def body(loop: tuple[Any, ...]) -> tuple[Any, ...]:
            step, (weights, moments, states), losses = loop
            reset = resets[step]
            started = [jnp.where(reset.reshape(-1, *[1] * (one.ndim - 1)), 0.0, one) for one in states]
            batch = {name: rows_of(array, order[step]) for name, array in samples.items()}
            (loss, after), gradients = self.gradients(weights, started, batch)
            weights, moments = self.optimizer.stateless_apply(moments, gradients, weights)
            return step + 1, (list(weights), list(moments), after), losses.at[step].set(loss)

        start = jnp.int32(0), carried, jnp.zeros(resets.shape, jnp.float32)
        _, carried, losses = jax.lax.while_loop(lambda loop: loop[0] < count, body, start)
        return carried, losses

    @functools.cached_property
    def run(self) -> Callable[..., tuple[tuple[Any, ...], Any]]:
        """`_steps`, compiled."""
        compiled: Callable[..., tuple[tuple[Any, ...], Any]] = self.lowered().compile()
        return compiled

    def lowered(self) -> Any:
        """`_steps`, lowered by JAX for XLA, not yet compiled."""

        def stacked(variables: list[keras.Variable]) -> list[Any]:
            return [_shape((self.members, *one.shape), one.dtype) for one in variables]

        moments = [_shape(tuple(one.shape), one.dtype) for one in self.optimizer.variables]
        return jax.jit(self._steps, donate_argnums=0).lower(
            (stacked(self.weights), moments, stacked(self.states)),
            {name: _shape((self.members, *own), kind) for name, own, kind in self.shapes},
            _shape((self.steps, self.members, self.rows), np.int32),
            _shape((self.steps, self.members), np.bool_),
            _shape((), np.int32),
        )

    def load(self, snapshot: Snapshot) -> tuple[list[Any], ...]:
        """Weights, moments and states of a snapshot, as the program carries them on."""
        groups = zip(
            (snapshot.weights, snapshot.moments, snapshot.states),
            (self.weights, self.optimizer.variables, self.states),
            strict=True,
        )
        return tuple(
            [jnp.array(value, variable.dtype) for value, variable in zip(values, variables, strict=True)]
            for values, variables in groups
        )


def _shape(shape: tuple[int, ...], kind: Any) -> Any:
    return jax.ShapeDtypeStruct(shape, kind)  # type: ignore[no-untyped-call]


def check_supported(model: keras.Model) -> None:
    """Raises NetworkError for what `model.fit` applies and the compiled loop would ignore."""
    for variable in model.trainable_variables:
        if variable.regularizer is not None or variable.constraint is not None:
            raise NetworkError(
                f"network: got a regularizer or constraint on {variable.path}, which an ensemble would leave out; "
                "wanted none"
            )
    shape = tuple(size or 1 for size in model.input_shape)
    with keras.StatelessScope() as scope:
        model(np.zeros(shape, np.float32), training=True)
    for variable in model.non_trainable_variables:
        if scope.get_current_value(variable) is not None:
            raise NetworkError(
                f"network: got a layer that updates {variable.path} in training, which an ensemble would forget; "
                "wanted layers that remember recurrent states only (no dropout, noise or batch normalisation)"
            )


@functools.lru_cache(maxsize=MOST_PROGRAMS)
def program(network: Network | Built, members: int, rows: int, shapes: Shapes) -> Program:
    """The program for these shapes; built and compiled once in a process."""
    return Program(network, members, rows, shapes)


def gpu_name() -> str:
    """The name of the GPU of this process. Raises where it has none."""
    return str(jax.devices("cuda")[0].device_kind)


def compiled_programs() -> int:
    """Number of programs that this process has made."""
    return program.cache_info().misses


def train(
    network: Network | Built,
    regime: Regime,
    samples: dict[str, NDArray[Any]],
    count: int,
    untrained: Arrays,
    start: Snapshot,
    stop: int,
    progress: Callable[[int], None] = lambda epoch: None,
) -> Snapshot:
    """Train all seeds of a snapshot at once; the snapshot at the epoch `stop`.

    Args:
        network: the network.
        regime: batch size, order and resets; its number of epochs is not used.
        samples: the samples of all seeds by name, each (S, N, ...), padded to the N of the program.
        count: how many samples a seed has.
        untrained: the variables of the model that are not trained; none where it has none.
        start: the snapshot from which the training goes on.
        stop: the last epoch.
        progress: called with the epoch reached after each call of the compiled loop.
    """
    shapes = tuple((name, array.shape[1:], array.dtype.str) for name, array in samples.items())
    loop = program(network, len(start.seeds), regime.batch_size, shapes)
    per_epoch = steps_per_epoch(regime, count)
    order = [draw_schedule(regime, count, seed, stop) for seed in start.seeds]
    on_device = {name: jnp.asarray(array) for name, array in samples.items()}
    carried, losses = loop.load(start), EpochMeans(per_epoch)
    step, end, most = start.epoch * per_epoch, stop * per_epoch, FIRST_STEPS
    loop.assign_untrained(untrained)  # before the first run compiles them
    run = loop.run
    while step < end:
        taken = min(most, loop.steps, end - step)
        rows = np.zeros((loop.steps, loop.members, loop.rows), np.int32)  # the step axis comes first
        resets = np.zeros((loop.steps, loop.members), np.bool_)
        for member, drawn in enumerate(order):
            rows[:taken, member] = drawn.batches[step : step + taken]
            resets[:taken, member] = drawn.resets[step : step + taken]
        began = time.monotonic()
        carried, loss = run(carried, on_device, rows, resets, np.int32(taken))
        losses.add(np.asarray(loss)[:taken])
        most = int(taken * min(8.0, SECONDS_PER_CALL / max(1e-6, time.monotonic() - began))) + 1
        step += taken
        progress(step // per_epoch)
    groups = zip(carried, (start.weights, start.moments, start.states), strict=True)
    weights, moments, states = (
        [np.array(value, before.dtype) for value, before in zip(values, given, strict=True)] for values, given in groups
    )
    return Snapshot(start.seeds, stop, weights, moments, states, losses.after(start.losses))


class EpochMeans:
    """Mean losses of epochs, of losses of steps that come in pieces."""

    def __init__(self, per_epoch: int) -> None:
        self.per_epoch = per_epoch
        self._rest: list[NDArray[np.float32]] = []
        self._means: list[NDArray[np.float32]] = []

    def add(self, losses: NDArray[np.float32]) -> None:
        """Further losses, (steps, S)."""
        self._rest.append(losses)
        together = np.concatenate(self._rest)
        whole = len(together) // self.per_epoch * self.per_epoch
        if whole:
            by_epoch = together[:whole].reshape(-1, self.per_epoch, losses.shape[1]).mean(axis=1)
            self._means.append(by_epoch.T.astype(np.float32))
        self._rest = [together[whole:]]

    def after(self, before: NDArray[np.float32]) -> NDArray[np.float32]:
        """The means (S, epochs), after those of earlier epochs."""
        return np.concatenate([before, *self._means], axis=1)


def trial(
    network: Network | Built,
    batches: dict[str, NDArray[Any]],
    untrained: Arrays,
    weights: Arrays,
    largest_step: float,
) -> tuple[NDArray[np.float32], Arrays, Arrays, float]:
    """A few updates by plain gradient descent, from zero states: losses (U, S), weights and states, learning rate.

    Raises where the program of the network cannot be lowered.

    Args:
        network: the network.
        batches: by name, each (U, S, rows, ...).
        untrained: see `train`.
        weights: the initial ones, each (S, ...).
        largest_step: how far the first update moves some weight; determines the learning rate.
    """
    _, members, rows = batches["x"].shape[:3]
    shapes = tuple((name, array.shape[2:], array.dtype.str) for name, array in batches.items())
    loop = Program(network, members, rows, shapes)
    loop.assign_untrained(untrained)
    now = [jnp.asarray(one) for one in weights]
    states: list[Any] = [jnp.zeros((members, *one.shape)) for one in loop.states]
    step, rate, losses = jax.jit(loop.gradients), 0.0, []
    for update in range(len(batches["x"])):
        batch = {name: array[update] for name, array in batches.items()}
        (loss, states), gradients = step(now, states, batch)
        rate = rate or largest_step / max(1e-12, *(float(np.abs(one).max(initial=0)) for one in gradients))
        now = [one - rate * gradient for one, gradient in zip(now, gradients, strict=True)]
        losses.append(np.asarray(loss))
    loop.lowered()
    return np.array(losses), [np.array(one) for one in now], [np.array(one) for one in states], rate
