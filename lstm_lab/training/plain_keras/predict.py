"""Outputs of networks that no test holds to plain `fit`: of one member after the other, by its Keras model itself."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from lstm_lab.training.experiment import Built, Network, state_variables, tolerant
from lstm_lab.training.problems import Floats, Layout, unpacked
from lstm_lab.training.store import Arrays


@functools.cache
def _model_of(network: Network | Built, sample_shape: tuple[int | None, ...], rows: int | None) -> keras.Model:
    """A model whose variables every question assigns anew; Keras takes 40 ms and more to build one."""
    return network.original(sample_shape, rows)


@functools.cache
def keras_predictor(
    network: Network | Built,
    sample_shape: tuple[int | None, ...],
    rows: int | None,
    *,
    eagerly: bool = False,
    inputs: Layout = (),
) -> Callable[..., Any]:
    """As `ensemble.mapped_outputs`, computed by the Keras model as the network's own function returns it.

    A function of weights followed by other variables, each (S, ...), states (S, ...) and a batch of every member.

    Args:
        network: the network.
        sample_shape: shape of a sample; with a time axis of None, samples of any length.
        rows: of a batch, for a stateful network; None for any number.
        eagerly: whether the model cannot be traced.
        inputs: of several inputs or outputs, those that x holds side by side; outputs come side by side, too.
    """
    model = _model_of(network, sample_shape, rows)
    variables, states = [*model.trainable_variables, *model.non_trainable_variables], state_variables(model)

    def call(x: Any) -> Any:
        outputs = model(x, training=False)
        return _side_by_side(model, outputs) if inputs else outputs

    function = call if eagerly else tf.function(call, autograph=False, reduce_retracing=True)

    def predict(values: Arrays, before: Arrays, batch: dict[str, Any]) -> tuple[Any, list[Any]]:
        outputs, after = [], []
        for index, x in enumerate(batch["x"]):
            assigned = [*variables[: len(values)], *states]
            for variable, value in zip(assigned, [*values, *before], strict=True):
                variable.assign(value[index])
            given = unpacked(np.asarray(x), inputs) if inputs else x
            with tolerant():
                outputs.append(_each(function, x, batch["mask"][index]) if "mask" in batch else function(given))
            after.append([state.numpy() for state in states])
        return tf.stack(outputs), [np.stack(members) for members in zip(*after, strict=True)]

    return predict


def output_layout(network: Network | Built, x: Any, rows: int | None) -> Layout:
    """The names of several outputs for x by name, in their order side by side, and the shape of one sample of each."""
    model = _model_of(network, (), rows)
    first = {name: array[: rows or 1] for name, array in x.items()} if isinstance(x, dict) else x[: rows or 1]
    with tolerant():
        outputs = _by_name(model, model(first, training=False))
    return tuple((name, tuple(outputs[name].shape[1:])) for name in sorted(outputs))


def _side_by_side(model: keras.Model, outputs: Any) -> Any:
    """Outputs as one array (rows, F), in the order of their names."""
    by_name = _by_name(model, outputs)
    return tf.concat([tf.reshape(by_name[name], (tf.shape(by_name[name])[0], -1)) for name in sorted(by_name)], axis=1)


def _by_name(model: keras.Model, outputs: Any) -> dict[str, Any]:
    """Outputs by their names, which are given by name already, or in the order of the model's."""
    listed = outputs if isinstance(outputs, list | tuple | dict) else [outputs]
    return listed if isinstance(listed, dict) else dict(zip(model.output_names, listed, strict=True))


def _each(function: Callable[[Any], Any], x: Any, mask: Any) -> Any:
    """The outputs of rows of different lengths, computed row by row; at time steps of padding they are 0."""
    lengths = np.asarray(mask).sum(axis=-1)
    outputs = [function(row[None, :length]) for row, length in zip(x, lengths, strict=True)]
    if outputs[0].shape[1:2] == (lengths[0],):  # an output at every time step
        steps = x.shape[1]
        outputs = [tf.pad(one, [[0, 0], [0, steps - one.shape[1]], *[[0, 0]] * (one.ndim - 2)]) for one in outputs]
    return tf.concat(outputs, axis=0)


def output_mask(network: Network | Built, values: Arrays, x: Floats, rows: int | None) -> Any:
    """Which time steps of the outputs for x (N, T, F) are no padding, as Keras's metrics see it; None for all.

    Args:
        network: the network.
        values: the variables of one member.
        x: the inputs of one member.
        rows: of a batch, for a stateful network; None for any number.
    """
    model = _model_of(network, x.shape[1:], rows)
    variables = [*model.trainable_variables, *model.non_trainable_variables]
    for variable, value in zip(variables[: len(values)], values, strict=True):
        variable.assign(value)
    batches = np.split(x, len(x) // rows) if rows else [x]
    with tolerant():
        masks = [getattr(model(batch, training=False), "_keras_mask", None) for batch in batches]
    return None if masks[0] is None else np.concatenate([np.asarray(one) for one in masks])
