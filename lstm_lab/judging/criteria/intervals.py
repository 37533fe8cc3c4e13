"""Confidence intervals and their p-values, each by one call of SciPy, and the number of seeds they need.

SciPy is imported where it is used: collecting claims must not wait for it.
"""

from __future__ import annotations

import functools
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass

LEVEL = 0.95  # two-sided: wrong in at most 2.5 % on either side
RISK = 0.05  # the p-value up to which a verdict is decided
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


def pass_rate_p(passes: int, n: int, bar: float) -> float:
    """The p-value of the rate lying on one side of `bar`: twice the smaller one-sided one, the dual of `pass_rate`."""
    from scipy.stats import binomtest

    return 2 * min(float(binomtest(passes, n, bar, alternative=side).pvalue) for side in ("greater", "less"))


def unseen_rate(n: int) -> float:
    """The one-sided upper bound of the rate of an event that none of `n` seeds showed."""
    from scipy.stats import binomtest

    return float(binomtest(0, n, alternative="less").proportion_ci(LEVEL, "exact").high)


def below_half_p(passes: int, n: int) -> float:
    """The p-value of the rate lying below one half, the dual of the upper end of `pass_rate`; at most 1."""
    from scipy.stats import binomtest

    return min(1.0, 2 * float(binomtest(passes, n, 0.5, alternative="less").pvalue))


def turning_counts(n: int, bar: float) -> tuple[int, int]:
    """The most passes of `n` whose `pass_rate` lies below `bar`, and the fewest whose lies above; -1, n + 1: none."""
    from scipy.stats import binom

    risk = (1 - LEVEL) / 2
    return int(binom.ppf(risk, n, bar)) - 1, int(binom.isf(risk, n, bar)) + 1


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


def mean_inside_p(differences: Sequence[float], margin: float) -> float:
    """The p-value of the mean lying inside ±`margin`, the dual of `mean_difference`: twice the larger one-sided one."""
    from scipy.stats import ttest_1samp

    unit = max(margin, *map(abs, differences))  # whose square may lie beyond the floats
    scaled = [one / unit for one in differences]
    if len(scaled) == 1:
        return 1.0
    if max(differences) - min(differences) <= TIE * max(1.0, *map(abs, differences)):
        return float(abs(math.fsum(scaled) / len(scaled)) > margin / unit)
    above = float(ttest_1samp(scaled, -margin / unit, alternative="greater").pvalue)
    return min(1.0, 2 * max(above, float(ttest_1samp(scaled, margin / unit, alternative="less").pvalue)))


def seeds_to_rule_out(rate: float, risk: float) -> int:
    """The smallest n for which n passes of n have a probability of at most `risk` where the rate is `rate`."""
    rate = min(rate, 1 - sys.float_info.epsilon)  # 1 less than next to nothing is 1 among floats
    return max(1, math.ceil(math.log(risk) / math.log(rate) - TIE))
