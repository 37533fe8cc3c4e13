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
from fixtures.experiments import NAIVE_ONE_CHAR, THREE_CHAR_FEATURES
from lstm_lab import Letters, at_least, beats, case, claim

TRIED = COMMENT_10.at(2, 2)
HALF_A_LETTER = 0.02  # of 18, at most
READER_5_LETTERS = STATEFUL_5_LETTERS.but(
    problem=Letters(coding="one_hot", symbols=FIVE_LETTERS),
    shuffle="each_epoch",
    name="stateful_one_char, 5 letters, one-hot, shuffled",
)


@claim(
    "comment-10/smaller-alphabet",
    "On the five letters A to E, {framing} reliably learns all patterns in 500 epochs.",
    source=TRIED,
    stance="question",
    criterion=at_least(0.8),
    expect="supported",
    control="all 26 letters",
    cases=[
        case(
            "learned-without-context",
            framing="an LSTM that is given one letter at a time",
            model=NAIVE_5_LETTERS,
            all_letters=NAIVE_ONE_CHAR,
            revised="2026-11: criterion, control; was SUPPORTED",
        ),
        case(
            "features",
            framing="an LSTM that is given three letters as features",
            model=FEATURES_5_LETTERS,
            all_letters=THREE_CHAR_FEATURES,
            statement="On the five letters A to E, {framing} reliably learns both of their windows in 500 epochs.",
            revised="2026-11: statement, criterion, control; was REFUTED",
        ),
    ],
)
def test_smaller_alphabet(model, all_letters, broken, observe):
    """Both are what the article shows not to be learned on 26 letters.

    Four pairs, or two windows of three letters; five classes, codes 0 to 4 divided by 5, so 0.2 apart instead of 0.04.
    """
    judged = all_letters if broken else model
    observe(judged.accuracy == 1.0, accuracy=judged.accuracy)


@claim(
    "comment-10/smaller-alphabet-stateful",
    "On the five letters A to E the stateful model of 16 units behaves as on 26: it says all letters from A, and B "
    "when it is started at C.",
    source=TRIED,
    stance="question",
    criterion=at_least(0.8),
    expect="supported",
    control="a stateful model that was trained on the letters in random orders, so that it reads them",
    revised="2026-11: criterion, control; was SUPPORTED",
)
def test_smaller_alphabet_stateful(train, broken, observe):
    """C, in the middle, stands for the K of the article."""
    member = train(READER_5_LETTERS if broken else STATEFUL_5_LETTERS)
    observe(
        member.roll_out("A", 4) == FIVE_LETTERS[1:] and member.cold_start("C") == "B",
        accuracy=member.accuracy,
        from_c=member.cold_start("C"),
    )


@claim(
    "comment-10/changed-sequence-length",
    "Eight letters as time steps are learned better than three, on the same targets.",
    source=TRIED,
    stance="question",
    criterion=beats(by=HALF_A_LETTER),
    sides=("eight letters", "three letters"),
    measure="accuracy on the 18 targets I to Z",
    expect="inconclusive",
    control="the model of eight letters given the last three alone",
    holds_with="eight letters against a single one",
    revised="2026-11: statement, measure, criterion; was SUPPORTED",
)
def test_changed_sequence_length(train, broken, planted, observe):
    """500 epochs each on the 18 targets I to Z, which all lengths up to eight have: as many updates for all.

    One letter is shown beside them. Three are learned better (`naive-one-char/difficult-framing`), all or all but one
    of the targets, so that eight can hardly gain; where they lose, some end far below.
    """
    one, three, eight = (train(TIME_STEPS_SAME_TARGETS[letters]) for letters in (1, 3, 8))
    x, y = eight.samples[:2]
    judged = float((eight.outputs(x[:, -3:]).argmax(-1) == y.argmax(-1)).mean()) if broken else eight.accuracy
    observe(judged, against=(one if planted else three).accuracy, one_letter=one.accuracy)
