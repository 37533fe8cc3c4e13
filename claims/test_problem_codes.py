"""Claims of the section "Problem Description: Learn the Alphabet" about how letters become inputs."""

import numpy as np

from fixtures.article import PROBLEM
from fixtures.experiments import (
    NAIVE_ONE_CHAR,
    NAIVE_ONE_HOT_50,
    NAIVE_RAW_CODES,
    NAIVE_STANDARD_CODES,
    NAIVE_SYMMETRIC_CODES,
)
from fixtures.probes import rejection
from lstm_lab import ALPHABET, always, beats, case, claim

HALF_A_LETTER = 0.02  # of 25


@claim(
    "problem/letters-must-be-numbers",
    "A Keras model refuses letters as input and takes numbers.",
    source=PROBLEM.at(8, 1),
    stance="stated",
    criterion=always(),
    expect="supported",
    seeds=1,
    seeds_reason="no weight has a part in it",
    control="numbers in place of the letters",
    revised="2026-11: measure; was SUPPORTED",
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
    "problem/one-hot-letters-learn-more",
    "One-hot letters are learned better in 50 epochs than letters told as one number are in 500.",
    source=PROBLEM.at(8, 1),
    stance="probe",
    criterion=beats(by=HALF_A_LETTER),
    expect="supported",
    control="the one-hot letters left untrained",
    revised="2026-11: statement, measure; was REFUTED",
)
def test_one_hot_letters_learn_more(train, naive_one_char, broken, observe):
    """The first model needs numbers, but not one integer for each letter.

    The text says that letters have to be mapped to integers because networks model numbers. That one integer for each
    letter is the only way, or the best one, it does not say.
    """
    one_hot = train(NAIVE_ONE_HOT_50.untrained if broken else NAIVE_ONE_HOT_50)
    observe(one_hot.accuracy, against=naive_one_char.accuracy)


@claim(
    "problem/lstm-uses-sigmoid-0-1",
    "The gates of Keras's LSTM layer use a sigmoid function, whose range is 0 to 1.",
    source=PROBLEM.at(14),
    stance="stated",
    criterion=always(),
    asks=["recurrent_activation"],
    expect="supported",
    seeds=1,
    seeds_reason="nothing of it is random",
    control="the activation of the cell in place of that of the gates",
    revised="2026-11: statement, measure; was REFUTED",
)
def test_lstm_uses_sigmoid_0_1(train, broken, observe):
    """From -10 to 10 it must never fall, stay within 0 and 1, come within 0.001 of both, and be a half at 0.

    Not every activation of the layer is one: that of the cell is a tanh, from -1 to 1. In 2016 the sigmoid of the gates
    was a "hard" one, made of three straight lines.
    """
    layer = train(NAIVE_ONE_CHAR.untrained).keras_layer("LSTM", 32)
    grid = np.linspace(-10, 10, 401).astype(np.float32)
    gates, cell = (np.asarray(activation(grid)) for activation in (layer.recurrent_activation, layer.activation))
    judged = cell if broken else gates
    rises = (np.diff(judged) >= 0).all() and abs(judged[200] - 0.5) < 1e-6
    observe(
        rises and 0 <= judged[0] < 0.001 and 0.999 < judged[-1] <= 1,
        gates_from=gates[0],
        gates_to=gates[-1],
        cell_from=cell[0],
        cell_to=cell[-1],
        gates_from_the_logistic_sigmoid=np.abs(gates - 1 / (1 + np.exp(-grid))).max(),
    )


@claim(
    "problem/normalising-to-sigmoid-range-is-right",
    "Codes scaled to the range from 0 to 1 are learned better than the integers 0 to 25 as they are.",
    source=PROBLEM.at(14),
    stance="stated",
    criterion=beats(by=HALF_A_LETTER),
    expect="supported",
    control="the scaled codes left untrained",
    revised="2026-11: statement, measure; was REFUTED",
)
def test_normalising_to_sigmoid_range_is_right(train, naive_one_char, broken, observe):
    """500 epochs of the first model each."""
    scaled = train(NAIVE_ONE_CHAR.untrained) if broken else naive_one_char
    observe(scaled.accuracy, against=train(NAIVE_RAW_CODES).accuracy)


@claim(
    "problem/centred-codes-learn-more",
    "Codes {how} are learned better than codes from 0 to 1.",
    source=PROBLEM.at(14),
    stance="probe",
    criterion=beats(by=HALF_A_LETTER),
    expect="supported",
    control="these codes left untrained",
    cases=[
        case(
            how="with mean 0 and standard deviation 1",
            codes=NAIVE_STANDARD_CODES,
            revised="2026-11: statement; was REFUTED",
        ),
        case(
            "symmetric",
            how="from -1 to 1",
            codes=NAIVE_SYMMETRIC_CODES,
            revised="2026-11: statement, criterion; was SUPPORTED",
        ),
    ],
)
def test_centred_codes_learn_more(train, codes, naive_one_char, naive_tenth_codes, broken, observe):
    """500 epochs of the first model each.

    Scaling helps, but not because 0 to 1 is the range of a sigmoid: codes outside of it do better still, and a tenth of
    the codes from 0 to 1, shown here, lies inside of it and does far worse. The input is no output of a gate, so it
    need not have its range; the text does not say that it must.
    """
    centred = train(codes.experiment.untrained) if broken else codes
    observe(centred.accuracy, against=naive_one_char.accuracy, a_tenth=naive_tenth_codes.accuracy)


def _takes(call, x):
    """Whether it takes x; what Keras cannot cast to its numbers, TensorFlow refuses with this one kind of error."""
    import tensorflow as tf

    return rejection(call, x, kinds=tf.errors.UnimplementedError) is None
