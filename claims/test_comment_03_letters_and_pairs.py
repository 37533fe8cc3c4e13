"""Claims of comment 3 (shanbe, 2016-08-17): the examples are pairs of letters, for which no LSTM is needed."""

import numpy as np

from fixtures.comment_experiments import LINEAR_ONE_HOT
from fixtures.experiments import NAIVE_ONE_CHAR, THREE_CHAR_FEATURES, THREE_CHAR_TIME_STEPS, VARIABLE_LENGTH
from lstm_lab import ALPHABET, Comment, always, at_least, best_accuracy, claim, exempt

COMMENT = Comment(3, "shanbe", "2016-08-17")

# The problems of the article's six models: one letter, three as features, three as time steps, one to five letters.
PROBLEMS = tuple(one.problem for one in (NAIVE_ONE_CHAR, THREE_CHAR_FEATURES, THREE_CHAR_TIME_STEPS, VARIABLE_LENGTH))
PLAIN = exempt("a plain fact about the training data, in which no model has a part")


@claim(
    "comment-03/output-depends-on-letter-only",
    "In every example of the article the letter to be answered depends on the last input letter alone.",
    source=COMMENT,
    criterion=always(),
    expect="supported",
    contradicts=["naive-one-char/no-context-is-the-reason"],
    control=PLAIN,
)
def test_output_depends_on_letter_only(seed, observe):
    """Samples as they are trained on: the last number of each tells one letter, and that letter's successor is asked.

    Shown is the number of distinct last letters of each data set; each of them has one target.
    """
    holds, letters = [], []
    for problem in PROBLEMS:
        x, y = problem.samples(seed)[:2]
        last = np.rint(x[:, -1, -1] * 26).astype(int)
        holds.append(bool((y.argmax(axis=-1) == last + 1).all()))
        letters.append(len(set(last)))
    observe(all(holds), one_letter=letters[0], features=letters[1], time_steps=letters[2], variable=letters[3])


@claim(
    "comment-03/no-confusion-between-pairs",
    "In no example of the article does one input occur with two different answers.",
    source=COMMENT,
    criterion=always(),
    expect="supported",
    control=PLAIN,
)
def test_no_confusion_between_pairs(seed, observe):
    """Twice: as text, every window or run that can occur, and as the numbers that the text is encoded and padded to.

    The drawn samples of the seed are then held against the best accuracy that any model could have on them. Texts may
    share their numbers ("B" and "AB", since A is coded as the padding is), but their answers are the same.
    """
    confused_texts = confused_arrays = shared = 0
    for problem in PROBLEMS:
        longest = problem.longest if problem is VARIABLE_LENGTH.problem else problem.length
        shortest = 1 if problem is VARIABLE_LENGTH.problem else longest
        pairs = [
            (ALPHABET[start : start + length], ALPHABET[start + length])
            for length in range(shortest, longest + 1)
            for start in range(26 - length)
        ]
        by_text, by_array = {}, {}
        for text, answer in pairs:
            by_text.setdefault(text, set()).add(answer)
            by_array.setdefault(problem.encode(text).tobytes(), set()).add(answer)
        confused_texts += sum(len(answers) > 1 for answers in by_text.values())
        confused_arrays += sum(len(answers) > 1 for answers in by_array.values())
        shared += len(by_text) - len(by_array)
    ceiling = min(best_accuracy(problem, seed) for problem in PROBLEMS)
    observe(
        confused_texts == confused_arrays == 0 and ceiling == 1.0,
        texts_with_two_answers=confused_texts,
        arrays_with_two_answers=confused_arrays,
        texts_that_share_an_array=shared,
        ceiling=ceiling,
    )


@claim(
    "comment-03/lstm-is-not-needed",
    "One letter in, one letter out needs no LSTM: softmax regression on one-hot letters is at least as accurate.",
    source=COMMENT,
    criterion=at_least(0.5),
    expect="supported",
    control="the softmax regression before its training",
)
def test_lstm_is_not_needed(train, linear_one_hot, naive_one_char, naive_one_hot_50, broken, observe):
    """500 epochs each, against the LSTM of the article, to which a letter is one number.

    This changes the code and the network at once. An LSTM on one-hot letters, after 50 epochs, is shown beside it: what
    makes the difference is the code. The other reading, in which the input stays one number, is the next claim.
    """
    without = train(LINEAR_ONE_HOT.untrained) if broken else linear_one_hot
    observe(
        without.accuracy >= naive_one_char.accuracy,
        accuracy=without.accuracy,
        lstm=naive_one_char.accuracy,
        lstm_on_one_hot_letters_after_50_epochs=naive_one_hot_50.accuracy,
    )


@claim(
    "comment-03/lstm-is-not-needed-perceptron",
    "One letter in, one letter out needs no LSTM: 32 hidden units without gates, on the same one number, are at least "
    "as accurate.",
    source=COMMENT,
    criterion=at_least(0.5),
    expect="inconclusive",
    control="the perceptron before its training",
)
def test_lstm_is_not_needed_perceptron(train, perceptron_one_char, naive_one_char, broken, observe):
    """500 epochs each, the code as it is: what differs is the hidden layer, 32 tanh units against 32 LSTM units.

    Shown are the losses of two epochs: both are still falling, so how far each has come is a matter of pace.
    """
    without = train(perceptron_one_char.experiment.untrained) if broken else perceptron_one_char
    losses = {
        f"loss_of_{name}_in_epoch_{epoch}": float(member.losses[epoch - 1])
        for name, member in (("perceptron", perceptron_one_char), ("lstm", naive_one_char))
        for epoch in (400, 500)
    }
    observe(
        without.accuracy >= naive_one_char.accuracy,
        accuracy=without.accuracy,
        lstm=naive_one_char.accuracy,
        **losses,
    )
