"""Sequences told in one time step: exact arrays."""

import numpy as np
import pytest

from lstm_lab import Frames, OneStep
from lstm_lab.training.sequences import ProblemError

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
