"""Other problems over the letters: what a claim changes to find out what made the difference. NumPy only.

Shapes: x (N, T, F) or (N, F), y (N, number of letters) one-hot. A problem that varies is drawn anew for every seed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lstm_lab.training.errors import ProblemError
from lstm_lab.training.problems.problem import Floats, Problem, Samples, rng


@dataclass(frozen=True)
class Relabelled:
    """Another problem whose targets are renamed by a permutation, another for every seed: no order, as learnable."""

    problem: Problem
    varies = True

    @property
    def symbols(self) -> str:
        """Those of the other problem."""
        return self.problem.symbols

    def samples(self, seed: int) -> Samples:
        """The other problem's, y permuted along its last axis."""
        plain = self.problem.samples(seed)
        return plain._replace(y=plain.y[..., rng(seed, "labels").permutation(plain.y.shape[-1])])

    def encode(self, text: str) -> Floats:
        """As the other problem."""
        return self.problem.encode(text)


@dataclass(frozen=True)
class Without:
    """Another problem with `count` of its samples held out, others for every seed.

    `held_out` gives those; in a set in which each sample is the only carrier of its target nothing can predict them.
    """

    problem: Problem
    count: int
    varies = True

    @property
    def symbols(self) -> str:
        """Those of the other problem."""
        return self.problem.symbols

    def samples(self, seed: int) -> Samples:
        """What is trained on."""
        return _rows(self.problem.samples(seed), self._split(seed)[self.count :])

    def held_out(self, seed: int) -> Samples:
        """What is not."""
        return _rows(self.problem.samples(seed), self._split(seed)[: self.count])

    def encode(self, text: str) -> Floats:
        """As the other problem."""
        return self.problem.encode(text)

    def _split(self, seed: int) -> NDArray[np.int_]:
        count = len(self.problem.samples(seed).x)
        order = rng(seed, "held out").permutation(count)
        return np.concatenate([order[: self.count], np.sort(order[self.count :])])


def _rows(samples: Samples, rows: NDArray[np.int_]) -> Samples:
    return Samples._make(None if array is None else array[rows] for array in samples)


@dataclass(frozen=True)
class Constant:
    """Another problem whose inputs are the number `value` throughout: how many there were is all they tell."""

    problem: Problem
    value: float = 0.0

    @property
    def varies(self) -> bool:
        """As the other problem."""
        return self.problem.varies

    @property
    def symbols(self) -> str:
        """Those of the other problem."""
        return self.problem.symbols

    def samples(self, seed: int) -> Samples:
        """The other problem's targets, x of the same shape."""
        told = self.problem.samples(seed)
        return told._replace(x=np.full_like(told.x, self.value))

    def encode(self, text: str) -> Floats:
        """Whatever the letters, of the shape that the other problem gives them."""
        return np.full_like(self.problem.encode(text), self.value)


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
