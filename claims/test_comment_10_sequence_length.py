"""Claims of comment 10 (Madhav, 2016-10-04) about sequences of other lengths.

The comment only suggests to try it; read as: the more letters are given as time steps, the more are learned. Accuracy
is that on the 18 targets I to Z, which all lengths have. On windows of their own, 25 of one letter and 18 of eight,
accuracy rises with the length even of untrained models: one window that is right by chance is a larger share.
"""

from fixtures.comment_experiments import TIME_STEPS_2, TIME_STEPS_5, TIME_STEPS_8, TIME_STEPS_SAME_TARGETS
from fixtures.experiments import NAIVE_ONE_CHAR, THREE_CHAR_TIME_STEPS
from lstm_lab import Comment, Windows, at_least, case, claim

COMMENT = Comment(10, "Madhav", "2016-10-04")

LENGTHS = (1, 2, 3, 5, 8)


@claim(
    "comment-10/changed-sequence-length",
    "From one letter to eight, accuracy after 500 epochs rises with the number of letters given as time steps.",
    source=COMMENT,
    criterion=at_least(0.5),
    expect="supported",
    cases=[
        case(of_1=NAIVE_ONE_CHAR, of_2=TIME_STEPS_2, of_3=THREE_CHAR_TIME_STEPS, of_5=TIME_STEPS_5, of_8=TIME_STEPS_8),
        case(
            "same-targets",
            statement=(
                "From one letter to eight, trained on the targets I to Z alone, accuracy rises with the letters given."
            ),
            of_1=TIME_STEPS_SAME_TARGETS[1],
            of_2=TIME_STEPS_SAME_TARGETS[2],
            of_3=TIME_STEPS_SAME_TARGETS[3],
            of_5=TIME_STEPS_SAME_TARGETS[5],
            of_8=TIME_STEPS_SAME_TARGETS[8],
            note="So all have as many updates in 500 epochs; only the number of letters before the target differs.",
        ),
    ],
)
def test_changed_sequence_length(of_1, of_2, of_3, of_5, of_8, observe):
    """Rank correlation (Spearman) of 1, 2, 3, 5 and 8 letters with accuracy above 0; that of equal ones counts as 0.

    All are trained on all windows of their length. Accuracy is that on the 18 targets I to Z, which all lengths have.
    On windows of their own, 25 of one letter and 18 of eight, it rises with the length even of untrained models: one
    that is right by chance is a larger share of fewer.
    """
    _observe_rising(observe, of_1, of_2, of_3, of_5, of_8)


@claim(
    "comment-10/changed-sequence-length-never-falls",
    "From one letter to eight, accuracy never falls when more letters are given as time steps.",
    source=COMMENT,
    criterion=at_least(0.5),
    expect="inconclusive",
    control="the five lengths in reverse order",
)
def test_changed_sequence_length_never_falls(
    naive_one_char, time_steps_2, three_char_time_steps, time_steps_5, time_steps_8, broken, observe
):
    """The strict reading: none of the five lengths is below a shorter one; one missed window is enough to break it.

    Accuracy is that on the 18 targets I to Z, which all lengths have, so that one window weighs the same in all.
    """
    members = [naive_one_char, time_steps_2, three_char_time_steps, time_steps_5, time_steps_8]
    accuracies = _accuracies(reversed(members) if broken else members)
    observe(accuracies == sorted(accuracies), **_by_length(accuracies))


def _observe_rising(observe, *members):
    from scipy.stats import spearmanr

    accuracies = _accuracies(members)
    rising = len(set(accuracies)) > 1 and float(spearmanr(LENGTHS, accuracies).statistic) > 0
    observe(rising, **_by_length(accuracies))


def _by_length(accuracies):
    return {f"letters_{letters}": accuracy for letters, accuracy in zip(LENGTHS, accuracies, strict=True)}


def _accuracies(members):
    """Each on the windows of its own length that are followed by I to Z."""
    return [member.accuracy_on(_shared(member.experiment.problem.length)) for member in members]


def _shared(length):
    return Windows(length, first=8 - length)
