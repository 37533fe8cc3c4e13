"""Problems of numbers instead of letters: a sine, and files of frames. NumPy only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_lab.training.errors import ProblemError
from lstm_lab.training.problems.alphabet import one_hot
from lstm_lab.training.problems.problem import Floats, Samples, rng


@dataclass(frozen=True)
class Sine:
    """A sine and its next value at every time step: `windows` stretches one after the other.

    Attributes:
        windows: stretches, without overlap.
        length: time steps of a stretch.
        step: radians from one time step to the next.
        begin: radians at which the first stretch begins.
    """

    windows: int = 31
    length: int = 200
    step: float = 0.01
    begin: float = 0.0
    symbols = ""
    varies = False

    def samples(self, seed: int) -> Samples:
        """x (windows, length, 1), values from -1 to 1; y of the same shape, one step later. The same for every seed."""
        wave = np.sin(self.begin + self.step * np.arange(self.windows * self.length + 1)).astype(np.float32)
        shape = self.windows, self.length, 1
        return Samples(wave[:-1].reshape(shape), wave[1:].reshape(shape))

    def encode(self, text: str) -> Floats:
        """Refused: a sine has no letters."""
        raise ProblemError(f"letters {text!r}: got letters for a sine, wanted values; ask with samples")


@dataclass(frozen=True)
class Frames:
    """Files of frames in which all features rise, or all fall: the class depends on the order of the frames.

    A frame is, in each feature, the level of its file (standard normal) plus the trend, a straight line from -0.5 to
    0.5 or from 0.5 to -0.5, plus noise of its own (normal). The mean of a file's frames carries no information on its
    class.

    Attributes:
        files: samples.
        frames: time steps of a file.
        features: numbers of a frame.
        noise: standard deviation of the noise; that of the level is 1.
        draw: purpose of the random numbers, see `rng`; "held out" draws other files, to test with.
    """

    files: int = 200
    frames: int = 20
    features: int = 13
    noise: float = 0.5
    draw: str = "data"
    symbols = ""
    varies = True

    def samples(self, seed: int) -> Samples:
        """x (files, frames, features), y (files, 2): falls, rises; drawn anew for every seed."""
        random = rng(seed, self.draw)
        rises = random.integers(2, size=self.files)
        level = random.normal(size=self.files)
        line = np.linspace(-0.5, 0.5, self.frames)
        x = random.normal(scale=self.noise, size=(self.files, self.frames, self.features))
        x += (level[:, None] + (2 * rises - 1)[:, None] * line)[..., None]
        return Samples(x.astype(np.float32), one_hot(rises, 2))

    def encode(self, text: str) -> Floats:
        """Refused: files have no letters."""
        raise ProblemError(f"letters {text!r}: got letters for files of frames, wanted numbers; ask with samples")
