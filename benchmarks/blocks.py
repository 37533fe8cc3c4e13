"""A block of seeds in the compiled loop, and training processes in which nothing is compiled."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np

from lstm_lab.training.compiled import train, training_process
from lstm_lab.training.experiment import Built, Network, Regime
from lstm_lab.training.problems import Samples

CLASSES = 26


class Block:
    """Seeds that the compiled loop trains at once; each call goes on from the snapshot of the one before."""

    def __init__(
        self, network: Network | Built, regime: Regime, samples: Sequence[Samples], seeds: tuple[int, ...]
    ) -> None:
        self._train = functools.partial(train, network, regime, samples, seeds)
        (self.snapshot,) = self._train([0])

    def __call__(self, epochs: int) -> None:
        """Train further epochs."""
        start = self.snapshot
        (self.snapshot,) = self._train([start.epoch + epochs], start=start)


def random_samples(count: int, time_steps: int, seeds: int) -> list[Samples]:
    """Of each seed: numbers between 0 and 1, one in each time step, and their one-hot targets."""
    random = np.random.default_rng(0)
    x = random.random((seeds, count, time_steps, 1), np.float32)
    y = np.eye(CLASSES, dtype=np.float32)[random.integers(CLASSES, size=(seeds, count))]
    return [Samples(*own) for own in zip(x, y, strict=True)]


def new_process() -> None:
    """Start another training process."""
    training_process().end()
    forget_programs()


def forget_programs() -> None:
    """Let the training process compile every program anew; it is started where there is none."""
    training_process().call(f"{__name__}:clear_programs")


def clear_programs() -> None:
    """Called in the training process, which alone loads JAX."""
    from lstm_lab.training.compiled.program import program

    program.cache_clear()
