"""The remaining trainings of a plan: the file of the plan, written by the processes that train, and its summary."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lstm_lab.files import write_json
from lstm_lab.serialization import strict_converter
from lstm_lab.training.execution.progress import progress_on_cluster, trainings
from lstm_lab.training.planning import PlannedTraining, duration, share_out
from lstm_lab.training.planning.cost_model import Seconds
from lstm_lab.training.store import Store

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
        seconds: estimated on one core, without compiling.
        program: the digest of its compiled program.
    """

    name: str
    seeds: tuple[int, int]
    missing: tuple[str, ...]
    seconds: Seconds
    program: str


def write_plan(folder: Path, store: Store, planned: Sequence[PlannedTraining], compiling: float) -> None:
    """Write to `folder` what `remaining_lines` reads. Every process writes the same plan.

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
            seconds=training.seconds,
            program=training.program,
        )
        for training in planned
    ]
    with contextlib.suppress(OSError):  # no evidence depends on it
        write_json(folder / FILE, dataclasses.asdict(Plan(compiling, tuple(remaining))))


def remaining_lines(folder: Path, store: Store, processes: int) -> list[str]:
    """One line: how many trainings of the plan are left, and for how long; no line where there are none.

    Args:
        folder: the folder of the progress.
        store: where the snapshots are stored.
        processes: number of processes that share them; those of a cluster, while one trains, are known.
    """
    try:
        plan = strict_converter().structure(json.loads((folder / FILE).read_text(encoding="utf-8")), Plan)
    except (OSError, ValueError, ExceptionGroup, RecursionError):
        return []
    seconds_left = {(progress.name, progress.seeds): progress.left for progress in trainings(folder)}
    remaining = []
    for training in plan.trainings:
        missing = tuple(name for name in training.missing if not store.is_usable(store.folder / name))
        running = seconds_left.get((training.name, training.seeds))
        if missing:
            seconds = training.seconds if running is None else running
            remaining.append(dataclasses.replace(training, missing=missing, seconds=seconds))
    remaining.sort(key=lambda training: -training.seconds)
    if not remaining:
        return []
    sent = progress_on_cluster(folder)
    wall = share_out(remaining, max(1, sent.threads) if sent else processes, plan.compiling).wall
    return [f"{len(remaining)} of {len(plan.trainings)} trainings left, about {duration(wall)}"]
