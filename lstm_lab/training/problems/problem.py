"""The protocol of a problem: samples by seed, letters as samples, and the random numbers of a seed. NumPy only.

A problem is a frozen dataclass with

* `samples(seed) -> Samples`: the training set, the same arrays for the same seed in every process;
* `varies`: whether those arrays differ from seed to seed;
* `symbols`, `encode(text)`: the letters, and one sample for some of them, for probes by letters.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol, TypeVar, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Value = TypeVar("Value")


class Samples(NamedTuple):
    """The training set of one seed.

    Attributes:
        x: inputs, shape (N, T, F), or (N, F) for networks without time, float32.
        y: targets, shape (N, C) one-hot, or whatever shape the network's output has, float32.
        weight: weights of the samples (N,) or of their time steps (N, T) in the loss, None for equal weights.
        lengths: time steps of each sample, shape (N,), where they differ; x is then padded on the right with
            any numbers, which the compiled loop and the reference mask.
    """

    x: Floats
    y: Floats
    weight: Floats | None = None
    lengths: NDArray[np.int_] | None = None

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays that are not None, by their names in a batch; lengths as a mask (N, T)."""
        present: dict[str, NDArray[Any]] = {"x": self.x, "y": self.y}
        if self.weight is not None:
            present["weight"] = self.weight
        if self.lengths is not None:
            present["mask"] = np.arange(self.x.shape[1]) < self.lengths[:, None]
        return present


@runtime_checkable
class Problem(Protocol):
    """The attributes of a problem that an experiment uses."""

    def __hash__(self) -> int:
        """Problems are values: caches are keyed by them."""

    @property
    def varies(self) -> bool:
        """Whether the samples differ from seed to seed."""

    @property
    def symbols(self) -> str:
        """The letters in the order of their codes."""

    def samples(self, seed: int) -> Samples:
        """The samples of one seed."""

    def encode(self, text: str) -> Floats:
        """One sample for `text`, shape (T, F)."""


def rng(seed: int, purpose: str) -> np.random.Generator:
    """The random numbers of one seed for one purpose ("data", "order"), independent of every other purpose."""
    return np.random.default_rng([seed, *purpose.encode()])


def read_only(value: Value) -> Value:
    """The same value; an array, or the arrays in a list or tuple, can no longer be changed in place.

    Claims share these arrays: a claim that changes one has to copy it.
    """
    if isinstance(value, np.ndarray):
        value.setflags(write=False)
    elif isinstance(value, list | tuple):
        for part in value:
            read_only(part)
    return value
