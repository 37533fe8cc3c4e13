"""Checks of a network before it is compared with plain `fit`; each error is one line."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import tensorflow as tf

from lstm_lab.training.errors import NetworkError
from lstm_lab.training.experiment import Built, Network, layers_of, one_line, tolerant
from lstm_lab.training.problems import WHOLE, Problem, Several

SEEDS = (0, 1)  # whose models are compared: they may differ in trainable weights only


def check_deterministic_build(
    network: Network | Built, shape: tuple[int, ...], rows: int
) -> tuple[keras.Model, keras.Model]:
    """The models of two seeds. Raises NetworkError where a seed does not determine the model."""
    models, fixed_rows = [], rows if network.stateful else None
    for seed in (SEEDS[0], *SEEDS):
        keras.utils.set_random_seed(seed)
        models.append(network.original(shape, fixed_rows))
    again, first, other = models
    if again is first:
        raise NetworkError(f"{network.label}: got the same model when called again, wanted a new one from every call")
    values = [[variable.numpy() for variable in model.variables] for model in (first, again)]
    if len(values[0]) != len(values[1]) or not all(map(np.array_equal, *values)):
        raise NetworkError(
            f"{network.label}: got other initial weights when called again with the same seed; wanted that "
            "Keras, NumPy and `random` draw them, whose seeds are set before each call"
        )
    shapes = [[tuple(variable.shape) for variable in model.variables] for model in (first, other)]
    if shapes[0] != shapes[1]:
        raise NetworkError(f"{network.label}: got weights of other shapes for another seed, wanted the same")
    if not first.trainable_variables:
        raise NetworkError(f"{network.label}: got a model without trainable weights, wanted some")
    hidden = [
        part.name for part in layers_of(first) if getattr(part, "stateful", False) and not hasattr(part, "states")
    ]
    if hidden:
        raise NetworkError(
            f"{network.label}: got the stateful layer {hidden[0]} without `states`, which would never be reset; wanted "
            "its state variables in a list of that name"
        )
    settings = network.optimizer.build()
    if getattr(settings, "use_ema", False):
        raise NetworkError(
            f"{network.label}: got an optimizer with use_ema, an average that every call of `fit` writes over "
            "the weights when it ends, and each epoch is one call; wanted none"
        )
    return first, other


def check_names(network: Network | Built, model: keras.Model, problem: Problem) -> None:
    """Raises NetworkError where the names or shapes of the data are not those of a model's inputs and outputs."""
    if not isinstance(problem, Several):
        raise NetworkError(
            f"{network.label}: got a model of {len(model.inputs)} inputs and {len(model.outputs)} outputs, "
            "wanted one of each, or data by the names of these: x={name: array}, y={name: array}"
        )
    of_model = {"inputs": [one.name for one in model.inputs], "outputs": list(model.output_names)}
    for (kind, names), layout in zip(of_model.items(), (problem.inputs, problem.targets), strict=True):
        given = [name for name, _ in layout]
        if sorted(names) != given and not (given == [WHOLE] and len(names) == 1):
            raise NetworkError(
                f"{network.label}: got a model of the {kind} {', '.join(names)} and data of "
                f"{', '.join(name or 'one array' for name in given)}, wanted arrays by the names of the {kind}"
            )


def check_targets(network: Network | Built, model: keras.Model, batch: dict[str, Any], y: Any) -> None:
    """Raises NetworkError for targets whose shapes a Keras loss would silently broadcast, and for unknown classes.

    Args:
        network: the network.
        model: of any seed.
        batch: one batch.
        y: all targets.
    """
    if not isinstance(network.loss, str) or not getattr(model, "outputs", None):
        return
    outputs = tuple(model.compute_output_shape(batch["x"].shape))
    targets = batch["y"].shape
    classes = targets in (outputs[:-1], (*outputs[:-1], 1))
    if targets != outputs and not (classes and ("sparse" in network.loss.lower() or outputs[-1] == 1)):
        wanted = f"{outputs[:-1]} or {(*outputs[:-1], 1)}" if "sparse" in network.loss.lower() else f"{outputs}"
        raise NetworkError(
            f"{network.label}: got outputs of shape {outputs} for targets of shape {targets} of one batch, "
            f"wanted targets of shape {wanted} for the loss {network.loss!r}"
        )
    if "sparse" in network.loss.lower() and not 0 <= y.min() <= y.max() < outputs[-1]:
        raise NetworkError(
            f"{network.label}: got classes from {y.min():g} to {y.max():g} for {outputs[-1]} outputs, wanted classes "
            f"from 0 to {outputs[-1] - 1}"
        )


def looks_rows_up(network: Network | Built, model: keras.Model, batch: dict[str, Any]) -> bool:
    """Whether the gradient of a weight names the rows that it has touched, as that of an embedding does."""
    loss = network.loss_function()
    with tolerant(), keras.StatelessScope(), tf.GradientTape() as tape:
        value = loss(tf.constant(batch["y"]), model(tf.constant(batch["x"]), training=True))
    gradients = tape.gradient(value, [variable.value for variable in model.trainable_variables])
    return any(isinstance(one, tf.IndexedSlices) for one in gradients)


def check_all_rows(network: Network | Built, model: keras.Model, x: Any, rows: int) -> None:
    """Raises NetworkError where the model cannot compute its outputs for all x (N, ...): it looks up a row it lacks.

    The compiled loop would take the last row instead.
    """
    with tolerant(), keras.StatelessScope():
        for batch in np.split(x, len(x) // rows):
            try:
                model(batch, training=False)
            except Exception as error:  # a layer may raise anything
                raise NetworkError(f"{network.label}: its outputs cannot be computed: {one_line(error)}") from error


def runs_eagerly(network: Network | Built, model: keras.Model, batch: dict[str, Any]) -> bool:
    """Whether the model's loss can only be computed eagerly. Raises NetworkError where it cannot be computed at all."""
    loss = network.loss_function()

    def call(x: Any, y: Any) -> Any:
        return loss(y, model(x, training=True))

    arrays = tf.constant(batch["x"]), tf.constant(batch["y"])
    with tolerant(), keras.StatelessScope():  # discards the states that the layers update
        try:
            call(*arrays)
        except Exception as error:  # a layer or a loss may raise anything
            raise NetworkError(f"{network.label}: its loss cannot be computed: {one_line(error)}") from error
        try:
            tf.function(call, autograph=False).get_concrete_function(*arrays)
        except Exception:  # whatever the reason, it cannot be traced
            return True
    return False
