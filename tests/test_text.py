"""Numbers, shares, differences, seeds and names as text."""

import math

import pytest

from lstm_lab.text import (
    ROUNDED,
    beside,
    chance,
    difference_interval,
    figure,
    mean_with_interval,
    number,
    percent,
    percent_interval,
    seed_ranges,
    signed,
    words_of,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (23, "23"),
        (5_396_735, "5396735"),
        (4352.0, "4352"),
        (0.8695652, "0.87"),
        (1.0, "1"),
        (-0.03, "−0.03"),
        (-0.0, "0"),
        (312.456, "312"),
        (1210.27, "1210"),
        (99_999.5, "100000"),
        (0.00123456, "0.00123"),
        (0.0000123, "1.23e−05"),
        (2_500_000.0, "2.5e+06"),
        (5_396_735.0, "5.4e+06"),
        (1.61e-15, ROUNDED),
        (-4.1e-21, ROUNDED),
        (1.1e-12, "1.1e−12"),
        (math.inf, "inf"),
    ],
)
def test_numbers_have_one_form(value, text):
    """Three significant digits at most, all of a whole number, no trailing zeros, a real minus sign."""
    assert text == number(value)


def test_differences_carry_their_sign():
    """A difference is written with its sign, what is zero or rounding without one."""
    assert ["+0.1", "−0.1", "0", ROUNDED] == [signed(value) for value in (0.1, -0.1, 0.0, 1e-15)]


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0.98781, 1.00421, "+0.988 to +1.004"),
        (-0.14497, 0.08992, "−0.14 to +0.09"),
        (0.0035, 0.3071, "+0.004 to +0.307"),
        (-0.3071, -0.0035, "−0.307 to −0.004"),
        (0.0, 0.1234, "0 to +0.12"),
        (-9.45e-05, -6.61e-07, "−9.45e−05 to −6.61e−07"),
        (0.25, 0.25, "+0.25 to +0.25"),
        (-6.45e-08, 3.27e-08, "−6.45e−08 to +3.27e−08"),
        (595.59, 1210.27, "+596 to +1210"),
        (-1e300, 1e300, "−1e+300 to +1e+300"),
        (-1e-14, 1e-14, f"{ROUNDED} to {ROUNDED}"),
    ],
)
def test_differences_are_as_exact_as_their_interval(low, high, text):
    """Two digits of its width; an end beside 0 never becomes 0, which would be another finding."""
    assert text == difference_interval(low, high)


def test_what_a_margin_dwarfs_is_next_to_nothing():
    """It is told as such, and exactly nothing as nothing."""
    assert ["next to 0", "next to 0", "0", "+0.002", "−1e−06"] == [
        beside(*pair) for pair in ((1e-8, 0.02), (-1e-8, 0.02), (0.0, 0.02), (0.002, 0.02), (-1e-6, 0.0))
    ]
    assert ("next to 0", "") == mean_with_interval(1e-8, -1e-8, 3e-8, 0.02)
    assert ("0", "0 to 0") == mean_with_interval(0.0, 0.0, 0.0, 0.02)
    assert ("+0.063", "+0.041 to +0.085") == mean_with_interval(0.06267, 0.04063, 0.08472, 0.02)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (1.0, "100 %"),
        (0.0, "0 %"),
        (0.5, "50 %"),
        (0.9484, "94.8 %"),
        (0.9996, "99.96 %"),
        (0.0004, "0.04 %"),
    ],
)
def test_shares_are_percentages(share, text):
    """With one decimal at most, and what is not quite all or nothing does not become it."""
    assert text == percent(share)


def test_both_ends_of_an_interval_share_the_sign():
    """The per cent stands once."""
    assert "82.8 to 99.9 %" == percent_interval(0.8278, 0.99916)


def test_tiny_chances_are_not_told_to_the_digit():
    """Below a ten-thousandth it says nothing how far."""
    assert ["0.0123", "0.0001", "below 0.0001"] == [chance(p) for p in (0.01234, 0.0001, 1.9e-9)]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("share_of_counted_answers", "share of counted answers"),
        ("right_at_0_5", "right at 0.5"),
        ("hidden_64_64", "hidden 64 64"),
        ("units_10_5", "units 10 5"),
        ("simple_rnn", "simple RNN"),
        ("lstm", "LSTM"),
        ("<b>name</b>", "<b>name</b>"),
    ],
)
def test_names_are_words(name, words):
    """Those of reported values are identifiers, which readers are spared."""
    assert words == words_of(name)


@pytest.mark.parametrize(
    ("value", "what", "text"),
    [
        (0.9484, "share_of_counted_answers", "94.8 %"),
        (1, "accuracy", "100 %"),
        (0.92, "accuracy on the 25 pairs", "92 %"),
        (0.5, "rate_of_ties", "50 %"),
        (0.92, "shared", "0.92"),
        (0.92, "drop_in_accuracy", "0.92"),
        (-0.5, "accuracy", "−0.5"),
        (23.0, "accuracy", "23"),
        (0.92, "", "0.92"),
    ],
)
def test_shares_are_told_in_per_cent(value, what, text):
    """Where the name says that it is one, and the value can be one."""
    assert text == figure(value, what)


@pytest.mark.parametrize(
    ("seeds", "text"),
    [
        ((3,), "seed 3"),
        ((2, 1), "seeds 1, 2"),
        (range(30), "seeds 0 to 29"),
        ((0, 1, 2, 7, 9, 10), "seeds 0 to 2, 7, 9, 10"),
    ],
)
def test_neighbouring_seeds_are_joined(seeds, text):
    """Seeds are listed in ascending order, three or more neighbours as a range."""
    assert text == seed_ranges(seeds)
