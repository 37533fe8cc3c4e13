"""Gives trained ensembles: from memory, from the store, or by training them; shares the work between processes.

Seeds are trained in blocks whose size belongs to the experiment, never to the number of seeds asked for, so that a
seed shows the same with any `--seeds` and any number of workers.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lstm_lab.training.experiment import Experiment
from lstm_lab.training.networks import Network
from lstm_lab.training.progress import Reporter
from lstm_lab.training.schedule import steps_per_epoch
from lstm_lab.training.store import Store, key

if TYPE_CHECKING:
    from lstm_lab.training.ensemble import Ensemble, Member
    from lstm_lab.training.loop import Snapshot

SEEDS_PER_BLOCK = 10

# Seconds per weight and update, and what each further row and time step adds: measured on one core for the
# article's networks. They order the trainings and feed the progress display; nothing else depends on them.
SECONDS_PER_WEIGHT = 0.75e-9
SECONDS_PER_WEIGHT_AND_CELL_STEP = 0.13e-9


@dataclass(frozen=True)
class Job:
    """One training: a block of seeds of an experiment, kept after each of the epochs `stops`."""

    experiment: Experiment
    seeds: tuple[int, ...]
    stops: tuple[int, ...]

    @property
    def seconds(self) -> float:
        """About how long it takes on one core, compiling left out."""
        samples = self.experiment.problem.samples(self.seeds[0])
        count, *sample_shape = samples.x.shape
        regime = self.experiment.regime
        cell_steps = regime.batch_size * sample_shape[0]
        per_weight = SECONDS_PER_WEIGHT + SECONDS_PER_WEIGHT_AND_CELL_STEP * cell_steps
        updates = self.stops[-1] * steps_per_epoch(regime, count) * len(self.seeds)
        seconds: float = updates * weights_of(self.experiment.network, sample_shape[-1]) * per_weight
        return seconds


def weights_of(network: Network, features: int) -> int:
    """About how many trainable weights the network has: recurrent and dense layers, per member."""
    gates = {"LSTM": 4, "GRU": 3, "SimpleRNN": 1}
    total = 0
    for part in network.layers:
        units = part.get("units")
        if units:
            total += gates.get(part.kind, 1) * units * (features + 1 + (units if part.recurrent else 0))
            features = units
    return total


def block_of(seed: int) -> tuple[int, ...]:
    """The seeds that are trained together with this one."""
    first = seed - seed % SEEDS_PER_BLOCK
    return tuple(range(first, first + SEEDS_PER_BLOCK))


def jobs(wanted: Iterable[tuple[Experiment, int]]) -> list[Job]:
    """What must be trained for these experiments and seeds, dearest first; points of one training become one job."""
    stops: dict[tuple[str, tuple[int, ...]], set[int]] = {}
    longest: dict[tuple[str, tuple[int, ...]], Experiment] = {}
    for experiment, seed in wanted:
        if not experiment.regime.epochs:
            continue
        block = block_of(seed)
        name = key(experiment, block), block
        stops.setdefault(name, set()).update(experiment.regime.stops)
        if name not in longest or experiment.regime.epochs > longest[name].regime.epochs:
            longest[name] = experiment
    made = [Job(longest[name], name[1], tuple(sorted(epochs))) for name, epochs in stops.items()]
    return sorted(made, key=lambda job: (-job.seconds, job.experiment.name, job.seeds))


@dataclass
class Trainer:
    """Trained ensembles for whoever asks in this process.

    Attributes:
        store: where they are kept.
        reporter: told how far a training is.
        trained: ids of the ensembles trained here.
        loaded: ids of the ensembles read from the store.
    """

    store: Store
    reporter: Reporter
    trained: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    _ensembles: dict[tuple[str, int], Ensemble] = field(default_factory=dict, repr=False)
    _plan: list[Job] = field(default_factory=list, repr=False)

    def member(self, experiment: Experiment, seed: int) -> Member:
        """One trained seed of an experiment."""
        return self.ensemble(experiment, block_of(seed)).member(seed)

    def ensemble(self, experiment: Experiment, seeds: tuple[int, ...]) -> Ensemble:
        """A trained block of seeds: remembered, loaded, or trained now."""
        from lstm_lab.training.ensemble import Ensemble

        epochs = experiment.regime.epochs
        name = key(experiment, seeds), epochs
        if name not in self._ensembles:
            snapshot = self._stored(experiment, seeds, epochs)
            if snapshot is None:
                snapshot = self._trained(Job(experiment, seeds, experiment.regime.stops))
            self._ensembles[name] = Ensemble(experiment, snapshot)
        return self._ensembles[name]

    def work_off(self, plan: Sequence[Job]) -> None:
        """Train what nobody has trained or is training, dearest first. Every process does so with the same plan."""
        self._plan = list(plan)
        while self._next():
            pass

    def _next(self) -> bool:
        """Do one job of the plan; False when each is done or in other hands."""
        for job in self._plan:
            if set(job.stops) <= set(self.store.epochs(job.experiment, job.seeds)):
                continue
            with self.store.lock(job.experiment, job.seeds, wait=False) as mine:
                if mine and self._missing(job):
                    self._train(job)
                    return True
        return False

    def _missing(self, job: Job) -> list[int]:
        kept = self.store.epochs(job.experiment, job.seeds)
        return [stop for stop in job.stops if stop not in kept]

    def _trained(self, job: Job) -> Snapshot:
        """The last snapshot of a job: by training it here, or once another process has. Meanwhile does other jobs."""
        while True:
            with self.store.lock(job.experiment, job.seeds, wait=False) as mine:
                if mine:
                    stored = self._stored(job.experiment, job.seeds, job.stops[-1])
                    return stored or self._train(job)
            if not self._next():
                time.sleep(0.05)

    def _stored(self, experiment: Experiment, seeds: tuple[int, ...], epochs: int) -> Snapshot | None:
        snapshot = self.store.load(experiment, seeds, epochs) if epochs else None
        if snapshot is not None:
            self.loaded.append(f"{key(experiment, seeds)}-{epochs}")
        return snapshot

    def _train(self, job: Job) -> Snapshot:
        """Train a job from the latest snapshot that helps, keeping one at each stop; the last one."""
        from lstm_lab.training.loop import train

        start = self._latest(job)
        samples = [job.experiment.problem.samples(seed) for seed in job.seeds]
        stops = [stop for stop in job.stops if start is None or stop > start.epoch]
        with self.reporter.training(job.experiment.name, job.seeds, start.epoch if start else 0, stops[-1]) as told:
            for snapshot in train(
                job.experiment.network, job.experiment.regime, samples, job.seeds, stops, start=start, progress=told
            ):
                if snapshot.epoch:
                    self.store.save(job.experiment, snapshot)
                    self.trained.append(f"{key(job.experiment, job.seeds)}-{snapshot.epoch}")
        return snapshot

    def _latest(self, job: Job) -> Snapshot | None:
        """The longest stored training that leads to the first missing stop."""
        first_missing = self._missing(job)[0] if self._missing(job) else job.stops[-1]
        for epoch in reversed(self.store.epochs(job.experiment, job.seeds)):
            if epoch < first_missing:
                snapshot = self.store.load(job.experiment, job.seeds, epoch)
                if snapshot is not None:
                    return snapshot
        return None
