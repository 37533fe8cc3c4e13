"""Claims of the section "Problem Description: Learn the Alphabet" about the targets as classes."""

import numpy as np

from fixtures.article import PROBLEM
from fixtures.experiments import NAIVE_ONE_CHAR
from lstm_lab import ALPHABET, always, claim


@claim(
    "problem/each-letter-is-a-class",
    "Each of the 26 letters is a class of the problem, one that occurs among its targets.",
    source=PROBLEM,
    criterion=always(),
    expect="refuted",
)
def test_each_letter_is_a_class(seed, observe):
    """26 columns of the one-hot targets, none of them empty. The column of A is: A follows no letter."""
    y = NAIVE_ONE_CHAR.problem.samples(seed).y
    missing = [letter for letter, count in zip(ALPHABET, y.sum(axis=0), strict=True) if count == 0]
    observe(y.shape[1] == 26 and not missing, columns=y.shape[1], never_a_target=", ".join(missing))


@claim(
    "problem/to-categorical-is-one-hot",
    "Keras's `to_categorical` gives each target a row with a single one, in the column of its code.",
    source=PROBLEM,
    criterion=always(),
    asks=["to_categorical_gap"],
    expect="supported",
    control="rows of ones up to the code",
)
def test_to_categorical_is_one_hot(seed, broken, observe):
    """The codes 1 to 25 of the article's targets, in order and shuffled."""
    import keras

    single, read_back = [], []
    for codes in (np.arange(1, 26), np.random.default_rng(seed).permutation(np.arange(1, 26))):
        rows = np.arange(26) <= codes[:, None] if broken else keras.utils.to_categorical(codes)
        single.append(((rows == 0) | (rows == 1)).all() and (rows.sum(axis=1) == 1).all())
        read_back.append((rows.argmax(axis=1) == codes).all())
    observe(all(single) and all(read_back))
