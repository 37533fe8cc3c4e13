"""The best accuracy of any model on a problem, below 1 where equal inputs have different targets. NumPy only.

It is computed by enumeration of the samples of one seed, so it bounds the accuracy on the training set.
"""

from __future__ import annotations

import functools
from collections import Counter, defaultdict

import numpy as np

from lstm_lab.training.errors import ProblemError
from lstm_lab.training.problems.problem import Problem, Samples


@functools.lru_cache(maxsize=1024)  # claims use the same bound, and some samples take long to draw
def best_accuracy(problem: Problem, seed: int = 0, history: int = 0, *, stateful: bool = False) -> float:
    """The largest share of correct answers of any function of the inputs, between 0 and 1.

    Equal inputs have the same answer; the best one is their most frequent target. Where a sample has several targets,
    y (N, ..., C), each counts for itself, as in the accuracy of a member.

    Args:
        problem: targets one-hot along their last axis.
        seed: whose samples.
        history: number of previous samples that a model remembers.
        stateful: whether it remembers all of them, whatever `history` says.
    """
    if history < 0:
        raise ProblemError(f"history: got {history}, wanted 0 samples or more")
    samples = problem.samples(seed)
    targets = samples.y.argmax(axis=-1).reshape(len(samples.y), -1)
    given = inputs(samples)
    reach = len(given) if stateful else history
    known = [tuple(given[max(0, row - reach) : row + 1]) for row in range(len(given))]
    right = 0
    for column in targets.T:
        counts: defaultdict[tuple[bytes, ...], Counter[int]] = defaultdict(Counter)
        for key, target in zip(known, column, strict=True):
            counts[key][int(target)] += 1
        right += sum(max(of_one_input.values()) for of_one_input in counts.values())
    return float(right / targets.size)


def inputs(samples: Samples) -> list[bytes]:
    """The bytes of the inputs of each sample: equal for two samples that a network cannot distinguish."""
    lengths = samples.lengths if samples.lengths is not None else np.full(len(samples.x), samples.x.shape[1])
    # Adding zero turns -0.0 into 0.0, so that equal numbers have equal bytes.
    return [(row[:length] + 0.0).tobytes() for row, length in zip(samples.x, lengths, strict=True)]
