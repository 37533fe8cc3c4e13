"""Crossentropy from logits: Keras on TensorFlow computes it from what a softmax got, other backends from its output.

The compiled loop gives Keras's loss these logits. The difference is one of gradients: where the probability of the
target is below 1e-7, or closer to 1 than that, an output gives none; and TensorFlow takes the gradient of a softmax as
if the targets summed to one, also where they do not.
"""

from __future__ import annotations

import contextlib
from typing import Any
from unittest.mock import patch

import keras
import numpy as np

from lstm_lab.training.experiment import layers_of

# Losses that Keras on TensorFlow computes from logits, of outputs of either activation.
FROM_LOGITS = (
    keras.losses.CategoricalCrossentropy,
    keras.losses.SparseCategoricalCrossentropy,
    keras.losses.BinaryCrossentropy,
)
ACTIVATIONS = (keras.activations.softmax, keras.activations.sigmoid)
WITH_ACTIVATION = (keras.layers.Dense, keras.layers.EinsumDense, keras.layers.Activation)


def logits_layer(model: keras.Model, x: Any) -> keras.layers.Layer | None:
    """The layer of Keras whose softmax or sigmoid is the output of `model` and nothing else; None where none is.

    Args:
        model: the model.
        x: inputs of any values.
    """
    calls: list[tuple[keras.layers.Layer, Any]] = []

    def watched(layer: keras.layers.Layer) -> Any:
        call = layer.call

        def recorded(*arguments: Any, **settings: Any) -> Any:
            outputs = call(*arguments, **settings)
            calls.append((layer, outputs))
            return outputs

        return patch.object(layer, "call", recorded)

    with contextlib.ExitStack() as stack, keras.StatelessScope():
        for layer in layers_of(model):
            if type(layer) is keras.layers.Softmax or (
                type(layer) in WITH_ACTIVATION and layer.activation in ACTIVATIONS
            ):
                stack.enter_context(watched(layer))
        outputs = model(x, training=True)
    found = [layer for layer, its in calls if its is outputs]
    return found[0] if found and [layer for layer, _ in calls].count(found[0]) == 1 else None


def loss_from_logits(model: keras.Model, loss: keras.losses.Loss) -> keras.losses.Loss:
    """The loss from logits, where Keras on TensorFlow computes it so; then `model` gives logits from now on."""
    if type(loss) not in FROM_LOGITS or loss.from_logits:
        return loss
    layer = logits_layer(model, np.zeros([size or 1 for size in model.input_shape], np.float32))
    if layer is None:
        return loss
    if type(layer) is keras.layers.Softmax:
        layer.call = lambda inputs, mask=None: inputs
    else:
        layer.activation = keras.activations.linear
    kind = OfLogits if isinstance(loss, keras.losses.CategoricalCrossentropy) else type(loss)
    return kind.from_config({**loss.get_config(), "from_logits": True})


class OfLogits(keras.losses.CategoricalCrossentropy):  # type: ignore[misc]  # Keras has no types
    """Keras's crossentropy of logits z with the gradient that TensorFlow gives it: softmax(z) - y, whatever y is.

    The gradient of its value would be sum(y) softmax(z) - y.
    """

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """The value of Keras's crossentropy, of each sample."""
        total = keras.ops.logsumexp(y_pred, axis=-1)  # whose gradient is softmax(z)
        none = total - keras.ops.stop_gradient(total)
        return super().call(y_true, y_pred) + (1 - keras.ops.sum(y_true, axis=-1)) * none
