"""Work on a plan grows as its jobs: operations are counted, since times say little on a shared machine."""

import contextlib
import os
from collections import Counter
from dataclasses import dataclass

import pytest

from lstm_lab import Experiment, Regime, Windows, recurrent_classifier
from lstm_lab.files import write_bytes
from lstm_lab.training.execution.progress import Reporter
from lstm_lab.training.execution.trainer import Trainer
from lstm_lab.training.planning.cost_model import Rates
from lstm_lab.training.planning.forecast import planned_trainings, share_out
from lstm_lab.training.planning.jobs import plan_jobs
from lstm_lab.training.store import store as store_module
from lstm_lab.training.store.store import Store

SMALL, WIDE = recurrent_classifier(2, 4), recurrent_classifier(3, 4)
EXPERIMENTS = [
    Experiment(f"in order {order}", Windows(symbols="ABCD"), network, Regime(epochs=4, shuffle=order))
    for network in (SMALL, WIDE)
    for order in ("never", "once")
]
RATES = Rates(starting=1.0, compiling=10.0)
FEW, MANY = 50, 500  # seeds
MOST = 15  # times the operations for ten times the seeds


def plan(seeds: int):
    """The jobs of all experiments."""
    return plan_jobs([(one, seed) for seed in range(seeds) for one in EXPERIMENTS])


@pytest.fixture
def asked(monkeypatch) -> Counter:
    """How often a trainer asked whether something is stored, and how many names of files were read."""
    counts: Counter = Counter()
    original, scan = Store.is_usable, os.scandir

    def is_usable(store, path):
        counts["asked"] += 1
        return original(store, path)

    @contextlib.contextmanager
    def scandir(path):
        with contextlib.suppress(FileNotFoundError), scan(path) as entries:
            names = list(entries)
            counts["read"] += len(names)
            yield names

    monkeypatch.setattr(Store, "is_usable", is_usable)
    monkeypatch.setattr(store_module.os, "scandir", scandir)
    return counts


def stored(store: Store, job) -> None:
    """Leave files as if the job had been trained."""
    for stop in job.stops:
        write_bytes(store.path(job.experiment, job.seeds, stop), b"")


@pytest.mark.parametrize("first", [0, 1], ids=["nothing is stored", "half is stored"])
def test_running_ten_times_the_jobs_asks_ten_times_as_often(first, tmp_path, asked, monkeypatch) -> None:
    """A job that is done is not asked about whenever another one ends."""
    monkeypatch.setattr(Trainer, "_train", lambda self, job: stored(self.store, job))

    def times_asked(seeds: int) -> int:
        trainer = Trainer(Store(tmp_path / f"{seeds}"), Reporter(None))
        jobs = plan(seeds)
        for job in jobs[: first * len(jobs) // 2]:
            stored(trainer.store, job)
        asked.clear()
        trainer.run_jobs(jobs)
        assert not any(map(trainer.missing, jobs))
        return asked["asked"]

    assert times_asked(MANY) < MOST * times_asked(FEW)


def test_forecast_of_ten_times_the_jobs_reads_ten_times_the_files(tmp_path, asked) -> None:
    """The folder of the store is listed once, and not for each job."""

    def names_read(seeds: int) -> int:
        store, jobs = Store(tmp_path / f"{seeds}"), plan(seeds)
        for job in jobs[::2]:
            stored(store, job)
        asked.clear()
        planned = planned_trainings(jobs, store, RATES)
        assert len(jobs[1::2]) == sum(bool(one.missing) for one in planned)
        return asked["read"]

    assert 0 < names_read(MANY) < MOST * names_read(FEW)


@dataclass(eq=False)
class Task:
    """A training that counts how often it was looked at."""

    name: str
    looked: Counter
    seconds: float = 1.0
    missing = (1,)

    @property
    def program(self) -> str:
        """Its program."""
        self.looked["program"] += 1
        return self.name


def test_sharing_out_ten_times_the_trainings_looks_ten_times_as_often() -> None:
    """In the order of a plan, where trainings of one program stand together."""

    def looks(seeds: int) -> int:
        looked: Counter = Counter()
        tasks = [Task(f"program {number}", looked) for number in range(20) for _ in range(seeds)]
        load = share_out(tasks, 4, compiling=1.0)
        assert 20 * seeds == load.updates
        return looked["program"]

    assert looks(100) < MOST * looks(10)
