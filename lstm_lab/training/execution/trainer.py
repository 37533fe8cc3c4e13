"""The trainer: trained ensembles from memory, from the store, or trained now, and the jobs of a plan.

Every process runs the jobs of the same plan, the longest first. It skips jobs that another process is training and,
while other jobs are left, those whose program another process compiles.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lstm_lab.training.compiled import training_process
from lstm_lab.training.execution.block_training import snapshots
from lstm_lab.training.execution.progress import Reporter
from lstm_lab.training.experiment import Experiment, Untrainable, key, raise_as_untrainable
from lstm_lab.training.planning import Job, Programs, cost_model, eligibility_of, seconds_of_each_seed, seed_block
from lstm_lab.training.store import OutputCache, Store

if TYPE_CHECKING:
    from lstm_lab.training.ensemble import Ensemble, Member
    from lstm_lab.training.store import Snapshot


# The claims of a file are measured seed by seed: with fewer, its ensembles would be loaded again for every seed.
MOST_IN_MEMORY = 64


@dataclass
class Trainer:
    """The trained ensembles of this process.

    Attributes:
        store: where their snapshots are stored.
        reporter: writes the progress of a training.
        trained: ids of the ensembles trained here.
        loaded: ids of the ensembles read from the store.
        elsewhere: where given, called with this trainer and jobs before they are trained here; it stores what it can.
        plain_keras_seconds: by `Job.display_name` of own models that plain Keras trains, the seconds of each seed.
    """

    store: Store
    reporter: Reporter
    elsewhere: Callable[[Trainer, Sequence[Job]], None] | None = None
    trained: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    plain_keras_seconds: dict[str, list[float]] = field(default_factory=dict)
    _ensembles: dict[tuple[str, int], Ensemble] = field(default_factory=dict, repr=False)
    _plan: list[Job] = field(default_factory=list, repr=False)
    _failed: dict[str, Exception] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._programs = Programs(self.store.folder.parent / "programs")

    def member(self, experiment: Experiment, seed: int) -> Member:
        """One trained seed of an experiment. Raises Untrainable for one that cannot be trained."""
        from lstm_lab.training.ensemble import Member

        with raise_as_untrainable(experiment):
            block = seed_block(experiment, seed, self.store)
        return Member.of(self.ensemble(experiment, block), seed)

    def ensemble(self, experiment: Experiment, seeds: tuple[int, ...]) -> Ensemble:
        """A trained block of seeds: from memory, from the store, or trained now. Raises Untrainable as `member`."""
        with raise_as_untrainable(experiment):
            return self._get_ensemble(experiment, seeds)

    def _get_ensemble(self, experiment: Experiment, seeds: tuple[int, ...]) -> Ensemble:
        from lstm_lab.training.ensemble import Ensemble

        epochs = experiment.regime.epochs
        name = key(experiment, seeds), epochs
        ensemble = self._ensembles.pop(name, None)
        if ensemble is None:
            job = Job(experiment, seeds, experiment.regime.stops, eligibility_of(experiment, self.store))
            snapshot = self._load(experiment, seeds, epochs)
            if snapshot is None:
                # An ensemble of initial weights is not stored, so it needs no lock.
                snapshot = self._train_or_wait(job) if epochs else self._train_and_store(job)
            if epochs and job.by_plain_keras:
                self.plain_keras_seconds.setdefault(job.display_name, [])
            outputs = OutputCache.of_experiment(self.store, experiment, seeds)
            ensemble = Ensemble(experiment, snapshot, outputs, job.eligibility.eagerly)
        self._ensembles[name] = ensemble  # at the end: the first one is the least recently used
        if len(self._ensembles) > MOST_IN_MEMORY:
            del self._ensembles[next(iter(self._ensembles))]
        return ensemble

    def plain_keras_summary(self) -> list[str]:
        """A line for each own model that plain Keras trains: the reason, and its seconds in this process."""
        return [
            f"{name}: {len(seconds)} trained in {sum(seconds):.0f} s" if seconds else name
            for name, seconds in sorted(self.plain_keras_seconds.items())
        ]

    def send(self, jobs: Sequence[Job]) -> None:
        """Have jobs trained elsewhere, where there is such a place; those that it leaves, this process trains."""
        if self.elsewhere is not None:
            self.elsewhere(self, jobs)

    def run_jobs(self, plan: Sequence[Job], enough: Callable[[], bool] = lambda: False) -> bool:
        """Train what no process has trained or is training, the longest job first. Every process runs the same plan.

        A job that raises Untrainable is skipped: the test that uses its experiment gets the error.

        Args:
            plan: the jobs.
            enough: called before each job; where it returns True, no further job is run.

        Returns:
            Whether all jobs are done or being trained by other processes.
        """
        self._plan = list(plan)
        while not enough():
            if not self._run_next_job():
                return True
        return False

    def _run_next_job(self) -> bool:
        """Run one job of the plan; False where each is done or being trained by another process."""
        done = set[int]()
        try:
            for job in self._programs.preferred(self._plan):
                if not self.missing(job):  # asked of the jobs on the way alone: there may be ten thousands of others
                    done.add(id(job))
                    continue
                with self.store.lock(job.experiment, job.seeds, wait=False) as locked:
                    if locked and self.missing(job):
                        try:
                            self._train(job)
                        except Untrainable as error:
                            self.reporter.note(str(error))
                            done.add(id(job))
                        return True
            return False
        finally:
            self._plan = [job for job in self._plan if id(job) not in done]  # a stored snapshot stays stored

    def missing(self, job: Job) -> list[int]:
        """The stops of a job of which no snapshot is stored."""
        store, experiment = self.store, job.experiment
        return [stop for stop in job.stops if not store.is_usable(store.path(experiment, job.seeds, stop))]

    def _train_or_wait(self, job: Job) -> Snapshot:
        """The last snapshot of a job: trained now, or by another process, while this one runs other jobs."""
        self.send([job])
        while True:
            with self.store.lock(job.experiment, job.seeds, wait=False) as locked:
                if locked:
                    snapshot = self._load(job.experiment, job.seeds, job.stops[-1])
                    return snapshot or self._train(job)
            if not self._run_next_job():
                time.sleep(0.05)

    def _load(self, experiment: Experiment, seeds: tuple[int, ...], epochs: int) -> Snapshot | None:
        snapshot = self.store.load(experiment, seeds, epochs) if epochs else None
        if snapshot is not None:
            self.loaded.append(f"{key(experiment, seeds)}-{epochs}")
        return snapshot

    def _train(self, job: Job) -> Snapshot:
        """Train a job; one that has failed is not tried again, and raises the same message."""
        name = key(job.experiment, job.seeds)
        if name in self._failed:
            raise Untrainable(job.experiment, self._failed[name]) from self._failed[name]
        try:
            with raise_as_untrainable(job.experiment):
                return self._train_and_store(job)
        except Untrainable as error:
            self._failed[name] = error.why
            raise

    def _train_and_store(self, job: Job) -> Snapshot:
        """Train a job from its latest usable snapshot, store one at each missing stop, and return the last."""
        start = self.snapshot_to_continue(job)
        stops = [stop for stop in job.stops if start is None or stop > start.epoch]
        began = time.monotonic()
        if job.by_plain_keras and stops[-1]:
            self.reporter.note(f"{job.display_name}: {seconds_of_each_seed(job)}")
        first = start.epoch if start else 0
        with self.reporter.training(job.display_name, job.seeds, first, stops[-1]) as report:
            process = training_process()
            timer = cost_model.TrainingTimer(report, first, lambda: time.process_time() + process.seconds)
            compiled = process.programs
            for snapshot in snapshots(job, stops, start, timer):
                if snapshot.epoch:
                    self.store.save(job.experiment, snapshot)
                    self.trained.append(f"{key(job.experiment, job.seeds)}-{snapshot.epoch}")
            cost_model.append_cost(self.store.folder.parent, timer.cost(job, process.programs > compiled))
            self._programs.compiled(job.program)
        if job.by_plain_keras and snapshot.epoch:
            self.plain_keras_seconds.setdefault(job.display_name, []).append(time.monotonic() - began)
        return snapshot

    def snapshot_to_continue(self, job: Job) -> Snapshot | None:
        """The latest stored snapshot before the first missing stop."""
        first_missing = next(iter(self.missing(job)), job.stops[-1])
        for epoch in reversed(self.store.epochs(job.experiment, job.seeds)):
            if epoch < first_missing:
                snapshot = self.store.load(job.experiment, job.seeds, epoch)
                if snapshot is not None:
                    return snapshot
        return None
