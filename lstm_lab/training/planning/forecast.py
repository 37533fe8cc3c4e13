"""The forecast of a plan: what it would train and load, and about how long that takes."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Protocol

from lstm_lab.text import pluralized, seed_ranges
from lstm_lab.training.planning.cost_model import SECONDS_STARTING_PLAIN, Rates
from lstm_lab.training.planning.display_names import display_name
from lstm_lab.training.planning.jobs import Job
from lstm_lab.training.planning.program_sharing import NeedsProgram, preferred
from lstm_lab.training.store import Store

MOST_LINES = 25  # trainings listed one by one; the cheaper ones are counted together


@dataclass(frozen=True)
class PlannedTraining:
    """One job of a plan, with what the store holds of it.

    Attributes:
        job: the job.
        stored: its stops of which a snapshot is stored.
        start: the epoch from which its training is continued.
        seconds: estimated for its missing epochs on one core, without compiling; 0 where none is missing.
    """

    job: Job
    stored: tuple[int, ...]
    start: int
    seconds: float

    @property
    def missing(self) -> tuple[int, ...]:
        """The stops of which no snapshot is stored."""
        return tuple(stop for stop in self.job.stops if stop not in self.stored)

    @property
    def program(self) -> str:
        """The digest of its compiled program, see `Job.program`."""
        return self.job.program


class Schedulable(NeedsProgram, Protocol):
    """What `share_out` needs to know of a training; see `PlannedTraining`."""

    @property
    def missing(self) -> Sequence[object]:
        """What is missing in the store."""

    @property
    def seconds(self) -> float:
        """Estimated seconds on one core, without compiling."""


@dataclass(frozen=True)
class Workload:
    """The computing time of a plan.

    Attributes:
        updates: core-seconds of computing.
        compiling: core-seconds of compiling.
        programs: compiled, each once in every process that needs it.
        wall: seconds until the last process is done.
    """

    updates: float
    compiling: float
    programs: int
    wall: float


def planned_trainings(plan: Iterable[Job], store: Store, rates: Rates) -> list[PlannedTraining]:
    """Each job of a plan with what the store holds of it, the longest first."""
    planned, names = [], store.names()
    for job in plan:
        epochs = store.epochs(job.experiment, job.seeds, names)
        first = next((stop for stop in job.stops if stop not in epochs), None)
        start = job.stops[-1] if first is None else max((epoch for epoch in epochs if epoch < first), default=0)
        stored = tuple(stop for stop in job.stops if stop in epochs)
        seconds = 0.0 if first is None else rates.seconds(job, job.stops[-1] - start)
        planned.append(PlannedTraining(job, stored, start, seconds))
    return sorted(planned, key=lambda training: (-training.seconds, training.job.experiment.name, training.job.seeds))


def share_out(trainings: Sequence[Schedulable], processes: int, compiling: float) -> Workload:
    """Simulates how processes share the trainings: each, when idle, takes the first in its order, see `Programs`.

    Args:
        trainings: the longest first.
        processes: number of processes.
        compiling: seconds in which a process compiles a program.
    """
    idle_from = [0.0] * processes
    programs: list[set[str]] = [set() for _ in idle_from]
    # By program: of ten thousands of trainings only the first of each program may be the next one.
    queues: dict[str, deque[tuple[int, Schedulable]]] = {}
    for place, training in enumerate(training for training in trainings if training.missing):
        queues.setdefault(training.program, deque()).append((place, training))
    while queues:
        process = idle_from.index(min(idle_from))
        own = programs[process]
        heads = [training for _, training in sorted((queue[0] for queue in queues.values()), key=itemgetter(0))]
        training = next(preferred(heads, own, lambda program: all(program not in others for others in programs)))
        queue = queues[training.program]
        queue.popleft()
        if not queue:
            del queues[training.program]
        new = {training.program} - own - {""}
        idle_from[process] += training.seconds + len(new) * compiling
        own |= new
    compiled = sum(map(len, programs))
    return Workload(sum(training.seconds for training in trainings), compiled * compiling, compiled, max(idle_from))


def forecast_lines(
    plan: Sequence[Job], store: Store, rates: Rates, processes: int, *, in_full: bool = False
) -> Iterator[str]:
    """The lines that describe what a plan would train and load, and how long that takes.

    Args:
        plan: the jobs.
        store: where their snapshots are stored.
        rates: measured durations of trainings.
        processes: number of processes that would train.
        in_full: whether to list every training.
    """
    planned = planned_trainings(plan, store, rates)
    missing = [training for training in planned if training.missing]
    load = share_out(planned, processes, rates.compiling)
    loaded = f"to load: {pluralized(sum(len(training.stored) for training in planned), 'ensemble')}"
    if not missing:
        yield f"to train: nothing; {loaded}"
        return
    ensembles = pluralized(sum(len(training.missing) for training in missing), "ensemble")
    yield f"to train: {ensembles} in {pluralized(len(missing), 'training')}; {loaded}"
    programs, sharing = pluralized(load.programs, "program"), pluralized(processes, "process", "processes")
    yield (
        f"  about {duration(load.updates)} of computing and {duration(load.compiling)} of compiling {programs}: "
        f"{duration(load.wall)} with {sharing}, if the machine does nothing else"
    )
    yield f"  estimated {rates.describe()}"
    lines = list(_training_lines(missing))
    listed = len(lines) if in_full else MOST_LINES
    yield from lines[:listed]
    if lines[listed:]:
        yield f"  ... and {len(lines) - listed} cheaper ones, which -v lists"


def _training_lines(trainings: Sequence[PlannedTraining]) -> Iterator[str]:
    """One line for the blocks of an experiment of which the same epochs are missing, the longest first."""
    blocks: dict[Hashable, list[PlannedTraining]] = {}
    for training in trainings:
        blocks.setdefault((training.job.experiment, training.start, training.missing), []).append(training)
    for group in sorted(blocks.values(), key=lambda group: -sum(training.seconds for training in group)):
        first = group[0]
        seeds = seed_ranges([seed for training in group for seed in training.job.seeds])
        more = f", {first.job.stops[-1] - first.start} of them more after {first.start}" if first.start else ""
        seconds = sum(training.seconds for training in group)
        yield f"  {duration(seconds):>8}  {display_name(first.job.experiment)}{more}: {seeds}"


def seconds_of_each_seed(job: Job) -> str:
    """About how long plain Keras trains each seed of a job, as text: the same in every process and for every seed."""
    seconds = Rates().seconds(job, job.stops[-1])
    compiling = ", most of it compiling its model" if seconds / 2 < SECONDS_STARTING_PLAIN else ""
    return f"about {duration(seconds)} for each seed{compiling}"


def duration(seconds: float) -> str:
    """A duration as text: `0.4 s`, `12 s`, `3.5 min`, `2.1 h`."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    if seconds < 99.5:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.1f} min" if seconds < 99.5 * 60 else f"{seconds / 3600:.1f} h"
