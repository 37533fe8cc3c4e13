"""Training thirty seeds: the compiled loop beside plain `model.fit`, compiling, and the store."""

from __future__ import annotations

import itertools
import statistics
import time

import numpy as np
import pytest

from benchmarks.conftest import Ratio
from fixtures import experiments
from lstm_lab import Experiment
from lstm_lab.training import loop
from lstm_lab.training.networks import initialised
from lstm_lab.training.progress import Reporter
from lstm_lab.training.store import Store
from lstm_lab.training.trainer import SEEDS_PER_BLOCK, Trainer

SEEDS = 30
BLOCKS = [tuple(range(first, first + SEEDS_PER_BLOCK)) for first in range(0, SEEDS, SEEDS_PER_BLOCK)]
FIT_STEPS = 1000
ROUNDS = 7

MODELS = [
    pytest.param(experiments.NAIVE_ONE_CHAR, 100, id="first model"),
    pytest.param(experiments.THREE_CHAR_TIME_STEPS, 100, id="three time steps"),
    pytest.param(experiments.STATEFUL_ONE_CHAR_50, 60, id="stateful, 50 units"),
    pytest.param(experiments.VARIABLE_LENGTH, 2, id="last model"),
]


class PlainFit:
    """One seed in `model.fit`: many steps in one call, so that what a call costs does not count."""

    def __init__(self, experiment: Experiment) -> None:
        samples, rows = experiment.problem.samples(0), experiment.regime.batch_size
        chosen = np.resize(np.arange(len(samples.x)), FIT_STEPS * rows)
        self.x, self.y, self.rows = samples.x[chosen], samples.y[chosen], rows
        self.model = initialised(
            experiment.network, 0, samples.x.shape[1:], rows if experiment.network.stateful else None
        )
        self.model.compile(loss=experiment.network.loss, optimizer=experiment.network.optimizer.build())
        self.seconds: list[float] = []
        self._fit()

    def _fit(self) -> None:
        self.model.fit(self.x, self.y, batch_size=self.rows, epochs=1, shuffle=False, verbose=0)

    def __call__(self) -> None:
        """Train `FIT_STEPS` steps and note what one of them took."""
        began = time.perf_counter()
        self._fit()
        self.seconds.append((time.perf_counter() - began) / FIT_STEPS)


class CompiledLoop:
    """Thirty seeds in the compiled loop, block by block, going on from where they were."""

    def __init__(self, experiment: Experiment, epochs: int) -> None:
        self.experiment, self.epochs = experiment, epochs
        self.samples = {seeds: [experiment.problem.samples(seed) for seed in seeds] for seeds in BLOCKS}
        self.steps = epochs * len(self.samples[BLOCKS[0]][0].x) // experiment.regime.batch_size
        self.reached: dict[tuple[int, ...], loop.Snapshot] = {}
        for seeds in BLOCKS:
            self._train(seeds, None, 1)

    def _train(self, seeds: tuple[int, ...], start: loop.Snapshot | None, stop: int) -> None:
        network, regime = self.experiment.network, self.experiment.regime
        (self.reached[seeds],) = loop.train(network, regime, self.samples[seeds], seeds, [stop], start=start)

    def __call__(self) -> None:
        """Train every seed `epochs` epochs more."""
        for seeds, start in list(self.reached.items()):
            self._train(seeds, start, start.epoch + self.epochs)


@pytest.mark.benchmark(group="steps of 30 seeds")
@pytest.mark.parametrize(("experiment", "epochs"), MODELS)
def test_compiled_loop_beside_plain_fit(experiment, epochs, benchmark, ratios) -> None:
    """The compiled loop, round by round after as many steps of `model.fit`, so that both meet the same machine."""
    fit, compiled = PlainFit(experiment), CompiledLoop(experiment, epochs)
    benchmark.pedantic(compiled, setup=fit, rounds=ROUNDS)
    per_seed_and_step = benchmark.stats.stats.median / (SEEDS * compiled.steps)
    row = Ratio(experiment.name, statistics.median(fit.seconds), per_seed_and_step)
    ratios.append(row)
    benchmark.extra_info.update(row._asdict(), ratio=row.fit / row.loop)


@pytest.mark.benchmark(group="compiling")
@pytest.mark.parametrize(("experiment", "epochs"), MODELS)
def test_compiling(experiment, epochs, benchmark) -> None:
    """From nothing to a program that has been called with no steps to do: building, tracing, compiling."""
    x, y = experiment.problem.samples(0)
    rows = experiment.regime.batch_size

    def compiled() -> None:
        program = loop.Program(experiment.network, SEEDS_PER_BLOCK, (rows, *x.shape[1:]), (rows, *y.shape[1:]))
        every = program.steps, program.members
        states = [np.zeros(shape, np.float32) for shape in program.state_shapes]
        program.run(
            np.int32(0),
            np.zeros((*every, rows, *x.shape[1:]), np.float32),
            np.zeros((*every, rows, *y.shape[1:]), np.float32),
            np.zeros(every, np.bool_),
            states,
        )

    benchmark.pedantic(compiled, rounds=3)


@pytest.mark.benchmark(group="first model, 30 seeds, 500 epochs")
def test_cold(benchmark, tmp_path) -> None:
    """Nothing stored and nothing compiled: initial weights, compiling, training, storing."""
    folders = itertools.count()

    def fresh() -> tuple[tuple[Trainer], dict[str, object]]:
        loop.program.cache_clear()
        return (Trainer(Store(tmp_path / str(next(folders))), Reporter()),), {}

    benchmark.pedantic(all_blocks, setup=fresh, rounds=3)


@pytest.mark.benchmark(group="first model, 30 seeds, 500 epochs")
def test_warm(benchmark, tmp_path) -> None:
    """Everything stored: reading it."""
    all_blocks(Trainer(Store(tmp_path), Reporter()))

    def another() -> tuple[tuple[Trainer], dict[str, object]]:
        return (Trainer(Store(tmp_path), Reporter()),), {}

    benchmark.pedantic(all_blocks, setup=another, rounds=10)


def all_blocks(trainer: Trainer) -> None:
    """Ask for every block of the first model."""
    for seeds in BLOCKS:
        trainer.ensemble(experiments.NAIVE_ONE_CHAR, seeds)
