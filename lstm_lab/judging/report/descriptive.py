"""The spread of a value over seeds: its median with an exact interval, its minimum and its maximum."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from lstm_lab.judging.criteria import LEVEL, Interval


@dataclass(frozen=True)
class Spread:
    """The distribution of a reported value over seeds.

    Attributes:
        n: number of seeds that reported it.
        median: the median.
        interval: the exact interval of the median; None for fewer than 6 seeds.
        minimum: the smallest value.
        maximum: the largest value.
    """

    n: int
    median: float
    interval: Interval | None
    minimum: float
    maximum: float


def spread(values: Sequence[float]) -> Spread:
    """The spread of `values`, one for each seed, of which there is at least one."""
    ordered = sorted(values)
    ranks = _ranks(len(ordered))
    return Spread(
        n=len(ordered),
        median=min(max(statistics.median(ordered), ordered[0]), ordered[-1]),  # half a sum may be beyond the floats
        interval=None if ranks is None else Interval(ordered[ranks[0]], ordered[ranks[1]]),
        minimum=ordered[0],
        maximum=ordered[-1],
    )


@cache
def _ranks(n: int) -> tuple[int, int] | None:
    """The ranks of the interval's ends among `n` sorted values; they depend on `n` alone: computed once by SciPy."""
    from scipy.stats import quantile_test

    interval = quantile_test(range(n)).confidence_interval(LEVEL)
    low, high = float(interval.low), float(interval.high)  # type: ignore[attr-defined]  # the stubs say float
    return None if math.isnan(low) or math.isnan(high) else (round(low), round(high))
