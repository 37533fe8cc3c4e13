"""A sine, files of frames, and sequences told in one time step: exact arrays."""

import numpy as np
import pytest

from lstm_lab import Frames, OneStep, Sine
from lstm_lab.training.errors import ProblemError

FILES = Frames(files=3, frames=4, features=2)


@pytest.mark.parametrize(("step", "count"), [("mean", 3), ("first", 3), ("each", 12)])
def test_one_step_of_all_features(step, count) -> None:
    """One sample for each file, or for each of its frames, with the class of the file."""
    x, y = OneStep(FILES, step).samples(1)[:2]

    assert ((count, 1, 2), (count, 2)) == (x.shape, y.shape)
    np.testing.assert_array_equal(np.repeat(FILES.samples(1).y, count // 3, axis=0), y)


def test_what_the_step_holds() -> None:
    """The mean frame, the first one, or each in its turn."""
    whole = FILES.samples(1).x

    np.testing.assert_array_equal(whole.mean(axis=1), OneStep(FILES, "mean").samples(1).x[:, 0])
    np.testing.assert_array_equal(whole[:, 0], OneStep(FILES, "first").samples(1).x[:, 0])
    np.testing.assert_array_equal(whole[1, 2], OneStep(FILES, "each").samples(1).x[6, 0])


def test_it_varies_as_the_other_problem() -> None:
    """And has no letters of its own."""
    assert OneStep(FILES, "mean").varies
    assert "" == OneStep(FILES, "mean").symbols


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (lambda: OneStep(FILES, "last"), "step: got 'last', wanted 'mean', 'first' or 'each'"),
        (lambda: OneStep(FILES, "mean").encode("A"), "text 'A': got letters for one step of a sequence"),
    ],
    ids=["step", "letters"],
)
def test_what_does_not_fit_is_refused(asked, line) -> None:
    """One line names what, got and wanted."""
    with pytest.raises(ProblemError, match=line):
        asked()


def test_sine() -> None:
    """Stretches that follow one another, each value's target the next value."""
    x, y = Sine(windows=3, length=4, step=0.5, begin=1.0).samples(0)[:2]

    np.testing.assert_allclose(np.sin(1 + 0.5 * np.arange(12)), x.ravel(), atol=1e-6)
    np.testing.assert_allclose(np.sin(1.5 + 0.5 * np.arange(12)), y.ravel(), atol=1e-6)
    assert (3, 4, 1) == x.shape == y.shape
    assert np.float32 == x.dtype == y.dtype


def test_frames_rise_or_fall() -> None:
    """Without noise each feature climbs by one in one class and falls by one in the other, both classes drawn."""
    x, y = Frames(files=50, noise=0.0).samples(3)[:2]

    climb = np.where(y.argmax(-1) == 1, 1.0, -1.0)
    assert ((50, 20, 13), (50, 2)) == (x.shape, y.shape)
    np.testing.assert_allclose(np.broadcast_to(climb[:, None], (50, 13)), x[:, -1] - x[:, 0], atol=1e-6)
    assert {0, 1} == set(y.argmax(-1))


def test_frames_in_the_other_order_are_the_other_class() -> None:
    """The mean frame of a file is its level, whatever the class."""
    x, y = Frames(files=4000, noise=0.0).samples(0)[:2]
    level = x.mean(axis=(1, 2))

    assert abs(level[y[:, 1] == 1].mean() - level[y[:, 1] == 0].mean()) < 0.1
    assert abs(level.std() - 1) < 0.05


def test_frames_held_out_are_other_files() -> None:
    """Of the same seed, and other ones for another seed."""
    trained, held_out = (Frames(files=3, draw=draw).samples(0).x for draw in ("data", "held out"))

    assert (trained != held_out).all()
    assert (trained != Frames(files=3).samples(1).x).all()
    np.testing.assert_array_equal(trained, Frames(files=3).samples(0).x)


@pytest.mark.parametrize("problem", [Sine(), Frames()])
def test_numbers_are_not_asked_in_letters(problem) -> None:
    """One line names what, got and wanted."""
    with pytest.raises(ProblemError, match="letters 'K': got letters for"):
        problem.encode("K")
