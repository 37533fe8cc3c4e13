"""The cost of a step of the compiled loop by numbers of seeds, time steps, units and rows, and the time to compile."""

from __future__ import annotations

import time

import numpy as np
import pytest

from benchmarks.conftest import TARGETS, median, target
from lstm_lab import recurrent_classifier
from lstm_lab.training.compiled import TIME_LOOP_FROM, loop

STEPS = 400
CLASSES = 26


def program(seeds: int = 10, steps: int = 5, units: int = 32, rows: int = 1) -> loop.Program:
    """A program that is not compiled yet, with weights that are not zero."""
    shapes = (("x", (rows, steps, 1)), ("y", (rows, CLASSES)))
    built = loop.Program(recurrent_classifier(units), seeds, shapes)
    random = np.random.default_rng(0)
    for variable in built.weights:
        variable.assign(random.normal(0, 0.1, variable.shape).astype(np.float32))
    return built


def run(built: loop.Program, shapes: tuple[int, int, int]) -> None:
    """Run the updates of one call of the program, at most `STEPS`."""
    seeds, steps, rows = shapes
    count = min(STEPS, built.steps)
    batches = {
        "x": np.full((built.steps, seeds, rows, steps, 1), 0.5, np.float32),
        "y": np.full((built.steps, seeds, rows, CLASSES), 1 / CLASSES, np.float32),
    }
    losses, _ = built.run(np.int32(count), batches, np.zeros((built.steps, seeds), np.bool_), [])
    losses.numpy()


def per_seed_and_step(benchmark, seeds: int = 10, steps: int = 5, units: int = 32, rows: int = 1) -> str:
    """Measure steps after compiling; returns microseconds of one core per seed and step, for a table."""
    built = program(seeds, steps, units, rows)
    run(built, (seeds, steps, rows))
    benchmark.pedantic(run, args=(built, (seeds, steps, rows)), rounds=5)
    cost = f"{1e6 * median(benchmark) / (min(STEPS, built.steps) * seeds):.3g}"
    benchmark.extra_info["microseconds per seed and step"] = cost
    return cost


@pytest.mark.benchmark(group="seeds at once, T=5, 32 units", timer=time.process_time)
@pytest.mark.parametrize("seeds", [1, 8, 10, 30, 60])
def test_seeds(seeds, benchmark, note) -> None:
    """More seeds share the costs of a step beside arithmetic."""
    note("seeds at once", "µs", {f"{seeds}": per_seed_and_step(benchmark, seeds=seeds)})


@pytest.mark.benchmark(group="time steps, 10 seeds, 32 units", timer=time.process_time)
@pytest.mark.parametrize("steps", [1, 3, 5, 9, 10, 25, 50, 100])
def test_time_steps(steps, benchmark, note) -> None:
    """From `TIME_LOOP_FROM` steps on, the time loop computes them instead of the unrolled network."""
    note("time steps", "µs", {f"{steps}": per_seed_and_step(benchmark, steps=steps)})


@pytest.mark.benchmark(group="units, T=5, the block of each network", timer=time.process_time)
@pytest.mark.parametrize(
    ("units", "seeds"), [(8, 10), (16, 10), (32, 10), (50, 10), (64, 1), (64, 10), (128, 1), (128, 10)]
)
def test_units(units, seeds, benchmark, note) -> None:
    """Wide networks are trained seed by seed."""
    cost = per_seed_and_step(benchmark, seeds=seeds, units=units)
    note("units (seeds at once)", "µs", {f"{units} ({seeds})": cost})
    if (units, seeds) == (128, 1):
        note(TARGETS, "µs per seed and step: 128 units, T = 5", target("at most 100", cost))


@pytest.mark.benchmark(group="rows in a batch, 10 seeds, 32 units", timer=time.process_time)
@pytest.mark.parametrize(("steps", "rows"), [(1, 1), (1, 5), (1, 25), (5, 1), (5, 3), (5, 25)])
def test_rows(steps, rows, benchmark, note) -> None:
    """A further row costs less than a further update."""
    note(f"rows in a batch, T = {steps}", "µs", {f"{rows}": per_seed_and_step(benchmark, steps=steps, rows=rows)})


@pytest.mark.benchmark(group="compiling, 10 seeds, 32 units")
@pytest.mark.parametrize("steps", [1, 5, 9, 10, 25, 100])
def test_compiling(steps, benchmark, note) -> None:
    """Building, tracing and compiling a program, and one call of it."""

    def fresh() -> tuple[tuple[loop.Program, tuple[int, int, int]], dict[str, object]]:
        return (program(steps=steps), (10, steps, 1)), {}

    benchmark.pedantic(run, setup=fresh, rounds=3)
    seconds = f"{median(benchmark):.2g}"
    note("compiling, time steps", "seconds", {f"{steps}": seconds})
    if steps >= TIME_LOOP_FROM:
        note(TARGETS, f"seconds of a first call: T = {steps}", target("at most 3", seconds))
