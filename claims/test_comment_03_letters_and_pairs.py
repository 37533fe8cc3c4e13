"""Claims of comment 3 (shanbe, 2016-08-17): the examples are pairs of letters, for which no LSTM is needed."""

import numpy as np

from fixtures.article import COMMENT_3, FEATURES, PROBLEM
from fixtures.comment_experiments import LINEAR_ONE_HOT
from fixtures.experiments import NAIVE_ONE_CHAR, THREE_CHAR_FEATURES, THREE_CHAR_TIME_STEPS, VARIABLE_LENGTH
from lstm_lab import Letters, Markov, always, at_least, claim

# The problems of the article's six models: one letter, three as features, three as time steps, one to five letters.
PROBLEMS = tuple(one.problem for one in (NAIVE_ONE_CHAR, THREE_CHAR_FEATURES, THREE_CHAR_TIME_STEPS, VARIABLE_LENGTH))
LINEAR_ONE_NUMBER = LINEAR_ONE_HOT.but(
    problem=Letters(framing="flat"), name="softmax regression on letters as one number"
)


@claim(
    "comment-03/output-depends-on-letter-only",
    "In every example of the article the letter to be answered depends on the last input letter alone.",
    source=[COMMENT_3.at(1), PROBLEM.at(2, 2)],
    stance="stated",
    criterion=always(),
    expect="supported",
    control="symbols whose next one depends on the last two",
    revised="2026-11: measure, control; was SUPPORTED",
)
def test_output_depends_on_letter_only(seed, broken, observe):
    """Samples as they are trained on: those whose last number is the same ask for the same letter.

    So no input has two answers, not even where two texts share their numbers ("B" and "AB", since A is coded as the
    padding is), and a single letter is all the context that the next one takes. Shown is the number of distinct last
    letters of each data set; each of them has one target.
    """
    holds, letters = [], []
    for problem in (Markov(),) * len(PROBLEMS) if broken else PROBLEMS:
        x, y = problem.samples(seed)[:2]
        asked = set(zip(x[:, -1, -1].tolist(), y.argmax(axis=-1).tolist(), strict=True))
        letters.append(len(np.unique(x[:, -1, -1])))
        holds.append(len(asked) == letters[-1])
    observe(all(holds), one_letter=letters[0], features=letters[1], time_steps=letters[2], variable=letters[3])


@claim(
    "comment-03/lstm-is-not-needed",
    "One letter in, one letter out needs no LSTM: softmax regression on one-hot letters reliably learns all pairs.",
    source=[COMMENT_3.at(1), PROBLEM.at(2, 1), PROBLEM.at(3), FEATURES.at(9, 2)],
    stance="question",
    criterion=at_least(0.8),
    measure="accuracy of softmax regression on the 25 pairs",
    expect="supported",
    control="softmax regression on the one number that the LSTM is given",
    revised="2026-11: measure, criterion, control; was SUPPORTED",
)
def test_lstm_is_not_needed(train, linear_one_hot, naive_one_char, naive_one_hot_50, broken, observe):
    """The article calls its problem a simple one, too.

    500 epochs. The LSTM of the article, to which a letter is one number, and an LSTM on one-hot letters after 50 epochs
    are shown: it is the code that makes the difference. Where a letter stays one number, a perceptron does about as
    well as the LSTM (`naive-one-char/performs-like-a-perceptron`).
    """
    without = train(LINEAR_ONE_NUMBER) if broken else linear_one_hot
    observe(
        without.accuracy == 1.0,
        accuracy=without.accuracy,
        lstm=naive_one_char.accuracy,
        lstm_on_one_hot_letters_after_50_epochs=naive_one_hot_50.accuracy,
    )
