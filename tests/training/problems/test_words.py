"""Several letters as the answer: exact arrays of small alphabets, and what is drawn."""

import numpy as np
import pytest

from lstm_lab import AmbiguousWords, Continuations, best_accuracy
from lstm_lab.training.errors import ProblemError

SMALL = {"shortest": 2, "longest": 2, "ahead": 2, "symbols": "ABCDEF"}


def test_every_window_with_what_follows() -> None:
    """AB to CD, BC to DE, CD to EF; one class for each letter."""
    samples = Continuations(**SMALL).samples(0)

    np.testing.assert_allclose([[0, 1], [1, 2], [2, 3]], samples.x[..., 0] * 6, atol=1e-6)
    np.testing.assert_array_equal([[2, 3], [3, 4], [4, 5]], samples.y.argmax(axis=-1))
    assert (3, 2, 6) == samples.y.shape


@pytest.mark.parametrize(("targets", "size"), [("codes", 1), ("fractions", 6)])
def test_letters_as_numbers(targets, size) -> None:
    """Codes as they are, or divided as the inputs are."""
    samples = Continuations(**SMALL, targets=targets).samples(0)

    np.testing.assert_allclose(np.array([[2, 3], [3, 4], [4, 5]]) / size, samples.y, atol=1e-6)


def test_the_article_s_windows() -> None:
    """20 windows of four letters have three behind them."""
    assert (20, 4, 1) == Continuations().samples(0).x.shape


def test_drawn_runs_match_their_samples() -> None:
    """Lengths 1 to 5; the first letter asked for follows the last one given."""
    problem = Continuations(shortest=1, longest=5, count=200)
    samples, runs = problem.samples(4), problem.runs(4)

    assert set(range(1, 6)) == {length for _, length in runs}
    assert [start + length for start, length in runs] == list(samples.y[:, 0].argmax(axis=-1))
    assert 25 == samples.y[:, -1].argmax(axis=-1).max()
    np.testing.assert_array_equal(problem.encode("BCD"), [[0], [0], *np.float32([[1], [2], [3]]) / np.float32(26)])


def test_words_that_follow_one_input() -> None:
    """Each as often as the other, after the same letters: of three letters no model has more than half right."""
    samples = AmbiguousWords(copies=3).samples(0)

    assert 1 == len(np.unique(samples.x, axis=0))
    assert [[5, 6, 7], [16, 17, 18]] * 3 == samples.y.argmax(axis=-1).tolist()
    assert 0.5 == best_accuracy(AmbiguousWords())


def test_words_letter_by_letter() -> None:
    """What was said moves into the input: only the first letter is ambiguous."""
    problem = AmbiguousWords(copies=1, at_once=False)
    samples = problem.samples(0)

    assert ["BCDE", "CDEQ", "DEQR"] == [problem.before(said) for said in ("", "Q", "QR")]
    assert [5, 6, 7, 16, 17, 18] == list(samples.y.argmax(axis=-1))
    np.testing.assert_allclose([3, 4, 16, 17], samples.x[5].ravel() * 26, atol=1e-5)
    assert 5 / 6 == best_accuracy(problem)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Continuations(targets="words"), "targets: got 'words'"),
        (lambda: Continuations(shortest=20, longest=20, ahead=6), "runs: got 20 to 20 letters and 6 ahead"),
        (lambda: AmbiguousWords(words=("AB", "ABC")), "words: got"),
        (lambda: Continuations().encode("ABCDE"), "run 'ABCDE': got 5 letters, wanted 1 to 4"),
    ],
)
def test_what_cannot_be_asked_is_refused(build, message) -> None:
    """One line names what, got and wanted."""
    with pytest.raises(ProblemError, match=message):
        build()
