"""Claims of the section "Problem Description: Learn the Alphabet" about what the problem stands for: other tasks.

The recipe is the article's third model: one LSTM layer, the sequence as time steps, Adam, batches of one. Data sets
and epochs are ours, fixed before the first training: 300 epochs of a sine and 50 of 200 made-up files of sound, which
are more updates than the article's 25 pairs get in 300 epochs.
"""

import math

import numpy as np

from fixtures.article import PROBLEM
from lstm_lab import Frames, Sine, at_least, claim

UNSEEN = Sine(windows=6, begin=20 * math.pi + math.pi / 22)
HELD_OUT = Frames(draw="held out")


@claim(
    "problem/generalises-to-time-series",
    "The same recipe predicts the next value of a sine, on a stretch not trained on, better than repeating the last "
    "value does.",
    source=PROBLEM,
    criterion=at_least(0.5),
    expect="supported",
)
def test_generalises_to_time_series(sine, seed, observe):
    """Mean squared errors over six stretches of 200 steps, with the true value given at every step.

    A sine repeats: stretches that began at 20 pi, ten periods after the first one trained on, would be the first six
    of the 31 trained on, value by value. So they begin pi / 22 later, about half-way between two of those: the nearest
    is 0.125 radians or twelve steps off, and its values differ by up to that much.

    At 0.01 radians a step, repeating is wrong by little, 5e-5. A stretch starts from a zero state, so at its first step
    the direction is unknown, to anything; the error from the 51st step on is shown, too.
    """
    x, y = UNSEEN.samples(seed)[:2]
    squared = np.square(sine.outputs(x) - y)
    repeating = np.square(x - y).mean()
    observe(
        squared.mean() < repeating,
        error=squared.mean(),
        error_of_repeating=repeating,
        error_after_50_steps=squared[:, 50:].mean(),
    )


@claim(
    "problem/generalises-to-sequence-classification",
    "The same recipe tells two classes of sequences apart that differ in the order of their frames, on files not "
    "trained on.",
    source=PROBLEM,
    criterion=at_least(0.5),
    expect="supported",
    control="the frames of each file in a random order",
)
def test_generalises_to_sequence_classification(audio, seed, broken, observe):
    """200 other files; better than the larger class's share by a one-sided exact binomial test at 5 %."""
    from scipy.stats import binomtest

    x, y = HELD_OUT.samples(seed)[:2]
    if broken:
        order = np.random.default_rng(seed).permuted(np.tile(np.arange(HELD_OUT.frames), (HELD_OUT.files, 1)), axis=1)
        x = np.take_along_axis(x, order[..., None], axis=1)
    hits = int((audio.outputs(x).argmax(axis=-1) == y.argmax(axis=-1)).sum())
    majority = float(y.mean(axis=0).max())
    test = binomtest(hits, HELD_OUT.files, majority, alternative="greater")
    observe(test.pvalue < 0.05, accuracy=hits / HELD_OUT.files, majority=majority)
