"""A problem of many time steps told in one: what is lost when a sequence becomes a vector. NumPy only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from lstm_lab.training.sequences import Floats, Problem, ProblemError, Samples


@dataclass(frozen=True)
class OneStep:
    """Another problem, its x of shape (N, T, F), as samples of one time step.

    Attributes:
        problem: the other problem.
        step: "mean" or "first" gives one sample for each of the other's, x (N, 1, F), the mean or the first of its time
            steps; "each" makes every time step a sample of its own with the targets of the whole, x (N * T, 1, F),
            those of one sample one after the other.
    """

    problem: Problem
    step: Literal["mean", "first", "each"]

    def __post_init__(self) -> None:
        if self.step not in ("mean", "first", "each"):
            raise ProblemError(f"step: got {self.step!r}, wanted 'mean', 'first' or 'each'")

    @property
    def varies(self) -> bool:
        """As the other problem."""
        return self.problem.varies

    @property
    def symbols(self) -> str:
        """Those of the other problem."""
        return self.problem.symbols

    def samples(self, seed: int) -> Samples:
        """The other problem's, told in one step."""
        whole = self.problem.samples(seed)
        if self.step == "each":
            return Samples(whole.x.reshape(-1, 1, whole.x.shape[-1]), np.repeat(whole.y, whole.x.shape[1], axis=0))
        x = whole.x.mean(axis=1, keepdims=True) if self.step == "mean" else whole.x[:, :1]
        return Samples(x, whole.y)

    def encode(self, text: str) -> Floats:
        """Refused: of "each", one text would be several samples."""
        raise ProblemError(f"text {text!r}: got letters for one step of a sequence, wanted numbers; ask with samples")
