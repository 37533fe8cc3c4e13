"""The intervals are SciPy's, with the edges that SciPy leaves open."""

from __future__ import annotations

import pytest
from scipy.stats import binomtest, ttest_rel

from lstm_lab.judging.criteria.intervals import (
    Interval,
    mean_difference,
    mean_inside_p,
    pass_rate,
    pass_rate_p,
    seeds_to_rule_out,
    turning_counts,
    unseen_rate,
)


def test_pass_rate_is_clopper_pearson() -> None:
    """29 of 30 are a rate between 0.828 and 0.999."""
    one = pass_rate(29, 30)

    assert (one.low, one.high) == pytest.approx((0.828, 0.999), abs=5e-4)


def test_p_value_is_the_dual_of_the_interval() -> None:
    """12 of 20 do not exclude a rate of 0.8, although the usual two-sided p-value is below 5 %."""
    assert pass_rate(12, 20).high > 0.8
    assert pass_rate_p(12, 20, 0.8) > 0.05
    assert binomtest(12, 20, 0.8).pvalue < 0.05


@pytest.mark.parametrize(("n", "bound"), [(10, 0.259), (20, 0.139), (30, 0.095), (50, 0.058), (59, 0.050)])
def test_unseen_rate(n: int, bound: float) -> None:
    """What was never seen in n seeds is rarer than this."""
    assert unseen_rate(n) == pytest.approx(bound, abs=5e-4)


@pytest.mark.parametrize(
    ("rate", "risk", "n"), [(0.5, 0.025, 6), (0.8, 0.025, 17), (0.9, 0.05, 29), (0.99, 0.025, 368)]
)
def test_seeds_to_rule_out(rate: float, risk: float, n: int) -> None:
    """n passes in a row are that unlikely at that rate, n - 1 are not."""
    assert n == seeds_to_rule_out(rate, risk)
    assert rate**n <= risk < rate ** (n - 1)


@pytest.mark.parametrize("bar", [0.2, 0.5, 0.8, 0.95])
def test_turning_counts_are_those_of_the_interval(bar: float) -> None:
    """Up to the one the interval lies below the bar, from the other on above it, between them it does not."""
    for n in range(1, 61):
        most, least = turning_counts(n, bar)
        below = [passes for passes in range(n + 1) if pass_rate(passes, n).high < bar]
        above = [passes for passes in range(n + 1) if pass_rate(passes, n).low > bar]

        assert below == list(range(most + 1))
        assert above == list(range(least, n + 1))


@pytest.mark.parametrize("margin", [0.02, 0.055, 0.1])
def test_p_value_of_the_mean_is_the_dual_of_its_interval(margin: float) -> None:
    """At most 5 % exactly where the interval of the mean lies inside the margin."""
    differences = [0.04 * (step % 4) for step in range(12)]
    interval = mean_difference(differences, [0.0] * 12)[1]

    assert interval is not None
    assert (mean_inside_p(differences, margin) <= 0.05) == (-margin <= interval.low and interval.high <= margin)
    assert mean_inside_p([1e200 * one for one in differences], 1e200 * margin) == pytest.approx(
        mean_inside_p(differences, margin)
    )
    assert (mean_inside_p([0.04] * 3, 0.05), mean_inside_p([0.06] * 3, 0.05)) == (0, 1)
    assert mean_inside_p([0.0], 0.05) == 1


def test_mean_difference_is_the_paired_t_interval() -> None:
    """Differences that vary have the interval of the paired t test."""
    treatment, baseline = [0.9, 0.8, 1.0, 0.7], [0.5, 0.6, 0.5, 0.6]
    interval = ttest_rel(treatment, baseline).confidence_interval(0.95)

    mean, one = mean_difference(treatment, baseline)

    assert mean == pytest.approx(0.3)
    assert one == Interval(float(interval.low), float(interval.high))


def test_mean_difference_without_variation() -> None:
    """Differences that are all the same have that one as their interval; a single one has none."""
    assert mean_difference([1.0, 2.0, 3.0], [0.5, 1.5, 2.5]) == (0.5, Interval(0.5, 0.5))
    mean, one = mean_difference([0.3, 0.6, 1.0], [0.2, 0.5, 0.9])
    assert (mean, one) == (pytest.approx(0.1), Interval(mean, mean))
    assert mean_difference([1e9 + 0.1, 1e9 + 0.1], [0.1, 0.1]) == (1e9, Interval(1e9, 1e9))
    assert mean_difference([1.0], [0.5]) == (0.5, None)
