"""The problems that vary the article's: exact arrays for small alphabets, and what stays the same."""

import numpy as np
import pytest

from lstm_lab import Constant, Letters, Prefixes, Relabelled, Runs, Scrambled, Subsequences, Together, Windows, Without
from lstm_lab.training.errors import ProblemError
from lstm_lab.training.problems.alphabet import coded

CODES = np.arange(4)


@pytest.mark.parametrize(
    ("coding", "expected"),
    [
        ("fraction", [0, 0.25, 0.5, 0.75]),
        ("tenth", [0, 0.025, 0.05, 0.075]),
        ("raw", [0, 1, 2, 3]),
        ("symmetric", [-1, -1 / 3, 1 / 3, 1]),
        ("standard", np.array([-1.5, -0.5, 0.5, 1.5]) / np.sqrt(1.25)),
    ],
)
def test_codings(coding, expected) -> None:
    """One number for each letter."""
    np.testing.assert_allclose(expected, coded(CODES, 4, coding)[:, 0], atol=1e-7)


def test_one_hot_coding() -> None:
    """One column for each letter."""
    np.testing.assert_array_equal(np.eye(4), coded(CODES, 4, "one_hot"))


def test_an_unknown_coding_is_refused() -> None:
    """One line names what, got and wanted."""
    with pytest.raises(ProblemError, match="coding: got 'roman', wanted one of fraction, tenth"):
        coded(CODES, 4, "roman")


def test_letters_as_the_article_codes_them() -> None:
    """Without further settings they are the article's first problem."""
    for expected, actual in zip(Windows().samples(0)[:2], Letters().samples(0)[:2], strict=True):
        np.testing.assert_array_equal(expected, actual)


@pytest.mark.parametrize(("framing", "shape"), [("time_steps", (3, 3, 1)), ("features", (3, 1, 3)), ("flat", (3, 3))])
def test_a_letter_given_several_times(framing, shape) -> None:
    """Each copy is the same number."""
    x = Letters(copies=3, framing=framing, symbols="ABCD").samples(0).x

    assert shape == x.shape
    np.testing.assert_array_equal(np.repeat([[0], [0.25], [0.5]], 3, axis=1), x.reshape(3, 3))


def test_scrambled_letters_keep_their_targets() -> None:
    """Each letter has one code of the alphabet, no two the same, other ones for another seed."""
    one, other = (Scrambled("ABCD").samples(seed) for seed in (0, 1))

    assert 3 == len(np.unique(one.x))
    assert set(one.x.ravel()) <= {0, 0.25, 0.5, 0.75}
    assert [1, 2, 3] == list(one.y.argmax(-1))
    assert (one.x != other.x).any()


def test_relabelled_targets_are_a_permutation() -> None:
    """The inputs stay; each target has one new name, by seed."""
    plain, renamed = Windows(length=3).samples(0), Relabelled(Windows(length=3)).samples(0)

    np.testing.assert_array_equal(plain.x, renamed.x)
    assert len(plain.x) == len(set(renamed.y.argmax(-1)))
    assert (plain.y != renamed.y).any()


def test_held_out_samples_are_the_others() -> None:
    """Together they are the whole problem, and the split is the seed's."""
    split = Without(Windows(length=3), 4)
    parts = [tuple(row.ravel()) for part in (split.samples(5), split.held_out(5)) for row in part.x]

    assert (19, 4) == (len(split.samples(5).x), len(split.held_out(5).x))
    assert {tuple(row.ravel()) for row in Windows(length=3).samples(5).x} == set(parts)
    assert (split.held_out(5).x != split.held_out(6).x).any()


def test_runs_are_drawn_as_the_article_draws_them() -> None:
    """The same generator as the article's model, to the bit."""
    for expected, actual in zip(Subsequences().samples(3)[:2], Runs().samples(3)[:2], strict=True):
        np.testing.assert_array_equal(expected, actual)


def test_every_run_once() -> None:
    """115 runs of one to five letters end before Z; the article's generator misses the one that is Y alone."""
    x, y = Runs(count=0).samples(0)[:2]

    assert 115 == len(x)
    assert 1 == sum((row[:4] == 0).all() and row[4] == np.float32(24 / 26) for row in x[:, :, 0])
    assert 25 == len(set(y.argmax(-1)))


def test_runs_that_wrap() -> None:
    """Past the last letter comes the first."""
    x, y = Runs(count=0, shortest=3, longest=3, wraps=True, symbols="ABCD").samples(0)[:2]

    np.testing.assert_array_equal([[0, 1, 2], [1, 2, 3], [2, 3, 0], [3, 0, 1]], 4 * x[:, :, 0])
    assert [3, 0, 1, 2] == list(y.argmax(-1))


def test_runs_without_padding_have_lengths() -> None:
    """The network sees as many steps as a run has letters."""
    samples = Runs(count=50, padding="none").samples(0)

    assert samples.lengths is not None
    assert {1, 2, 3, 4, 5} == set(samples.lengths)
    assert (samples.x[:, :, 0] * 26).round().max(axis=1).tolist() == [
        (row[length - 1] * 26).round() for row, length in zip(samples.x[:, :, 0], samples.lengths, strict=True)
    ]


@pytest.mark.parametrize(("padding", "expected"), [("left", [-1, 0, 0.25]), ("right", [0, 0.25, -1])])
def test_padding_may_be_another_number(padding, expected) -> None:
    """And may stand on either side."""
    problem = Runs(longest=3, padding=padding, pad=-1, symbols="ABCD")

    np.testing.assert_array_equal(expected, problem.encode("AB")[:, 0])
    assert {3} == {len(row) for row in problem.samples(0).x}


@pytest.mark.parametrize(
    ("problem", "text", "line"),
    [
        (Letters(), "AB", "letter: got 'AB', wanted one letter"),
        (Scrambled(), "A", "letter 'A': its code differs from seed to seed"),
        (Runs(), "ABCDEF", "run 'ABCDEF': got 6 letters, wanted 1 to 5"),
    ],
    ids=["letters", "scrambled", "runs"],
)
def test_questions_that_do_not_fit_are_refused(problem, text, line) -> None:
    """One line names what, got and wanted."""
    with pytest.raises(ProblemError, match=line):
        problem.encode(text)


def test_prefixes() -> None:
    """Every beginning as long as the longest, with the letter after it."""
    x, y = Prefixes("ABCD").samples(0)[:2]

    np.testing.assert_array_equal([[0, 0, 0], [0, 0, 0.25], [0, 0.25, 0.5]], x[..., 0])
    assert [1, 2, 3] == list(y.argmax(-1))


def test_a_letter_alone_is_padded_as_a_prefix() -> None:
    """What is asked has the shape of what was trained on."""
    np.testing.assert_array_equal([[0], [0], [0.75]], Prefixes("ABCD").encode("D"))


def test_constant_inputs_keep_the_targets() -> None:
    """Letters cannot be told from one another any more, what follows them is as it was."""
    plain, constant = Windows(3).samples(0), Constant(Windows(3), 0.5).samples(0)

    np.testing.assert_array_equal(np.full((23, 3, 1), 0.5), constant.x)
    np.testing.assert_array_equal(plain.y, constant.y)
    np.testing.assert_array_equal(np.zeros((1, 1)), Constant(Windows()).encode("K"))


def test_constant_inputs_vary_as_the_other_problem_does() -> None:
    """So that seeds of a drawn problem keep their own targets."""
    assert not Constant(Windows()).varies
    assert Constant(Relabelled(Windows())).varies


def test_together() -> None:
    """One problem's samples after the other's."""
    windows, letters = Windows(3, symbols="ABCDE"), Letters(copies=3, symbols="ABCDE")
    x, y = Together(windows, letters).samples(0)[:2]

    np.testing.assert_array_equal(np.concatenate([windows.samples(0).x, letters.samples(0).x]), x)
    assert [3, 4, 1, 2, 3, 4] == list(y.argmax(-1))
    np.testing.assert_array_equal(windows.encode("ABC"), Together(windows, letters).encode("ABC"))


def test_together_varies_as_its_parts_do() -> None:
    """Held-out samples are others for every seed."""
    assert not Together(Windows(3), Letters(copies=3)).varies
    assert Together(Without(Windows(3), 4), Letters(copies=3)).varies


def test_together_keeps_no_lengths() -> None:
    """They would be lost without a word."""
    with pytest.raises(ProblemError, match="got weights or lengths"):
        Together(Runs(count=3, padding="none"), Runs(count=3)).samples(0)
