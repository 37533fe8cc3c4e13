"""Crossentropy from logits: Keras on TensorFlow computes it from what a softmax got, other backends from its output.

The compiled loop gives Keras's loss these logits. The difference is one of gradients: where the probability of the
target is below 1e-7, or closer to 1 than that, an output gives none.
"""

from __future__ import annotations

from typing import Any

import keras

# Losses that Keras on TensorFlow computes from logits, of outputs of either activation.
FROM_LOGITS = (
    keras.losses.CategoricalCrossentropy,
    keras.losses.SparseCategoricalCrossentropy,
    keras.losses.BinaryCrossentropy,
)
ACTIVATIONS = (keras.activations.softmax, keras.activations.sigmoid)


def logits_layer(model: keras.Model) -> keras.layers.Layer | None:
    """The layer whose softmax or sigmoid is the output of a sequential or functional model; None where none is."""
    outputs = getattr(model, "outputs", None) or []
    layer: Any = outputs[0]._keras_history.operation if len(outputs) == 1 else None
    if type(layer) in (keras.layers.Dense, keras.layers.Activation, keras.layers.EinsumDense):
        return layer if layer.activation in ACTIVATIONS else None
    return layer if type(layer) is keras.layers.Softmax else None


def from_logits(model: keras.Model, loss: keras.losses.Loss) -> tuple[keras.Model, keras.losses.Loss]:
    """The model without the activation of its output and the loss from logits; both unchanged where that is not due."""
    layer = logits_layer(model)
    if layer is None or type(loss) not in FROM_LOGITS or loss.from_logits:
        return model, loss
    if isinstance(layer, keras.layers.Softmax):
        model = keras.Model(model.inputs[0], layer.input)
    else:
        layer.activation = keras.activations.linear
    return model, type(loss).from_config({**loss.get_config(), "from_logits": True})
