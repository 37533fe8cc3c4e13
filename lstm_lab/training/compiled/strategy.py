"""The choice how a network is computed for all members: unrolled for short sequences, in a time loop for long ones."""

from __future__ import annotations

import keras
import numpy as np

from lstm_lab.training.compiled.time_loop import TimeLoop, fits
from lstm_lab.training.compiled.unrolled import Unrolled
from lstm_lab.training.errors import NetworkError
from lstm_lab.training.experiment import Network

# From this number of time steps on, the time loop compiles faster; below it, the unrolled network runs faster.
TIME_LOOP_FROM = 10

Strategy = Unrolled | TimeLoop


def choose_strategy(
    network: Network, sample_shape: tuple[int, ...], rows: int | None
) -> tuple[keras.Sequential, Strategy]:
    """The Keras model for samples of this shape, and the strategy for outputs and gradients of all members."""
    long = len(sample_shape) > 1 and sample_shape[0] >= TIME_LOOP_FROM
    model = network.build(sample_shape, rows, unroll=False)
    if not (long and fits(model)):
        model = network.build(sample_shape, rows, unroll=True)
    check_supported(model)
    return model, (TimeLoop if long and fits(model) else Unrolled)(model, network.loss_function())


def check_supported(model: keras.Model) -> None:
    """Raises NetworkError for what `model.fit` applies and the compiled loop would ignore."""
    for variable in model.trainable_variables:
        if variable.regularizer is not None or variable.constraint is not None:
            raise NetworkError(
                f"network: got a regularizer or constraint on {variable.path}, which an ensemble would leave out; "
                "wanted none"
            )
    shape = tuple(size or 1 for size in model.input_shape)
    with keras.StatelessScope() as scope:
        model(np.zeros(shape, np.float32), training=True)
    for variable in model.non_trainable_variables:
        if scope.get_current_value(variable) is not None:
            raise NetworkError(
                f"network: got a layer that updates {variable.path} in training, which an ensemble would forget; "
                "wanted layers that remember recurrent states only (no dropout, noise or batch normalisation)"
            )
