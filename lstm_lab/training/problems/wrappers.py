"""Problems that change the targets, the samples or the inputs of another one. NumPy only.

Shapes are those of the other problem unless said otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lstm_lab.training.errors import ProblemError
from lstm_lab.training.problems.problem import Floats, Problem, Samples, rng


@dataclass(frozen=True)
class Wrapper:
    """The base of problems that change another one; letters and `varies` are those of the other problem."""

    problem: Problem

    @property
    def varies(self) -> bool:
        """As the other problem."""
        return self.problem.varies

    @property
    def symbols(self) -> str:
        """Those of the other problem."""
        return self.problem.symbols

    def encode(self, text: str) -> Floats:
        """As the other problem."""
        return self.problem.encode(text)


@dataclass(frozen=True)
class Relabelled(Wrapper):
    """Another problem whose classes are permuted, differently for every seed: no order, equally learnable."""

    varies = True

    def samples(self, seed: int) -> Samples:
        """The other problem's, y permuted along its last axis."""
        samples = self.problem.samples(seed)
        return samples._replace(y=samples.y[..., rng(seed, "labels").permutation(samples.y.shape[-1])])


@dataclass(frozen=True)
class Without(Wrapper):
    """Another problem without `count` of its samples, drawn for every seed.

    `held_out` returns those. Where each target occurs in one sample only, no model can predict them.
    """

    count: int
    varies = True

    def samples(self, seed: int) -> Samples:
        """The other samples, in their order."""
        return _rows(self.problem.samples(seed), self._split(seed)[self.count :])

    def held_out(self, seed: int) -> Samples:
        """The samples that are left out."""
        return _rows(self.problem.samples(seed), self._split(seed)[: self.count])

    def _split(self, seed: int) -> NDArray[np.int_]:
        count = len(self.problem.samples(seed).x)
        order = rng(seed, "held out").permutation(count)
        return np.concatenate([order[: self.count], np.sort(order[self.count :])])


def _rows(samples: Samples, rows: NDArray[np.int_]) -> Samples:
    return Samples._make(None if array is None else array[rows] for array in samples)


@dataclass(frozen=True)
class Constant(Wrapper):
    """Another problem whose inputs all are the number `value`: only the number of time steps is information."""

    value: float = 0.0

    def samples(self, seed: int) -> Samples:
        """The other problem's targets, x of the same shape."""
        samples = self.problem.samples(seed)
        return samples._replace(x=np.full_like(samples.x, self.value))

    def encode(self, text: str) -> Floats:
        """Whatever the letters, of the shape that the other problem gives them."""
        return np.full_like(self.problem.encode(text), self.value)


@dataclass(frozen=True)
class OneStep(Wrapper):
    """Another problem, its x of shape (N, T, F), as samples of one time step.

    Attributes:
        problem: the other problem.
        step: "mean" or "first" gives one sample for each of the other's, x (N, 1, F), the mean or the first of its time
            steps; "each" makes every time step a sample of its own with the targets of the whole, x (N * T, 1, F),
            those of one sample one after the other.
    """

    step: Literal["mean", "first", "each"]

    def __post_init__(self) -> None:
        if self.step not in ("mean", "first", "each"):
            raise ProblemError(f"step: got {self.step!r}, wanted 'mean', 'first' or 'each'")

    def samples(self, seed: int) -> Samples:
        """The other problem's, in one step."""
        x, y = self.problem.samples(seed)[:2]
        if self.step == "each":
            return Samples(x.reshape(-1, 1, x.shape[-1]), np.repeat(y, x.shape[1], axis=0))
        return Samples(x.mean(axis=1, keepdims=True) if self.step == "mean" else x[:, :1], y)

    def encode(self, text: str) -> Floats:
        """Refused: of "each", one text would be several samples."""
        raise ProblemError(f"text {text!r}: got letters for one step of a sequence, wanted numbers; ask with samples")


@dataclass(frozen=True)
class Together:
    """The samples of two problems of one shape and one alphabet as one set, those of the first one first."""

    first: Problem
    second: Problem

    @property
    def varies(self) -> bool:
        """Whether one of them does."""
        return self.first.varies or self.second.varies

    @property
    def symbols(self) -> str:
        """Those of the first problem."""
        return self.first.symbols

    def samples(self, seed: int) -> Samples:
        """x (N + M, T, F), y (N + M, letters). Refused for samples with weights or lengths."""
        parts = [problem.samples(seed) for problem in (self.first, self.second)]
        if any(part.weight is not None or part.lengths is not None for part in parts):
            raise ProblemError("two problems together: got weights or lengths, wanted samples that have none")
        return Samples(np.concatenate([part.x for part in parts]), np.concatenate([part.y for part in parts]))

    def encode(self, text: str) -> Floats:
        """As the first problem."""
        return self.first.encode(text)
