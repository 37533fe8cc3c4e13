"""Confidence intervals and their p-values, each by one call of SciPy, and the number of seeds they need.

SciPy is imported where it is used: collecting claims must not wait for it.
"""

from __future__ import annotations

import functools
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

LEVEL = 0.95  # two-sided, of pass rates and mean differences: wrong in at most 2.5 % on either side
EQUIVALENCE_LEVEL = 0.90  # of a median difference: two one-sided tests of 5 %
RISK = 0.05  # the p-value up to which a verdict is decided, for either
TIE = 1e-9  # differences up to this are rounding errors
LARGEST = sys.float_info.max
SQUARABLE = 1e150  # figures up to this have a square


@dataclass(frozen=True)
class Interval:
    """A confidence interval.

    Attributes:
        low: its lower end, in the unit of the quantity estimated.
        high: its upper end.
        level: its confidence level.
    """

    low: float
    high: float
    level: float = LEVEL


@functools.cache  # many claims have the same counts
def pass_rate(passes: int, n: int) -> Interval:
    """The Clopper-Pearson interval of the rate behind `passes` of `n`."""
    from scipy.stats import binomtest

    interval = binomtest(passes, n).proportion_ci(LEVEL, "exact")
    return Interval(float(interval.low), float(interval.high))


def pass_rates(passes: int, n: int, repeats: Sequence[int]) -> list[Interval]:
    """`pass_rate` of the counts times each of `repeats`, in one call; narrower by `TIE`, as last digits may differ."""
    import numpy as np
    from scipy.special import betaincinv

    times = np.asarray(repeats)
    passed, failed, risk = times * passes, times * (n - passes), (1 - LEVEL) / 2
    low = betaincinv(passed, failed + 1, risk) if passes else np.zeros(len(times))
    high = betaincinv(passed + 1, failed, 1 - risk) if passes < n else np.ones(len(times))
    return list(map(Interval, (low + TIE).tolist(), (high - TIE).tolist()))


def pass_rate_p(passes: int, n: int, bar: float) -> float:
    """The p-value of the rate lying on one side of `bar`: twice the smaller one-sided one, the dual of `pass_rate`."""
    from scipy.stats import binomtest

    return 2 * min(float(binomtest(passes, n, bar, alternative=side).pvalue) for side in ("greater", "less"))


def unseen_rate(n: int) -> float:
    """The one-sided upper bound of the rate of an event that none of `n` seeds showed."""
    from scipy.stats import binomtest

    return float(binomtest(0, n, alternative="less").proportion_ci(LEVEL, "exact").high)


def median_difference(differences: Sequence[float]) -> Interval | None:
    """The exact interval of the median, whose ends are differences; None where there are too few."""
    from scipy.stats import quantile_test

    interval: Any = quantile_test(differences).confidence_interval(EQUIVALENCE_LEVEL)  # the stubs say float
    low, high = float(interval.low), float(interval.high)
    return None if math.isnan(low) or math.isnan(high) else Interval(low, high, EQUIVALENCE_LEVEL)


def median_difference_p(differences: Sequence[float], edge: float) -> float:
    """The p-value of the median lying inside ±`edge` (the larger of two one-sided) or outside; the smaller of both."""
    from scipy.stats import quantile_test

    above_low, below_low, above_high, below_high = (
        float(quantile_test(differences, q=bound, alternative=side).pvalue)
        for bound in (-edge, edge)
        for side in ("greater", "less")
    )
    return min(max(above_low, below_high), below_low, above_high)


def difference(treatment: float, baseline: float) -> float:
    """treatment - baseline; the largest float where it lies beyond."""
    return min(max(treatment - baseline, -LARGEST), LARGEST)


def mean_difference(treatment: Sequence[float], baseline: Sequence[float]) -> tuple[float, Interval | None]:
    """The mean of treatment - baseline with its t interval; without one for a single pair."""
    from scipy.stats import ttest_rel

    unit = max(map(abs, [*treatment, *baseline]))
    if unit > SQUARABLE:
        mean, interval = mean_difference([one / unit for one in treatment], [one / unit for one in baseline])
        low, high = (mean, mean) if interval is None else (interval.low, interval.high)
        mean, low, high = (difference(one * unit, 0.0) for one in (mean, low, high))
        return mean, interval and Interval(low, high)
    differences = [difference(treated, reference) for treated, reference in zip(treatment, baseline, strict=True)]
    mean = math.fsum(differences) / len(differences)
    if len(differences) == 1:
        return mean, None
    if max(differences) - min(differences) <= TIE * max(1.0, *map(abs, differences)):
        return mean, Interval(mean, mean)
    low, high = ttest_rel(treatment, baseline).confidence_interval(LEVEL)
    return mean, Interval(float(low), float(high))


def seeds_to_rule_out(rate: float, risk: float) -> int:
    """The smallest n for which n passes of n have a probability of at most `risk` where the rate is `rate`."""
    rate = min(rate, 1 - sys.float_info.epsilon)  # 1 less than next to nothing is 1 among floats
    return max(1, math.ceil(math.log(risk) / math.log(rate) - TIE))
