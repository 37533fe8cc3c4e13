"""The ordinary Keras model of a member of an ensemble."""

from __future__ import annotations

import keras
import numpy as np

from lstm_lab.training.experiment import Experiment
from lstm_lab.training.problems import Floats, Samples
from lstm_lab.training.store import Arrays


def keras_model(
    experiment: Experiment,
    samples: Samples,
    values: Arrays,
    batch_size: int | None = None,
    dtype: str = "float32",
    *,
    to_fit: bool = False,
    eagerly: bool = False,
) -> keras.Model:
    """A Keras model with the weights of one member, compiled as the experiment says.

    Args:
        experiment: the experiment of the member.
        samples: its training set.
        values: its trainable weights, followed by its other variables, if any.
        batch_size: rows of a stateful model; the experiment's own when left out.
        dtype: see `Member.keras_model`.
        to_fit: see `Member.keras_model`.
        eagerly: whether Keras must run an own model eagerly.
    """
    network, shape = experiment.network, samples.x.shape[1:]
    rows = (batch_size or experiment.regime.batch_size) if network.stateful else batch_size
    policy = keras.config.dtype_policy()
    keras.config.set_dtype_policy(dtype)
    try:
        model = network.original(shape, rows)
    finally:
        keras.config.set_dtype_policy(policy)
    assign_weights(model, values)
    # Compiling by XLA would take longer than everything that these models compute.
    network.compile(model, metrics=["accuracy"], jit_compile=False, run_eagerly=eagerly)
    if to_fit and network.verified:
        _make_variables(model, samples.y)
    return model


def assign_weights(model: keras.Model, weights: Arrays) -> None:
    """Assign trainable weights to `model`, and further values to its other variables."""
    trainable = model.trainable_variables
    variables = [*trainable, *model.non_trainable_variables] if len(weights) > len(trainable) else trainable
    for variable, value in zip(variables, weights, strict=True):
        variable.assign(value)


def _make_variables(model: keras.Model, y: Floats) -> None:
    """Create the variables of the optimizer and of the metrics of a compiled model.

    Where Keras creates them while TensorFlow traces the first call, TensorFlow traces that call twice.
    """
    model.optimizer.build(model.trainable_variables)
    model.compute_metrics(None, y[:1], np.zeros((1, *model.output_shape[1:]), y.dtype))
    model.reset_metrics()
