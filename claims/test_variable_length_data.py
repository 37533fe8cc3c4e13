"""Claims of the section "LSTM with Variable-Length Input to One-Char Output" about the runs of letters it draws.

They are plain facts, asked of the problem as the published listing builds it, with lengths from 1 to `longest`.
"""

import numpy as np

from fixtures.article import VARIABLE
from fixtures.experiments import VARIABLE_LENGTH
from lstm_lab import Relabelled, Runs, always, claim

DRAWN = VARIABLE_LENGTH.problem
Y_ALONE = [0, 0, 0, 0, 24]


@claim(
    "variable-length/learns-random-subsequences",
    "Every training pattern is a run of consecutive letters of the alphabet, its target the letter that follows.",
    source=VARIABLE,
    criterion=always(),
    expect="supported",
    control="the targets renamed at random",
)
def test_learns_random_subsequences(seed, broken, observe):
    """A and padding are both 0: a row is taken for a run if it is one with as many leading zeros as are wanted.

    The published generator draws the first letter from A to X, so that Y alone, with its target Z, is never shown.
    """
    samples = (Relabelled(DRAWN) if broken else DRAWN).samples(seed)
    rows = np.rint(samples.x[..., 0] * 26).astype(int)
    follows = [_ends_before(row, target) for row, target in zip(rows, samples.y.argmax(axis=1), strict=True)]
    observe(
        all(follows),
        different_rows=len(np.unique(rows, axis=0)),
        rows_with_y_alone=int((rows == Y_ALONE).all(axis=1).sum()),
    )


@claim(
    "variable-length/lengths-between-1-and-max-len",
    "The drawn runs have every length from one letter to the maximum of five, and no other.",
    source=VARIABLE,
    criterion=always(),
    expect="supported",
    control="runs of two letters and more",
)
def test_lengths_between_1_and_max_len(seed, broken, observe):
    lengths = _lengths(seed, longest=5, shortest=2 if broken else 1)
    shares = {f"share_of_length_{length}": float((lengths == length).mean()) for length in range(1, 6)}
    observe(set(lengths.tolist()) == {1, 2, 3, 4, 5}, **shares)


@claim(
    "variable-length/max-len-bounds-the-subsequences",
    "A maximum of five letters is the length of the longest run that is drawn.",
    source=VARIABLE,
    criterion=always(),
    expect="supported",
    control="runs of up to six letters",
)
def test_max_len_bounds_the_subsequences(seed, broken, observe):
    longest = int(_lengths(seed, longest=6 if broken else 5).max())
    observe(longest == 5, longest=longest)


@claim(
    "variable-length/max-len-bounds-the-subsequences-26",
    "A maximum of 26 letters is the length of the longest run that is drawn.",
    source=VARIABLE,
    criterion=always(),
    expect="refuted",
)
def test_max_len_bounds_the_subsequences_26(seed, observe):
    """With 26 it is the alphabet that bounds the runs: Z has no successor, so that none has more than 25 letters."""
    longest = int(_lengths(seed, longest=26).max())
    observe(longest == 26, longest=longest)


@claim(
    "variable-length/full-alphabet-as-max-len",
    "With a maximum of 26 and no looping back, runs of 26 letters occur.",
    source=VARIABLE,
    criterion=always(),
    expect="refuted",
    seeds=1,
    seeds_reason="all runs are counted, none is drawn",
)
def test_full_alphabet_as_max_len(seed, observe):
    """Of all runs that have a letter after them, the longest is A to Y. A maximum of 26 is allowed, but never met.

    That contradicts neither claim on what the maximum bounds: the one of five letters is of another maximum, and that
    of 26 fails with this one, for the same reason.
    """
    longest = int(Runs(count=0, longest=26, padding="none").samples(seed).lengths.max())
    observe(longest == 26, longest=longest)


def _ends_before(row, target):
    """Whether a padded row is a run of letters that ends just before `target`."""
    size = len(row)
    runs = ([0] * (size - length) + list(range(target - length, target)) for length in range(1, min(size, target) + 1))
    return any(row.tolist() == run for run in runs)


def _lengths(seed, longest, shortest=1):
    """Lengths of the thousand runs of a seed; without padding they are told, with it they are the same runs."""
    return Runs(longest=longest, shortest=shortest, padding="none").samples(seed).lengths
