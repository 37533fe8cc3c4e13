"""Claims of the section "LSTM with Variable-Length Input to One-Char Output" that look back on the models before it.

That the model of one batch answers every single letter is measured where it is first said, in the section on it.
"""

import numpy as np

from fixtures.article import VARIABLE
from fixtures.experiments import STATEFUL_ONE_CHAR
from lstm_lab import ALPHABET, always, at_least, claim

LONGEST = 5


@claim(
    "variable-length/stateful-is-a-shortcut",
    "What the stateful model answers to letter n is what a stateless one of the same weights answers to all n letters.",
    source=VARIABLE.at(1),
    stance="stated",
    criterion=always(),
    expect="supported",
    seeds=3,
    seeds_reason="each seed replays 25 prefixes through two Keras models",
    control="a reset before every letter",
)
def test_stateful_is_a_shortcut(train, stateful_one_char, broken, observe):
    """For every n from 1 to 25, trained and untrained, in float64 within 1e-9, far more than its rounding.

    That is about answers. In training the two differ: gradients do not reach back over a kept state. As it holds with
    any weights, it does not say whether the model has learned letters or steps
    (`stateful/learns-the-inter-dependencies`).
    """
    distance = 0.0
    for member in (stateful_one_char, train(STATEFUL_ONE_CHAR.untrained)):
        letters = member.samples.x.astype("float64")
        stateful, replay = member.keras_model(dtype="float64"), _stateless(member)
        for n, letter in enumerate(letters, start=1):
            if broken:
                stateful.layers[0].reset_state()
            replayed = replay(letters[:n].reshape(1, n, 1))
            distance = max(distance, float(np.abs(stateful(letter[None]) - replayed).max()))
    observe(distance < 1e-9, distance=distance)


@claim(
    "variable-length/stateful-not-a-generic-model",
    "The stateful model is no general model of the alphabet: after a reset it continues at most a fifth of the runs of "
    "one to five letters.",
    source=VARIABLE.at(1),
    stance="stated",
    criterion=at_least(0.8),
    expect="supported",
    control="the stateless model of one letter",
    revised="2026-11: measure, criterion; was SUPPORTED",
)
def test_stateful_not_a_generic_model(stateful_one_char, naive_one_char, broken, observe):
    """All 115 runs, each letter by letter from a reset, without padding; the last answer counts.

    It continues the five runs that begin with A, 4.3 % of all.
    """
    accuracy = _cold_accuracy(naive_one_char if broken else stateful_one_char)
    observe(accuracy <= 0.2, accuracy=accuracy)


def _stateless(member):
    """A stateless Keras model with the member's weights, for any number of time steps; traced once for all."""
    import keras
    import tensorflow as tf

    recurrent = member.keras_layer("LSTM", 16, dtype="float64")
    dense = keras.layers.Dense(26, activation="softmax", dtype="float64")
    model = keras.Sequential([keras.Input((None, 1), dtype="float64"), recurrent, dense])
    model.set_weights(member.weights)
    return tf.function(model, input_signature=[tf.TensorSpec((1, None, 1), tf.float64)])


def _cold_accuracy(member):
    """Share of the 115 runs that are continued rightly: each first letter, and up to four more after it."""
    said = [member.answers(*ALPHABET[first : min(first + LONGEST, 25)]) for first in range(25)]
    return _share("".join(said), "".join(ALPHABET[first + 1 : first + 1 + LONGEST] for first in range(25)))


def _share(said, right):
    return sum(one == other for one, other in zip(said, right, strict=True)) / len(right)
