"""Keras layers as functions of one member's values, and such functions mapped over all members."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import keras
import tensorflow as tf

# One batch, or one batch of every member: "x" the inputs, "y" the targets, and where the samples have them
# "weight" the sample weights and "mask" the time steps that are no padding.
Batch = dict[str, Any]


def with_values(variables: Sequence[keras.Variable], values: Sequence[Any]) -> keras.StatelessScope:
    """Inside this scope Keras's `variables` have these values, and assignments to any variable stay in the scope.

    `stateless_call` cannot be used: it drops the states of stateful layers, which Keras does not track as variables.
    """
    return keras.StatelessScope(state_mapping=list(zip(variables, values, strict=True)))


def mapped(function: Callable[[Any], Any], arguments: Any) -> Any:
    """`function` of each member's slice of the stacked `arguments`, vectorised: an error instead of a loop."""
    return tf.vectorized_map(function, arguments, fallback_to_while_loop=False)
