"""Measured costs of trainings, stored as each ends, and the durations that they predict for further trainings.

Seconds are CPU time, not wall time, so other processes on the machine do not count. No number in the evidence depends
on them: where the file of costs is lost, damaged or from another machine, estimates are only coarser.
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

from lstm_lab.machine import gpu, processor
from lstm_lab.serialization import Range, strict_converter
from lstm_lab.training.experiment import Experiment
from lstm_lab.training.identity import digest
from lstm_lab.training.planning.jobs import Job

FILE = "costs.jsonl"  # in the folder of the evidence: one JSON line for each training
# Defaults until trainings are timed on this machine: seconds to compile a program, and seconds of each training before
# its first update (initial weights, schedules, samples). Medians over the trainings of the article's networks.
SECONDS_COMPILING = 1.3
SECONDS_STARTING = 0.35
# The same of each seed that plain Keras trains, whose model is traced and compiled anew: between 0.4 s for an LSTM of 4
# units and one time step and 1.0 s for a bidirectional one of 32 units and fifty, all with dropout.
SECONDS_STARTING_PLAIN = 0.6

Seconds = Annotated[float, Range(0, 1e9)]  # the range that a file of costs may hold


@dataclass(frozen=True)
class Cost:
    """What one training took.

    Attributes:
        name: display name of the experiment.
        trajectory: digest of what was trained, without its number of epochs, see `trajectory_of`.
        seeds: the first and the last.
        epochs: number of epochs trained, without those that were stored before.
        estimated: seconds that `Job.seconds` predicts for the updates of these epochs.
        seconds: that the updates took; None where there were too few to separate them from the start.
        starting: seconds of all else: initial weights, schedules, samples, storing snapshots, compiling.
        compiled: whether its program had to be compiled.
        processor: name of the processor, or of the GPU that trained.
        by_plain_keras: whether plain Keras trained it.
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
    by_plain_keras: bool = False


class TrainingTimer:
    """Measures a training by its progress calls: the first one comes after building and compiling."""

    def __init__(self, progress: Callable[[int], None], start: int, clock: Callable[[], float] | None = None) -> None:
        """Start the measurement.

        Args:
            progress: also called with each epoch reached.
            start: the epoch from which the training is continued.
            clock: the processor time of the processes that train; None for that of this one.
        """
        self.progress = progress
        self.clock = clock or time.process_time
        self.marks = [(start, self.clock())]

    def __call__(self, epoch: int) -> None:
        """Record the CPU time at which this epoch was reached."""
        self.marks.append((epoch, self.clock()))
        self.progress(epoch)

    def cost(self, job: Job, compiled: bool) -> Cost | None:
        """The cost of the training up to the last epoch reached; None where none was reached.

        Args:
            job: the job that was trained.
            compiled: whether its program had to be compiled.
        """
        start, began = self.marks[0]
        first, compiled_at = self.marks[min(1, len(self.marks) - 1)]
        last, ended = self.marks[-1]
        if last == start:
            return None
        estimated = estimate(job, last - start)
        seconds = (ended - compiled_at) * (last - start) / (last - first) if last > first else None
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
            processor=_trained_on(),
            by_plain_keras=job.by_plain_keras,
        )


@dataclass(frozen=True)
class Rates:
    """Measured durations on this processor, relative to the estimate `Job.seconds`.

    Attributes:
        measured: number of trainings from which the ratio is computed.
        ratio: measured seconds per estimated second, the median over all trainings.
        of_trajectory: the same for each trajectory that was trained before, by `trajectory_of`.
        starting: seconds of each training before its first update.
        compiling: further seconds for each program to compile.
        starting_plain: seconds of each seed that plain Keras trains before its first update, compiling included.
    """

    measured: int = 0
    ratio: float = 1.0
    of_trajectory: dict[str, float] = field(default_factory=dict)
    starting: float = SECONDS_STARTING
    compiling: float = SECONDS_COMPILING
    starting_plain: float = SECONDS_STARTING_PLAIN

    def seconds(self, job: Job, epochs: int) -> float:
        """Estimated seconds to train this number of epochs on one core, without compiling a program."""
        ratio = self.of_trajectory.get(trajectory_of(job.experiment), self.ratio)
        return (self.starting_plain if job.by_plain_keras else self.starting) + estimate(job, epochs) * ratio

    def describe(self) -> str:
        """From which measurements the estimates are made, as a clause."""
        if not self.measured:
            return "by a rule of thumb, no training was timed on this processor yet"
        many = "1 training" if self.measured == 1 else f"{self.measured} trainings"
        return f"from {many} timed on this processor, which took {self.ratio:.2g} times what the rule of thumb says"


def _trained_on() -> str:
    """The name of the GPU or of the processor that trains in this run."""
    return gpu() or processor()


def estimate(job: Job, epochs: int) -> float:
    """Seconds that `Job.seconds` predicts for this number of epochs of a job, without compiling."""
    return job.seconds * epochs / job.stops[-1]


def append_cost(folder: Path, cost: Cost | None) -> None:
    """Append a line to the costs in `folder`, in one write, so that lines of several processes do not mix."""
    with contextlib.suppress(OSError):
        if cost is not None:
            with (folder / FILE).open("a", encoding="ascii") as file:
                file.write(json.dumps(asdict(cost)) + "\n")


def rates(folder: Path) -> Rates:
    """The rates computed from the costs in `folder` of this processor; the defaults where there are none."""
    try:
        lines = (folder / FILE).read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return Rates()
    costs, converter = [], strict_converter()
    for line in lines:
        with contextlib.suppress(ExceptionGroup, ValueError, RecursionError):  # torn, damaged, or of an older form
            cost = converter.structure(json.loads(line), Cost)
            costs += [cost] if cost.processor == _trained_on() else []
    ratios = [
        (cost.trajectory, cost.seconds / cost.estimated) for cost in costs if cost.seconds and round(cost.estimated, 4)
    ]
    by_trajectory: dict[str, list[float]] = {}
    for trajectory, ratio in ratios:
        by_trajectory.setdefault(trajectory, []).append(ratio)
    compiled_starts, starts, plain_starts = (
        [cost.starting for cost in costs if (cost.compiled, cost.by_plain_keras) == kind]
        for kind in ((True, False), (False, False), (False, True))
    )
    starting = median(starts) if starts else SECONDS_STARTING
    return Rates(
        measured=len(ratios),
        ratio=median(ratio for _, ratio in ratios) if ratios else 1.0,
        of_trajectory={trajectory: median(own) for trajectory, own in by_trajectory.items()},
        starting=starting,
        compiling=max(0.0, median(compiled_starts) - starting) if compiled_starts else SECONDS_COMPILING,
        starting_plain=median(plain_starts) if plain_starts else SECONDS_STARTING_PLAIN,
    )


@functools.cache
def trajectory_of(experiment: Experiment) -> str:
    """A digest of the training without its number of epochs and its seeds: twelve hexadecimal digits."""
    return digest(experiment.trajectory())[:12]
