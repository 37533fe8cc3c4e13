"""Jobs: which blocks of seeds must be trained, and an estimate of how long each takes.

The size of a block depends on the experiment, never on the number of seeds of a run, so that a seed gives the same
results with any `--seeds` and any number of workers.
"""

from __future__ import annotations

import dataclasses
import functools
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lstm_lab.machine import gpu
from lstm_lab.training.compiled import padded
from lstm_lab.training.experiment import (
    Eligibility,
    Experiment,
    Untrainable,
    key,
    raise_as_untrainable,
    steps_per_epoch,
)
from lstm_lab.training.identity import canonical_json, digest
from lstm_lab.training.planning.display_names import display_name
from lstm_lab.training.planning.eligibilities import eligibility_of
from lstm_lab.training.problems import input_shape, sample_shapes
from lstm_lab.training.store import Store

# Ten divide thirty into blocks that two workers can share; one seed at once costs the same per seed, but for compiling.
SEEDS_PER_BLOCK = 10
# Networks with a layer of this many weights are trained seed by seed: weights and moments of several members do not fit
# into the second-level cache. Per seed and update, with one and with ten members: 64 units (16,900 weights) 15 and 17
# µs, 128 units 53 and 68.
LAYER_TRAINED_ALONE = 15_000

# On an H200, a step of the first model takes 0.059 µs for each of a thousand seeds and 0.060 for each of ten thousand:
# larger blocks would gain nothing. The smaller ones are for memory only.
BLOCKS_ON_GPU = (1000, 500, 200, 100, 50, 20, 10)
BYTES_ON_GPU = 8 * 2**30  # of one block, so that several processes share a GPU

# Seconds per weight and update, and what each further row and time step adds: measured on one core for the
# article's networks. They order the trainings and feed the progress display; nothing else depends on them.
SECONDS_PER_WEIGHT = 0.5e-9
SECONDS_PER_WEIGHT_AND_CELL_STEP = 0.09e-9
# Seconds of an update by `model.fit`, for networks of about the article's size.
SECONDS_PER_PLAIN_UPDATE = 3e-3


@dataclass(frozen=True)
class Job:
    """One training of one block of seeds.

    Attributes:
        experiment: what is trained.
        seeds: the block of its seeds that is trained together.
        stops: epochs after which a snapshot is stored, rising.
        eligibility: how the experiment is trained.
    """

    experiment: Experiment
    seeds: tuple[int, ...]
    stops: tuple[int, ...]
    eligibility: Eligibility

    @property
    def by_plain_keras(self) -> bool:
        """Whether plain Keras trains it, since the compiled loop cannot."""
        return bool(self.eligibility.reason)

    @property
    def display_name(self) -> str:
        """What people call the experiment, and where plain Keras trains it, the reason."""
        name = display_name(self.experiment)
        return f"{name} (seed by seed, by plain Keras: {self.eligibility.reason})" if self.by_plain_keras else name

    @functools.cached_property  # read of every job whenever the next one is chosen
    def program(self) -> str:
        """The digest of its compiled program, equal for jobs that share one: twelve hexadecimal digits.

        "" where plain Keras trains it: each seed's model is compiled by itself, which is part of its start.
        """
        if self.by_plain_keras:
            return ""
        problem, regime = self.experiment.problem, self.experiment.regime
        shapes = [[name, padded(shape[0]), *shape[1:]] for name, shape in sample_shapes(problem).items()]
        return digest([canonical_json(self.experiment.network), len(self.seeds), regime.batch_size, shapes])[:12]

    @property
    def seconds(self) -> float:
        """Estimated seconds on one core, without compiling."""
        count, *sample_shape = input_shape(self.experiment.problem)
        regime = self.experiment.regime
        time_steps = sample_shape[0] if len(sample_shape) > 1 else 1
        per_weight = SECONDS_PER_WEIGHT + SECONDS_PER_WEIGHT_AND_CELL_STEP * regime.batch_size * time_steps
        updates = self.stops[-1] * steps_per_epoch(regime, count) * len(self.seeds)
        if self.by_plain_keras:
            return updates * SECONDS_PER_PLAIN_UPDATE
        return updates * sum(self.eligibility.weights) * per_weight


def seed_block(experiment: Experiment, seed: int, store: Store | None = None) -> tuple[int, ...]:
    """The seeds of this experiment that are trained together with this one.

    Only this one where nothing is trained, or every seed would be the same.

    Args:
        experiment: what is trained.
        seed: one of its seeds.
        store: see `eligibility_of`.
    """
    return _block_of(seed, _block_size(experiment, store))


def _block_of(seed: int, size: int) -> tuple[int, ...]:
    """The block of this size that has this seed."""
    first = seed - seed % size
    return tuple(range(first, first + size))


def _block_size(experiment: Experiment, store: Store | None) -> int:
    """How many seeds of this experiment are trained together."""
    if not experiment.regime.epochs or not getattr(experiment.network.initial, "varies", True):
        return 1
    eligibility = eligibility_of(experiment, store)
    return 1 if eligibility.reason else _block_on_gpu(experiment, eligibility) if gpu() else _block(eligibility)


def _block(eligibility: Eligibility) -> int:
    """How many seeds one core trains at once."""
    return 1 if max(eligibility.weights, default=0) >= LAYER_TRAINED_ALONE else SEEDS_PER_BLOCK


def _block_on_gpu(experiment: Experiment, eligibility: Eligibility) -> int:
    """How many seeds a GPU trains at once, as far as its memory allows: one of `BLOCKS_ON_GPU`.

    A seed needs its samples, its weights with gradients and two moments, and for the gradients what each layer computes
    at each time step of a batch: about as many numbers as the square root of its weights, a dozen times.
    """
    shapes = sample_shapes(experiment.problem)
    samples = sum(math.prod(shape) for shape in shapes.values())
    weights = sum(eligibility.weights)
    steps = experiment.regime.batch_size * (shapes["x"][1] if len(shapes["x"]) > 2 else 1)
    computed = 12 * steps * sum(math.isqrt(layer) for layer in eligibility.weights)
    most = BYTES_ON_GPU // (4 * (samples + 6 * weights + computed))
    return max((size for size in BLOCKS_ON_GPU if size <= most), default=1)


def plan_jobs(
    requests: Iterable[tuple[Experiment, int]],
    left_out: Callable[[str], None] = lambda line: None,
    store: Store | None = None,
) -> list[Job]:
    """The jobs for these experiments and seeds, the longest first; experiments of one trajectory share a job.

    Args:
        requests: pairs of experiment and seed.
        left_out: called with a line for each experiment that cannot be trained; the trainer raises the same line.
        store: see `eligibility_of`.
    """
    longest: dict[str, Job] = {}
    seconds: dict[str, float] = {}
    stops: dict[str, set[int]] = {}
    seeds_of: dict[Experiment, set[int]] = {}
    for experiment, seed in requests:
        if experiment.regime.epochs:
            seeds_of.setdefault(experiment, set()).add(seed)
    for experiment, seeds in seeds_of.items():
        try:
            with raise_as_untrainable(experiment):
                size, eligibility = _block_size(experiment, store), eligibility_of(experiment, store)
                blocks = sorted({_block_of(seed, size) for seed in seeds})
                jobs = [Job(experiment, block, experiment.regime.stops, eligibility) for block in blocks]
                named = [(key(experiment, job.seeds), job, job.seconds) for job in jobs]
        except Untrainable as error:
            left_out(str(error))
            continue
        for name, job, cost in named:
            stops.setdefault(name, set()).update(job.stops)
            if cost > seconds.get(name, -1.0):
                longest[name], seconds[name] = job, cost
    names = sorted(longest, key=lambda name: (-seconds[name], longest[name].experiment.name, longest[name].seeds))
    return [dataclasses.replace(longest[name], stops=tuple(sorted(stops[name]))) for name in names]
