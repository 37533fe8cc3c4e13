"""The echoed bits: exact arrays for a short stream, and what can be known of them."""

import numpy as np
import pytest

from lstm_lab import Echo, best_accuracy
from lstm_lab.training.errors import ProblemError


@pytest.mark.parametrize("delay", [1, 2, 3])
def test_the_target_is_the_bit_some_steps_before(delay) -> None:
    """Zeros where the stream had not begun."""
    x, y = Echo(delay, count=50).samples(0)[:2]

    bits = x[:, 0, 0]
    assert (50, 1, 1) == x.shape
    assert {0, 1} == set(bits)
    np.testing.assert_array_equal(np.concatenate([np.zeros(delay), bits[:-delay]]), y.argmax(axis=-1))


def test_windows_end_where_single_steps_stand() -> None:
    """The same stream and the same targets; before the stream come zeros."""
    single, windows = Echo(2, count=20).samples(4), Echo(2, steps=5, count=20).samples(4)

    assert (20, 5, 1) == windows.x.shape
    np.testing.assert_array_equal(single.y, windows.y)
    np.testing.assert_array_equal(single.x[:, 0], windows.x[:, -1])
    np.testing.assert_array_equal(single.x[:5, 0], windows.x[4])
    np.testing.assert_array_equal([0, 0, 0, 0], windows.x[0, :4, 0])
    np.testing.assert_array_equal(windows.x[:, -3, 0], windows.y.argmax(axis=-1))


def test_another_seed_draws_other_bits() -> None:
    """And the same seed the same ones."""
    one, again, other = (Echo().samples(seed).x for seed in (0, 0, 1))

    np.testing.assert_array_equal(one, again)
    assert (one != other).any()


@pytest.mark.parametrize("delay", [1, 3])
def test_what_can_be_known(delay) -> None:
    """About half without memory, all with a memory or a window that reaches back as far as the delay."""
    assert 0.5 <= best_accuracy(Echo(delay)) < 0.55
    assert best_accuracy(Echo(delay), history=delay - 1) < 0.6
    assert 1.0 == best_accuracy(Echo(delay), history=delay)
    assert 1.0 == best_accuracy(Echo(delay, steps=delay + 1))


def test_bits_as_one_sample() -> None:
    """Of the shape that is trained on."""
    np.testing.assert_array_equal([[0], [1], [1]], Echo(steps=3).encode("011"))


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        (lambda: Echo(delay=0), "echo: got delay 0, steps 1 and count 1000, wanted at least 1 of each"),
        (lambda: Echo(steps=0), "echo: got delay 1, steps 0"),
        (lambda: Echo(steps=3).encode("01"), "bits '01': got 2, wanted 3"),
        (lambda: Echo().encode("2"), "letters: got '2'"),
    ],
    ids=["delay", "steps", "length", "symbol"],
)
def test_what_does_not_fit_is_refused(wrong, line) -> None:
    """One line names what, got and wanted."""
    with pytest.raises(ProblemError, match=line):
        wrong()
