"""Claims of comment 10 (Madhav, 2016-10-04) about a smaller alphabet and about sequences of other lengths.

The comment asserts nothing of either: it tells that trying them is a way to see how the models behave. These are
answers.
"""

from fixtures.article import COMMENT_10
from fixtures.comment_experiments import (
    FEATURES_5_LETTERS,
    FIVE_LETTERS,
    NAIVE_5_LETTERS,
    STATEFUL_5_LETTERS,
    TIME_STEPS_SAME_TARGETS,
)
from lstm_lab import at_least, beats, case, claim

TRIED = COMMENT_10.at(2, 2)
HALF_A_LETTER = 0.03  # of 18


@claim(
    "comment-10/smaller-alphabet",
    "On the five letters A to E, {framing} reliably learns all patterns in 500 epochs.",
    source=TRIED,
    stance="question",
    criterion=at_least(0.8),
    expect="supported",
    cases=[
        case(
            "learned-without-context",
            framing="an LSTM that is given one letter at a time",
            model=NAIVE_5_LETTERS,
            revised="2026-11: criterion; was SUPPORTED",
        ),
        case(
            "features",
            framing="an LSTM that is given three letters as features",
            model=FEATURES_5_LETTERS,
            revised="2026-11: statement, criterion; was REFUTED",
        ),
    ],
)
def test_smaller_alphabet(model, observe):
    """Both are what the article shows not to be learned on 26 letters.

    Four pairs, or two windows of three letters; five classes, codes 0 to 4 divided by 5, so 0.2 apart instead of 0.04.
    """
    observe(model.accuracy == 1.0, accuracy=model.accuracy)


@claim(
    "comment-10/smaller-alphabet-stateful",
    "On the five letters A to E the stateful model of 16 units behaves as on 26: it says all letters from A, and B "
    "when it is started at C.",
    source=TRIED,
    stance="question",
    criterion=at_least(0.5),
    expect="supported",
)
def test_smaller_alphabet_stateful(train, observe):
    """C, in the middle, stands for the K of the article."""
    member = train(STATEFUL_5_LETTERS)
    observe(
        member.roll_out("A", 4) == FIVE_LETTERS[1:] and member.cold_start("C") == "B",
        accuracy=member.accuracy,
        from_c=member.cold_start("C"),
    )


@claim(
    "comment-10/changed-sequence-length",
    "Three letters as time steps are learned better than one letter, on the same targets.",
    source=TRIED,
    stance="question",
    criterion=beats(by=HALF_A_LETTER),
    expect="supported",
    control="the three letters left untrained",
    revised="2026-11: statement, measure, criterion; was SUPPORTED",
)
def test_changed_sequence_length(train, broken, observe):
    """500 epochs each on the 18 targets I to Z, which all lengths up to eight have: as many updates for both.

    Eight letters are shown beside them: they gain nothing more over three, and in some seeds they end far below.
    """
    one, three, eight = (TIME_STEPS_SAME_TARGETS[letters] for letters in (1, 3, 8))
    judged = train(three.untrained if broken else three)
    observe(judged.accuracy, against=train(one).accuracy, eight_letters=train(eight).accuracy)
