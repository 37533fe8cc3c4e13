"""The shapes of the samples of a problem, and the check of a problem of one's own where they are first asked for."""

from __future__ import annotations

import dataclasses
import functools

import numpy as np

from lstm_lab.training.errors import ProblemError
from lstm_lab.training.identity import canonical_json
from lstm_lab.training.problems.arrays import samples_of
from lstm_lab.training.problems.problem import Problem, Samples

LAB = f"{__name__.partition('.')[0]}."


@functools.cache
def sample_shapes(problem: Problem) -> dict[str, tuple[int, ...]]:
    """The shapes of the arrays of its samples by name, each (N, ...); the same for every seed.

    Raises ProblemError for a problem of one's own, in another one or by itself, that returns something else than
    `Samples` of float32, or other ones when asked again.
    """
    if not type(problem).__module__.startswith(LAB):
        _check(problem)
    for field in dataclasses.fields(problem):  # type: ignore[arg-type]  # problems are dataclasses
        within = getattr(problem, field.name)
        if isinstance(within, Problem):
            sample_shapes(within)
    return {name: array.shape for name, array in problem.samples(0).arrays().items()}


def input_shape(problem: Problem) -> tuple[int, ...]:
    """The shape of the inputs, (N, T, F) or (N, F)."""
    return sample_shapes(problem)["x"]


def _check(problem: Problem) -> None:
    """Raises ProblemError where the samples of seed 0 are not as they have to be."""
    what = f"problem {type(problem).__name__}, seed 0"
    first = problem.samples(0)
    if not isinstance(first, Samples):
        raise ProblemError(f"{what}: got {type(first).__name__}, wanted Samples(x, y)")
    samples_of(first, what)
    for name, array in (("x", first.x), ("y", first.y), ("weight", first.weight)):
        kind = getattr(array, "dtype", type(array).__name__)
        if array is not None and kind != np.float32:
            raise ProblemError(f"{what}, {name}: got {kind}, wanted float32, `np.asarray({name}, np.float32)`")
    if canonical_json(list(first)) != canonical_json(list(problem.samples(0))):
        raise ProblemError(
            f"{what}: got other arrays when asked again, wanted the same for the same seed; "
            "draw with np.random.default_rng(seed)"
        )
