"""Orders and initial weights of one's own, for tests; the training process imports them by name."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Backward:
    """Every epoch from the last sample to the first, one sample further each time."""

    def orders(self, samples, seed, epochs):
        """See `Orders`."""
        return np.array([np.roll(np.arange(samples)[::-1], epoch + seed) for epoch in range(epochs)])


@dataclass(frozen=True)
class Repeated:
    """The same sample again and again, which is no order."""

    def orders(self, samples, seed, epochs):
        """See `Orders`."""
        return np.zeros((epochs, samples), int)


@dataclass(frozen=True)
class Hurried:
    """Another first order for another number of epochs."""

    def orders(self, samples, seed, epochs):
        """See `Orders`."""
        return np.array([np.roll(np.arange(samples), epochs)] * epochs)


@dataclass(frozen=True)
class Waves:
    """Initial weights of these shapes, from a sine."""

    shapes: tuple[tuple[int, ...], ...]

    def weights(self, seed):
        """See `InitialWeights`."""
        return [np.sin(1.0 + seed + np.arange(np.prod(shape))).reshape(shape) / 4 for shape in self.shapes]
