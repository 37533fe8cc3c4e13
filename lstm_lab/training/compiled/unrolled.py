"""Short sequences, and networks of any layers: the whole Keras model is called, with its time steps unrolled."""

from __future__ import annotations

import warnings
from typing import Any

import keras
import tensorflow as tf

from lstm_lab.training.compiled.functional import Batch, mapped, with_values
from lstm_lab.training.experiment import state_variables


class Unrolled:
    """A Keras model as a function of all members' weights and states.

    The gradient tape belongs *inside* the mapped function: outside of it, XLA treats weights and batches as
    compile-time constants and compiles the whole program again at every call.
    """

    def __init__(self, model: keras.Sequential, loss: keras.losses.Loss) -> None:
        self.model = model
        self.loss = loss
        self.variables = model.trainable_variables
        self.states = state_variables(model)

    def _call(self, weights: list[Any], states: list[Any], batch: Batch, *, training: bool) -> tuple[Any, list[Any]]:
        """Output and new states of one member."""
        with with_values([*self.variables, *self.states], [*weights, *states]) as scope, warnings.catch_warnings():
            # Keras warns that the model does not return the mask of its inputs; no output is padding, so that is right.
            warnings.filterwarnings("ignore", message=".*was passed an input with a mask", category=UserWarning)
            outputs = self.model(batch["x"], training=training, mask=batch.get("mask"))
        return outputs, [scope.get_current_value(variable) for variable in self.states]

    def outputs(self, weights: list[Any], states: list[Any], batch: Batch) -> tuple[Any, list[Any]]:
        """Outputs (S, rows, ...) without training, and the states after them."""

        def member(arguments: Any) -> Any:
            return self._call(*arguments, training=False)

        outputs, after = mapped(member, (weights, states, batch))
        return outputs, after

    def gradients(self, weights: list[Any], states: list[Any], batch: Batch) -> tuple[Any, list[Any], list[Any]]:
        """Loss (S,), gradients like `weights`, and the states after the batch."""

        def member(arguments: Any) -> Any:
            own, states, batch = arguments
            with tf.GradientTape() as tape:
                tape.watch(own)
                outputs, after = self._call(own, states, batch, training=True)
                loss = self.loss(batch["y"], outputs, sample_weight=batch.get("weight"))
            gradients = tape.gradient(loss, own, unconnected_gradients=tf.UnconnectedGradients.ZERO)
            # That of an embedding names the rows it has touched; stacked, all members' rows are dense.
            return loss, [tf.convert_to_tensor(one) for one in gradients], after

        loss, gradients, after = mapped(member, (weights, states, batch))
        return loss, gradients, after
