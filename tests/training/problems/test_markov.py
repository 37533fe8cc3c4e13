"""Sequences whose next symbol depends on more than the last one: what they are, and what could be known of them."""

from itertools import product

import numpy as np
import pytest

from lstm_lab import Markov, RandomText, best_accuracy
from lstm_lab.training.errors import ProblemError
from lstm_lab.training.problems.markov import every_pair_once


@pytest.mark.parametrize("size", [2, 5, 7])
def test_every_pair_occurs_once(size) -> None:
    """Also across the place where the cycle closes."""
    cycle = every_pair_once(size, np.random.default_rng(0))

    assert sorted(product(range(size), repeat=2)) == sorted(
        zip(cycle.tolist(), np.roll(cycle, -1).tolist(), strict=True)
    )


def test_windows_on_the_cycle() -> None:
    """What follows a window is the last symbol of the next one."""
    x, y = Markov(length=3).samples(4)[:2]

    assert ((25, 3, 1), (25, 5)) == (x.shape, y.shape)
    np.testing.assert_array_equal(np.roll(x[:, -1, 0], -1), (y.argmax(-1) / 5).astype(np.float32))
    np.testing.assert_array_equal(x[1:, :-1], x[:-1, 1:])


@pytest.mark.parametrize(("length", "best"), [(1, 0.2), (2, 1.0), (3, 1.0)])
def test_two_symbols_tell_what_one_does_not(length, best) -> None:
    """The accuracy bounds of one, two and three symbols."""
    assert best == best_accuracy(Markov(length=length), seed=1)


def test_another_seed_is_another_cycle() -> None:
    """And the same seed the same one."""
    np.testing.assert_array_equal(Markov().samples(3).x, Markov().samples(3).x)
    assert (Markov().samples(3).x != Markov().samples(4).x).any()


def test_random_text_is_read_symbol_by_symbol() -> None:
    """Each target is the next input; other texts for other seeds."""
    x, y = RandomText(200).samples(0)[:2]

    assert (200, 1, 1) == x.shape
    np.testing.assert_array_equal(x[1:, 0, 0], (y[:-1].argmax(-1) / 5).astype(np.float32))
    assert (x != RandomText(200).samples(1).x).any()


def test_samples_are_asked_in_symbols() -> None:
    """As the network is given them."""
    np.testing.assert_array_equal(np.float32([[0.2], [0.8]]), Markov().encode("BE"))
    np.testing.assert_array_equal(np.float32([[0.4]]), RandomText().encode("C"))


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (lambda: Markov().encode("A"), "window 'A': got 1 symbols, wanted 2"),
        (lambda: RandomText().encode("AB"), "symbol: got 'AB', wanted one symbol"),
        (lambda: Markov(length=0), "length: got 0, wanted at least 1 symbol"),
    ],
    ids=["window", "text", "length"],
)
def test_what_does_not_fit_is_refused(asked, line) -> None:
    """One line names what, got and wanted."""
    with pytest.raises(ProblemError, match=line):
        asked()
