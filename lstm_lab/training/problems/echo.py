"""Random bits that are repeated some steps later: a problem that requires memory. NumPy only.

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
    """A sequence of random bits; the target of each is the bit `delay` places before it, zero before the first.

    With one step per sample, a stateful network can answer from its state, and the inputs of a stateless one carry no
    information. Windows of more than `delay` steps contain the answer. Targets are the same for every number of steps.

    Attributes:
        delay: places between a bit and its target.
        steps: bits in a sample, the last of which is the current one.
        count: N, bits in the sequence, and samples.
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
        """x (count, steps, 1), y (count, 2), in the order of the sequence."""
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
