"""What is left of a plan of trainings: the file of the plan, written by the processes that train, and its summary."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from lstm_lab.files import write_json
from lstm_lab.serialization import Range
from lstm_lab.training.execution.progress import progress_converter, progress_on_cluster, trainings
from lstm_lab.training.planning import PlannedTraining, share_out
from lstm_lab.training.planning.cost_model import Seconds
from lstm_lab.training.store import Store

Epoch = Annotated[int, Range(0, 1e9)]
FILE = "plan"  # in the folder of the progress


@dataclass(frozen=True)
class Plan:
    """The trainings of a plan, and the seconds that compiling a program takes."""

    compiling: Seconds
    trainings: tuple[RemainingTraining, ...]


@dataclass(frozen=True)
class RemainingTraining:
    """One training of the plan.

    Attributes:
        name: its name in the progress, `Job.display_name`.
        seeds: the first and the last.
        missing: names of its files that are missing in the store.
        start: the epoch from which it is continued.
        seconds: estimated on one core, without compiling.
        program: the digest of its compiled program.
    """

    name: str
    seeds: tuple[int, int]
    missing: tuple[str, ...]
    start: Epoch
    seconds: Seconds
    program: str


def write_plan(folder: Path, store: Store, planned: Sequence[PlannedTraining], compiling: float) -> None:
    """Write to `folder` what `remaining` reads, unless another process of the run has: later ones would miss less.

    Args:
        folder: the folder of the progress.
        store: where the snapshots are stored.
        planned: the trainings of the plan.
        compiling: seconds to compile a program.
    """
    remaining = [
        RemainingTraining(
            name=training.job.display_name,
            seeds=(training.job.seeds[0], training.job.seeds[-1]),
            missing=tuple(
                store.path(training.job.experiment, training.job.seeds, stop).name for stop in training.missing
            ),
            start=training.start,
            seconds=training.seconds,
            program=training.program,
        )
        for training in planned
    ]
    with contextlib.suppress(OSError):  # no evidence depends on it
        if (folder / FILE).exists():
            return
        write_json(folder / FILE, dataclasses.asdict(Plan(compiling, tuple(remaining))))


@dataclass(frozen=True)
class Remaining:
    """What is left of a plan.

    Attributes:
        trainings: number of trainings left.
        of: number of trainings in the plan that were missing when it was written.
        stored: number of those that were not.
        seconds: forecast seconds until the last one ends, those under way counted by the epochs before them.
        planned: forecast seconds of all of them.
    """

    trainings: int
    of: int
    stored: int
    seconds: float
    planned: float


def remaining(folder: Path, store: Store, processes: int) -> Remaining | None:
    """What is left of the plan; None where none was written.

    Args:
        folder: the folder of the progress.
        store: where the snapshots are stored.
        processes: number of processes that share them; those of a cluster, while one trains, are known.
    """
    try:
        plan = progress_converter().structure(json.loads((folder / FILE).read_text(encoding="utf-8")), Plan)
    except (OSError, ValueError, ExceptionGroup, RecursionError):
        return None
    under_way = {(progress.name, progress.seeds): progress for progress in trainings(folder)}
    planned = [training for training in plan.trainings if training.missing]
    left = []
    for training in planned:
        missing = tuple(name for name in training.missing if not store.is_usable(store.folder / name))
        running = under_way.get((training.name, training.seeds))
        share = (running.epochs - running.epoch) / max(1, running.epochs - training.start) if running else 1.0
        if missing:
            seconds = training.seconds * min(1.0, max(0.0, share))
            left.append(dataclasses.replace(training, missing=missing, seconds=seconds))
    sent = progress_on_cluster(folder)
    processes = max(1, sent.threads) if sent else processes
    left.sort(key=lambda training: -training.seconds)
    return Remaining(
        trainings=len(left),
        of=len(planned),
        stored=len(plan.trainings) - len(planned),
        seconds=share_out(left, processes, plan.compiling).wall,
        planned=share_out(planned, processes, plan.compiling).wall,
    )
