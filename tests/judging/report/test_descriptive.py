"""The spread of a figure over seeds."""

import pytest
from scipy.stats import quantile_test

from lstm_lab.judging.criteria.intervals import Interval
from lstm_lab.judging.report.descriptive import Spread, spread


@pytest.mark.parametrize("n", [6, 7, 20, 30, 60])
def test_interval_is_the_one_of_scipy(n):
    """The interval of the median is the exact 95 % interval that SciPy gives for the same values, ties included."""
    values = [(7 * seed) % 11 / 10 for seed in range(n)]
    expected = quantile_test(values).confidence_interval(0.95)

    told = spread(values)

    assert (expected.low, expected.high) == (told.interval.low, told.interval.high)


def test_five_seeds_have_no_interval():
    """No 95 % interval of a median exists for fewer than six values."""
    assert Spread(5, 3, None, 1, 9) == spread([9, 1, 3, 4, 2])


def test_constant_figure_has_an_interval_of_one_point():
    """Values that never vary give an interval without width."""
    assert Spread(30, 0.5, Interval(0.5, 0.5), 0.5, 0.5) == spread([0.5] * 30)
