# -*- coding: utf-8 -*-
"""Asks the Keras at hand how it treats states, resets, batch sizes, seeds, order, defaults and names of 2016.

    python probe.py OUT.json [--api keras|tf_keras|tf.keras] [--trainings N]

This one file needs Keras and NumPy alone, and runs on Python 2.7 to 3.13, Keras 1.0.6 to 3.15, and the backends Theano,
TensorFlow, JAX, torch and NumPy. OUT.json then has the versions and an answer to each question: a word, a truth value,
a number, a list of these, `{"error": class, "text": first line}` where Keras raised, or `{"meaningless": why}`.
The questions in plain words are in `fixtures/semantics/questions.json`.

What Keras computes is held against the same small LSTM in NumPy, once with the state carried and once without.
"""

from __future__ import division, print_function

import argparse
import inspect
import json
import math
import os
import platform
import random
import re
import sys
import time
import warnings

warnings.filterwarnings("ignore")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

FORMAT = 1
NO_KERAS = 3  # the exit status where no Keras, or no NumPy, can be imported

try:
    import numpy as np
except ImportError as error:
    print("no NumPy can be imported (%s)" % error, file=sys.stderr)
    sys.exit(NO_KERAS)


class NoKeras(Exception):
    """There is no such Keras."""


class Meaningless(Exception):
    """The question has no meaning for this Keras; the text says why."""


# ---------------------------------------------------------------------------------------------- the Keras at hand


def imported(api):
    """The Keras of this name."""
    if api == "keras":
        import keras
    elif api == "tf_keras":
        import tf_keras as keras
    else:
        from tensorflow import keras
    return keras


def first_keras(apis):
    """The first of these that can be imported, and its name."""
    reasons = []
    for api in apis:
        try:
            return imported(api), api
        except ImportError as error:
            reasons.append("%s: %s" % (api, first_line(error)))
            if not re.match(r"No module named '?%s\b" % api.replace("tf.keras", "tensorflow"), first_line(error)):
                break  # it is there, and lacks something else, as its backend: another one is not what is asked
    raise NoKeras("; ".join(reasons))


def first_line(error):
    """The first line of what an exception says, but for one that says no more than where it was."""
    text = re.sub(r"\x1b\[\d+m", "", str(error))
    lines = [line.strip() for line in text.splitlines() if re.search(r"\w", line)]
    telling = [line for line in lines if not line.startswith("Exception encountered when calling")]
    return (telling or lines or [""])[0][:200]


def options():
    """The command line."""
    parser = argparse.ArgumentParser(description="Ask the Keras at hand and write its answers.")
    parser.add_argument("out", metavar="OUT.json")
    parser.add_argument("--api", choices=("keras", "tf_keras", "tf.keras"))
    parser.add_argument("--trainings", type=int, default=0, metavar="N")
    return parser.parse_args()


OPTIONS = options()
try:
    keras, API = first_keras([OPTIONS.api] if OPTIONS.api else ["keras", "tf_keras", "tf.keras"])
except NoKeras as error:
    print("no Keras can be imported (%s)" % error, file=sys.stderr)
    sys.exit(NO_KERAS)


def keras_version():
    """The version of Keras; the namespace of TensorFlow does not always tell it."""
    found = getattr(keras, "__version__", None)
    if found is None:
        if os.environ.get("TF_USE_LEGACY_KERAS") in ("1", "true", "True"):
            import tf_keras as other
        else:
            import keras as other
        found = other.__version__
    return found.replace("-tf", "")


VERSION = keras_version()
MAJOR, MINOR = [int(part) for part in VERSION.split(".")[:2]]
if MAJOR == 1:
    import keras.backend as K
    import keras.callbacks
    import keras.layers
    import keras.models
    import keras.optimizers
    import keras.utils
else:
    K = keras.backend
layers, Sequential = keras.layers, keras.models.Sequential
BACKEND = K.backend() if hasattr(K, "backend") else K._BACKEND
tensorflow = None
if BACKEND == "tensorflow":
    import tensorflow
GRAPHS = BACKEND == "theano" or (tensorflow is not None and tensorflow.__version__.startswith("1."))


def versions():
    """The versions of everything that computes here."""
    found = {
        "keras": VERSION,
        "api": API,
        "backend": BACKEND,
        "python": platform.python_version(),
        "numpy": np.__version__,
    }
    if BACKEND != "numpy":
        module = sys.modules.get(BACKEND)
        found[BACKEND] = getattr(module, "__version__", "unknown")
    return found


# ------------------------------------------------------------------------------------ what the eras call by other names


def epochs(number):
    """The argument of `fit` for this many epochs."""
    return {"nb_epoch" if MAJOR == 1 else "epochs": number}


def sgd(rate):
    """Plain gradient descent."""
    old = MAJOR == 1 or (API == "keras" and (MAJOR, MINOR) < (2, 4))
    return keras.optimizers.SGD(**{"lr" if old else "learning_rate": rate})


def sequential(first, others=(), batch=None, shape=(1, 1)):
    """A sequential model; `first` makes its first layer, from the arguments that tell it the shape of the input."""
    model = Sequential()
    if MAJOR < 3:
        model.add(first(**({"input_shape": shape} if batch is None else {"batch_input_shape": (batch,) + shape})))
    else:
        model.add(keras.Input(batch_shape=(batch,) + shape))
        model.add(first())
    for layer in others:
        model.add(layer)
    return model


def layer_of(kind, *given, **named):
    """What makes a layer of this kind, once it is told the shape of its input."""

    def make(**told):
        named.update(told)
        return kind(*given, **named)

    return make


def reset(model):
    """Reset the states of a model, by the model where it can, else by its layers."""
    if hasattr(model, "reset_states"):
        model.reset_states()
    else:
        recurrent(model).reset_state()


def recurrent(model):
    """The LSTM of a model."""
    return [layer for layer in model.layers if isinstance(layer, layers.LSTM)][0]


def as_numbers(tensor):
    """What a call of a model has given, as an array of NumPy."""
    if hasattr(K, "convert_to_numpy"):
        return np.array(K.convert_to_numpy(tensor))
    return np.array(keras.ops.convert_to_numpy(tensor) if MAJOR == 3 else tensor)


def seed_everything(seed):
    """Keras's own seed; where it has none, that of NumPy and of the backend."""
    if hasattr(keras.utils, "set_random_seed"):
        keras.utils.set_random_seed(seed)
        return
    random.seed(seed)
    np.random.seed(seed)
    if tensorflow is not None:
        (tensorflow.set_random_seed if GRAPHS else tensorflow.random.set_seed)(seed)


def seed_nothing():
    """As in a process that was never seeded."""
    random.seed()
    np.random.seed(None)
    if tensorflow is not None and not GRAPHS:
        tensorflow.random.set_seed(None)


def seed_numpy(seed):
    """NumPy's seed and no other."""
    seed_nothing()
    np.random.seed(seed)


def new_graph():
    """TensorFlow 1 keeps all models in one graph: each one makes the next slower, and changes what it draws."""
    if GRAPHS and tensorflow is not None:
        K.clear_session()


# ------------------------------------------------------------------------------------------ small models and their data

UNITS = 3
ROWS = 8  # of the data whose order is asked


def batch_of(*values):
    """One batch: rows of one step with one feature."""
    return np.array(values, "float32").reshape(len(values), 1, 1)


A, B, C = batch_of(0.9), batch_of(-0.7), batch_of(0.4)
ZERO = np.zeros((1, 1), "float32")
ZEROS = np.zeros((2, 1), "float32")


def fixed_weights():
    """Kernel, recurrent kernel and biases of the LSTM (gates in the order i, f, c, o), kernel and bias of the Dense."""
    drawn = np.random.RandomState(3)
    shapes = [(1, 4 * UNITS), (UNITS, 4 * UNITS), (4 * UNITS,), (UNITS, 1), (1,)]
    return [scale * drawn.normal(size=shape) for shape, scale in zip(shapes, (1, 1, 0.5, 1, 0.3))]


def lstm_model(rows, steps=1, stateful=True, rate=0.0, compiled=True, masking=False, sequences=False, weights=None):
    """An LSTM of three units and a Dense of one, with fixed weights, that takes `rows` rows (None: any number)."""
    lstm = layer_of(layers.LSTM, UNITS, stateful=stateful, return_sequences=sequences)
    last = layers.TimeDistributed(layers.Dense(1)) if sequences else layers.Dense(1)
    if masking:
        model = sequential(layer_of(layers.Masking, mask_value=-9.0), [lstm(), last], rows, (steps, 1))
    else:
        model = sequential(lstm, [last], rows, (steps, 1))
    set_weights(model, weights or fixed_weights())
    if compiled:
        model.compile(loss="mse", optimizer=sgd(rate))
    return model


def gate_names(model):
    """Of Keras 1, which has a matrix for each gate: what each weight of the LSTM is ("W", "U", "b"), and its gate."""
    return [tuple(str(weight.name).split("_")[-2:]) for weight in recurrent(model).trainable_weights]


def set_weights(model, weights):
    """Give a model these weights, in the order of `fixed_weights`."""
    if MAJOR == 1:
        parts = [np.split(array, 4, axis=-1) for array in weights[:3]]
        of_gates = [parts["WUb".index(what)]["ifco".index(gate)] for what, gate in gate_names(model)]
        weights = of_gates + list(weights[3:])
    model.set_weights([array.astype("float32") for array in weights])


def weights_of(model):
    """The weights of a model, in the order of `fixed_weights`."""
    weights = [np.array(array, "float64") for array in model.get_weights()]
    if MAJOR > 1:
        return weights
    named = dict(zip(gate_names(model), weights))
    return [np.concatenate([named[what, gate] for gate in "ifco"], axis=-1) for what in "WUb"] + weights[-2:]


def predict(model, x, batch_size=None):
    """Answers of `predict`; in one batch unless another size is told."""
    return np.asarray(model.predict(np.asarray(x, "float32"), batch_size=batch_size or len(x), verbose=0))


# -------------------------------------------------------------------------------------------------- the LSTM in NumPy

GATES = {
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "hard, slope 0.2": lambda x: np.clip(0.2 * x + 0.5, 0, 1),
    "hard, slope 1/6": lambda x: np.clip(x / 6 + 0.5, 0, 1),
}
FOUND = {}  # what has been found out about this Keras: computed once, by the functions below


def once(function):
    """Remember what a function without arguments has found."""

    def remembered():
        if function.__name__ not in FOUND:
            FOUND[function.__name__] = function()
        return FOUND[function.__name__]

    return remembered


@once
def gates():
    """The name of the default activation of the gates: two values of one input gate, all other parts of it open."""

    def gate_at(bias):
        kernel, matrix, biases, dense, offset = [0 * array for array in fixed_weights()]
        biases[:UNITS], biases[2 * UNITS :] = bias, 20
        dense[0] = 1
        model = lstm_model(None, stateful=False, compiled=False, weights=[kernel, matrix, biases, dense, offset])
        return np.arctanh(predict(model, A)[0, 0])

    points = [1.0, -2.7]
    measured = [gate_at(point) for point in points]
    names = [name for name, gate in GATES.items() if np.abs(gate(np.array(points)) - measured).max() < 1e-3]
    return names[0] if names else "another function"


def reference(batches, state=None, weights=None):
    """The answers to each batch with the state carried over all of them, and the state at the end."""
    kernel, matrix, biases, dense, offset = weights or fixed_weights()
    gate, answers = GATES[gates()], []
    for batch in batches:
        batch = np.asarray(batch, "float64")
        hidden, cell = state or (np.zeros((len(batch), UNITS)), np.zeros((len(batch), UNITS)))
        for step in range(batch.shape[1]):
            sums = batch[:, step].dot(kernel) + hidden.dot(matrix) + biases
            i, f, c, o = np.split(sums, 4, axis=1)
            cell = gate(f) * cell + gate(i) * np.tanh(c)
            hidden = gate(o) * np.tanh(cell)
        state = hidden, cell
        answers.append(hidden.dot(dense) + offset)
    return answers, state


def last_answer(*batches):
    """The answer to the last of these batches, the state carried over all of them."""
    return reference(batches)[0][-1]


def state_after(*batches):
    """The state after these batches."""
    return reference(batches)[1]


def first_rows(state, rows):
    """The state of the first row, for each of so many rows."""
    return tuple(np.repeat(part[:1], rows, axis=0) for part in state)


def which(measured, **cases):
    """The names of the cases that the measured numbers agree with, "other" where there is none."""
    measured = np.asarray(measured, "float64")

    def agrees(case):
        case = np.asarray(case, "float64")
        return case.size == measured.size and np.abs(case.ravel() - measured.ravel()).max() < 2e-4

    return "+".join(sorted(name for name, case in cases.items() if agrees(case))) or "other"


def carried(measured, before, now, squared=False):
    """Whether the answer to the batch `now` (or its loss against 0) is that after the batches `before`, or fresh."""
    power = 2 if squared else 1
    return which(measured, fresh=last_answer(now) ** power, carry=last_answer(*(list(before) + [now])) ** power)


# ------------------------------------------------------------------------------------------------- what `fit` tells


class Logs(keras.callbacks.Callback):
    """What `fit` tells of each batch; it does something after each batch or each epoch, if it is asked to."""

    def __init__(self, after_batch=None, after_epoch=None):
        """Nothing was told yet."""
        keras.callbacks.Callback.__init__(self)
        self.losses, self.after_batch, self.after_epoch = [], after_batch, after_epoch

    def on_epoch_begin(self, epoch, logs=None):
        """A new epoch has a new list."""
        self.losses.append([])

    def on_batch_end(self, batch, logs=None):
        """Keep the loss that is told."""
        self.losses[-1].append(float(logs["loss"]))
        if self.after_batch:
            self.after_batch()

    def on_epoch_end(self, epoch, logs=None):
        """Do what is asked."""
        if self.after_epoch:
            self.after_epoch()


def told_losses(model, x, y, number=1, after_batch=None, after_epoch=None, **named):
    """What `fit` tells of each batch of one row, epoch by epoch."""
    logs = Logs(after_batch, after_epoch)
    named.update(epochs(number))
    x, y = np.asarray(x, "float32"), np.asarray(y, "float32")
    model.fit(x, y, batch_size=1, verbose=0, callbacks=[logs], **named)
    return logs.losses


def counting_model():
    """A Dense of zeros: the loss of a row is the square of its target."""
    return dense_model("zero" if MAJOR == 1 else "zeros")


def dense_model(start):
    """One Dense layer that starts with these weights."""
    dense = layer_of(layers.Dense, 1, **{"init" if MAJOR == 1 else "kernel_initializer": start})
    model = sequential(dense, shape=(1,))
    model.compile(loss="mse", optimizer=sgd(0.0))
    return model


TARGETS = np.sqrt(np.arange(ROWS))[:, None]


@once
def batch_log():
    """Whether the loss in the logs is that of the batch, or the mean of the epoch so far."""
    (told,) = told_losses(counting_model(), np.ones((ROWS, 1)), TARGETS, shuffle=False)
    return which(told, single=np.arange(ROWS), running=np.arange(ROWS) / 2)


def batch_losses(*given, **named):
    """The loss of each batch of one row, epoch by epoch."""
    told = [np.array(epoch) for epoch in told_losses(*given, **named)]
    if batch_log() == "running":
        return [np.diff(np.append(0, np.arange(1, len(epoch) + 1) * epoch)) for epoch in told]
    return told


def orders(number, model=None, shape=(ROWS, 1), **named):
    """The order of the rows in each epoch, told by their losses."""
    losses = batch_losses(model or counting_model(), np.ones(shape), TARGETS, number, **named)
    found = [np.rint(epoch).astype(int).tolist() for epoch in losses]
    if any(sorted(order) != list(range(ROWS)) for order in found):
        raise AssertionError("the losses do not tell the order: %s" % losses)
    return found


def all_differ(found):
    """Whether no two of these are the same."""
    return all(one != other for place, one in enumerate(found) for other in found[:place])


# ----------------------------------------------------------------------------------------------------- the questions

QUESTIONS = []  # (name, function) in the order in which they are asked


def question(function):
    """Ask this."""
    QUESTIONS.append((function.__name__, function))
    return function


def family(name, function, *given):
    """Ask one of several like questions."""
    QUESTIONS.append((name, lambda: function(*given)))


# State: carried or forgotten


@question
def fit_batch_to_batch():
    """The second batch of `fit`."""
    losses = batch_losses(lstm_model(1), np.concatenate([A, B]), ZEROS, shuffle=False)
    return carried(losses[0][1], [A], B, squared=True)


@question
def fit_epoch_to_epoch():
    """The second epoch of one `fit`."""
    return carried(batch_losses(lstm_model(1), A, ZERO, 2, shuffle=False)[1], [A], A, squared=True)


@question
def fit_call_to_call():
    """The second call of `fit`."""
    model = lstm_model(1)
    batch_losses(model, A, ZERO)
    return carried(batch_losses(model, A, ZERO)[0], [A], A, squared=True)


@question
def train_on_batch_carries():
    """The second call of `train_on_batch`."""
    model = lstm_model(1)
    model.train_on_batch(A, ZERO)
    if hasattr(model, "reset_metrics"):
        model.reset_metrics()
    return carried(np.ravel(model.train_on_batch(B, ZERO))[:1], [A], B, squared=True)


@question
def predict_batch_to_batch():
    """The second batch of `predict`."""
    return carried(predict(lstm_model(1), np.concatenate([A, B]), 1)[1:], [A], B)


@question
def predict_call_to_call():
    """The second call of `predict`."""
    model = lstm_model(1)
    predict(model, A)
    return carried(predict(model, B), [A], B)


@question
def predict_call_to_call_uncompiled():
    """The same, of a model that was never compiled."""
    model = lstm_model(1, compiled=False)
    predict(model, A)
    return carried(predict(model, B), [A], B)


@question
def predict_three_calls():
    """The third call of `predict` continues both."""
    model = lstm_model(1)
    predict(model, A)
    predict(model, B)
    return carried(predict(model, C), [A, B], C)


@question
def predict_on_batch_carries():
    """The second call of `predict_on_batch`."""
    model = lstm_model(1)
    model.predict_on_batch(A)
    return carried(np.asarray(model.predict_on_batch(B)), [A], B)


@question
def evaluate_batch_to_batch():
    """The second batch of `evaluate`."""
    loss = lstm_model(1).evaluate(np.concatenate([A, B]), ZEROS, batch_size=1, verbose=0)
    return carried(2 * loss - float(last_answer(A)[0, 0]) ** 2, [A], B, squared=True)


@question
def predict_after_evaluate():
    """`predict` after `evaluate`."""
    model = lstm_model(1)
    model.evaluate(A, ZERO, batch_size=1, verbose=0)
    return carried(predict(model, B), [A], B)


@question
def predict_after_fit():
    """`predict` after `fit`."""
    model = lstm_model(1)
    batch_losses(model, A, ZERO)
    return carried(predict(model, B), [A], B)


@question
def fit_after_predict():
    """`fit` after `predict`."""
    model = lstm_model(1)
    predict(model, A)
    return carried(batch_losses(model, B, ZERO)[0], [A], B, squared=True)


def without_graphs():
    """A model can be called on numbers only where computing does not begin with a graph."""
    if GRAPHS:
        raise Meaningless("models are called on symbols here, not on numbers")


@question
def model_call_carries():
    """`model(x)` after `model(x)`."""
    without_graphs()
    model = lstm_model(1)
    model(A)
    return carried(as_numbers(model(B)), [A], B)


@question
def predict_continues_model_call():
    """`predict` after `model(x)`."""
    without_graphs()
    model = lstm_model(1)
    model(A)
    return carried(predict(model, B), [A], B)


@question
def row_continues_row():
    """Each row of a batch continues the same row of the batch before."""
    one, two = batch_of(0.9, -0.4), batch_of(0.2, 0.6)
    answers = predict(lstm_model(2), np.concatenate([one, two]), 2)[2:]
    return which(
        answers, fresh=last_answer(two), same_row=last_answer(one, two), row_before=last_answer(one[::-1], two)
    )


@question
def rows_share_state():
    """Whether another first row changes the answer to the second row of a batch, in a stateless model."""
    return other_row_matters(lstm_model(None, stateful=False))


@question
def rows_share_state_stateful():
    """The same, in a stateful model."""
    return other_row_matters(lstm_model(2))


def other_row_matters(model):
    """Whether the first row changes the answer to the second."""
    one = predict(model, batch_of(0.9, 0.1))
    if recurrent(model).stateful:
        reset(model)
    other = predict(model, batch_of(-0.9, 0.1))
    assert np.abs(one[0] - other[0]).max() > 0.01, "the first row changes nothing at all"
    return bool(np.abs(one[1] - other[1]).max() > 0)


@question
def stateless_resets_after_batch():
    """The second batch of a stateless model."""
    return carried(predict(lstm_model(None, stateful=False), np.concatenate([A, B]), 1)[1:], [A], B)


@question
def validation_starts_from_training_state():
    """The validation in `fit`."""
    told = fit_with_validation(lstm_model(1), 1).history["val_loss"][0]
    return carried(told, [A], B, squared=True)


@question
def validation_changes_training_state():
    """The epoch after a validation in `fit`: after the training alone, or after the validation, too."""
    logs = Logs()
    fit_with_validation(lstm_model(1), 2, callbacks=[logs])
    squares = {"fresh": [A], "training": [A, A], "validation": [A, B, A], "validation alone": [B, A]}
    return which(logs.losses[1], **{name: last_answer(*batches) ** 2 for name, batches in squares.items()})


def fit_with_validation(model, number, **named):
    """`fit` on A, validated on B."""
    named.update(epochs(number))
    return model.fit(A, ZERO, batch_size=1, verbose=0, shuffle=False, validation_data=(B, ZERO), **named)


@question
def gradient_crosses_batch():
    """The update by the second batch: with the state taken as given, through both batches, from no state, or wrong.

    Asked five times, since an update may race with the state that it is computed from.
    """
    rate, target = 0.01, np.array([[1.5]], "float32")
    weights, given = fixed_weights(), state_after(A)
    expected = {
        "detached": gradient(lambda some: reference([B], given, some), target),
        "crosses": gradient(lambda some: reference([A, B], None, some), target),
        "fresh": gradient(lambda some: reference([B], None, some), target),
    }
    model = lstm_model(1, rate=rate)
    found = set()
    for _ in range(5):
        set_weights(model, weights)
        reset(model)
        predict(model, A)  # the state, by a call that trains nothing: Keras 1 makes NaN of a loss of nothing
        before = weights_of(model)
        model.train_on_batch(B, target)
        update = np.concatenate([np.ravel(old - new) for old, new in zip(before, weights_of(model))]) / rate
        far = {name: np.abs(update - one).max() / np.abs(one).max() for name, one in expected.items()}
        best = min(far, key=far.get)
        found.add(best if far[best] < 5e-3 else "wrong")
    return "wrong" if "wrong" in found else found.pop() if len(found) == 1 else "varies"


def gradient(answers, target):
    """The gradient of the squared error of the last answer with respect to all weights, by differences."""
    shapes = [array.shape for array in fixed_weights()]
    flat = np.concatenate([array.ravel() for array in fixed_weights()])
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])[:-1]

    def loss(moved):
        weights = [part.reshape(shape) for part, shape in zip(np.split(moved, ends), shapes)]
        return float(((answers(weights)[0][-1] - target) ** 2).sum())

    steps = 1e-5 * np.eye(len(flat))
    return np.array([(loss(flat + step) - loss(flat - step)) / 2e-5 for step in steps])


@question
def masking_and_stateful():
    """A masked step between two others."""
    model = lstm_model(1, masking=True)
    predict(model, A)
    predict(model, batch_of(-9.0))
    return carried(predict(model, B), [A], B)


@question
def open_time_axis():
    """Two steps, then one, where the number of steps was left open."""
    model = lstm_model(1, steps=None)
    predict(model, np.concatenate([A, B], axis=1))
    return carried(predict(model, C), [A, B], C)


@question
def time_distributed():
    """Whether each step of a sequence has the answer that it should have."""
    answers = predict(lstm_model(1, steps=2, sequences=True), np.concatenate([A, B], axis=1))
    return which(answers, carry=np.concatenate(reference([A, B])[0])) == "carry"


@question
def weights_moved_keep_state():
    """`set_weights` between two calls of `predict`."""
    model = lstm_model(1)
    predict(model, A)
    model.set_weights(model.get_weights())
    return carried(predict(model, B), [A], B)


@question
def sample_weight_zero():
    """What a sample of weight 0 does to the weights."""
    model = lstm_model(1, rate=0.1)
    before = weights_of(model)
    one, nothing = np.ones((1, 1), "float32"), np.zeros(1, "float32")
    model.fit(A, one, batch_size=1, verbose=0, sample_weight=nothing, **epochs(1))
    moved = max(np.abs(new - old).max() for new, old in zip(weights_of(model), before))
    return "not a number" if np.isnan(moved) else "stay" if moved == 0 else "move"


# Resets


@question
def reset_zeroes():
    """`predict`, a reset, `predict`."""
    model = lstm_model(1)
    predict(model, A)
    reset(model)
    return carried(predict(model, B), [A], B)


@question
def reset_after_fit():
    """`fit`, a reset, `predict`."""
    model = lstm_model(1)
    batch_losses(model, A, ZERO)
    reset(model)
    return carried(predict(model, B), [A], B)


@question
def reset_after_model_call():
    """`model(x)`, a first `predict`, a reset, `predict`."""
    without_graphs()
    model = lstm_model(1)
    model(A)
    predict(model, A)
    reset(model)
    return carried(predict(model, B), [A], B)


@question
def reset_in_epoch_callback():
    """A reset at the end of each epoch of one `fit`."""
    model = lstm_model(1)
    losses = batch_losses(model, A, ZERO, 2, after_epoch=lambda: reset(model))
    return carried(losses[1], [A], A, squared=True)


@question
def reset_in_batch_callback():
    """A reset at the end of each batch of one `fit`."""
    model = lstm_model(1)
    x = np.concatenate([A, B])
    losses = batch_losses(model, x, ZEROS, shuffle=False, after_batch=lambda: reset(model))
    return carried(losses[0][1], [A], B, squared=True)


@question
def has_model_reset_states():
    """Whether a model has `reset_states`."""
    return hasattr(lstm_model(1, compiled=False), "reset_states")


@question
def has_layer_reset_states():
    """Whether a layer has `reset_states`."""
    return hasattr(recurrent(lstm_model(1, compiled=False)), "reset_states")


@question
def has_layer_reset_state():
    """Whether a layer has `reset_state`."""
    return hasattr(recurrent(lstm_model(1, compiled=False)), "reset_state")


# Batch sizes


@question
def stateful_without_batch_size():
    """A stateful layer in a model that leaves the number of rows open."""
    lstm_model(None, compiled=False)
    return "built"


VALUES = (0.1, -0.2, 0.3, 0.8, 0.5, -0.6, 0.4)


def other_size(method, built, rows, batch_size, used):
    """A model built for `built` rows is given others; `used`: after a call of `predict` with its own size."""
    model = lstm_model(built)
    x, y, kept = batch_of(*VALUES[:rows]), np.zeros((rows, 1), "float32"), None
    if used:
        own = batch_of(*VALUES[:1] * built)
        predict(model, own)
        kept = state_after(own)
    fresh = last_answer(x)
    cases = {"fresh": fresh}
    if kept is not None:
        cases["continues"] = reference([x], first_rows(kept, rows))[0][0]
    named = {} if batch_size is None else {"batch_size": batch_size}
    if method == "predict":
        answers = np.asarray(model.predict(x, verbose=0, **named))
        if len(answers) != rows:
            return "silent: %d rows out of %d" % (len(answers), rows)
        return "silent: " + which(answers, **cases)
    if method == "evaluate":
        loss = model.evaluate(x, y, verbose=0, **named)
    else:
        named.update(epochs(1))
        loss = model.fit(x, y, verbose=0, shuffle=False, **named).history["loss"][0]
    return "silent: " + which(loss, **{name: (one**2).mean() for name, one in cases.items()})


for _method in ("predict", "evaluate", "fit"):
    for _built, _rows, _size in ((1, 5, 5), (1, 5, None), (5, 1, 1), (5, 3, 3)):
        for _used in (False, True):
            _name = "%s_%d_%s%s" % (_method, _built, _size or "default", "_after_own" if _used else "")
            family(_name, other_size, _method, _built, _rows, _size, _used)


def indivisible(method):
    """A model built for three rows is given seven."""
    model = lstm_model(3)
    x, y = batch_of(*VALUES), np.zeros((7, 1), "float32")
    if method == "predict":
        answers = predict(model, x, 3)
        return "silent" if len(answers) == 7 else "silent: %d rows out of 7" % len(answers)
    if method == "evaluate":
        model.evaluate(x, y, batch_size=3, verbose=0)
    else:
        model.fit(x, y, batch_size=3, verbose=0, shuffle=False, **epochs(1))
    return "silent"


for _method in ("predict", "evaluate", "fit"):
    family("indivisible_" + _method, indivisible, _method)


@question
def indivisible_state_after():
    """What three rows continue after `predict` of seven."""
    model = lstm_model(3)
    x, new = batch_of(*VALUES), batch_of(0.2, 0.2, 0.2)
    predict(model, x, 3)
    whole = state_after(x[:3], x[3:6])
    last_row = reference([x[6:].repeat(3, 0)], whole)[1]
    cases = {"fresh": None, "two_batches": whole, "last_row_for_all": last_row}
    return which(predict(model, new), **{name: reference([new], one)[0][0] for name, one in cases.items()})


# Seeds and order


def default_of(method, name):
    """The default of an argument of a method of models."""
    function = getattr(Sequential, method)
    if sys.version_info[0] == 2:
        found = inspect.getargspec(function)
        return dict(zip(found.args[-len(found.defaults) :], found.defaults)).get(name, "absent")
    parameter = inspect.signature(function).parameters.get(name)
    return "absent" if parameter is None else parameter.default


@question
def shuffle_default():
    """The default of `shuffle` in `fit`."""
    return default_of("fit", "shuffle")


@question
def default_batch_size():
    """The default of `batch_size` in `fit`, `evaluate` and `predict`; None is 32."""
    return [default_of(method, "batch_size") for method in ("fit", "evaluate", "predict")]


@question
def shuffles_by_default():
    """Whether the first epoch is not in the order of the data."""
    seed_nothing()
    return orders(1)[0] != list(range(ROWS))


@question
def shuffle_false_keeps_order():
    """Whether every epoch is in the order of the data where `shuffle=False` is given."""
    return orders(3, shuffle=False) == [list(range(ROWS))] * 3


@question
def stateful_is_shuffled_too():
    """Whether `fit` shuffles a stateful model, too."""
    seed_nothing()
    weights = fixed_weights()
    silent = weights[:3] + [0 * array for array in weights[3:]]
    return orders(1, lstm_model(1, weights=silent), (ROWS, 1, 1))[0] != list(range(ROWS))


@question
def redrawn_unseeded():
    """Whether each epoch has a new order, nothing seeded."""
    seed_nothing()
    return all_differ(orders(3))


@question
def redrawn_numpy_seed():
    """The same after NumPy's seed."""
    seed_numpy(7)
    return all_differ(orders(3))


@question
def redrawn_framework_seed():
    """The same after Keras's own seed."""
    seed_everything(7)
    return all_differ(orders(3))


@question
def redrawn_over_calls_framework_seed():
    """Whether each of three calls of `fit` has a new order after Keras's own seed."""
    seed_everything(7)
    model = counting_model()
    return all_differ([orders(1, model)[0] for _ in range(3)])


def twice_the_same(seed, execute):
    """Whether an execution gives the same again after the same seed, but for the rounding of sums in another order."""
    found = []
    for _ in range(2):
        new_graph()
        seed(7)
        found.append(execute())
    seed_nothing()
    return all(np.allclose(one, other, rtol=0, atol=1e-5) for one, other in zip(*found))


def new_model():
    """A model with weights drawn for it."""
    model = sequential(layer_of(layers.LSTM, 4), [layers.Dense(3, activation="softmax")])
    model.compile(loss="categorical_crossentropy", optimizer=sgd(0.1))  # Adam makes much of what is rounded
    return model


def trained_weights():
    """The weights of a new model after three epochs."""
    model = new_model()
    x = np.arange(9).reshape(9, 1, 1).astype("float32") / 9
    model.fit(x, np.eye(3, dtype="float32")[np.arange(9) % 3], batch_size=1, verbose=0, **epochs(3))
    return model.get_weights()


for _seed, _by in (("numpy", seed_numpy), ("own", seed_everything)):
    family(_seed + "_seed_fixes_weights", twice_the_same, _by, lambda: new_model().get_weights())
    family(_seed + "_seed_fixes_order", twice_the_same, _by, lambda: orders(1))
    family(_seed + "_seed_fixes_training", twice_the_same, _by, trained_weights)


# Defaults

family("recurrent_activation", gates)


@once
def beginnings():
    """Weights at the start of an LSTM of 16 units, in 12 draws."""
    found = []
    for seed in range(12):
        new_graph()
        seed_everything(seed)
        found.append(weights_of(sequential(layer_of(layers.LSTM, 16), [layers.Dense(26)])))
    seed_nothing()
    return found


@question
def kernel_limit():
    """Over how many gates the limit of the kernel's first values is taken: one (0.594 here) or all four (0.304)."""
    largest = max(np.abs(weights[0]).max() for weights in beginnings())
    limits = {"each gate by itself": math.sqrt(6 / 17), "all gates at once": math.sqrt(6 / 65)}
    return ([name for name, limit in limits.items() if 0.97 * limit < largest <= 1.0001 * limit] or ["other"])[0]


@question
def recurrent_start():
    """How the recurrent kernel is drawn: orthogonal for each gate, with which gain, or over all four at once."""
    matrices = [weights[1] for weights in beginnings()]
    by_gate = np.concatenate(
        [np.linalg.svd(gate, compute_uv=False) for one in matrices for gate in np.split(one, 4, 1)]
    )
    lengths = np.concatenate([np.linalg.norm(one, axis=1) for one in matrices])
    if by_gate.max() - by_gate.min() < 1e-3:
        return "orthogonal for each gate, gain %.1f" % by_gate.mean()
    if lengths.max() - lengths.min() < 1e-3:
        return "orthogonal over all gates, gain %.1f" % lengths.mean()
    return "other"


@question
def forget_bias():
    """The forget bias at the start, and the largest other bias."""
    biases = beginnings()[0][2]
    return [float(biases[16:32].mean()), float(np.abs(np.delete(biases, range(16, 32))).max())]


@question
def adam():
    """Learning rate and epsilon of "adam"."""
    optimizer = keras.optimizers.get("adam")
    config = optimizer.get_config()
    epsilon = config.get("epsilon")
    epsilon = getattr(optimizer, "epsilon", None) if epsilon is None else epsilon
    return [float("%.6g" % config.get("lr", config.get("learning_rate"))), float(epsilon)]


@question
def batch_log_is():
    """What the loss of a batch in the logs of `fit` is."""
    return batch_log()


# Shapes


@question
def longer_sequence():
    """Two steps where one was built."""
    return "silent: " + carried(predict(lstm_model(1), np.concatenate([A, B], axis=1)), [A], B)


@question
def wrong_features():
    """Three features where one was built."""
    return "silent %s" % (predict(lstm_model(None, stateful=False), np.zeros((1, 1, 3))).shape,)


@question
def two_axes_at_build():
    """An LSTM on samples of one axis."""
    sequential(layer_of(layers.LSTM, UNITS), shape=(3,))
    return "built"


@question
def two_axes_in_fit():
    """`fit` with two axes where three are wanted."""
    model = sequential(layer_of(layers.LSTM, UNITS), [layers.Dense(1)], shape=(1, 3))
    model.compile(loss="mse", optimizer=sgd(0.0))
    model.fit(np.zeros((4, 3), "float32"), np.zeros((4, 1), "float32"), verbose=0, **epochs(1))
    return "silent"


# Names of 2016


@question
def batch_input_shape():
    """`LSTM(batch_input_shape=...)`."""
    return shape_given(stateful=True, batch_input_shape=(1, 1, 1))


@question
def batch_shape_in_layer():
    """`LSTM(batch_shape=...)`."""
    return shape_given(stateful=True, batch_shape=(1, 1, 1))


@question
def input_shape_in_layer():
    """`LSTM(input_shape=...)`."""
    return shape_given(input_shape=(1, 1))


def shape_given(**named):
    """Build a model whose first layer is told the shape of its input."""
    model = Sequential()
    model.add(layers.LSTM(UNITS, **named))
    model.add(layers.Dense(1))
    return "accepted"


@question
def input_batch_shape():
    """`Input(batch_shape=...)`."""
    (getattr(keras, "Input", None) or layers.Input)(batch_shape=(1, 1, 1))
    return "accepted"


@question
def nb_epoch():
    """`fit(nb_epoch=3)`: how many epochs it runs."""
    return len(lstm_model(None, stateful=False).fit(A, ZERO, nb_epoch=3, verbose=0).history["loss"])


@question
def np_utils():
    """`keras.utils.np_utils`."""
    names_of("utils.np_utils").to_categorical  # noqa: B018 - it must be there
    return "there"


@question
def pad_sequences_import():
    """`keras.preprocessing.sequence.pad_sequences`, and on which side it pads."""
    padded = names_of("preprocessing.sequence").pad_sequences([[1]], maxlen=2)
    return "pads in front" if padded[0][0] == 0 else "pads behind"


def names_of(module):
    """A module of this Keras."""
    import importlib

    return importlib.import_module({"tf.keras": "tensorflow.keras"}.get(API, API) + "." + module)


@question
def to_categorical_gap():
    """The shape of `to_categorical([0, 1, 3])`: whether the missing class has a column."""
    function = keras.utils.to_categorical if MAJOR > 1 else names_of("utils.np_utils").to_categorical
    return list(np.asarray(function([0, 1, 3])).shape)


@question
def history_key():
    """The names in the history with `metrics=["accuracy"]`."""
    model = sequential(layer_of(layers.LSTM, UNITS), [layers.Dense(2)])
    model.compile(loss="mse", optimizer="adam", metrics=["accuracy"])
    return sorted(model.fit(A, np.zeros((1, 2), "float32"), verbose=0, **epochs(1)).history)


@question
def set_random_seed():
    """Whether Keras has a seed of its own."""
    return hasattr(keras.utils, "set_random_seed")


@question
def state_among_weights():
    """Whether a state is among the weights of a model."""
    model = lstm_model(1, compiled=False)
    return len(model.get_weights()) != len(lstm_model(None, stateful=False, compiled=False).get_weights())


# ---------------------------------------------------------------------------------- the stateful model of the article

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def training(seed):
    """16 units, 300 epochs, the state reset after each: accuracy from a reset, and the answer to K after another."""
    new_graph()
    seed_everything(seed)
    lstm = layer_of(layers.LSTM, 16, stateful=True)
    model = sequential(lstm, [layers.Dense(26, activation="softmax")], batch=1)
    model.compile(loss="categorical_crossentropy", optimizer="adam")
    x = (np.arange(25) / 26.0).reshape(25, 1, 1).astype("float32")
    y = np.eye(26, dtype="float32")[1:]
    for _ in range(300):
        model.fit(x, y, batch_size=1, verbose=0, shuffle=False, **epochs(1))
        reset(model)
    right = predict(model, x, 1).argmax(axis=1) == np.arange(1, 26)
    reset(model)
    answer = LETTERS[int(predict(model, x[LETTERS.index("K")][None]).argmax())]
    return {"seed": seed, "accuracy": float(right.mean()), "K": answer}


# -------------------------------------------------------------------------------------------------------------- asking


def answered(ask):
    """The answer to one question, as plain values."""
    try:
        return plain(ask())
    except Meaningless as error:
        return {"meaningless": str(error)}
    except Exception as error:
        # A module that is missing is another class since Python 3.6: that is no matter of Keras.
        name = "ImportError" if isinstance(error, ImportError) else type(error).__name__
        return {"error": name, "text": first_line(error)}


def plain(value):
    """A value without NumPy's types."""
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return value.item() if isinstance(value, np.generic) else value


def main():
    """Ask everything, and write what came of it."""
    begun, answers = time.time(), {}
    for name, ask in QUESTIONS:
        print("asking " + name, file=sys.stderr)
        sys.stderr.flush()
        new_graph()
        seed_nothing()
        answers[name] = answered(ask)
    found = {"format": FORMAT, "versions": versions(), "answers": answers}
    if OPTIONS.trainings:
        found["trainings"] = [answered(lambda seed=seed: training(seed)) for seed in range(OPTIONS.trainings)]
    with open(OPTIONS.out, "w") as file:
        file.write(json.dumps(found, indent=1, sort_keys=True) + "\n")
    print("%d questions answered in %.0f s: %s" % (len(answers), time.time() - begun, OPTIONS.out))


if __name__ == "__main__":
    main()
