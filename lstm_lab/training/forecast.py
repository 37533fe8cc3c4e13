"""Before spending hours: what a plan would train, what it would load, and about how long that takes."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from lstm_lab.training.costs import Rates
from lstm_lab.training.plan import Job
from lstm_lab.training.programs import Compiled, preferred
from lstm_lab.training.store import Store

MOST_LINES = 25  # trainings listed one by one; the cheaper ones are counted together


@dataclass(frozen=True)
class Outlook:
    """One job of a plan as the store has it.

    Attributes:
        job: the job.
        stored: epochs of it that are kept.
        start: the epoch that its training goes on from.
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


class Ahead(Compiled, Protocol):
    """A training as they must know it who share it out; see `Outlook`."""

    @property
    def missing(self) -> Sequence[object]:
        """What is not kept of it."""

    @property
    def seconds(self) -> float:
        """About how long that takes on one core, compiling left out."""


@dataclass(frozen=True)
class Load:
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


def outlooks(plan: Iterable[Job], store: Store, rates: Rates) -> list[Outlook]:
    """Each job of a plan beside what is stored of it, what takes longest first."""
    found = []
    for job in plan:
        kept = store.epochs(job.experiment, job.seeds)
        first = next((stop for stop in job.stops if stop not in kept), None)
        start = job.stops[-1] if first is None else max((epoch for epoch in kept if epoch < first), default=0)
        stored = tuple(stop for stop in job.stops if stop in kept)
        seconds = 0.0 if first is None else rates.seconds(job, job.stops[-1] - start)
        found.append(Outlook(job, stored, start, seconds))
    return sorted(found, key=lambda one: (-one.seconds, one.job.experiment.name, one.job.seeds))


def load_of(found: Sequence[Ahead], processes: int, compiling: float) -> Load:
    """How so many processes share the jobs: each, when it is free, takes the dearest that it prefers, see `Programs`.

    Args:
        found: the jobs, dearest first.
        processes: how many train.
        compiling: seconds that a process takes for a program that it does not have yet.
    """
    idle = [0.0] * processes
    programs: list[set[str]] = [set() for _ in idle]
    left = [one for one in found if one.missing]
    while left:
        process = idle.index(min(idle))
        own = programs[process]
        one = next(preferred(left, own, free=lambda program: all(program not in others for others in programs)))
        left.remove(one)
        idle[process] += one.seconds + (one.program not in own) * compiling
        own.add(one.program)
    compiled = sum(map(len, programs))
    return Load(sum(one.seconds for one in found), compiled * compiling, compiled, max(idle))


def forecast(
    plan: Sequence[Job], store: Store, rates: Rates, processes: int, *, in_full: bool = False
) -> Iterator[str]:
    """The lines that tell, for people, what a plan comes to.

    Args:
        plan: the jobs.
        store: where their ensembles are kept.
        rates: how long trainings take.
        processes: how many would train.
        in_full: whether every training has its line.
    """
    found = outlooks(plan, store, rates)
    training = [one for one in found if one.missing]
    load = load_of(found, processes, rates.compiling)
    loaded = f"to load: {_counted(sum(len(one.stored) for one in found), 'ensemble')}"
    if not training:
        yield f"to train: nothing; {loaded}"
        return
    trained = _counted(sum(len(one.missing) for one in training), "ensemble")
    yield f"to train: {trained} in {_counted(len(training), 'training')}; {loaded}"
    programs, sharing = _counted(load.programs, "program"), _counted(processes, "process", "processes")
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


def _trainings(training: Sequence[Outlook]) -> Iterator[str]:
    """One line for the blocks of an experiment of which the same epochs are missing, the dearest first."""
    blocks: dict[Hashable, list[Outlook]] = {}
    for one in training:
        blocks.setdefault((one.job.experiment, one.start, one.missing), []).append(one)
    for same in sorted(blocks.values(), key=lambda same: -sum(one.seconds for one in same)):
        one = same[0]
        seeds = _seeds([seed for one in same for seed in one.job.seeds])
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


def _counted(n: int, noun: str, nouns: str = "") -> str:
    """`1 process`, `2 processes`."""
    return f"{n} {noun if n == 1 else nouns or f'{noun}s'}"


def _seeds(seeds: Sequence[int]) -> str:
    """`seeds 0 to 29`, `seeds 0 to 9, 20 to 29`."""
    spans: list[list[int]] = []
    for seed in sorted(seeds):
        if spans and seed == spans[-1][-1] + 1:
            spans[-1].append(seed)
        else:
            spans.append([seed])
    told = [str(span[0]) if len(span) == 1 else f"{span[0]} to {span[-1]}" for span in spans]
    return f"seed{'' if len(seeds) == 1 else 's'} {', '.join(told)}"
