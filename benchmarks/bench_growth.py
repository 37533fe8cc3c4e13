"""The cost of a step of the compiled loop by numbers of seeds, time steps, units and rows, and the time to compile."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.conftest import TARGETS, forget_programs, median, processor_seconds, target
from lstm_lab import recurrent_classifier
from lstm_lab.training.compiled import train
from lstm_lab.training.experiment import Regime
from lstm_lab.training.problems import Samples
from lstm_lab.training.store import Snapshot

STEPS = 400  # of an epoch
CLASSES = 26
LONG = 10  # time steps from which on the time to compile must not grow


class Training:
    """A training of random samples; each call trains an epoch of `STEPS` steps more."""

    def __init__(self, seeds: int = 10, steps: int = 5, units: int = 32, rows: int = 1) -> None:
        random = np.random.default_rng(0)
        x = random.random((STEPS * rows, steps, 1), np.float32)
        y = np.eye(CLASSES, dtype=np.float32)[random.integers(CLASSES, size=STEPS * rows)]
        self.seeds, self.samples = tuple(range(seeds)), [Samples(x, y)] * seeds
        self.network, self.regime = recurrent_classifier(units), Regime(1, batch_size=rows, shuffle="never")
        self.snapshot = self._to(0, None)

    def __call__(self) -> None:
        """Train an epoch."""
        self.snapshot = self._to(self.snapshot.epoch + 1, self.snapshot)

    def _to(self, epoch: int, start: Snapshot | None) -> Snapshot:
        (end,) = train(self.network, self.regime, self.samples, self.seeds, [epoch], start=start)
        return end


def per_seed_and_step(benchmark, seeds: int = 10, **shape: int) -> str:
    """Measure steps after compiling; returns microseconds of one core per seed and step, for a table."""
    training = Training(seeds, **shape)
    training()
    benchmark.pedantic(training, rounds=5)
    cost = f"{1e6 * median(benchmark) / (STEPS * seeds):.3g}"
    benchmark.extra_info["microseconds per seed and step"] = cost
    return cost


@pytest.mark.benchmark(group="seeds at once, T=5, 32 units", timer=processor_seconds)
@pytest.mark.parametrize("seeds", [1, 10, 30, 100])
def test_seeds(seeds, benchmark, note) -> None:
    """More seeds share the costs of a step beside arithmetic."""
    note("seeds at once", "µs", {f"{seeds}": per_seed_and_step(benchmark, seeds=seeds)})


@pytest.mark.benchmark(group="time steps, 10 seeds, 32 units", timer=processor_seconds)
@pytest.mark.parametrize("steps", [1, 3, 5, 9, 10, 25, 50, 100, 200])
def test_time_steps(steps, benchmark, note) -> None:
    """From ten steps on, they are looped over instead of being written out."""
    note("time steps", "µs", {f"{steps}": per_seed_and_step(benchmark, steps=steps)})


@pytest.mark.benchmark(group="units, T=5, the block of each network", timer=processor_seconds)
@pytest.mark.parametrize(
    ("units", "seeds"), [(8, 10), (16, 10), (32, 10), (50, 10), (64, 1), (64, 10), (128, 1), (128, 10)]
)
def test_units(units, seeds, benchmark, note) -> None:
    """Wide networks are trained seed by seed."""
    cost = per_seed_and_step(benchmark, seeds=seeds, units=units)
    note("units (seeds at once)", "µs", {f"{units} ({seeds})": cost})
    if (units, seeds) == (128, 1):
        note(TARGETS, "µs per seed and step: 128 units, T = 5", target("at most 100", cost))


@pytest.mark.benchmark(group="rows in a batch, 10 seeds, 32 units", timer=processor_seconds)
@pytest.mark.parametrize(("steps", "rows"), [(1, 1), (1, 5), (1, 25), (5, 1), (5, 3), (5, 25)])
def test_rows(steps, rows, benchmark, note) -> None:
    """A further row costs less than a further update."""
    note(f"rows in a batch, T = {steps}", "µs", {f"{rows}": per_seed_and_step(benchmark, steps=steps, rows=rows)})


@pytest.mark.benchmark(group="compiling, 10 seeds, 32 units")
@pytest.mark.parametrize("steps", [1, 5, 9, 10, 25, 100])
def test_compiling(steps, benchmark, note) -> None:
    """Building, tracing and compiling a program, and an epoch by it."""
    training = Training(steps=steps)
    benchmark.pedantic(training, setup=forget_programs, rounds=3)
    seconds = f"{median(benchmark):.2g}"
    note("compiling, time steps", "seconds", {f"{steps}": seconds})
    if steps >= LONG:
        note(TARGETS, f"seconds of a first call: T = {steps}", target("at most 3", seconds))
