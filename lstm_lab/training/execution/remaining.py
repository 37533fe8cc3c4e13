"""What is left of a plan: written beside the progress by the processes that train, read by the one that shows it."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lstm_lab.files import write_json
from lstm_lab.training.execution.progress import trainings
from lstm_lab.training.planning import PlannedTraining, duration, share_out
from lstm_lab.training.store import Store

FILE = "plan"  # in the folder of the progress


@dataclass(frozen=True)
class RemainingTraining:
    """One training of the plan.

    Attributes:
        name: as its progress has it.
        seeds: the first and the last.
        missing: names of the files that the store lacks of it.
        seconds: about how long it takes on one core, compiling left out.
        program: trainings with the same one share what is compiled.
    """

    name: str
    seeds: tuple[int, int]
    missing: tuple[str, ...]
    seconds: float
    program: str


def write_plan(folder: Path, store: Store, planned: Sequence[PlannedTraining], compiling: float) -> None:
    """Write to `folder` what `remaining_lines` reads. Every process writes the same plan.

    Args:
        folder: of the progress.
        store: where the trainings are kept.
        planned: the plan as the store has it.
        compiling: seconds that a program takes to compile.
    """
    remaining = [
        RemainingTraining(
            name=one.job.display_name,
            seeds=(one.job.seeds[0], one.job.seeds[-1]),
            missing=tuple(store.path(one.job.experiment, one.job.seeds, stop).name for stop in one.missing),
            seconds=one.seconds,
            program=one.program,
        )
        for one in planned
    ]
    plain = {"compiling": compiling, "trainings": [dataclasses.asdict(one) for one in remaining]}
    with contextlib.suppress(OSError):  # no evidence depends on it
        write_json(folder / FILE, plain)


def remaining_lines(folder: Path, store: Store, processes: int) -> list[str]:
    """How many trainings of the plan are left, and for how long, as one line; none where there is no plan or no rest.

    Args:
        folder: of the progress.
        store: where the trainings are kept.
        processes: how many share them.
    """
    try:
        plain = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    seconds_left = {(one["name"], *one["seeds"]): one["left"] for one in trainings(folder)}
    left = []
    for one in plain["trainings"]:
        missing = tuple(name for name in one["missing"] if not store.is_usable(store.folder / name))
        running = seconds_left.get((one["name"], *one["seeds"]))
        seconds = one["seconds"] if running is None else running
        left.append(RemainingTraining(**{**one, "missing": missing, "seconds": seconds}))
    left = sorted((one for one in left if one.missing), key=lambda one: -one.seconds)
    if not left:
        return []
    wall = share_out(left, processes, plain["compiling"]).wall
    return [f"{len(left)} of {len(plain['trainings'])} trainings left, about {duration(wall)}"]
