"""Own data: what is taken, what is refused, and what names it."""

import numpy as np
import own_builders as own
import pytest

from lstm_lab import Arrays, Drawn, Samples
from lstm_lab.training.errors import ExperimentError, ProblemError
from lstm_lab.training.identity.canonical import canonical_json


def test_arrays_are_taken_as_float32_and_kept_from_change() -> None:
    """Lists, booleans, whole numbers; a later change of the original changes nothing."""
    x = np.ones((2, 1, 1))
    data = Arrays(x, [[True], [False]], [1, 2])
    x[:] = 7
    samples = data.samples(5)

    assert ["float32"] * 3 == [str(array.dtype) for array in samples[:3]]
    assert [1.0, 1.0] == samples.x.ravel().tolist()
    with pytest.raises(ValueError, match="read-only"):
        samples.x[:] = 3


def test_the_same_numbers_are_the_same_data() -> None:
    """Equality, hash and name follow the content; one number more or less is another problem."""
    data, other = Arrays(own.X, own.Y), Arrays(own.X + 1e-6, own.Y)

    assert (data, hash(data), canonical_json(data)) == (
        again := Arrays(own.X.tolist(), own.Y),
        hash(again),
        canonical_json(again),
    )
    assert data != other
    assert canonical_json(data) != canonical_json(other)
    assert canonical_json(data) != canonical_json(Arrays(own.X, own.Y, np.ones(8)))


@pytest.mark.parametrize(
    ("x", "y", "weight", "line"),
    [
        (own.X, own.Y[:7], None, r"data: got x of 8|data: got 8 samples in x and targets of shape \(7, 9\), wanted 8"),
        (own.X.ravel(), own.Y, None, r"data, x: got shape \(8,\), wanted \(N, T, F\)"),
        (own.X[:0], own.Y[:0], None, r"data, x: got shape \(0, 1, 1\), wanted \(N, T, F\)"),
        (np.where(own.X == 0, np.nan, own.X), own.Y, None, r"data, x: got nan at \(0, 0, 0\), wanted finite numbers"),
        (own.X, np.where(own.Y == 1, np.inf, 0), None, r"data, y: got inf at \(0, 1\), wanted finite numbers"),
        (own.X.astype(str), own.Y, None, "data, x: got values of type <U32, wanted numbers"),
        ([[[1]], [[1, 2]]], [0, 1], None, "data, x: got no array"),
        (own.X + 1e39, own.Y, None, "data, x: got numbers as large as 1e.39, wanted such as float32 can hold"),
        (own.X, np.arange(8) + 2**24, None, "data, y: got numbers as large as 16777223"),
        (own.X, own.Y, np.ones(3), r"data, weight: got shape \(3,\)"),
        (own.X, own.Y, -np.ones(8), "data, weight: .* a least of -1"),
        (own.X, None, None, "data, y: got values of type object"),
    ],
    ids=[
        "lengths",
        "one axis",
        "nothing",
        "not a number",
        "infinite",
        "texts",
        "ragged",
        "too large",
        "whole numbers too large",
        "weights",
        "negative weights",
        "no targets",
    ],
)
def test_what_cannot_be_trained_on_is_one_line(x, y, weight, line) -> None:
    """What, got, wanted."""
    with pytest.raises(ProblemError, match=line):
        Arrays(x, y, weight)


def test_without_letters_no_letters_are_understood() -> None:
    """What to do instead is said."""
    with pytest.raises(ProblemError, match=r"text 'A': got own data that know no letters; .* `member.outputs\(x\)`"):
        Arrays(own.X, own.Y).encode("A")


def test_drawn_for_each_seed() -> None:
    """The same arrays for the same seed, others for another; the name follows the draws."""
    data = Drawn(own.echo)

    assert np.array_equal(data.samples(3).x, data.samples(3).x)
    assert not np.array_equal(data.samples(3).x, data.samples(4).x)
    assert data.content((0, 1)) != data.content((0, 2))


def unseeded(seed):
    """Others at every call."""
    return np.random.default_rng().normal(size=(4, 1, 1)), np.ones(4)


def growing(seed):
    """More for a later seed."""
    return np.ones((seed + 2, 1, 1)), np.ones(seed + 2)


def alone(seed):
    """No targets."""
    return np.ones((4, 1, 1))


def wrong_lengths(seed):
    """A sample longer than all."""
    return Samples(np.ones((2, 3, 1)), np.ones(2), lengths=np.array([1, 4]))


@pytest.mark.parametrize(
    ("function", "line"),
    [
        (unseeded, "data unseeded, seed 1: got other arrays when drawn again"),
        (growing, r"data growing: got x \(3, 1, 1\), y \(3,\) for seed 1 and x \(2, 1, 1\), y \(2,\) for seed 0"),
        (alone, r"data alone, seed 1: got ndarray, wanted \(x, y\)"),
        (wrong_lengths, "got lengths of shape .* wanted one from 1 to 3"),
    ],
    ids=["unseeded", "growing", "no targets", "lengths"],
)
def test_what_is_drawn_badly_is_one_line(function, line) -> None:
    """What, got, wanted."""
    with pytest.raises(ProblemError, match=line):
        Drawn(function).samples(1)


def test_a_function_that_nobody_finds_is_refused() -> None:
    """A lambda, one made inside a function, one of an installed package, and no function at all."""

    def inside(seed):
        return own.echo(seed)

    for function, line in (
        (lambda seed: own.echo(seed), "data: got a lambda, wanted a function defined by `def` at the top of a file"),
        (inside, "data: got inside, made inside a function"),
        (np.ones, "data: got numpy.ones, whose code is not followed"),
        (3, "data: got 3, wanted a function"),
    ):
        with pytest.raises(ExperimentError, match=line):
            Drawn(function)


@pytest.mark.parametrize("problem", [Arrays([[[1.0]]], [[2.0]]), Drawn(own.echo)], ids=["arrays", "drawn"])
def test_samples_cannot_be_changed_in_place(problem) -> None:
    """They are remembered, and given to whoever asks next."""
    for array in problem.samples(1)[:2]:
        with pytest.raises(ValueError, match="read-only"):
            array[...] += 1
