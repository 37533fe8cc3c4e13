"""Symbol sequences as arrays: codings, windows, random subsequences, padding. NumPy only.

A problem is a frozen dataclass with

* `samples(seed) -> Samples`: what is trained on, the same arrays for the same seed in every process;
* `varies`: whether those arrays differ from seed to seed;
* `symbols`, `encode(text)`: how letters become one sample, so that probes can ask in letters.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

ALPHABET = string.ascii_uppercase

Floats = NDArray[np.float32]
Framing = Literal["time_steps", "features"]


class ProblemError(ValueError):
    """A problem that cannot be built as asked; the message says what, got, wanted."""


class Samples(NamedTuple):
    """What one seed is trained on.

    Attributes:
        x: inputs, shape (N, T, F), or (N, F) for networks without time, float32.
        y: targets, shape (N, C) one-hot, or whatever shape the network's output has, float32.
        weight: weights of the samples (N,) or of their time steps (N, T) in the loss, None for all alike.
        lengths: time steps of each sample, shape (N,), where they differ; x is then padded on the right with
            anything, which neither the compiled loop nor the reference lets the network see.
    """

    x: Floats
    y: Floats
    weight: Floats | None = None
    lengths: NDArray[np.int_] | None = None

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Those that there are, by the names of a batch; lengths as a mask (N, T)."""
        present: dict[str, NDArray[Any]] = {"x": self.x, "y": self.y}
        if self.weight is not None:
            present["weight"] = self.weight
        if self.lengths is not None:
            present["mask"] = np.arange(self.x.shape[1]) < self.lengths[:, None]
        return present


@runtime_checkable
class Problem(Protocol):
    """What an experiment asks of its problem."""

    def __hash__(self) -> int:
        """Problems are values: the same problem is drawn, named and remembered once."""

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


def stream(seed: int, purpose: str) -> np.random.Generator:
    """The random numbers of one seed for one purpose ("data", "order"), independent of every other purpose."""
    return np.random.default_rng([seed, *purpose.encode()])


def one_hot(codes: NDArray[np.int_], classes: int) -> Floats:
    """Targets as rows of the unit matrix: codes of shape (...) to shape (..., classes)."""
    return np.eye(classes, dtype=np.float32)[codes]


def codes_of(text: str, symbols: str) -> NDArray[np.int_]:
    """Positions of the letters of `text` in `symbols`, shape (len(text),)."""
    unknown = sorted(set(text) - set(symbols))
    if unknown:
        raise ProblemError(f"letters: got {''.join(unknown)!r}, wanted letters of {symbols!r}")
    return np.array([symbols.index(letter) for letter in text], dtype=np.int_)


@dataclass(frozen=True)
class Windows:
    """Every window of `length` consecutive letters, with the letter that follows as its target.

    Inputs are codes divided by the size of the alphabet, so they lie in [0, 1).

    Attributes:
        length: letters in a window.
        framing: "time_steps" gives samples of shape (length, 1), "features" of shape (1, length).
        first: position of the first letter of the first window (2 leaves out the windows that begin with A and B).
        symbols: the alphabet.
    """

    length: int = 1
    framing: Framing = "time_steps"
    first: int = 0
    symbols: str = ALPHABET
    varies = False

    def __post_init__(self) -> None:
        if self.framing not in ("time_steps", "features"):
            raise ProblemError(f"framing: got {self.framing!r}, wanted 'time_steps' or 'features'")
        if not 1 <= self.length < len(self.symbols):
            raise ProblemError(f"length: got {self.length}, wanted 1 to {len(self.symbols) - 1} letters")
        if not 0 <= self.first < len(self.symbols) - self.length:
            raise ProblemError(f"first: got {self.first}, wanted 0 to {len(self.symbols) - self.length - 1}")

    def samples(self, seed: int) -> Samples:
        """All windows in order: x (N, length, 1) or (N, 1, length); y (N, len(symbols)). The same for every seed."""
        starts = range(self.first, len(self.symbols) - self.length)
        x = np.stack([self.encode(self.symbols[start : start + self.length]) for start in starts])
        targets = np.array([start + self.length for start in starts])
        return Samples(x, one_hot(targets, len(self.symbols)))

    def encode(self, text: str) -> Floats:
        """A window as one sample: shape (length, 1) or (1, length)."""
        if len(text) != self.length:
            raise ProblemError(f"window {text!r}: got {len(text)} letters, wanted {self.length}")
        scaled = (codes_of(text, self.symbols) / len(self.symbols)).astype(np.float32)
        return scaled[:, None] if self.framing == "time_steps" else scaled[None, :]


@dataclass(frozen=True)
class Subsequences:
    """Random runs of consecutive letters, zero-padded on the left, with the letter that follows as target.

    The article's generator: the first letter is drawn from all but the last two letters, the last one from the
    first letter onward, at most `longest` letters and never the last letter of the alphabet. So a run that begins
    with the last but one letter is never drawn. The code of the first letter is 0, which is also the padding:
    "B" and "AB" are the same sample.
    """

    count: int = 1000
    longest: int = 5
    symbols: str = ALPHABET
    varies = True

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ProblemError(f"count: got {self.count}, wanted at least 1")
        if self.longest < 1:
            raise ProblemError(f"longest: got {self.longest}, wanted at least 1 letter")
        if len(self.symbols) < 3:
            raise ProblemError(f"symbols: got {self.symbols!r}, wanted at least 3 letters")

    def samples(self, seed: int) -> Samples:
        """x (count, longest, 1), y (count, len(symbols)); drawn anew for every seed."""
        random = stream(seed, "data")
        x = np.zeros((self.count, self.longest, 1), dtype=np.float32)
        targets = np.empty(self.count, dtype=np.int_)
        size = len(self.symbols)
        for row in range(self.count):
            start = int(random.integers(size - 2))
            end = int(random.integers(start, min(start + self.longest, size - 1)))
            x[row] = self.encode(self.symbols[start : end + 1])
            targets[row] = end + 1
        return Samples(x, one_hot(targets, size))

    def encode(self, text: str) -> Floats:
        """A run of 1 to `longest` letters as one sample, shape (longest, 1), padded with zeros on the left."""
        if not 1 <= len(text) <= self.longest:
            raise ProblemError(f"run {text!r}: got {len(text)} letters, wanted 1 to {self.longest}")
        padded = np.zeros((self.longest, 1), dtype=np.float32)
        padded[self.longest - len(text) :, 0] = codes_of(text, self.symbols) / len(self.symbols)
        return padded
