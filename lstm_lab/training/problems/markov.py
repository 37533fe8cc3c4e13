"""Sequences whose next symbol depends on what came before the last one. NumPy only.

Shapes: x (N, T, 1), a symbol's code divided by the number of symbols; y (N, number of symbols) one-hot. Drawn anew for
every seed. The idea is a reader's (comment 12 below the article): what follows A may be one of several letters,
depending on what came before A.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lstm_lab.training.errors import ProblemError
from lstm_lab.training.problems.alphabet import codes_of, one_hot
from lstm_lab.training.problems.problem import Floats, Samples, rng


@dataclass(frozen=True)
class Markov:
    """Windows on a cycle in which each pair of symbols, equal ones too, occurs once, and what follows them.

    A pair determines what follows; one symbol does not: each symbol follows it once. (Such a cycle is a de Bruijn
    sequence of order two.) Windows of one symbol, in order, are also from which a stateful network reads the cycle.

    Attributes:
        length: symbols in a window.
        symbols: S of them, so the cycle has N = S * S places.
    """

    length: int = 2
    symbols: str = "ABCDE"
    varies = True

    def __post_init__(self) -> None:
        if self.length < 1:
            raise ProblemError(f"length: got {self.length}, wanted at least 1 symbol")

    def samples(self, seed: int) -> Samples:
        """x (S * S, length, 1), y (S * S, S), in the order of the cycle."""
        size = len(self.symbols)
        cycle = every_pair_once(size, rng(seed, "data"))
        places = np.arange(len(cycle))[:, None] + np.arange(self.length)
        x = (cycle[places % len(cycle)] / size).astype(np.float32)[..., None]
        return Samples(x, one_hot(np.roll(cycle, -self.length), size))

    def encode(self, text: str) -> Floats:
        """A window as one sample, (length, 1)."""
        if len(text) != self.length:
            raise ProblemError(f"window {text!r}: got {len(text)} symbols, wanted {self.length}")
        return (codes_of(text, self.symbols) / len(self.symbols)).astype(np.float32)[:, None]


@dataclass(frozen=True)
class RandomText:
    """A text of random symbols, one symbol per sample, with the next one as target: only memorising it helps.

    Attributes:
        count: N symbols that are followed by another.
    """

    count: int = 50
    symbols: str = "ABCDE"
    varies = True

    def samples(self, seed: int) -> Samples:
        """x (count, 1, 1), y (count, S), in the order of the text."""
        size = len(self.symbols)
        text = rng(seed, "data").integers(size, size=self.count + 1)
        return Samples((text[:-1] / size).astype(np.float32)[:, None, None], one_hot(text[1:], size))

    def encode(self, text: str) -> Floats:
        """One symbol as one sample, (1, 1)."""
        if len(text) != 1:
            raise ProblemError(f"symbol: got {text!r}, wanted one symbol")
        return (codes_of(text, self.symbols) / len(self.symbols)).astype(np.float32)[:, None]


def every_pair_once(size: int, random: np.random.Generator) -> NDArray[np.int_]:
    """A random cycle of the symbols 0 to size - 1 in which each follows each, itself too, exactly once: (size²,).

    It is a circuit through all edges of the complete graph with loops, by Hierholzer's algorithm.
    """
    ahead = [list(random.permutation(size)) for _ in range(size)]
    path, circuit = [0], []
    while path:
        if ahead[path[-1]]:
            path.append(int(ahead[path[-1]].pop()))
        else:
            circuit.append(path.pop())
    return np.array(circuit[:0:-1])
