"""Random bits, to be repeated some steps later: a task that nothing but memory helps with. NumPy only.

Shapes: x (N, T, 1), bits as the numbers 0 and 1; y (N, 2) one-hot. Drawn anew for every seed. The idea is a reader's
(comment 15 below the article): an LSTM that tries to remember its last input.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_lab.training.errors import ProblemError
from lstm_lab.training.problems.alphabet import codes_of, one_hot
from lstm_lab.training.problems.problem import Floats, Samples, rng


@dataclass(frozen=True)
class Echo:
    """A stream of random bits, and of each the bit that came `delay` bits before it; before the first came zeros.

    Samples of one step, in order, are what a stateful network reads the stream from; a stateless one is then given
    nothing of use. Windows of more than `delay` steps hold the answer. Every number of steps has the same targets.

    Attributes:
        delay: bits between a bit and the one asked for.
        steps: bits in a sample, the last of them the one that the stream has come to.
        count: N bits in the stream, and as many samples.
    """

    delay: int = 1
    steps: int = 1
    count: int = 1000
    symbols: str = "01"
    varies = True

    def __post_init__(self) -> None:
        if self.delay < 1 or self.steps < 1 or self.count < 1:
            raise ProblemError(
                f"echo: got delay {self.delay}, steps {self.steps} and count {self.count}, wanted at least 1 of each"
            )

    def samples(self, seed: int) -> Samples:
        """x (count, steps, 1), y (count, 2), in the order of the stream."""
        before = max(self.delay, self.steps - 1)
        bits = np.concatenate([np.zeros(before, np.int_), rng(seed, "data").integers(2, size=self.count)])
        last = before + np.arange(self.count)[:, None]
        windows = bits[last + np.arange(1 - self.steps, 1)]
        return Samples(windows.astype(np.float32)[..., None], one_hot(bits[last[:, 0] - self.delay], 2))

    def encode(self, text: str) -> Floats:
        """Bits as one sample, (steps, 1)."""
        if len(text) != self.steps:
            raise ProblemError(f"bits {text!r}: got {len(text)}, wanted {self.steps}")
        return codes_of(text, self.symbols).astype(np.float32)[:, None]
