"""Claim of the section "LSTM State Within A Batch" about predictions: one letter or all at once, in order or not.

Values are compared in float64, within 1e-6 on outputs of size one: one row and 25 are multiplied by different routines,
whose sums differ in the last bits.
"""

import numpy as np
import pytest

from fixtures.article import BATCH, COMMENT_4
from fixtures.experiments import WITHIN_BATCH
from lstm_lab import always, claim, recurrent_classifier

TOLERANCE = 1e-6
SEEDS = 2
REASON = "an exact property of the layer, for 25 single calls of a Keras model each"
KEEPS_STATE = WITHIN_BATCH.but(network=recurrent_classifier(16, stateful=True)).untrained


@pytest.fixture(scope="session")
def answers(train, within_batch, seed, broken):
    """The probabilities of the trained model, alone and within a batch, in alphabetical and in random order.

    They are put back into alphabetical order, so that all four should be the same.
    """
    x = within_batch.samples.x
    in_order, at_random = np.arange(len(x)), np.random.default_rng(seed).permutation(len(x))
    told = {}
    for name, rows in (("alone", 1), ("batch", len(x))):
        model = (train(KEEPS_STATE) if broken else within_batch).keras_model(rows, dtype="float64")
        for variable, value in zip(model.trainable_variables, within_batch.weights, strict=True):
            variable.assign(value)
        for order in (in_order, at_random):
            parts = [np.asarray(model(x[order[start : start + rows]])) for start in range(0, len(x), rows)]
            told[name, "in order" if order is in_order else "at random"] = np.concatenate(parts)[np.argsort(order)]
    return told


@claim(
    "within-batch/no-context-when-predicting",
    "When the trained model predicts, no letter has the context of another: alone or within a batch, in alphabetical "
    "or in random order, each is answered alike.",
    source=[BATCH.at(5, 1), COMMENT_4.at(3, 2)],
    stance="stated",
    criterion=always(),
    expect="supported",
    seeds=SEEDS,
    seeds_reason=REASON,
    control="a stateful layer with the same weights",
)
def test_no_context_when_predicting(answers, observe):
    """The probabilities of the four, compared for each letter; the control keeps its state from call to call.

    The text takes it that a context is lost there which the ordered batch has; there is none to lose
    (`within-batch/batch-gives-context`). That is also why letters drawn at random are answered well, as comment 4 says.
    """
    expected = answers["alone", "in order"]
    observe(
        all(_distance(told, expected) <= TOLERANCE for told in answers.values()),
        distance_alone_at_random=_distance(answers["alone", "at random"], expected),
        distance_batch_in_order=_distance(answers["batch", "in order"], expected),
        distance_batch_at_random=_distance(answers["batch", "at random"], expected),
    )


def _distance(one, other):
    return float(np.abs(one - other).max())
