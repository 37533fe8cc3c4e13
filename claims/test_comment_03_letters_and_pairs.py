"""Claims of comment 3 (shanbe, 2016-08-17): the examples are pairs of letters, for which no LSTM is needed."""

import numpy as np

from fixtures.article import COMMENT_3, PROBLEM
from fixtures.comment_experiments import LINEAR_ONE_HOT
from fixtures.experiments import NAIVE_ONE_CHAR, THREE_CHAR_FEATURES, THREE_CHAR_TIME_STEPS, VARIABLE_LENGTH
from lstm_lab import always, at_least, claim, exempt

# The problems of the article's six models: one letter, three as features, three as time steps, one to five letters.
PROBLEMS = tuple(one.problem for one in (NAIVE_ONE_CHAR, THREE_CHAR_FEATURES, THREE_CHAR_TIME_STEPS, VARIABLE_LENGTH))


@claim(
    "comment-03/output-depends-on-letter-only",
    "In every example of the article the letter to be answered depends on the last input letter alone.",
    source=[COMMENT_3.at(1), PROBLEM.at(2, 2)],
    stance="stated",
    criterion=always(),
    expect="supported",
    control=exempt("a plain fact about the training data, in which no model has a part"),
)
def test_output_depends_on_letter_only(seed, observe):
    """Samples as they are trained on: the last number of each tells one letter, and that letter's successor is asked.

    So no input has two answers, not even where two texts share their numbers ("B" and "AB", since A is coded as the
    padding is), and a single letter is all the context that the next one takes. Shown is the number of distinct last
    letters of each data set; each of them has one target.
    """
    holds, letters = [], []
    for problem in PROBLEMS:
        x, y = problem.samples(seed)[:2]
        last = np.rint(x[:, -1, -1] * 26).astype(int)
        holds.append(bool((y.argmax(axis=-1) == last + 1).all()))
        letters.append(len(set(last)))
    observe(all(holds), one_letter=letters[0], features=letters[1], time_steps=letters[2], variable=letters[3])


@claim(
    "comment-03/lstm-is-not-needed",
    "One letter in, one letter out needs no LSTM: softmax regression on one-hot letters reliably learns all pairs.",
    source=COMMENT_3.at(1),
    stance="question",
    criterion=at_least(0.8),
    expect="supported",
    control="the softmax regression before its training",
    revised="2026-11: measure, criterion; was SUPPORTED",
)
def test_lstm_is_not_needed(train, linear_one_hot, naive_one_char, naive_one_hot_50, broken, observe):
    """500 epochs. The LSTM of the article, to which a letter is one number, and an LSTM on one-hot letters after 50
    epochs are shown: it is the code that makes the difference. Where a letter stays one number, a perceptron does about
    as well as the LSTM (`naive-one-char/performs-like-a-perceptron`)."""
    without = train(LINEAR_ONE_HOT.untrained) if broken else linear_one_hot
    observe(
        without.accuracy == 1.0,
        accuracy=without.accuracy,
        lstm=naive_one_char.accuracy,
        lstm_on_one_hot_letters_after_50_epochs=naive_one_hot_50.accuracy,
    )
