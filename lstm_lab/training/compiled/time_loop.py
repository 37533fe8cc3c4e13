"""Long sequences: a time loop around the map over members, so that the time to compile does not grow with T.

Forward, a `while` loop over time steps maps one step of the recurrent layers over the members and stores the states
before each step. Backward, a second loop iterates over the same steps in reverse, each with its own gradient tape, and
passes the gradients of the states to the previous step. The cells, and all layers after the last recurrent one, are
Keras's own and compute what they compute in `model.fit`.
"""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

from lstm_lab.training.compiled.functional import Batch, mapped, with_values
from lstm_lab.training.experiment import RECURRENT, state_variables

# Allowed between recurrent layers: they compute every time step alike, so they can be applied to one at a time.
STEPWISE = ("Dense", "TimeDistributed", "Activation", "LayerNormalization")


def is_recurrent(layer: keras.layers.Layer) -> bool:
    """Whether this is a recurrent layer."""
    return type(layer).__name__ in RECURRENT


def is_masking(layer: keras.layers.Layer) -> bool:
    """Whether this layer marks time steps of a certain value as padding."""
    return isinstance(layer, keras.layers.Masking)


def fits(model: keras.Sequential) -> bool:
    """Whether the time loop can compute the model: recurrent layers from the input on, forward in time.

    A mask may precede them where it affects neither the loss nor states of stateful layers. Other models are unrolled.
    """
    places = [place for place, layer in enumerate(model.layers) if is_recurrent(layer)]
    masked = is_masking(model.layers[0])
    if not places or places[0] != int(masked):
        return False
    if masked and (model.layers[places[-1]].return_sequences or state_variables(model)):
        return False
    column = model.layers[places[0] : places[-1] + 1]
    forward = not any(layer.go_backwards for layer in column if is_recurrent(layer))
    return forward and all(is_recurrent(layer) or type(layer).__name__ in STEPWISE for layer in column)


class Column:
    """The recurrent layers of a model and the layers between them, as a function of one time step."""

    def __init__(self, layers: list[keras.layers.Layer]) -> None:
        self.layers = layers
        self.recurrent = [layer for layer in layers if is_recurrent(layer)]
        self.variables = [variable for layer in layers for variable in layer.trainable_variables]
        self.widths = [layer.cell.units for layer in self.recurrent for _ in _listed(layer.cell.state_size)]

    def step(self, weights: list[Any], states: list[Any], x: Any, real: Any | None) -> tuple[Any, list[Any]]:
        """Output (rows, units) and new states of one member for one time step.

        Args:
            weights: values of `variables`.
            states: states of every recurrent layer, each (rows, units).
            x: inputs of the step, (rows, F).
            real: whether the step is no padding, (rows,); padding does not change the states. None where there is no
                padding.
        """
        after: list[Any] = []
        with with_values(self.variables, weights):
            for layer in self.layers:
                if is_recurrent(layer):
                    count = len(_listed(layer.cell.state_size))
                    own = states[len(after) : len(after) + count]
                    _, new = layer.cell(x, own if count > 1 else own[0], training=True)
                    new_states = _listed(new)
                    if real is not None:
                        pairs = zip(new_states, own, strict=True)
                        new_states = [tf.where(real[:, None], one, before) for one, before in pairs]
                    after.extend(new_states)
                    x = new_states[0]  # the output of Keras's recurrent cells is their first state
                else:
                    x = (layer.layer if isinstance(layer, keras.layers.TimeDistributed) else layer)(x)
        return x, after


class TimeLoop:
    """A Keras model as a function of all members' weights and states, whatever the number of time steps."""

    def __init__(self, model: keras.Sequential, loss: keras.losses.Loss) -> None:
        last = max(place for place, layer in enumerate(model.layers) if is_recurrent(layer))
        self.masking = model.layers[0] if is_masking(model.layers[0]) else None
        self.column = Column([layer for layer in model.layers[: last + 1] if layer is not self.masking])
        self.head = model.layers[last + 1 :]
        self.head_variables = [variable for layer in self.head for variable in layer.trainable_variables]
        self.sequence = model.layers[last].return_sequences
        self.stateful = bool(state_variables(model))
        self.loss = loss

    def outputs(self, weights: list[Any], states: list[Any], batch: Batch) -> tuple[Any, list[Any]]:
        """Outputs (S, rows, ...) without training, and the states after them."""
        own, head = self._parted(weights)
        ends, _, features = self._forward(own, states, batch)
        return mapped(lambda member: self._answer(*member), (head, features)), ends if self.stateful else []

    def gradients(self, weights: list[Any], states: list[Any], batch: Batch) -> tuple[Any, list[Any], list[Any]]:
        """Loss (S,), gradients like `weights`, and the states after the batch."""
        own, head = self._parted(weights)
        ends, before, features = self._forward(own, states, batch)
        loss, head_gradients, arriving = self._top(head, features, batch)
        gradients = self._backward(own, before, arriving, batch)
        return loss, [*gradients, *head_gradients], ends if self.stateful else []

    def _parted(self, weights: list[Any]) -> tuple[list[Any], list[Any]]:
        count = len(self.column.variables)
        return weights[:count], weights[count:]

    def _forward(self, weights: list[Any], states: list[Any], batch: Batch) -> tuple[list[Any], list[Any], Any]:
        """States after the last step, states before each step (T, S, rows, units), and the features for the head.

        The features are (S, rows, units), or (S, rows, T, units) where the last recurrent layer returns sequences.
        """
        inputs, real = self._time_first(batch)
        steps, members, rows = inputs.shape[:3]
        starts = states if self.stateful else [tf.zeros([members, rows, width]) for width in self.column.widths]

        def body(t: Any, states: list[Any], before: list[Any], last: Any, sequence: list[Any]) -> Any:
            kept = [
                tf.tensor_scatter_nd_update(every, [[t]], one[None]) for every, one in zip(before, states, strict=True)
            ]
            output, after = mapped(lambda member: self._step(*member), (weights, states, inputs[t], _at(real, t)))
            output = tf.ensure_shape(output, last.shape)
            after = [tf.ensure_shape(one, start.shape) for one, start in zip(after, starts, strict=True)]
            sequence = [tf.tensor_scatter_nd_update(every, [[t]], output[None]) for every in sequence]
            return t + 1, after, kept, output, sequence

        last = tf.zeros([members, rows, self.column.widths[-1]])
        before = [tf.zeros([steps, *start.shape]) for start in starts]
        sequence = [tf.zeros([steps, *last.shape])] if self.sequence else []
        _, ends, before, last, sequence = tf.while_loop(
            lambda t, *_: t < steps, body, (tf.constant(0), list(starts), before, last, sequence)
        )
        return ends, before, tf.transpose(sequence[0], [1, 2, 0, 3]) if self.sequence else last

    def _time_first(self, batch: Batch) -> tuple[Any, list[Any]]:
        """Inputs (T, S, rows, F), and in a list the mask (T, S, rows), where the batch has padding."""
        inputs, real = batch["x"], [batch["mask"]] if "mask" in batch else []
        if self.masking is not None:
            real = [self.masking.compute_mask(inputs)]
            inputs = self.masking.call(inputs)
        return tf.transpose(inputs, [2, 0, 1, 3]), [tf.transpose(one, [2, 0, 1]) for one in real]

    def _step(self, weights: list[Any], states: list[Any], x: Any, real: list[Any]) -> tuple[Any, list[Any]]:
        return self.column.step(weights, states, x, real[0] if real else None)

    def _answer(self, weights: list[Any], features: Any) -> Any:
        """The output of the layers after the last recurrent one for its features, for one member."""
        with with_values(self.head_variables, weights):
            for layer in self.head:
                features = layer(features)
        return features

    def _top(self, weights: list[Any], features: Any, batch: Batch) -> tuple[Any, list[Any], Any]:
        """Loss, gradients of the head, and the gradients with respect to the features."""

        def member(arguments: Any) -> Any:
            own, features, batch = arguments
            with tf.GradientTape() as tape:
                tape.watch([own, features])
                loss = self.loss(batch["y"], self._answer(own, features), sample_weight=batch.get("weight"))
            return loss, *tape.gradient(loss, [own, features])

        targets = {name: batch[name] for name in batch if name in ("y", "weight")}
        loss, gradients, arriving = mapped(member, (weights, features, targets))
        return loss, gradients, arriving

    def _backward(self, weights: list[Any], before: list[Any], arriving: Any, batch: Batch) -> list[Any]:
        """The gradients of the column's weights, summed over the time steps."""
        inputs, real = self._time_first(batch)
        steps = inputs.shape[0]
        to_outputs = tf.transpose(arriving, [2, 0, 1, 3]) if self.sequence else None

        def member(arguments: Any) -> Any:
            own, states, x, real, to_output, to_states = arguments
            with tf.GradientTape() as tape:
                tape.watch([own, states])
                output, after = self._step(own, states, x, real)
            return tape.gradient([output, *after], [own, states], output_gradients=[to_output, *to_states])

        def body(t: Any, to_states: list[Any], total: list[Any]) -> Any:
            if to_outputs is None:
                to_output = tf.where(tf.equal(t, steps - 1), arriving, tf.zeros_like(arriving))
            else:
                to_output = to_outputs[t]
            states = [every[t] for every in before]
            gradients, to_before = mapped(member, (weights, states, inputs[t], _at(real, t), to_output, to_states))
            to_before = [tf.ensure_shape(one, to.shape) for one, to in zip(to_before, to_states, strict=True)]
            return t - 1, to_before, [a + b for a, b in zip(total, gradients, strict=True)]

        ends = [tf.zeros(every.shape[1:]) for every in before]
        totals = [tf.zeros_like(weight) for weight in weights]
        _, _, gradients = tf.while_loop(lambda t, *_: t >= 0, body, (tf.constant(steps - 1), ends, totals))
        return list(gradients)


def _at(real: list[Any], t: Any) -> list[Any]:
    return [one[t] for one in real]


def _listed(states: Any) -> list[Any]:
    return list(states) if isinstance(states, list | tuple) else [states]
