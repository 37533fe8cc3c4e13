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
    "variable-length/patterns-are-runs-of-the-alphabet",
    "Every training pattern is a run of consecutive letters of the alphabet, its target the letter that follows.",
    source=VARIABLE.at(2),
    stance="stated",
    criterion=always(),
    expect="supported",
    control="the targets renamed at random",
)
def test_patterns_are_runs_of_the_alphabet(seed, broken, observe):
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
    "The maximum bounds the runs: at 5 the drawn runs have every length from one letter to five, and no other.",
    source=[VARIABLE.at(6, 1), VARIABLE.at(3, 3)],
    stance="stated",
    criterion=always(),
    expect="supported",
    control="runs of two letters and more",
)
def test_lengths_between_1_and_max_len(seed, broken, observe):
    """A larger maximum bounds them, too, without being met: Z has no successor, so no run has more than 25 letters."""
    lengths = Runs(longest=5, shortest=2 if broken else 1, padding="none").samples(seed).lengths
    shares = {f"share_of_length_{length}": float((lengths == length).mean()) for length in range(1, 6)}
    observe(set(lengths.tolist()) == {1, 2, 3, 4, 5}, **shares)


def _ends_before(row, target):
    """Whether a padded row is a run of letters that ends just before `target`."""
    size = len(row)
    runs = ([0] * (size - length) + list(range(target - length, target)) for length in range(1, min(size, target) + 1))
    return any(row.tolist() == run for run in runs)
