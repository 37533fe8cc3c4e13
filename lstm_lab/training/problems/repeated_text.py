"""A text in which letters repeat, as comment 8 trains the article's variable-length model on it. NumPy only.

Shapes: x (N, longest, 1), numbers without a unit; y (N, classes) one-hot.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from lstm_lab.training.errors import ProblemError
from lstm_lab.training.problems.alphabet import one_hot
from lstm_lab.training.problems.problem import Floats, Samples, rng


def drawn_runs(seed: int, places: int, count: int, shortest: int = 1, longest: int = 5) -> list[tuple[int, int]]:
    """First place and length of runs of a text, drawn as the article draws them.

    The first place is any but the last few, the last place lies 0 to `longest` - 1 behind it, and never is the last
    of the text. With `shortest` 1, a run that begins at the last place but one is never drawn.

    Args:
        seed: the seed.
        places: letters in the text.
        count: runs drawn; 0 for every run once, in order.
        shortest: letters at least.
        longest: letters at most.
    """
    if not count:
        lengths = range(shortest, longest + 1)
        return [(start, length) for start in range(places - 1) for length in lengths if start + length < places]
    random, runs = rng(seed, "data"), []
    for _ in range(count):
        start = int(random.integers(places - 1 - shortest))
        end = int(random.integers(start + shortest - 1, min(start + longest, places - 1)))
        runs.append((start, end - start + 1))
    return runs


@dataclass(frozen=True)
class Repeats:
    """Random runs of a text whose letters repeat, padded on the left, with the letter that follows as target.

    Attributes:
        text: the text.
        coding: the number of a letter. "last_place" is what the article's dictionary, made from the letters in their
            order, gives for a text with repeated letters: the place where a letter stands last, so there are as many
            classes as places, most of them empty. "rank" is its place among the distinct letters, sorted.
        divisor: numbers are divided by the length of the "text", or by the number of its distinct "letters".
        count: runs drawn; 0 takes every run once, in order.
        shortest: letters at least.
        longest: letters at most.
        pad: the number that stands for no letter.
    """

    text: str
    coding: Literal["last_place", "rank"] = "last_place"
    divisor: Literal["text", "letters"] = "text"
    count: int = 1000
    shortest: int = 1
    longest: int = 5
    pad: float = 0.0

    def __post_init__(self) -> None:
        if self.coding not in ("last_place", "rank") or self.divisor not in ("text", "letters"):
            raise ProblemError(
                f"coding and divisor: got {self.coding!r} and {self.divisor!r}, "
                "wanted 'last_place' or 'rank' and 'text' or 'letters'"
            )
        if not 1 <= self.shortest <= self.longest or len(self.text) < self.shortest + 2:
            raise ProblemError(
                f"runs: got {self.shortest} to {self.longest} of {len(self.text)} letters, "
                "wanted at least 1, the shortest first, and a text two letters longer than the shortest"
            )

    @property
    def varies(self) -> bool:
        """Whether runs are drawn."""
        return self.count > 0

    @property
    def symbols(self) -> str:
        """The letters in the order of their codes; with "last_place" the text itself."""
        return self.text if self.coding == "last_place" else "".join(sorted(set(self.text)))

    def codes(self) -> dict[str, int]:
        """The number of each letter: of several places among the symbols, the last."""
        return {letter: code for code, letter in enumerate(self.symbols)}

    def samples(self, seed: int) -> Samples:
        """x (N, longest, 1), y (N, number of symbols)."""
        runs = drawn_runs(seed, len(self.text), self.count, self.shortest, self.longest)
        codes, numbers = self.codes(), self._numbers(self.text)
        x = np.stack([self._padded(numbers[start : start + length]) for start, length in runs])
        targets = np.array([codes[self.text[start + length]] for start, length in runs])
        return Samples(x, one_hot(targets, len(self.symbols)))

    def encode(self, text: str) -> Floats:
        """A run as one sample, (longest, 1), padded on the left."""
        codes = self.codes()
        if not 1 <= len(text) <= self.longest or not set(text) <= set(codes):
            raise ProblemError(f"run {text!r}: got {len(text)} letters, wanted 1 to {self.longest} of {self.text!r}")
        return self._padded(self._numbers(text))

    def _numbers(self, text: str) -> Floats:
        """What stands for each letter, (len(text),)."""
        codes, size = self.codes(), len(self.text if self.divisor == "text" else set(self.text))
        return np.array([codes[letter] / size for letter in text], np.float32)

    def _padded(self, numbers: Floats) -> Floats:
        """A run as one sample, (longest, 1)."""
        steps = np.full((self.longest, 1), self.pad, dtype=np.float32)
        steps[self.longest - len(numbers) :, 0] = numbers
        return steps
