"""Crossentropies from logits, as Keras on TensorFlow computes them: where probabilities vanish, weights still move."""

import keras
import numpy as np
import pytest

from lstm_lab import Experiment, experiment_of
from lstm_lab.training.compiled import train
from lstm_lab.training.plain_keras import reference
from lstm_lab.training.planning import eligibility_of

SEEDS = (0, 1)
X = np.linspace(50, 60, 6, dtype=np.float32).reshape(6, 1, 1)  # so large that a softmax is 0 or 1
Y = np.eye(3, dtype=np.float32)[[0, 1, 2, 0, 1, 2]]


def outputs(*last: keras.layers.Layer) -> keras.Model:
    """A model of these last layers, of a sum that is far from zero."""
    return keras.Sequential([keras.Input((1, 1)), keras.layers.Flatten(), *last])


def dense(activation: str = "softmax", units: int = 3) -> keras.Model:
    """A layer with an activation."""
    return outputs(keras.layers.Dense(units, activation))


def softmax_layer() -> keras.Model:
    """A layer that is nothing but a softmax."""
    return outputs(keras.layers.Dense(3), keras.layers.Softmax())


def activation_layer() -> keras.Model:
    """The same by the name of an activation."""
    return outputs(keras.layers.Dense(3), keras.layers.Activation("softmax"))


def reshaped() -> keras.Model:
    """A softmax below another layer, which Keras takes for probabilities."""
    return outputs(keras.layers.Dense(3, "softmax"), keras.layers.Reshape((1, 3)))


class Subclassed(keras.Model):
    """A model whose own `call` ends with a layer of Keras."""

    def __init__(self) -> None:
        super().__init__()
        self.flat, self.last = keras.layers.Flatten(), keras.layers.Dense(3, "softmax")

    def call(self, x):
        """Its output."""
        return self.last(self.flat(x))


class OwnSoftmax(keras.layers.Layer):
    """A layer with a softmax of its own."""

    def call(self, x):
        """Its output."""
        return keras.activations.softmax(x)


def own_softmax() -> keras.Model:
    """A softmax that only the call of a layer shows."""
    return outputs(keras.layers.Dense(3), OwnSoftmax())


def own_loss(y_true, y_pred):
    """A crossentropy that asks Keras for one."""
    return keras.losses.categorical_crossentropy(y_true, y_pred)


def own_likelihood(y_true, y_pred):
    """A crossentropy that is computed from probabilities."""
    return -keras.ops.sum(y_true * keras.ops.log(y_pred + 1e-6), axis=-1)


def trained(build, loss: object = "categorical_crossentropy", y: np.ndarray = Y, **settings: object) -> Experiment:
    """A short training."""
    return experiment_of(build, x=X, y=y, epochs=4, loss=loss, settings=settings)


CASES = {
    "dense": trained(dense),
    "a layer": trained(softmax_layer),
    "an activation": trained(activation_layer),
    "below a reshape": trained(reshaped, y=Y[:, None]),
    "in a class of its own": trained(Subclassed),
    "a loss of its own": trained(dense, own_likelihood),
    "targets that do not sum to one": trained(dense, y=np.concatenate([Y[:2] * 2, Y[2:] * 0])),
    "classes by number": trained(dense, "sparse_categorical_crossentropy", Y.argmax(-1).astype(np.float32)),
    "yes or no": trained(dense, "binary_crossentropy", Y[:, :1], activation="sigmoid", units=1),
    "a sigmoid of many classes": trained(dense, activation="sigmoid"),
}


@pytest.mark.parametrize("experiment", CASES.values(), ids=CASES)
def test_weights_are_those_of_plain_keras_where_probabilities_vanish(experiment) -> None:
    """Each seed's, within 1e-5; some loss is beyond what a probability of 1e-7 gives."""
    assert "" == eligibility_of(experiment).reason
    samples = [experiment.problem.samples(seed) for seed in SEEDS]
    (end,) = train(experiment.network, experiment.regime, samples, SEEDS, [4])

    for index, seed in enumerate(SEEDS):
        expected = reference.fit(experiment, seed).trainable_variables
        for variable, actual in zip(expected, end.weights, strict=True):
            np.testing.assert_allclose(variable.numpy(), actual[index], atol=1e-5, rtol=0)
    assert end.losses.max() > 9


@pytest.mark.parametrize(
    ("experiment", "reason"),
    [
        (trained(own_softmax), "a softmax or sigmoid within a layer of its own, whose logits the loss takes"),
        (trained(dense, own_loss), "a loss of its own that takes the logits"),
        (
            trained(dense, "binary_focal_crossentropy"),
            "a loss of its own that takes the logits",
        ),
    ],
    ids=["own softmax", "own loss", "another crossentropy"],
)
def test_what_cannot_be_told_is_left_to_plain_keras(experiment, reason) -> None:
    """Rather than a gradient that differs where probabilities vanish."""
    assert eligibility_of(experiment).reason.startswith(reason)
