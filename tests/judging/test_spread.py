"""The spread of a figure over seeds."""

import pytest
from scipy.stats import quantile_test

from lstm_lab.judging.spread import Summary, summary


@pytest.mark.parametrize("n", [6, 7, 20, 30, 60])
def test_interval_is_the_one_of_scipy(n):
    """The interval of the median is the exact 95 % interval that SciPy gives for the same values, ties included."""
    values = [(7 * seed) % 11 / 10 for seed in range(n)]
    expected = quantile_test(values).confidence_interval(0.95)

    spread = summary(values)

    assert (expected.low, expected.high) == (spread.low, spread.high)


def test_five_seeds_have_no_interval():
    """No 95 % interval of a median exists for fewer than six values."""
    assert Summary(5, None, 3, None, 1, 9) == summary([9, 1, 3, 4, 2])


def test_constant_figure_has_an_interval_of_one_point():
    """Values that never vary give an interval without width."""
    assert Summary(30, 0.5, 0.5, 0.5, 0.5, 0.5) == summary([0.5] * 30)
