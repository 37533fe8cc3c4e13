"""Runs of consecutive letters of different lengths, drawn or enumerated, with or without padding. NumPy only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from lstm_lab.training.errors import ProblemError
from lstm_lab.training.problems.alphabet import ALPHABET, codes_of, one_hot
from lstm_lab.training.problems.problem import Floats, Samples, rng


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
        random = rng(seed, "data")
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


@dataclass(frozen=True)
class Runs:
    """Random runs of consecutive letters of `shortest` to `longest` letters, as the article draws them, and variants.

    Attributes:
        count: runs drawn; 0 takes every run that the article's generator can draw and those that begin with the last
            but one letter once each, in order.
        shortest: letters at least.
        longest: letters at most.
        padding: "left" or "right" with `pad`, or "none": samples of different lengths.
        pad: the number that stands for no letter.
        wraps: whether the first letter follows the last one, so that a run may go on past it.
    """

    count: int = 1000
    shortest: int = 1
    longest: int = 5
    padding: Literal["left", "right", "none"] = "left"
    pad: float = 0.0
    wraps: bool = False
    symbols: str = ALPHABET

    @property
    def varies(self) -> bool:
        """Whether runs are drawn."""
        return self.count > 0

    def samples(self, seed: int) -> Samples:
        """x (N, longest, 1), y (N, letters)."""
        bounds = self._drawn(seed) if self.count else self._every()
        size = len(self.symbols)
        lengths = np.array([length for _, length in bounds])
        x = np.full((len(bounds), self.longest, 1), self.pad, dtype=np.float32)
        for row, (start, length) in enumerate(bounds):
            codes = (start + np.arange(length)) % size / size
            place = self.longest - length if self.padding == "left" else 0
            x[row, place : place + length, 0] = codes
        y = one_hot(np.array([(start + length) % size for start, length in bounds]), size)
        return Samples(x, y, lengths=lengths if self.padding == "none" else None)

    def encode(self, text: str) -> Floats:
        """A run as one sample, (longest, 1); without padding, (len(text), 1)."""
        if not 1 <= len(text) <= self.longest:
            raise ProblemError(f"run {text!r}: got {len(text)} letters, wanted 1 to {self.longest}")
        codes = (codes_of(text, self.symbols) / len(self.symbols)).astype(np.float32)[:, None]
        gap = 0 if self.padding == "none" else self.longest - len(text)
        before, after = (gap, 0) if self.padding == "left" else (0, gap)
        return np.pad(codes, ((before, after), (0, 0)), constant_values=self.pad)

    def _drawn(self, seed: int) -> list[tuple[int, int]]:
        """First letters and lengths. Without wrapping, the last letter is drawn as the article's generator does."""
        random, size = rng(seed, "data"), len(self.symbols)
        if self.wraps:
            drawn = random.integers([0, self.shortest], [size, self.longest + 1], size=(self.count, 2))
            return [(int(start), int(length)) for start, length in drawn]
        bounds = []
        for _ in range(self.count):
            start = int(random.integers(size - 1 - self.shortest))
            end = int(random.integers(start + self.shortest - 1, min(start + self.longest, size - 1)))
            bounds.append((start, end - start + 1))
        return bounds

    def _every(self) -> list[tuple[int, int]]:
        size = len(self.symbols)
        last = size if self.wraps else size - 1
        return [
            (start, length)
            for start in range(last)
            for length in range(self.shortest, self.longest + 1)
            if self.wraps or start + length <= last
        ]


@dataclass(frozen=True)
class Prefixes:
    """Every beginning of the alphabet with the letter that follows, zero-padded on the left to the longest of them."""

    symbols: str = ALPHABET
    varies = False

    def samples(self, seed: int) -> Samples:
        """x (N, N, 1), y (N, N + 1), for an alphabet of N + 1 letters; the shortest beginning first."""
        size = len(self.symbols)
        x = np.stack([self.encode(self.symbols[:length]) for length in range(1, size)])
        return Samples(x, one_hot(np.arange(1, size), size))

    def encode(self, text: str) -> Floats:
        """Letters as one sample, (N, 1), padded with zeros on the left."""
        return Runs(longest=len(self.symbols) - 1, symbols=self.symbols).encode(text)
