"""A problem of somebody's own: held to what problems are where its samples are first asked for."""

from dataclasses import dataclass

import numpy as np
import pytest

from lstm_lab import Relabelled, Samples, Windows
from lstm_lab.training.errors import ProblemError
from lstm_lab.training.problems.sample_shapes import sample_shapes

X, Y = np.zeros((3, 1, 1), np.float32), np.eye(3, dtype=np.float32)


@dataclass(frozen=True)
class Given:
    """What its name says is what it returns."""

    what: str = "sound"
    varies = False
    symbols = "ABC"

    def samples(self, seed: int) -> Samples:
        """Sound or not."""
        return {
            "sound": lambda: Samples(X, Y),
            "tuple": lambda: (X, Y),
            "nothing": lambda: None,
            "long": lambda: Samples(X.astype(np.float64), Y),
            "lists": lambda: Samples(X.tolist(), Y),
            "whole weights": lambda: Samples(X, Y, np.ones(3, int)),
            "unequal": lambda: Samples(X, Y[:2]),
            "not finite": lambda: Samples(X + np.float32(np.nan), Y),
            "of no seed": lambda: Samples(np.random.random((3, 1, 1)).astype(np.float32), Y),  # noqa: NPY002
        }[self.what]()

    def encode(self, text: str) -> np.ndarray:
        """Not asked."""
        raise NotImplementedError


BAD = {
    "tuple": ": got tuple, wanted Samples(x, y)",
    "nothing": ": got NoneType, wanted Samples(x, y)",
    "long": ", x: got float64, wanted float32, `np.asarray(x, np.float32)`",
    "lists": ", x: got list, wanted float32, `np.asarray(x, np.float32)`",
    "whole weights": ", weight: got int64, wanted float32, `np.asarray(weight, np.float32)`",
    "unequal": ": got 3 samples in x and targets of shape (2, 3), wanted 3 of them",
    "not finite": ", x: got nan at (0, 0, 0), wanted finite numbers",
    "of no seed": ": got other arrays when asked again, wanted the same for the same seed; draw with ",
}


@pytest.mark.parametrize(("what", "line"), BAD.items(), ids=BAD)
@pytest.mark.parametrize("within", [lambda problem: problem, Relabelled], ids=["by itself", "in another"])
def test_what_is_no_problem_is_one_line(within, what, line) -> None:
    """By itself, and where a problem of the lab changes it."""
    with pytest.raises(ProblemError) as error:
        sample_shapes(within(Given(what)))

    assert str(error.value).startswith(f"problem Given, seed 0{line}")
    assert 1 == len(str(error.value).splitlines())


@pytest.mark.parametrize("problem", [Given(), Relabelled(Given()), Windows(symbols="ABCD")])
def test_what_is_one_has_shapes(problem) -> None:
    """Those of its arrays."""
    assert {"x": (3, 1, 1), "y": problem.samples(0).y.shape} == sample_shapes(problem)
