"""A few updates of two seeds, trained by the compiled loop and by plain `fit`, for comparison.

Plain `fit` trains the model as its function returns it, with real variables; nothing is shared with the compiled loop
but the network and the batches. Some batches are of the samples as they are; in others, time steps are padding.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import keras
import numpy as np
from numpy.typing import NDArray

from lstm_lab.training.compiled import trial
from lstm_lab.training.experiment import Built, Network, initial_weights, layers_of, state_variables
from lstm_lab.training.plain_keras.reference import answers_every_step
from lstm_lab.training.problems import Samples
from lstm_lab.training.store import Arrays

UPDATES = 2  # of samples as they are: the second one starts from weights and states that the first has changed
PADDINGS = 4  # rows: without padding, padded at the end, at the start, everywhere
# Both are trained by SGD, whose steps are proportional to the gradients: other optimizers make a large step of a
# gradient that is nothing but a rounding error. Its first step moves some weight by this much.
LARGEST_STEP = 1e-2
# Both differ by rounding errors, of the steps about 1e-6 of their size and of the weights about 1e-7; others by more.
TOLERANCE = 3e-4
ROUNDING = 1e-6

Batches = dict[str, NDArray[Any]]  # by name as in `Batch`, each (U, S, rows, ...), of U updates and S seeds


class Trained(NamedTuple):
    """What a trial has led to, of one seed.

    Attributes:
        loss: the mean loss of each update, (U,).
        weights: their changes.
        states: after the last update.
    """

    loss: NDArray[np.float32]
    weights: Arrays
    states: Arrays


def trial_batches(model: keras.Model, samples: Sequence[Samples], rows: int) -> Batches:
    """The batches of a trial.

    Args:
        model: of any seed, not trained.
        samples: of each seed.
        rows: of a batch.
    """
    padding = _padding_values(model) if samples[0].lengths is None else []
    updates = UPDATES + math.ceil(PADDINGS * max(1, len(padding)) / rows)
    by_seed = []
    for one in samples:
        order = np.arange(len(one.x))
        if one.lengths is not None:  # the shortest and the longest alternate
            rising = np.argsort(one.lengths, kind="stable")
            order = np.stack([rising, rising[::-1]], axis=1).reshape(-1)
        taken = np.resize(order, (updates, rows))
        by_seed.append({name: array[taken] for name, array in one.arrays().items()})
    batches = {name: np.stack([own[name] for own in by_seed], axis=1) for name in by_seed[0]}
    if padding:
        _pad(batches["x"][UPDATES:], padding)
    return batches


def _padding_values(model: keras.Model) -> list[float]:
    """The values that a layer of `model` takes for padding; none where no layer does."""
    values = set()
    for layer in layers_of(model):
        if isinstance(layer, keras.layers.Masking):
            values.add(float(layer.mask_value))
        elif getattr(layer, "mask_zero", False) or not type(layer).__module__.startswith("keras."):
            values.add(0.0)
    return sorted(values)


def _pad(x: NDArray[Any], values: Sequence[float]) -> None:
    """Replace time steps of x (U, S, rows, T, ...) by padding: `PADDINGS` rows in turn for each value."""
    updates, _, rows, steps = x.shape[:4]
    for place in range(updates * rows):
        row, value = x[place // rows, :, place % rows], values[place // PADDINGS % len(values)]
        first, last = [(0, 0), ((steps + 1) // 2, steps), (0, steps // 2), (0, steps)][place % PADDINGS]
        row[:, first:last] = value


def by_compiled_loop(network: Network | Built, batches: Batches, seeds: tuple[int, ...]) -> tuple[list[Trained], float]:
    """What the gradients of the compiled loop lead to, of each seed, and the learning rate of the trial."""
    rows, *shape = batches["x"].shape[2:]
    start = initial_weights(network, seeds, tuple(shape), rows)  # type: ignore[arg-type]
    losses, weights, states, rate = trial(network, batches, start, LARGEST_STEP)
    changes = [after - before for before, after in zip(start, weights, strict=True)]
    return [
        Trained(losses[:, index], [one[index] for one in changes], [one[index] for one in states])
        for index in range(len(seeds))
    ], rate


def by_plain_fit(network: Network | Built, batches: Batches, index: int, seed: int, learning_rate: float) -> Trained:
    """What `fit` leads to, of one seed, whose batches are the `index`th."""
    own = {name: array[:, index] for name, array in batches.items()}
    rows, *shape = own["x"].shape[1:]
    lengths = own["mask"].sum(axis=-1)[:, 0] if "mask" in own else [None] * len(own["x"])
    keras.utils.set_random_seed(seed)
    time = (None, *shape[1:]) if "mask" in own else tuple(shape)
    model = network.original(time, rows if network.stateful else None)
    network.compile(model, keras.optimizers.SGD(learning_rate), run_eagerly=True)  # nothing to be traced
    start, losses = [variable.numpy() for variable in model.trainable_variables], []
    for update, length in enumerate(lengths):
        y, weight = own["y"][update], own["weight"][update] if "weight" in own else None
        if length is not None and answers_every_step(model):
            y, weight = y[:, :length], weight if weight is None or weight.ndim < 2 else weight[:, :length]
        history = model.fit(
            own["x"][update, :, :length], y, sample_weight=weight, batch_size=rows, shuffle=False, verbose=0
        )
        losses.append(history.history["loss"][0])
    changes = [after.numpy() - before for before, after in zip(start, model.trainable_variables, strict=True)]
    return Trained(np.array(losses), changes, [variable.numpy() for variable in state_variables(model)])


def difference(got: Trained, wanted: Trained) -> str:
    """Which of loss, weights and states differ by more than rounding errors; "" where none does."""
    scale = max((np.abs(one).max(initial=0) for one in wanted.weights), default=0.0)
    pairs = {
        "loss": (zip(got.loss, wanted.loss, strict=True), 0.0),
        # A change that is nothing but rounding errors is compared relative to the largest one.
        "weights": (zip(got.weights, wanted.weights, strict=True), scale / 100),
        "states": (zip(got.states, wanted.states, strict=True), 0.0),
    }
    for name, (both, floor) in pairs.items():
        for mine, its in both:
            size = max(float(np.abs(its).max(initial=0)), floor)
            if not np.abs(mine - its).max(initial=0) <= TOLERANCE * size + ROUNDING:  # NaN differs from everything
                return name
    return ""
