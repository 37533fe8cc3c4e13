"""The cost of a step of the compiled loop by numbers of seeds, time steps, units and rows, and the time to compile."""

from __future__ import annotations

import pytest

from benchmarks.blocks import Block, forget_programs, new_process, random_samples
from benchmarks.conftest import TARGETS, median, processor_time, target
from lstm_lab import Regime, recurrent_classifier

SAMPLES = 150  # batches of 1, 3, 5 and 25 rows divide them
STEPS = 3000


def block(samples: int, seeds: int = 10, steps: int = 5, units: int = 32, rows: int = 1) -> Block:
    """Seeds that are not trained yet."""
    regime = Regime(epochs=1, batch_size=rows, shuffle="never")
    return Block(recurrent_classifier(units), regime, random_samples(samples, steps, seeds), tuple(range(seeds)))


def per_seed_and_step(benchmark, seeds: int = 10, steps: int = 5, units: int = 32, rows: int = 1) -> str:
    """Measure steps after compiling; returns microseconds of one core per seed and step, for a table."""
    compiled = block(SAMPLES, seeds, steps, units, rows)
    compiled(1)
    benchmark.pedantic(compiled, args=(STEPS * rows // SAMPLES,), rounds=5)
    cost = f"{1e6 * median(benchmark) / (STEPS * seeds):.3g}"
    benchmark.extra_info["microseconds per seed and step"] = cost
    return cost


@pytest.mark.benchmark(group="seeds at once, T=5, 32 units", timer=processor_time)
@pytest.mark.parametrize("seeds", [1, 10, 30, 60, 100])
def test_seeds(seeds, benchmark, note) -> None:
    """Whether seeds that are trained at once are cheaper than one by one."""
    note("seeds at once", "µs", {f"{seeds}": per_seed_and_step(benchmark, seeds=seeds)})


@pytest.mark.benchmark(group="time steps, 10 seeds, 32 units", timer=processor_time)
@pytest.mark.parametrize("steps", [1, 3, 5, 9, 10, 25, 50, 100, 200])
def test_time_steps(steps, benchmark, note) -> None:
    """Up to 9 time steps are written out, more are computed by a loop."""
    note("time steps", "µs", {f"{steps}": per_seed_and_step(benchmark, steps=steps)})


@pytest.mark.benchmark(group="units, T=5, the block of each network", timer=processor_time)
@pytest.mark.parametrize(
    ("units", "seeds"), [(8, 10), (16, 10), (32, 10), (50, 10), (64, 1), (64, 10), (128, 1), (128, 10)]
)
def test_units(units, seeds, benchmark, note) -> None:
    """Wide networks are trained seed by seed."""
    cost = per_seed_and_step(benchmark, seeds=seeds, units=units)
    note("units (seeds at once)", "µs", {f"{units} ({seeds})": cost})
    if (units, seeds) == (128, 1):
        note(TARGETS, "µs per seed and step: 128 units, T = 5", target("at most 100", cost))


@pytest.mark.benchmark(group="rows in a batch, 10 seeds, 32 units", timer=processor_time)
@pytest.mark.parametrize(("steps", "rows"), [(1, 1), (1, 5), (1, 25), (5, 1), (5, 3), (5, 25)])
def test_rows(steps, rows, benchmark, note) -> None:
    """A further row costs less than a further update."""
    note(f"rows in a batch, T = {steps}", "µs", {f"{rows}": per_seed_and_step(benchmark, steps=steps, rows=rows)})


@pytest.mark.benchmark(group="compiling, 10 seeds, 32 units")
@pytest.mark.parametrize("steps", [1, 5, 9, 10, 25, 100])
def test_compiling(steps, benchmark, note) -> None:
    """Building, tracing and compiling a program, and one step of it."""
    benchmark.pedantic(block(1, steps=steps), args=(1,), setup=forget_programs, rounds=3)
    seconds = f"{median(benchmark):.2g}"
    note("compiling, time steps", "seconds", {f"{steps}": seconds})
    if steps >= 10:
        note(TARGETS, f"seconds of a first call: T = {steps}", target("at most 3", seconds))


@pytest.mark.benchmark(group="compiling, 10 seeds, 32 units")
@pytest.mark.parametrize("steps", [1, 5, 9, 10, 25, 100])
def test_first_program(steps, benchmark, note) -> None:
    """The same in a process that has just been started, where JAX also compiles what all programs share."""
    benchmark.pedantic(block(1, steps=steps), args=(1,), setup=new_process, rounds=3)
    note("compiling, time steps", "the first of a process", {f"{steps}": f"{median(benchmark):.2g}"})
