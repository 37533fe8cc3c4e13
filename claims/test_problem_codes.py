"""Claims of the section "Problem Description: Learn the Alphabet" about how letters become inputs."""

import numpy as np

from fixtures.article import PROBLEM
from fixtures.experiments import NAIVE_ONE_CHAR, NAIVE_SYMMETRIC_CODES
from fixtures.probes import rejection
from lstm_lab import ALPHABET, always, beats, claim, equivalent


@claim(
    "problem/letters-must-be-numbers",
    "A Keras model refuses letters as input and takes numbers.",
    source=PROBLEM,
    criterion=always(),
    expect="supported",
    seeds=1,
    seeds_reason="no weight has a part in it",
    control="numbers in place of the letters",
)
def test_letters_must_be_numbers(train, broken, observe):
    """The untrained first model, called and asked to predict; letters as NumPy strings, objects and tensors."""
    import tensorflow as tf

    member = train(NAIVE_ONE_CHAR.untrained)
    model, codes = member.keras_model(), member.samples.x
    letters = np.array(list(ALPHABET[:25])).reshape(25, 1, 1)
    kinds = {"string": letters, "object": letters.astype(object), "tensor": tf.constant(letters)}
    if broken:
        kinds = dict.fromkeys(kinds, codes)
    taken = {name: _takes(model, x) or _takes(model.predict_on_batch, x) for name, x in kinds.items()}
    numbers = _takes(model, codes) and _takes(model.predict_on_batch, codes)
    observe(numbers and not any(taken.values()), numbers=numbers, **taken)


@claim(
    "problem/integers-are-needed",
    "One number for each letter lets the first model learn in 500 epochs more than one-hot letters do in 50.",
    source=PROBLEM,
    criterion=beats(),
    expect="refuted",
)
def test_integers_are_needed(naive_one_char, naive_one_hot_50, observe):
    """One-hot letters are all learned in every seed, in a tenth of the epochs: the model needs numbers, but not one
    integer for each letter."""
    observe(naive_one_char.accuracy, against=naive_one_hot_50.accuracy)


@claim(
    "problem/lstm-uses-sigmoid-0-1",
    "Every activation that Keras's LSTM layer uses is the logistic sigmoid, with values between 0 and 1.",
    source=PROBLEM,
    criterion=always(),
    asks=["recurrent_activation"],
    expect="refuted",
    seeds=1,
    seeds_reason="nothing of it is random",
)
def test_lstm_uses_sigmoid_0_1(observe):
    """Both activations of the layer as Keras sets them, from -10 to 10; within 1e-6 of 1 / (1 + exp(-x))."""
    import keras

    layer, grid = keras.layers.LSTM(32), np.linspace(-10, 10, 401).astype(np.float32)
    gates, cell = (np.asarray(activation(grid)) for activation in (layer.recurrent_activation, layer.activation))
    logistic = 1 / (1 + np.exp(-grid))
    observe(
        all(np.abs(values - logistic).max() < 1e-6 for values in (gates, cell)),
        gates_from=gates.min(),
        gates_to=gates.max(),
        cell_from=cell.min(),
        cell_to=cell.max(),
    )


@claim(
    "problem/normalising-to-sigmoid-range-is-right",
    "Codes scaled to the range from 0 to 1 are learned better than codes with mean 0 and standard deviation 1.",
    source=PROBLEM,
    criterion=beats(),
    expect="refuted",
)
def test_normalising_to_sigmoid_range_is_right(
    naive_one_char, naive_standard_codes, naive_raw_codes, naive_tenth_codes, observe
):
    """500 epochs of the first model each. Shown beside it: the plain codes 0 to 25, and a tenth of the scaled ones."""
    observe(
        naive_one_char.accuracy,
        against=naive_standard_codes.accuracy,
        plain_codes=naive_raw_codes.accuracy,
        a_tenth=naive_tenth_codes.accuracy,
    )


@claim(
    "problem/normalising-to-sigmoid-range-is-right-symmetric",
    "Codes scaled to the range from 0 to 1 are learned as well as codes scaled to the range from -1 to 1.",
    source=PROBLEM,
    criterion=equivalent(within=0.05),
    expect="supported",
    control="50 epochs for the symmetric codes instead of 500",
)
def test_normalising_to_sigmoid_range_is_right_symmetric(train, naive_one_char, naive_symmetric_codes, broken, observe):
    """500 epochs of the first model each; the margin is a little more than one of 25 letters."""
    symmetric = train(NAIVE_SYMMETRIC_CODES.but(epochs=50)) if broken else naive_symmetric_codes
    observe(naive_one_char.accuracy, against=symmetric.accuracy)


def _takes(call, x):
    """Whether it takes x; what Keras cannot cast to its numbers, TensorFlow refuses with this one kind of error."""
    import tensorflow as tf

    return rejection(call, x, kinds=tf.errors.UnimplementedError) is None
