"""Claims of the replies in comment 3 (Jason Brownlee, 2016): pairs over time, and what a unit is."""

import numpy as np

from fixtures.experiments import (
    NAIVE_ONE_CHAR,
    STATEFUL_ONE_CHAR,
    THREE_CHAR_FEATURES,
    THREE_CHAR_TIME_STEPS,
    WITHIN_BATCH,
)
from lstm_lab import Comment, always, claim

REPLY = Comment(3, "Jason Brownlee", "2016-08-18")
UNITS_REPLY = Comment(3, "Jason Brownlee", "2016-10-03")


@claim(
    "comment-03/demonstrates-pairs-over-time",
    "Each example learns pairs over time: training changes the weights that carry time.",
    source=REPLY,
    criterion=always(),
    expect="refuted",
    contradicts=["naive-one-char/is-a-multilayer-perceptron"],
)
def test_demonstrates_pairs_over_time(
    train, naive_one_char, three_char_features, within_batch, three_char_time_steps, stateful_one_char, observe
):
    """Shown is how far the recurrent kernel and the forget gate of each example moved, at most, from initialisation.

    Where an example gives one step to a stateless layer, they are multiplied by zeros and have no gradient. The second
    question, whether the order of the patterns matters, is the next claim.
    """
    moved = {}
    for experiment, member in (
        (NAIVE_ONE_CHAR, naive_one_char),
        (THREE_CHAR_FEATURES, three_char_features),
        (WITHIN_BATCH, within_batch),
        (THREE_CHAR_TIME_STEPS, three_char_time_steps),
        (STATEFUL_ONE_CHAR, stateful_one_char),
    ):
        pairs = zip(_carrying_time(member.weights), _carrying_time(train(experiment.untrained).weights), strict=True)
        moved[experiment.name] = max(float(np.abs(one - first).max()) for one, first in pairs)
    observe(min(moved.values()) > 0, **moved)


@claim(
    "comment-03/demonstrates-pairs-over-time-order",
    "In each example the order of the patterns matters: given in another order, they teach other answers.",
    source=REPLY,
    criterion=always(),
    expect="refuted",
)
def test_demonstrates_pairs_over_time_order(
    naive_one_char,
    naive_in_order,
    three_char_features,
    three_char_features_in_order,
    within_batch,
    within_batch_shuffled,
    three_char_time_steps,
    three_char_time_steps_in_order,
    stateful_one_char,
    stateful_shuffled,
    observe,
):
    """Patterns in order against shuffled anew in each epoch; shown are the training inputs answered differently.

    A difference is no evidence of pairs over time: with batches of one pattern, order matters to any network, also to
    one without time. And 0 is no evidence against them where both have learned all patterns and must answer alike.
    """
    pairs = {
        "naive_one_char": (naive_one_char, naive_in_order),
        "three_char_features": (three_char_features, three_char_features_in_order),
        "within_batch": (within_batch, within_batch_shuffled),
        "three_char_time_steps": (three_char_time_steps, three_char_time_steps_in_order),
        "stateful_one_char": (stateful_one_char, stateful_shuffled),
    }
    differing = {}
    for name, pair in pairs.items():
        one, other = (member.outputs(member.samples.x).argmax(axis=-1) for member in pair)
        differing[name] = int((one != other).sum())
    observe(min(differing.values()) > 0, **differing)


@claim(
    "comment-03/units-are-memory-units",
    "The units of an LSTM layer are its memory cells: with n units it keeps n numbers of memory and n of output.",
    source=UNITS_REPLY,
    criterion=always(),
    expect="supported",
    control="a GRU layer instead of an LSTM",
)
def test_units_are_memory_units(seed, broken, observe):
    """For 1, 16 and 32 units and 1 and 3 features: the sizes of both states, 4 gate columns for each unit, and
    4n(n + f + 1) parameters."""
    import keras

    keras.utils.set_random_seed(seed)
    wrong = []
    for units in (1, 16, 32):
        for features in (1, 3):
            layer = (keras.layers.GRU if broken else keras.layers.LSTM)(units, return_state=True)
            _, *states = layer(np.ones((2, 4, features), np.float32))
            fits = [tuple(state.shape) for state in states] == [(2, units)] * 2
            fits &= [tuple(array.shape) for array in layer.get_weights()] == [
                (features, 4 * units),
                (units, 4 * units),
                (4 * units,),
            ]
            fits &= layer.count_params() == 4 * units * (units + features + 1)
            wrong += [] if fits else [f"{units} units, {features} features"]
    observe(not wrong, wrong="; ".join(wrong) or "none")


def _carrying_time(weights):
    """The recurrent kernel, and the forget gate's columns of kernel and bias: all that multiplies an earlier state."""
    kernel, recurrent, bias = weights[:3]
    forget = slice(len(recurrent), 2 * len(recurrent))  # Keras orders the gates: input, forget, cell, output
    return recurrent, kernel[:, forget], bias[forget]
