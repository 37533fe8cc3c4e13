"""The check of a `Network` before it is planned, from the names that Keras's files have: without importing Keras.

What only building the model would show, such as an argument that a layer does not take, is told when it is trained.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from lstm_lab.training.errors import NetworkError
from lstm_lab.training.experiment.keras_names import names_in, perhaps
from lstm_lab.training.experiment.network import Layer, Network


@functools.cache  # experiments share networks, and a plan asks for each seed
def check_network(network: Network, targets: tuple[int, ...]) -> None:
    """Raises NetworkError for layers or a loss that Keras does not have, and for outputs that do not fit the targets.

    Args:
        network: the network.
        targets: the shape of y, (N, ...).
    """
    kinds = {name for name in names_in("layers") if name[0].isupper()}
    unknown = next((part.kind for part in _layers_of(network.layers) if kinds and part.kind not in kinds), None)
    if unknown is not None:
        raise NetworkError(
            f"layer: got {unknown!r}, wanted the name of a class in keras.layers{perhaps(unknown, kinds)}"
        )
    losses = names_in("losses")
    if losses and network.loss_class not in losses:
        raise NetworkError(
            f"loss: got {network.loss!r}, wanted the name of a Keras loss such as 'mean_squared_error'"
            f"{perhaps(network.loss, [name for name in losses if name.islower()])}"
        )
    last = network.layers[-1]
    units = last.get("units") if last.kind == "Dense" else None
    # One output may be compared with a row of numbers, one for each time step; class numbers are compared with many.
    if units not in (None, 1, targets[-1]) and len(targets) > 1 and "sparse" not in network.loss:
        raise NetworkError(
            f"network: got {units} outputs for targets of shape {targets}, wanted {targets[-1]} outputs for the "
            f"loss {network.loss!r}"
        )


def _layers_of(value: Any) -> Iterator[Layer]:
    """The layers in a tuple, and those that are settings of others."""
    for part in value if isinstance(value, tuple) else ():
        if isinstance(part, Layer):
            yield part
            yield from _layers_of(tuple(setting for _, setting in part.settings))
        else:
            yield from _layers_of(part)
