"""Keras layers as functions of one member's values, and such functions mapped over all members."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import keras
import tensorflow as tf

# One batch, or one batch of every member: "x" the inputs, "y" the targets, and where the samples have them
# "weight" the sample weights and "mask" the time steps that are no padding.
Batch = dict[str, Any]


class Scope(keras.StatelessScope):  # type: ignore[misc]  # Keras has no types
    """A scope of values that variables take instead of their own.

    No gradient flows through an assignment, as through that of a real variable: a stateful layer that is called twice
    reads in the second call the state after the first, and learns nothing from it.
    """

    def add_update(self, update: tuple[keras.Variable, Any]) -> None:
        """Assign a value within the scope."""
        variable, value = update
        super().add_update((variable, tf.stop_gradient(value)))


def with_values(variables: Sequence[keras.Variable], values: Sequence[Any]) -> Scope:
    """Inside this scope Keras's `variables` have these values, and assignments to any variable stay in the scope.

    `stateless_call` cannot be used: it drops the states of stateful layers, which Keras does not track as variables.
    """
    return Scope(state_mapping=list(zip(variables, values, strict=True)))


def mapped(function: Callable[[Any], Any], arguments: Any) -> Any:
    """`function` of each member's slice of the stacked `arguments`, vectorised: an error instead of a loop."""
    return tf.vectorized_map(function, arguments, fallback_to_while_loop=False)
