"""What trainings really took, stored as they end, and what that predicts for further trainings.

Seconds are CPU time, not wall time: what else the machine does meanwhile does not count. No number of any evidence
depends on them: a file of costs that is lost, damaged or of another machine only makes estimates coarser.
"""

from __future__ import annotations

import contextlib
import functools
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Annotated

from lstm_lab.machine import processor
from lstm_lab.serialization import Range, strict_converter
from lstm_lab.training.experiment import Experiment
from lstm_lab.training.identity import digest
from lstm_lab.training.planning.jobs import Job

FILE = "costs.jsonl"  # in the folder of the evidence: one JSON line for each training
# Until trainings were timed here: what a program takes to compile, and what each training takes before its first
# update, for initial weights, orders and samples. Medians of the article's.
SECONDS_COMPILING = 2.0
SECONDS_STARTING = 0.35

Seconds = Annotated[float, Range(0, 1e9)]  # as a file may have them


@dataclass(frozen=True)
class Cost:
    """What one training took.

    Attributes:
        name: of the experiment, for people.
        trajectory: what was trained, however long, see `trajectory_of`.
        seeds: the first and the last.
        epochs: trained now, those that were stored before left out.
        estimated: seconds of its updates by `Job.seconds`, for these epochs.
        seconds: that its updates took; None where they were too few to be separated from the start.
        starting: seconds of all else: initial weights, orders, samples, keeping snapshots, and compiling.
        compiled: whether its program was new, so that it was compiled.
        processor: it was trained on.
    """

    name: str
    trajectory: str
    seeds: tuple[int, int]
    epochs: int
    estimated: Seconds
    seconds: Seconds | None
    starting: Seconds
    compiled: bool
    processor: str


class TrainingTimer:
    """Times a training by its progress: the first call comes after building and compiling, the rest is computing."""

    def __init__(self, progress: Callable[[int], None], start: int) -> None:
        """Begin now.

        Args:
            progress: called with each epoch reached as well.
            start: the epoch from which the training is continued.
        """
        self.progress = progress
        self.marks = [(start, time.process_time())]

    def __call__(self, epoch: int) -> None:
        """Record when this epoch was reached."""
        self.marks.append((epoch, time.process_time()))
        self.progress(epoch)

    def cost(self, job: Job, compiled: bool) -> Cost | None:
        """What the training took up to the last epoch reached; None where none was.

        Args:
            job: what was trained.
            compiled: whether its program was new.
        """
        start, began = self.marks[0]
        first, warm = self.marks[min(1, len(self.marks) - 1)]
        last, ended = self.marks[-1]
        if last == start:
            return None
        estimated = estimate(job, last - start)
        seconds = (ended - warm) * (last - start) / (last - first) if last > first else None
        starting = max(0.0, ended - began - (estimated if seconds is None else seconds))
        return Cost(
            name=job.experiment.name,
            trajectory=trajectory_of(job.experiment),
            seeds=(job.seeds[0], job.seeds[-1]),
            epochs=last - start,
            estimated=round(estimated, 4),
            seconds=None if seconds is None else round(seconds, 4),
            starting=round(starting, 4),
            compiled=compiled,
            processor=processor(),
        )


@dataclass(frozen=True)
class Rates:
    """How long trainings take here, next to the estimate of `Job.seconds`.

    Attributes:
        measured: trainings that the ratio rests on.
        ratio: seconds measured for one estimated, the median of all trainings.
        of_trajectory: the same for what was trained before, by `trajectory_of`.
        starting: seconds for each training before its first update.
        compiling: seconds more for each program.
    """

    measured: int = 0
    ratio: float = 1.0
    of_trajectory: dict[str, float] = field(default_factory=dict)
    starting: float = SECONDS_STARTING
    compiling: float = SECONDS_COMPILING

    def seconds(self, job: Job, epochs: int) -> float:
        """About how long the training of so many epochs takes on one core, compiling left out."""
        ratio = self.of_trajectory.get(trajectory_of(job.experiment), self.ratio)
        return self.starting + estimate(job, epochs) * ratio

    def describe(self) -> str:
        """What the estimates rest on."""
        if not self.measured:
            return "by a rule of thumb, no training was timed on this processor yet"
        many = "1 training" if self.measured == 1 else f"{self.measured} trainings"
        return f"from {many} timed on this processor, which took {self.ratio:.2g} times what the rule of thumb says"


def estimate(job: Job, epochs: int) -> float:
    """Seconds that so many epochs of a job take by the rule of thumb, compiling left out."""
    return job.seconds * epochs / job.stops[-1]


def append_cost(folder: Path, cost: Cost | None) -> None:
    """Add a line to the costs in `folder`; one write, so that processes do not mix theirs."""
    with contextlib.suppress(OSError):
        if cost is not None:
            with (folder / FILE).open("a", encoding="ascii") as file:
                file.write(json.dumps(asdict(cost)) + "\n")


def rates(folder: Path) -> Rates:
    """The rates that the costs in `folder` give for this processor; the defaults where there are none."""
    try:
        lines = (folder / FILE).read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return Rates()
    costs, converter = [], strict_converter()
    for line in lines:
        with contextlib.suppress(ExceptionGroup, ValueError, RecursionError):  # torn, damaged, or of an older form
            cost = converter.structure(json.loads(line), Cost)
            costs += [cost] if cost.processor == processor() else []
    timed = [(cost, cost.seconds / cost.estimated) for cost in costs if cost.seconds and round(cost.estimated, 4)]
    known: dict[str, list[float]] = {}
    for cost, ratio in timed:
        known.setdefault(cost.trajectory, []).append(ratio)
    first, again = ([cost.starting for cost in costs if cost.compiled is compiled] for compiled in (True, False))
    starting = median(again) if again else SECONDS_STARTING
    return Rates(
        measured=len(timed),
        ratio=median(ratio for _, ratio in timed) if timed else 1.0,
        of_trajectory={trajectory: median(ratios) for trajectory, ratios in known.items()},
        starting=starting,
        compiling=max(0.0, median(first) - starting) if first else SECONDS_COMPILING,
    )


@functools.cache
def trajectory_of(experiment: Experiment) -> str:
    """What names a training whatever its number of epochs and its seeds: twelve hexadecimal digits."""
    return digest(experiment.trajectory())[:12]
