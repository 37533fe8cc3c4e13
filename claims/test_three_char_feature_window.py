"""Claims of the section "Naive LSTM for a Three-Char Feature Window to One-Char Mapping": what the window gains."""

import numpy as np

from fixtures import article
from fixtures.article import FEATURES
from fixtures.experiments import (
    NAIVE_ONE_CHAR,
    NAIVE_SAME_TARGETS,
    REPEATED_LETTER_FEATURES_SAME_TARGETS,
    THREE_CHAR_FEATURES,
)
from fixtures.probes import accuracy_given
from lstm_lab import at_least, beats, case, claim

HALF_A_LETTER = 0.02  # of 25 letters, and about that of 23


@claim(
    "feature-window/lift",
    source=FEATURES.at(9, 1),
    criterion=beats(by=HALF_A_LETTER),
    expect="supported",
    control="the trained window with zeros in place of its two earlier letters",
    revised="2026-11: criterion; was SUPPORTED",
    cases=[
        case(
            statement="Three letters as features are learned better than one letter, on the same targets D to Z.",
            stance="stated",
            model=THREE_CHAR_FEATURES,
            baseline=NAIVE_SAME_TARGETS,
            sides=("three letters as features", "one letter"),
            measure="accuracy on the targets D to Z",
        ),
        case(
            "own-targets",
            statement="Three letters as features are learned better than one letter, each on its own targets: 23 "
            "windows against 25 letters.",
            stance="strict",
            model=THREE_CHAR_FEATURES,
            baseline=NAIVE_ONE_CHAR,
            published=f"{article.THREE_CHAR_FEATURES.accuracy} against {article.NAIVE_ONE_CHAR.accuracy}",
            sides=("three letters as features", "one letter"),
            measure="accuracy, each model on its own targets",
            note=(
                "The figures that the text prints. Two of the 25 letters have targets that no window has, and one "
                "pattern weighs 4.35 against 4.00 points. The margin is half a letter: without it, models that answer "
                "a single letter rightly, as most do before they are trained, count as a lift of 0.35 points."
            ),
        ),
        case(
            "of-copies",
            statement="Three numbers are enough for a lift: the last letter three times over as features is learned "
            "better than once.",
            stance="probe",
            model=REPEATED_LETTER_FEATURES_SAME_TARGETS,
            baseline=NAIVE_SAME_TARGETS,
            control="the trained copies with zeros in place of two of the three",
            sides=("the letter three times", "the letter once"),
            measure="accuracy on the targets D to Z",
            revised="",
            note="The same targets D to Z. Copies add no context, and gain about as much as the two earlier letters.",
        ),
    ],
)
def test_lift(model, baseline, broken, observe):
    """The text leaves open whether the lift is real. Here both predict D to Z: the one letter is trained on C to Y.

    That it is real does not mean that context makes it, see `feature-window/lift-of-copies`. And it is small: a letter
    or two.
    """
    x = model.samples.x
    only_the_last = np.concatenate([np.zeros_like(x[..., :-1]), x[..., -1:]], axis=-1)
    judged = accuracy_given(model, only_the_last) if broken else model.accuracy
    observe(judged, against=baseline.accuracy)


@claim(
    "feature-window/still-not-learned",
    "Three letters as features have not been learned after 500 epochs either.",
    source=FEATURES.at(9, 2),
    stance="stated",
    criterion=at_least(0.8),
    measure="accuracy on the 23 windows",
    expect="supported",
    published=article.THREE_CHAR_FEATURES.accuracy,
    control="the three letters as time steps instead",
    revised="2026-11: measure; was SUPPORTED",
)
def test_still_not_learned(three_char_features, three_char_time_steps, broken, observe):
    judged = three_char_time_steps if broken else three_char_features
    observe(judged.accuracy < 1.0, accuracy=three_char_features.accuracy)


@claim(
    "feature-window/window-helps-perceptrons",
    "A multilayer perceptron learns three letters in a window better than one letter, on the same 23 targets.",
    source=FEATURES.at(1),
    stance="strict",
    criterion=beats(by=HALF_A_LETTER),
    sides=("three letters", "one letter"),
    measure="accuracy of a perceptron on the targets D to Z",
    expect="supported",
    control="the trained window with the two earlier letters of other windows",
)
def test_window_helps_perceptrons(perceptron_32, perceptron_same_targets, broken, observe):
    """32 rectified units, 500 epochs. The text says that the window is popular for what it adds; that it gains
    anything here is a reading that this allows and does not need.

    It does gain, though each letter of the window alone decides the next one: three numbers say that more plainly to a
    small network than one does.
    """
    x = perceptron_32.samples.x
    scrambled = np.concatenate([np.roll(x[..., :2], len(x) // 2, axis=0), x[..., 2:]], axis=-1)
    judged = accuracy_given(perceptron_32, scrambled) if broken else perceptron_32.accuracy
    observe(judged, against=perceptron_same_targets.accuracy)
