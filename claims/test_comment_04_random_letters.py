"""Claims of comment 4 (dolaameng, 2016-08-24) on the answers of two models to single letters."""

import numpy as np

from fixtures.probes import answers_to
from lstm_lab import ALPHABET, Comment, always, at_least, claim

COMMENT = Comment(4, "dolaameng", "2016-08-24")
LETTERS = 20  # random ones, as in the article's listing


@claim(
    "comment-04/explains-random-predictions",
    "The full-batch model answers random single letters well because a letter alone gives the same probabilities as "
    "within the ordered batch.",
    source=COMMENT,
    criterion=always(),
    expect="supported",
    contradicts=["within-batch/context-lost-when-predicting"],
    control="the stateful model instead of the full-batch one",
)
def test_explains_random_predictions(seed, within_batch, stateful_one_char, broken, observe):
    """20 random letters one by one against the same letters in alphabetical order: in one batch, and of the stateful
    model one after the other. All 20 must be answered rightly, too.

    In float64, where another order of summation changes about 1e-15, 1e-9 is no difference.
    """
    member = stateful_one_char if broken else within_batch
    model, x = member.keras_model(dtype="float64"), member.samples.x
    chosen = np.random.default_rng(seed).integers(len(x), size=LETTERS)
    in_order = np.concatenate([np.asarray(model(row[None])) for row in x]) if broken else np.asarray(model(x))
    alone = np.concatenate([np.asarray(model(x[letter : letter + 1])) for letter in chosen])
    distance = float(np.abs(alone - in_order[chosen]).max())
    right = int((alone.argmax(axis=-1) == chosen + 1).sum())
    observe(distance < 1e-9 and right == LETTERS, distance=distance, right=right)


@claim(
    "comment-04/opposite-to-stateful",
    "To single letters after a reset the full-batch model answers rightly and the stateful model wrongly.",
    source=COMMENT,
    criterion=at_least(0.8),
    expect="supported",
    contradicts=["comment-19/state-is-a-benefit-single-letters"],
)
def test_opposite_to_stateful(within_batch, stateful_one_char, observe):
    """All 25 letters, each by itself. It holds in a seed when the one is right on 95 % or more of them and the other
    on 10 % or less; an answer of B to every letter is right once, on A."""
    cold = cold_accuracy(stateful_one_char)
    observe(within_batch.accuracy >= 0.95 and cold <= 0.1, full_batch=within_batch.accuracy, stateful=cold)


def cold_accuracy(member):
    """The share of the letters A to Y, each given after a reset, that a stateful member answers rightly."""
    said = answers_to(member, _single_letters)
    return sum(answer == right for answer, right in zip(said, ALPHABET[1:], strict=True)) / len(said)


def _single_letters(seed):
    return ALPHABET[:-1]
