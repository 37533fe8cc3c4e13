"""Training of 30 seeds: the compiled loop compared with `model.fit`, the time to compile, and the store."""

from __future__ import annotations

import itertools
import statistics
import time

import numpy as np
import pytest

from benchmarks.blocks import Block, forget_programs
from benchmarks.conftest import TARGETS, median, processor_time, target
from fixtures import experiments
from lstm_lab import Experiment, Regime, Subsequences, experiment_of, recurrent_classifier
from lstm_lab.training.execution import Reporter, Trainer, open_store
from lstm_lab.training.experiment import initialised, reset_states
from lstm_lab.training.planning import SEEDS_PER_BLOCK
from lstm_lab.training.problems import Samples

SEEDS = 30
BLOCKS = [tuple(range(first, first + SEEDS_PER_BLOCK)) for first in range(0, SEEDS, SEEDS_PER_BLOCK)]
FIT_STEPS = 1000
ROUNDS = 5
STORE = "first model, 30 seeds, 500 epochs"

# The article's proposal of a stateless model that sees up to 25 letters, zero-padded on the left.
WHOLE_ALPHABET = Experiment(
    "25 time steps", Subsequences(count=200, longest=25), recurrent_classifier(32), Regime(epochs=100)
)


def network(units):
    """The article's network as an own model."""
    import keras
    from keras import layers

    inputs = keras.Input((1, 1))
    hidden = layers.LSTM(units)(inputs)
    return keras.Model(inputs, layers.Dense(26, activation="softmax")(hidden))


OWN_MODEL = experiment_of(
    network,
    problem=experiments.NAIVE_ONE_CHAR.problem,
    settings={"units": 32},
    epochs=experiments.NAIVE_ONE_CHAR.regime.epochs,
)

MODELS = [
    pytest.param(experiments.NAIVE_ONE_CHAR, 500, id="first: one letter, 32 units"),
    pytest.param(OWN_MODEL, 500, id="the same, as an own model"),
    pytest.param(experiments.THREE_CHAR_TIME_STEPS, 300, id="three letters as time steps, 32 units"),
    pytest.param(experiments.WITHIN_BATCH, 1000, id="full batch of 25, 16 units"),
    pytest.param(experiments.FULL_BATCH, 1000, id="full batch of 25, 32 units"),
    pytest.param(experiments.STATEFUL_ONE_CHAR, 300, id="stateful, 16 units"),
    pytest.param(experiments.STATEFUL_ONE_CHAR_50, 300, id="stateful, 50 units"),
    pytest.param(experiments.VARIABLE_LENGTH, 8, id="last: up to five letters, 32 units"),
    pytest.param(WHOLE_ALPHABET, 5, id="up to 25 letters, 32 units"),
]
# Targets: how many times faster than `model.fit` the compiled loop has to be.
WANTED = {
    experiments.NAIVE_ONE_CHAR: 350,
    experiments.WITHIN_BATCH: 800,
    experiments.FULL_BATCH: 800,
    experiments.STATEFUL_ONE_CHAR: 400,
    experiments.STATEFUL_ONE_CHAR_50: 400,
    experiments.VARIABLE_LENGTH: 280,
    WHOLE_ALPHABET: 100,
}


class PlainFit:
    """One seed trained by `model.fit` in two ways: in the article's epochs, and in one epoch of many steps.

    The second has no costs per epoch, so it is the faster one.
    """

    def __init__(self, experiment: Experiment) -> None:
        self.samples, self.rows = experiment.problem.samples(0), experiment.regime.batch_size
        self.per_epoch = len(self.samples.x) // self.rows
        self.steps = FIT_STEPS if self.per_epoch > 1 else FIT_STEPS // 5  # an epoch costs `fit` as much as 40 steps
        self.stateful = experiment.network.stateful
        sample_shape = self.samples.x.shape[1:]
        self.model = initialised(experiment.network, 0, sample_shape, self.rows if self.stateful else None)
        self.model.compile(loss=experiment.network.loss, optimizer=experiment.network.optimizer.build())
        rows = np.resize(np.arange(len(self.samples.x)), self.steps * self.rows)
        self.long_epoch = Samples(self.samples.x[rows], self.samples.y[rows])
        self.in_epochs: list[float] = []
        self.in_one_epoch: list[float] = []
        self._fit(self.long_epoch)

    def _fit(self, samples: Samples, epochs: int = 1) -> None:
        self.model.fit(samples.x, samples.y, batch_size=self.rows, epochs=epochs, shuffle=False, verbose=0)

    def _fit_in_epochs(self) -> None:
        epochs = self.steps // self.per_epoch
        if self.stateful:
            for _ in range(epochs):
                self._fit(self.samples)
                reset_states(self.model)
        else:
            self._fit(self.samples, epochs)

    def __call__(self) -> None:
        """Train `steps` steps in both ways, and record the seconds of one step."""
        began = time.process_time()
        self._fit_in_epochs()
        between = time.process_time()
        self._fit(self.long_epoch)
        self.in_epochs.append((between - began) / self.steps)
        self.in_one_epoch.append((time.process_time() - between) / self.steps)


def block(experiment: Experiment, seeds: tuple[int, ...]) -> Block:
    """A block of seeds of an experiment."""
    samples = [experiment.problem.samples(seed) for seed in seeds]
    return Block(experiment.network, experiment.regime, samples, seeds)


@pytest.mark.benchmark(group="steps of 30 seeds", timer=processor_time)
@pytest.mark.parametrize(("experiment", "epochs"), MODELS)
def test_compiled_loop_beside_plain_fit(experiment, epochs, benchmark, note) -> None:
    """The compiled loop, each round after as many steps of `model.fit`, so that the load of the machine is the same."""
    fit, blocks = PlainFit(experiment), [block(experiment, seeds) for seeds in BLOCKS]

    def compiled(epochs: int) -> None:
        for each in blocks:
            each(epochs)

    compiled(1)
    benchmark.pedantic(compiled, args=(epochs,), setup=fit, rounds=ROUNDS)
    in_epochs, in_one_epoch = statistics.median(fit.in_epochs), statistics.median(fit.in_one_epoch)
    per_seed_and_step = median(benchmark) / (SEEDS * epochs * fit.per_epoch)
    ratio = f"{in_epochs / per_seed_and_step:.0f}"
    cells = {
        "fit, article's epochs": f"{in_epochs * 1e3:.3g} ms",
        "fit, one long epoch": f"{in_one_epoch * 1e3:.3g} ms",
        "compiled loop": f"{per_seed_and_step * 1e6:.3g} µs",
        "ratio": ratio,
        "least ratio": f"{in_one_epoch / per_seed_and_step:.0f}",
    }
    note("30 seeds, per seed and step", benchmark.param, cells)
    benchmark.extra_info.update(cells)
    if experiment in WANTED:
        note(TARGETS, f"times faster than `model.fit`: {benchmark.param}", target(f"{WANTED[experiment]}", ratio))


@pytest.mark.benchmark(group="compiling")
@pytest.mark.parametrize(("experiment", "epochs"), MODELS)
def test_first_epoch(experiment, epochs, benchmark, note) -> None:
    """An epoch of ten seeds with nothing compiled, nearly all of it building, tracing and compiling the program."""
    benchmark.pedantic(block(experiment, BLOCKS[0]), args=(1,), setup=forget_programs, rounds=3)
    note("first epoch of 10 seeds, nothing compiled", benchmark.param, {"seconds": f"{median(benchmark):.2g}"})


@pytest.mark.benchmark(group=STORE)
def test_cold(benchmark, tmp_path, note) -> None:
    """With an empty store and no compiled program: initial weights, compiling, training, storing."""
    folders = itertools.count()

    def fresh() -> tuple[tuple[Trainer], dict[str, object]]:
        forget_programs()
        return (Trainer(open_store(tmp_path / str(next(folders))), Reporter()),), {}

    benchmark.pedantic(all_blocks, setup=fresh, rounds=3)
    note(STORE, "cold: initial weights, compiling, training, storing", {"seconds": f"{median(benchmark):.2g}"})


@pytest.mark.benchmark(group=STORE)
def test_warm(benchmark, tmp_path, note) -> None:
    """With a full store: loading."""
    all_blocks(Trainer(open_store(tmp_path), Reporter()))

    def another() -> tuple[tuple[Trainer], dict[str, object]]:
        return (Trainer(open_store(tmp_path), Reporter()),), {}

    benchmark.pedantic(all_blocks, setup=another, rounds=10)
    note(STORE, "warm: read from the store", {"seconds": f"{median(benchmark):.1g}"})


def all_blocks(trainer: Trainer) -> None:
    """Train or load every block of the first model."""
    for seeds in BLOCKS:
        trainer.ensemble(experiments.NAIVE_ONE_CHAR, seeds)
