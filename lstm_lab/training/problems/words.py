"""Problems whose targets are several letters, after comments 5, 8 and 9 on the article. NumPy only.

Shapes: x (N, longest, 1), letter codes divided by the size of the alphabet; y (N, letters ahead, size of the
alphabet) one-hot, or (N, letters ahead) where the answer is letter codes as numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from lstm_lab.training.errors import ProblemError
from lstm_lab.training.problems.alphabet import ALPHABET, codes_of, one_hot
from lstm_lab.training.problems.problem import Floats, Samples
from lstm_lab.training.problems.repeated_text import drawn_runs


def padded(text: str, longest: int, symbols: str) -> Floats:
    """Letters as one sample: shape (longest, 1), codes divided by the size of the alphabet, zeros on the left."""
    if not 1 <= len(text) <= longest:
        raise ProblemError(f"run {text!r}: got {len(text)} letters, wanted 1 to {longest}")
    steps = np.zeros((longest, 1), dtype=np.float32)
    steps[longest - len(text) :, 0] = codes_of(text, symbols) / len(symbols)
    return steps


@dataclass(frozen=True)
class Continuations:
    """Runs of consecutive letters, zero-padded on the left, with the `ahead` letters that follow as the target.

    Attributes:
        shortest: letters of a run at least.
        longest: letters of a run at most.
        ahead: letters that follow.
        count: runs drawn as the article draws its subsequences; 0 takes every run once, in order.
        targets: "one_hot" (N, ahead, letters), "codes" (N, ahead) from 0 to 25, or "fractions" of those of the size
            of the alphabet.
        symbols: the alphabet.
    """

    shortest: int = 4
    longest: int = 4
    ahead: int = 3
    count: int = 0
    targets: Literal["one_hot", "codes", "fractions"] = "one_hot"
    symbols: str = ALPHABET

    def __post_init__(self) -> None:
        if self.targets not in ("one_hot", "codes", "fractions"):
            raise ProblemError(f"targets: got {self.targets!r}, wanted 'one_hot', 'codes' or 'fractions'")
        least = self.shortest + self.ahead + 1
        if min(self.shortest, self.ahead) < 1 or self.longest < self.shortest or len(self.symbols) < least:
            raise ProblemError(
                f"runs: got {self.shortest} to {self.longest} letters and {self.ahead} ahead of {self.symbols!r}, "
                "wanted at least 1 each, the shortest first, and an alphabet with room for two runs"
            )

    @property
    def varies(self) -> bool:
        """Whether runs are drawn."""
        return self.count > 0

    def runs(self, seed: int) -> list[tuple[int, int]]:
        """First letter and length of each run of a seed, in the order of the samples."""
        return drawn_runs(seed, len(self.symbols) - self.ahead + 1, self.count, self.shortest, self.longest)

    def samples(self, seed: int) -> Samples:
        """x (N, longest, 1), y as `targets` says."""
        runs = self.runs(seed)
        x = np.stack([self.encode(self.symbols[start : start + length]) for start, length in runs])
        codes = np.array([start + length for start, length in runs])[:, None] + np.arange(self.ahead)
        size = len(self.symbols)
        if self.targets == "one_hot":
            return Samples(x, one_hot(codes, size))
        return Samples(x, (codes / (size if self.targets == "fractions" else 1)).astype(np.float32))

    def encode(self, text: str) -> Floats:
        """A run as one sample, (longest, 1)."""
        return padded(text, self.longest, self.symbols)


@dataclass(frozen=True)
class AmbiguousWords:
    """One input that several words follow equally often: letters predicted independently can mix the words.

    Attributes:
        given: the input.
        words: what follows it, words of one length.
        copies: how often each word follows.
        at_once: whether a sample's target is the whole word, y (N, word, letters); otherwise it is one letter,
            y (N, letters), and the letters so far move into the input, the oldest out of it.
        symbols: the alphabet.
    """

    given: str = "BCDE"
    words: tuple[str, ...] = ("FGH", "QRS")
    copies: int = 10
    at_once: bool = True
    symbols: str = ALPHABET
    varies = False

    def __post_init__(self) -> None:
        if not self.words or len({len(word) for word in self.words}) != 1 or self.copies < 1:
            raise ProblemError(f"words: got {self.words} {self.copies} times, wanted words of one length, once or more")

    def samples(self, seed: int) -> Samples:
        """x (N, letters given, 1); N is copies * words, and with single letters as targets that for each letter."""
        words = list(self.words) * self.copies
        if self.at_once:
            x = np.stack([self.encode(self.given)] * len(words))
            return Samples(x, one_hot(np.stack([codes_of(word, self.symbols) for word in words]), len(self.symbols)))
        steps = [(self.before(word[:place]), word[place]) for word in words for place in range(len(word))]
        targets = codes_of("".join(letter for _, letter in steps), self.symbols)
        return Samples(np.stack([self.encode(before) for before, _ in steps]), one_hot(targets, len(self.symbols)))

    def before(self, answered: str) -> str:
        """The input after the letters `answered`."""
        return (self.given + answered)[len(answered) :]

    def encode(self, text: str) -> Floats:
        """Letters as one sample, (letters given, 1)."""
        return padded(text, len(self.given), self.symbols)
