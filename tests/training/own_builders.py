"""Builders, layers and data such as somebody might bring along, for the tests of builders."""

# ruff: noqa: D101, D102, D103 - each is named by what it is

import keras
import numpy as np
from keras import layers

from lstm_lab import Experiment, experiment_of

X = (np.arange(8) / 8).reshape(8, 1, 1)
Y = np.eye(9)[np.arange(1, 9)]
LONG_X = np.random.default_rng(3).normal(size=(8, 12, 2))
CLASSES = np.array([0, 1, 2, 3, 0, 1, 2, 3])


def sequential(*between, units=4):
    return keras.Sequential([keras.Input((1, 1)), layers.LSTM(units), *between, layers.Dense(9, activation="softmax")])


def plainly(units=4):
    return sequential(units=units)


def functional():
    inputs = keras.Input((1, 1))
    beside = layers.Dense(4)(layers.Flatten()(inputs))
    return keras.Model(inputs, layers.Dense(9, activation="softmax")(layers.LSTM(4)(inputs) + beside))


def without_input():
    return keras.Sequential([layers.GRU(4), layers.Dense(9, activation="softmax")])


class Subclassed(keras.Model):
    def __init__(self):
        super().__init__()
        self.below, self.above = layers.LSTM(4), layers.Dense(9, activation="softmax")

    def call(self, x):
        return self.above(self.below(x))


class Scaled(layers.Layer):
    def build(self, shape):
        self.scale = self.add_weight(shape=(shape[-1],), initializer="ones")

    def call(self, x, training=False):
        return x * self.scale * (2.0 if training else 1.0)


def custom_layer():
    return sequential(Scaled())


def long():
    return keras.Sequential([keras.Input((12, 2)), layers.LSTM(4), layers.Dense(4, activation="softmax")])


def long_custom():
    parts = [layers.LSTM(4), Scaled(), layers.Dense(4, activation="softmax")]
    return keras.Sequential([keras.Input((12, 2)), *parts])


def stateful(batch_size):
    inputs = keras.Input(batch_shape=(batch_size, 1, 1))
    return keras.Sequential([inputs, layers.LSTM(4, stateful=True), layers.Dense(9, activation="softmax")])


def dropout():
    return sequential(layers.Dropout(0.3))


def normalised():
    return sequential(layers.BatchNormalization())


def stateful_dropout(batch_size):
    inputs = keras.Input(batch_shape=(batch_size, 1, 1))
    parts = [layers.LSTM(4, stateful=True), layers.Dropout(0.3), layers.Dense(9, activation="softmax")]
    return keras.Sequential([inputs, *parts])


class Deciding(layers.Layer):
    def compute_output_shape(self, shape):
        return shape

    def call(self, x):
        return 2 * x if keras.ops.sum(x) > 0 else x


def deciding():
    return sequential(Deciding())


class Numpy(layers.Layer):
    def compute_output_shape(self, shape):
        return shape

    def call(self, x):
        import tensorflow as tf

        return x + tf.ensure_shape(tf.numpy_function(np.zeros_like, [x], tf.float32), x.shape)


def numpy_layer():
    return sequential(Numpy())


def regularized():
    return keras.Sequential(
        [keras.Input((1, 1)), layers.LSTM(4, kernel_regularizer="l2"), layers.Dense(9, activation="softmax")]
    )


def penalised():
    return keras.Sequential(
        [keras.Input((1, 1)), layers.LSTM(4, activity_regularizer="l2"), layers.Dense(9, activation="softmax")]
    )


def frozen():
    model = sequential()
    model.layers[0].trainable = False
    return model


def convolution():
    return keras.Sequential(
        [keras.Input((12, 2)), layers.Conv1D(3, 3), layers.LSTM(4), layers.Dense(4, activation="softmax")]
    )


class OwnStep(keras.Sequential):
    def train_step(self, data):
        return super().train_step(data)


def own_step():
    return OwnStep([keras.Input((1, 1)), layers.LSTM(4), layers.Dense(9, activation="softmax")])


def lamb():
    return keras.optimizers.Lamb(0.01)


def clipped():
    return keras.optimizers.Adam(clipnorm=0.5)


def averaging():
    return keras.optimizers.Adam(use_ema=True)


def half_squares(y_true, y_pred):
    return keras.ops.mean((y_true - y_pred) ** 2, axis=-1) / 2


def nothing():
    sequential()


def compiled():
    model = sequential()
    model.compile(loss="mse")
    return model


def failing():
    raise RuntimeError("no such layer\nin this lab")


UNSEEDED = np.random.default_rng()
KEPT = {}


def unseeded():
    return sequential(layers.Dense(3, kernel_initializer=keras.initializers.Constant(UNSEEDED.normal())))


def always_the_same():
    return KEPT.setdefault("model", sequential())


def two_inputs():
    inputs = [keras.Input((1, 1)), keras.Input((1, 1))]
    return keras.Model(inputs, layers.Dense(9)(layers.LSTM(2)(inputs[0] + inputs[1])))


def one_row():
    return stateful(1)


def hidden_states(batch_size):
    inputs = keras.Input(batch_shape=(batch_size, 1, 1))
    inner = keras.Sequential([layers.LSTM(4, stateful=True)])
    return keras.Sequential([inputs, inner, layers.Dense(9, activation="softmax")])


def echo(seed):
    random = np.random.default_rng(seed)
    x = random.integers(0, 2, (8, 1, 1))
    return x, np.eye(9)[x[:, 0, 0]]


def letter(text):
    return [["ABCDEFGHI".index(text) / 8]]


SPARSE = {"x": LONG_X, "y": CLASSES, "loss": "sparse_categorical_crossentropy", "batch_size": 4}


def mine(build, epochs=3, **changes) -> Experiment:
    """An experiment of one of the builders."""
    return experiment_of(build, **{"x": X, "y": Y, "epochs": epochs, "batch_size": 2, **changes})
