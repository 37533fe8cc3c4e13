"""Claims of comment 10 (Madhav, 2016-10-04) about sequences of other lengths.

The comment only suggests to try it; read as: the more letters are given as time steps, the more are learned.
"""

from scipy.stats import spearmanr

from lstm_lab import Comment, at_least, claim

COMMENT = Comment(10, "Madhav", "2016-10-04")


@claim(
    "comment-10/changed-sequence-length",
    "From one letter to eight, accuracy after 500 epochs rises with the number of letters given as time steps.",
    source=COMMENT,
    criterion=at_least(0.5),
    expect="supported",
)
def test_changed_sequence_length(
    naive_one_char, time_steps_2, three_char_time_steps, time_steps_5, time_steps_8, observe
):
    """Rank correlation (Spearman) of 1, 2, 3, 5 and 8 letters with accuracy above 0; that of equal ones counts as 0.

    The lengths have other numbers of windows: the targets that they share are compared below.
    """
    _observe_rising(observe, naive_one_char, time_steps_2, three_char_time_steps, time_steps_5, time_steps_8)


@claim(
    "comment-10/changed-sequence-length-same-targets",
    "From one letter to eight, with the same targets I to Z, accuracy rises with the letters given as time steps.",
    source=COMMENT,
    criterion=at_least(0.5),
    expect="supported",
)
def test_changed_sequence_length_same_targets(
    time_steps_1_same_targets,
    time_steps_2_same_targets,
    time_steps_3_same_targets,
    time_steps_5_same_targets,
    time_steps_8_same_targets,
    observe,
):
    """The same 18 targets, so as many updates in 500 epochs; only the letters before the target differ."""
    _observe_rising(
        observe,
        time_steps_1_same_targets,
        time_steps_2_same_targets,
        time_steps_3_same_targets,
        time_steps_5_same_targets,
        time_steps_8_same_targets,
    )


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
    """The strict reading: none of the five lengths is below a shorter one. Most often one window of 23 or 21 is missed."""
    members = [naive_one_char, time_steps_2, three_char_time_steps, time_steps_5, time_steps_8]
    accuracies = [member.accuracy for member in (reversed(members) if broken else members)]
    observe(accuracies == sorted(accuracies), **_by_length(accuracies))


def _observe_rising(observe, *members):
    accuracies = [member.accuracy for member in members]
    rising = len(set(accuracies)) > 1 and float(spearmanr((1, 2, 3, 5, 8), accuracies).statistic) > 0
    observe(rising, **_by_length(accuracies))


def _by_length(accuracies):
    return {f"letters_{letters}": accuracy for letters, accuracy in zip((1, 2, 3, 5, 8), accuracies, strict=True)}
