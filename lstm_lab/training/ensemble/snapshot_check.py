"""The check of a loaded snapshot: types, shapes and finite values of its arrays."""

from __future__ import annotations

import functools
from itertools import zip_longest
from typing import Any

import numpy as np

from lstm_lab.training.errors import Refused
from lstm_lab.training.experiment import Experiment, Network, state_variables
from lstm_lab.training.plain_keras import seed_model
from lstm_lab.training.problems import input_shape
from lstm_lab.training.store import PlainSnapshot, Snapshot


@functools.cache
def expected_layout(network: Network, sample_shape: tuple[int, ...], rows: int, members: int) -> dict[str, list[str]]:
    """Type and shape of the arrays of a snapshot of this network, by group."""
    import keras

    model = network.build(sample_shape, rows)
    stacked = [
        keras.Variable(np.zeros((members, *variable.shape), np.float32)) for variable in model.trainable_variables
    ]
    optimizer = network.optimizer.build()
    optimizer.build(stacked)
    states = [np.zeros((members, *variable.shape), np.float32) for variable in state_variables(model)]
    return {
        "weights": [_type_and_shape(array) for array in stacked],
        "moments": [_type_and_shape(array) for array in optimizer.variables],
        "states": [_type_and_shape(array) for array in states],
    }


def check_snapshot(snapshot: Snapshot, experiment: Experiment) -> None:
    """Raises Refused where the arrays do not have the types and shapes of this experiment, or are not finite."""
    seeds, losses = snapshot.seeds, snapshot.losses
    if isinstance(snapshot, PlainSnapshot):
        layout = seed_model.layout(experiment)
    else:
        sample_shape = input_shape(experiment.problem)[1:]
        layout = expected_layout(experiment.network, sample_shape, experiment.regime.batch_size, len(seeds))
    for group in layout:
        pairs = zip_longest(map(_type_and_shape, getattr(snapshot, group)), layout[group], fillvalue="none")
        got, wanted = next(((got, wanted) for got, wanted in pairs if got != wanted), ("", ""))
        if got:
            raise Refused(f"its {group} do not fit the network (got {got}, wanted {wanted})")
    if _type_and_shape(losses) != f"float32{[len(seeds), snapshot.epoch]}":
        raise Refused(f"its losses do not fit its epochs (got {_type_and_shape(losses)})")
    finite = [group for group in layout if group != "moments"]
    # A seed that diverged has losses that are not finite; its weights are never used.
    for member in np.flatnonzero(np.isfinite(losses).all(axis=1)):
        is_finite = all(np.isfinite(array[member]).all() for group in finite for array in getattr(snapshot, group))
        if not is_finite or any(np.isnan(array[member]).any() for array in snapshot.moments if array.ndim):
            raise Refused(f"seed {seeds[member]} is no longer made of finite numbers, though its losses are")


def _type_and_shape(array: Any) -> str:
    """Type and shape of a NumPy array or a Keras variable."""
    return f"{array.dtype}{list(array.shape)}"
