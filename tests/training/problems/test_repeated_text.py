"""Texts in which letters repeat: exact arrays in both codings, and what is drawn."""

import numpy as np
import pytest

from lstm_lab import Repeats, Subsequences, best_accuracy
from lstm_lab.training.errors import ProblemError
from lstm_lab.training.problems.repeated_text import drawn_runs


def test_a_letter_is_the_place_where_it_stands_last() -> None:
    """As the article's dictionary says when it is made from a text with repeats; a class for each place."""
    samples = Repeats("abab", count=0, longest=1).samples(0)

    np.testing.assert_array_equal([[[0.5]], [[0.75]], [[0.5]]], samples.x)
    assert [3, 2, 3] == list(samples.y.argmax(axis=-1))
    assert (3, 4) == samples.y.shape


@pytest.mark.parametrize(("divisor", "codes"), [("text", [0, 0.25, 0]), ("letters", [0, 0.5, 0])])
def test_corrected_coding_numbers_the_distinct_letters(divisor, codes) -> None:
    """From 0 on, divided by the length of the text or by the number of letters."""
    samples = Repeats("abab", coding="rank", divisor=divisor, count=0, longest=1).samples(0)

    np.testing.assert_array_equal(codes, samples.x.ravel())
    np.testing.assert_array_equal([[0, 1], [1, 0], [0, 1]], samples.y)


def test_padding_is_on_the_left() -> None:
    """With the number asked for."""
    np.testing.assert_array_equal([[-1], [-1], [0.75]], Repeats("abab", longest=3, pad=-1.0).encode("b"))


def test_runs_are_drawn_as_the_article_draws_them() -> None:
    """The same random numbers give the same runs of the alphabet."""
    alphabet = Subsequences()
    runs = drawn_runs(3, 26, alphabet.count, longest=alphabet.longest)

    assert [start + length for start, length in runs] == list(alphabet.samples(3).y.argmax(axis=-1))
    assert set(range(1, 6)) == {length for _, length in runs}


def test_long_runs_stay_inside_the_text() -> None:
    """Of five to ten letters, all lengths occur, and a letter follows each."""
    runs = drawn_runs(0, 30, 1000, shortest=5, longest=10)

    assert set(range(5, 11)) == {length for _, length in runs}
    assert 29 == max(start + length for start, length in runs)


def test_accuracy_bounds() -> None:
    """One letter tells its successor in "abab"; in "aab", after the two runs "a", it does not."""
    assert 1.0 == best_accuracy(Repeats("ab" * 15))
    assert 2 / 3 == best_accuracy(Repeats("aaba", count=0, longest=1))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"coding": "roman"}, "coding and divisor: got 'roman' and 'text'"),
        ({"shortest": 3, "longest": 2}, "runs: got 3 to 2 of 6 letters"),
        ({"shortest": 5}, "runs: got 5 to 5 of 6 letters"),
    ],
)
def test_what_cannot_be_drawn_is_refused(settings, message) -> None:
    """One line names what, got and wanted."""
    with pytest.raises(ProblemError, match=message):
        Repeats("ababab", **settings)


def test_letters_of_another_text_are_refused() -> None:
    """One line names what, got and wanted."""
    with pytest.raises(ProblemError, match="run 'c': got 1 letters, wanted 1 to 5 of 'abab'"):
        Repeats("abab").encode("c")
