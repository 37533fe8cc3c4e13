"""The alphabet as problems: windows of letters and single letters, in several codings. NumPy only."""

from __future__ import annotations

import string
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lstm_lab.training.errors import ProblemError
from lstm_lab.training.problems.problem import Floats, Samples, rng

ALPHABET = string.ascii_uppercase
Framing = Literal["time_steps", "features"]


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


Coding = Literal["fraction", "tenth", "raw", "symmetric", "standard", "one_hot"]


def coded(codes: NDArray[np.int_], letters: int, coding: Coding) -> Floats:
    """Letter codes as numbers: shape (..., 1), or (..., letters) for "one_hot".

    Args:
        codes: 0 to letters - 1.
        letters: size of the alphabet.
        coding: "fraction" code / letters, as in the article; "tenth" a tenth of that; "raw" the code itself;
            "symmetric" evenly from -1 to 1; "standard" with mean 0 and standard deviation 1 over the alphabet.
    """
    if coding == "one_hot":
        return one_hot(codes, letters)
    spread = np.arange(letters).std()
    scaled = {
        "fraction": codes / letters,
        "tenth": codes / (10 * letters),
        "raw": codes * 1.0,
        "symmetric": 2 * codes / (letters - 1) - 1,
        "standard": (codes - (letters - 1) / 2) / spread,
    }
    if coding not in scaled:
        raise ProblemError(f"coding: got {coding!r}, wanted one of {', '.join((*scaled, 'one_hot'))}")
    numbers: Floats = scaled[coding][..., None].astype(np.float32)
    return numbers


@dataclass(frozen=True)
class Letters:
    """One letter, given `copies` times, with the letter that follows: the article's first problem, in several codings.

    Attributes:
        coding: how a letter becomes numbers.
        copies: number of copies of the letter, as time steps or as features of one step.
        framing: "time_steps" (copies, F), "features" (1, copies * F), or "flat" (copies * F,) for networks without
            time.
        first: position of the first letter.
    """

    coding: Coding = "fraction"
    copies: int = 1
    framing: Literal["time_steps", "features", "flat"] = "time_steps"
    first: int = 0
    symbols: str = ALPHABET
    varies = False

    def samples(self, seed: int) -> Samples:
        """Every letter but the last, in order."""
        letters = self.symbols[self.first : -1]
        x = np.stack([self.encode(letter) for letter in letters])
        return Samples(x, one_hot(np.arange(self.first + 1, len(self.symbols)), len(self.symbols)))

    def encode(self, text: str) -> Floats:
        """One letter as one sample."""
        if len(text) != 1:
            raise ProblemError(f"letter: got {text!r}, wanted one letter")
        return framed(
            np.repeat(coded(codes_of(text, self.symbols), len(self.symbols), self.coding), self.copies, axis=0),
            self.framing,
        )


def framed(steps: Floats, framing: str) -> Floats:
    """Time steps (T, F) as they are, as features of one step (1, T * F), or flat (T * F,)."""
    if framing == "time_steps":
        return steps
    return steps.reshape(1, -1) if framing == "features" else steps.reshape(-1)


@dataclass(frozen=True)
class Scrambled:
    """One letter and the letter that follows, with the codes of the letters shuffled anew for every seed.

    Each letter still has one code and one successor, but neighbours in the alphabet are no neighbours in the input.
    """

    symbols: str = ALPHABET
    varies = True

    def samples(self, seed: int) -> Samples:
        """x (N, 1, 1), y (N, letters), the letters in alphabetical order."""
        letters = len(self.symbols)
        codes = rng(seed, "codes").permutation(letters)
        return Samples(coded(codes[:-1], letters, "fraction")[:, None], one_hot(np.arange(1, letters), letters))

    def encode(self, text: str) -> Floats:
        """Refused: what code a letter has depends on the seed."""
        raise ProblemError(f"letter {text!r}: its code differs from seed to seed; ask with the samples of a member")
