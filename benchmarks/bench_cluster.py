"""A cluster of this machine's processes: what a job costs beside its training, and what a second process gains."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pytest

from benchmarks.conftest import TARGETS, target
from lstm_lab import Experiment, Regime, Windows, recurrent_classifier
from lstm_lab.training.execution import Reporter, Trainer, open_store
from lstm_lab.training.execution.cluster import Cluster, local_cluster
from lstm_lab.training.planning import SEEDS_PER_BLOCK, Job, plan_jobs

pytest.importorskip("distributed", reason="needs Dask: pip install -c constraints.txt -e '.[cluster]'")
pytestmark = pytest.mark.usefixtures("every_core")

RUN = "the run of the benchmarks"
MODEL = Experiment("first: one letter, 32 units", Windows(), recurrent_classifier(32), Regime(epochs=1))
SHORT = 40  # jobs of one epoch
LONG, EPOCHS = 8, 4000  # jobs, each of some seconds
ROUNDS = 3


class Times(NamedTuple):
    """Seconds of wall time, and of the processor in this process."""

    wall: float
    processor: float


def jobs(count: int, epochs: int) -> list[Job]:
    """So many blocks of seeds of one model."""
    return plan_jobs((MODEL.but(epochs=epochs), SEEDS_PER_BLOCK * block) for block in range(count))


def timed(address: str, plan: Sequence[Job], folder: Path) -> Times:
    """Train a plan on a cluster, or in this process where the address is empty, with an empty store."""
    cluster = Cluster(address, RUN)
    trainer = Trainer(open_store(folder / "ensembles"), Reporter(), cluster.train if address else None)
    began, used = time.perf_counter(), time.process_time()
    trainer.send(plan)
    assert not address or not any(map(trainer.missing, plan))
    trainer.run_jobs(plan)
    times = Times(time.perf_counter() - began, time.process_time() - used)
    cluster.close()
    return times


def test_overhead(note, tmp_path) -> None:
    """Jobs of one epoch on one process of a cluster, and the same here: what the way there and back costs."""
    plan = jobs(SHORT, 1)
    with local_cluster(1) as address:
        rounds = []
        for index in range(ROUNDS + 1):
            there = timed(address, plan, tmp_path / f"there {index}")
            here = timed("", plan, tmp_path / f"here {index}")
            rounds.append((there, here))
    warm = rounds[1:]  # in the first one both load TensorFlow and compile
    overhead = median((there.wall - here.wall) / SHORT for there, here in warm) * 1000
    asking = median(there.processor / SHORT for there, _ in warm) * 1000
    note("a job of a cluster", "milliseconds beside its training", {"wall": f"{overhead:.0f}"})
    note("a job of a cluster", "milliseconds of the processor that asks", {"wall": f"{asking:.0f}"})
    note(TARGETS, "overhead of a job on a cluster", target("at most 50 ms", f"{overhead:.0f} ms"))


def test_two_processes(note, tmp_path) -> None:
    """The same jobs on one process of a cluster and on two, by turns, so that the load of the machine is the same."""
    plan, warm_up = jobs(LONG, EPOCHS), jobs(4, 1)
    with local_cluster(1) as one, local_cluster(2) as two:
        for index, address in enumerate((one, two)):
            timed(address, warm_up, tmp_path / f"warm {index}")
        rounds = [
            (timed(one, plan, tmp_path / f"one {index}").wall, timed(two, plan, tmp_path / f"two {index}").wall)
            for index in range(ROUNDS)
        ]
    ratio = median(with_two / with_one for with_one, with_two in rounds)
    seconds = {"one process": median(one for one, _ in rounds), "two processes": median(two for _, two in rounds)}
    for name, wall in seconds.items():
        note(f"{LONG} jobs of {EPOCHS} epochs", name, {"seconds": f"{wall:.1f}"})
    note(
        TARGETS,
        "training time with two processes of a cluster, of that with one",
        target("at most 0.6", f"{ratio:.2f}"),
    )
