"""Other problems over the letters: what a claim changes to find out what made the difference. NumPy only.

Shapes: x (N, T, F) or (N, F), y (N, number of letters) one-hot. A problem that varies is drawn anew for every seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lstm_lab.training.sequences import ALPHABET, Floats, Problem, ProblemError, Samples, codes_of, one_hot, stream

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
    """One letter, given `copies` times, with the letter that follows: the article's first problem, coded otherwise.

    Attributes:
        coding: how a letter becomes numbers.
        copies: how often the letter is given; as time steps, or as features of one step.
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
        codes = stream(seed, "codes").permutation(letters)
        return Samples(coded(codes[:-1], letters, "fraction")[:, None], one_hot(np.arange(1, letters), letters))

    def encode(self, text: str) -> Floats:
        """Refused: what code a letter has depends on the seed."""
        raise ProblemError(f"letter {text!r}: its code differs from seed to seed; ask with the samples of a member")


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
        return plain._replace(y=plain.y[..., stream(seed, "labels").permutation(plain.y.shape[-1])])

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
        order = stream(seed, "held out").permutation(count)
        return np.concatenate([order[: self.count], np.sort(order[self.count :])])


def _rows(samples: Samples, rows: NDArray[np.int_]) -> Samples:
    return Samples._make(None if array is None else array[rows] for array in samples)


@dataclass(frozen=True)
class Runs:
    """Random runs of consecutive letters of `shortest` to `longest` letters, as the article draws them, and variants.

    Attributes:
        count: runs drawn; 0 takes every run that the article's generator can draw and those that begin with the last
            but one letter once each, in order.
        shortest: letters at least.
        longest: letters at most.
        padding: "left" or "right" with `pad`, or "none": each run is given as long as it is.
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
        """A run as one sample, (longest, 1); as long as it is without padding."""
        if not 1 <= len(text) <= self.longest:
            raise ProblemError(f"run {text!r}: got {len(text)} letters, wanted 1 to {self.longest}")
        codes = (codes_of(text, self.symbols) / len(self.symbols)).astype(np.float32)[:, None]
        gap = 0 if self.padding == "none" else self.longest - len(text)
        before, after = (gap, 0) if self.padding == "left" else (0, gap)
        return np.pad(codes, ((before, after), (0, 0)), constant_values=self.pad)

    def _drawn(self, seed: int) -> list[tuple[int, int]]:
        """First letters and lengths. Without wrapping, the last letter is drawn as the article's generator does."""
        random, size = stream(seed, "data"), len(self.symbols)
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
