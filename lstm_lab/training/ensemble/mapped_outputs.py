"""Outputs of all members of an ensemble at once: the Keras model as a function of weights, mapped over members."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable
from typing import Any

import keras
import tensorflow as tf

from lstm_lab.training.experiment import Network, layers_of, state_variables

LOOP_FROM = 10  # from this number of time steps on, TensorFlow loops over them; fewer, written out, are faster


@functools.cache
def mapped_predictor(network: Network, sample_shape: tuple[int, ...], rows: int | None) -> Callable[..., Any]:
    """The network's output as a function of stacked weights (S, ...), states (S, ...) and a batch of every member.

    The batch holds inputs "x" (S, rows, ...), and where time steps are padding, "mask" (S, rows, T). Returns outputs
    (S, rows, ...) and the states after them. Traced once per shape.
    """
    model = network.build(sample_shape, rows)
    for part in layers_of(model):
        if isinstance(part, keras.layers.RNN):
            part.unroll = sample_shape[0] < LOOP_FROM
    weights, states = model.trainable_variables, state_variables(model)

    def member(arguments: tuple[list[Any], list[Any], dict[str, Any]]) -> tuple[Any, list[Any]]:
        own, before, batch = arguments
        mapping = zip([*weights, *states], [*own, *before], strict=True)
        # `stateless_call` cannot be used: it drops the states of stateful layers, which Keras does not track.
        with keras.StatelessScope(state_mapping=list(mapping)) as scope, warnings.catch_warnings():
            # Keras warns that the model does not return the mask of its inputs; no output is padding, so that is right.
            warnings.filterwarnings("ignore", message=".*was passed an input with a mask", category=UserWarning)
            outputs = model(batch["x"], training=False, mask=batch.get("mask"))
        return outputs, [scope.get_current_value(one) for one in states]

    def predict(own: list[Any], before: list[Any], batch: dict[str, Any]) -> Any:
        return tf.vectorized_map(member, (own, before, batch), fallback_to_while_loop=False)

    function: Callable[..., Any] = tf.function(predict, autograph=False)
    return function
