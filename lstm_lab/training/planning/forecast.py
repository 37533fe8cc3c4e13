"""What a plan would train, what it would load, and about how long that takes."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from lstm_lab.text import pluralized, seed_ranges
from lstm_lab.training.planning.cost_model import Rates
from lstm_lab.training.planning.jobs import Job
from lstm_lab.training.planning.program_sharing import Compiled, preferred
from lstm_lab.training.store import Store

MOST_LINES = 25  # trainings listed one by one; the cheaper ones are counted together


@dataclass(frozen=True)
class PlannedTraining:
    """One job of a plan as the store has it.

    Attributes:
        job: the job.
        stored: epochs of it that are kept.
        start: the epoch from which its training is continued.
        seconds: about how long its missing epochs take on one core, compiling left out; 0 where none is missing.
    """

    job: Job
    stored: tuple[int, ...]
    start: int
    seconds: float

    @property
    def missing(self) -> tuple[int, ...]:
        """The stops that are not kept."""
        return tuple(stop for stop in self.job.stops if stop not in self.stored)

    @property
    def program(self) -> str:
        """What decides whether two jobs share one compiled program."""
        return self.job.program


class Schedulable(Compiled, Protocol):
    """What `share_out` needs to know of a training; see `PlannedTraining`."""

    @property
    def missing(self) -> Sequence[object]:
        """What the store lacks of it."""

    @property
    def seconds(self) -> float:
        """About how long that takes on one core, compiling left out."""


@dataclass(frozen=True)
class Workload:
    """What training comes to.

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
    """Each job of a plan beside what is stored of it, what takes longest first."""
    planned = []
    for job in plan:
        epochs = store.epochs(job.experiment, job.seeds)
        first = next((stop for stop in job.stops if stop not in epochs), None)
        start = job.stops[-1] if first is None else max((epoch for epoch in epochs if epoch < first), default=0)
        stored = tuple(stop for stop in job.stops if stop in epochs)
        seconds = 0.0 if first is None else rates.seconds(job, job.stops[-1] - start)
        planned.append(PlannedTraining(job, stored, start, seconds))
    return sorted(planned, key=lambda one: (-one.seconds, one.job.experiment.name, one.job.seeds))


def share_out(trainings: Sequence[Schedulable], processes: int, compiling: float) -> Workload:
    """How so many processes share the trainings: each, when free, takes the dearest that it prefers, see `Programs`.

    Args:
        trainings: the dearest first.
        processes: how many train.
        compiling: seconds that a process takes for a program that it does not have yet.
    """
    idle = [0.0] * processes
    programs: list[set[str]] = [set() for _ in idle]
    left = [one for one in trainings if one.missing]
    while left:
        process = idle.index(min(idle))
        own = programs[process]
        one = next(preferred(left, own, free=lambda program: all(program not in others for others in programs)))
        left.remove(one)
        idle[process] += one.seconds + (one.program not in own) * compiling
        own.add(one.program)
    compiled = sum(map(len, programs))
    return Workload(sum(one.seconds for one in trainings), compiled * compiling, compiled, max(idle))


def forecast_lines(
    plan: Sequence[Job], store: Store, rates: Rates, processes: int, *, in_full: bool = False
) -> Iterator[str]:
    """The lines that describe, for people, what a plan comes to.

    Args:
        plan: the jobs.
        store: where their ensembles are kept.
        rates: how long trainings take.
        processes: how many would train.
        in_full: whether every training has its line.
    """
    planned = planned_trainings(plan, store, rates)
    training = [one for one in planned if one.missing]
    load = share_out(planned, processes, rates.compiling)
    loaded = f"to load: {pluralized(sum(len(one.stored) for one in planned), 'ensemble')}"
    if not training:
        yield f"to train: nothing; {loaded}"
        return
    trained = pluralized(sum(len(one.missing) for one in training), "ensemble")
    yield f"to train: {trained} in {pluralized(len(training), 'training')}; {loaded}"
    programs, sharing = pluralized(load.programs, "program"), pluralized(processes, "process", "processes")
    yield (
        f"  about {duration(load.updates)} of computing and {duration(load.compiling)} of compiling {programs}: "
        f"{duration(load.wall)} with {sharing}, if the machine does nothing else"
    )
    yield f"  estimated {rates.describe()}"
    lines = list(_trainings(training))
    shown = len(lines) if in_full else MOST_LINES
    yield from lines[:shown]
    if lines[shown:]:
        yield f"  ... and {len(lines) - shown} cheaper ones, which -v lists"


def _trainings(training: Sequence[PlannedTraining]) -> Iterator[str]:
    """One line for the blocks of an experiment of which the same epochs are missing, the dearest first."""
    blocks: dict[Hashable, list[PlannedTraining]] = {}
    for one in training:
        blocks.setdefault((one.job.experiment, one.start, one.missing), []).append(one)
    for same in sorted(blocks.values(), key=lambda same: -sum(one.seconds for one in same)):
        one = same[0]
        seeds = seed_ranges([seed for one in same for seed in one.job.seeds])
        epochs = one.job.stops[-1] - one.start
        more = f" more after {one.start}" if one.start else ""
        seconds = sum(one.seconds for one in same)
        yield f"  {duration(seconds):>8}  {one.job.experiment.name}: {seeds}, {epochs} epochs{more}"


def duration(seconds: float) -> str:
    """About how long: `0.4 s`, `12 s`, `3.5 min`, `2.1 h`."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    if seconds < 99.5:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.1f} min" if seconds < 99.5 * 60 else f"{seconds / 3600:.1f} h"
