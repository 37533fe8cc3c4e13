"""The side of a cluster that asks: it sends the jobs of a plan, checks what comes back, and stores it."""

from __future__ import annotations

import contextlib
import json
import queue
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lstm_lab.serialization import is_number, strict_converter
from lstm_lab.text import one_line
from lstm_lab.training.errors import Refused
from lstm_lab.training.execution.cluster.process import Request, Trained, message
from lstm_lab.training.execution.cluster.queue import Queue, Task
from lstm_lab.training.execution.cluster.roster import MOST_FAILURES, Roster
from lstm_lab.training.execution.progress import ClusterProgress
from lstm_lab.training.execution.trainer import Trainer
from lstm_lab.training.experiment import key
from lstm_lab.training.planning import Job, cost_model
from lstm_lab.training.store import PlainSnapshot, Snapshot
from lstm_lab.training.store.npz import decode, encode

SECONDS_BETWEEN_LOOKS = 0.5  # at which workers there are
SECONDS_WITHOUT_WORKERS = 120.0  # after which the jobs are left to this machine
SECONDS_TO_FETCH = 128.0  # an answer that is there, at the last try; with those before, four minutes
MOST_LOSSES = 3  # of a job, after which it is left to this machine


class Lost(Exception):
    """The cluster does no more for this run; the message is one line."""


@dataclass(frozen=True)
class Flight:
    """A task that a worker is doing.

    Attributes:
        task: the task.
        request: what was sent.
        address: of the worker.
        future: of its answer.
    """

    task: Task
    request: Request
    address: str
    future: Any


class Asking:
    """One plan on its way through a cluster.

    Attributes:
        trained_on: how many jobs were done on which processor.
    """

    def __init__(self, roster: Roster, address: str, trainer: Trainer, jobs: Sequence[Job]) -> None:
        """Begin with jobs that are all missing, the dearest first.

        Args:
            roster: the workers.
            address: what the cluster is called.
            trainer: its store receives the snapshots.
            jobs: the jobs.
        """
        self.trained_on: Counter[str] = Counter()
        self._roster = roster
        self._address = address
        self._trainer = trainer
        self._queue = Queue(jobs)
        self._jobs = len(jobs)
        self._flights: dict[str, Flight] = {}
        self._looked = -SECONDS_BETWEEN_LOOKS
        self._had_workers = time.monotonic()

    def work(self) -> None:
        """Send and store until nothing is left. Raises Lost where the cluster is."""
        try:
            while self._queue or self._flights:
                self._look()
                self._send()
                self._take()
        finally:
            futures = [flight.future for flight in self._flights.values()]
            with contextlib.suppress(Exception):  # of a cluster that is gone
                self._roster.client.cancel(futures, force=True)

    def _look(self) -> None:
        """Twice a second: see which workers there are, and put back what those did that are gone."""
        now = time.monotonic()
        if now - self._looked < SECONDS_BETWEEN_LOOKS:
            return
        self._looked = now
        try:
            self._roster.look()
        except ConnectionError as error:
            raise Lost(str(error)) from error
        for name, flight in list(self._flights.items()):
            if flight.address not in self._roster.workers:
                del self._flights[name]
                if self._roster.client.status == "running":
                    flight.future.cancel()
                    self._lose(flight.task, f"worker {flight.address} is gone")
                else:  # the scheduler is gone, and with it every future
                    self._queue.put_back(flight.task)
        workers = [one for one in self._roster.workers.values() if not one.refusal]
        if any(one.accepted for one in workers):
            self._had_workers = now
        elif now - self._had_workers > SECONDS_WITHOUT_WORKERS:
            seconds = f"for {SECONDS_WITHOUT_WORKERS:.0f} s it has had no worker that may train"
            raise Lost("; ".join([seconds, *self._roster.refusals]))
        done = self._jobs - len(self._queue) - len(self._flights)
        threads = sum(one.threads for one in workers)
        self._trainer.reporter.on_cluster(ClusterProgress(self._address, done, self._jobs, threads))

    def _send(self) -> None:
        """Give each worker as many jobs as it does at once; the least busy one is given the next."""
        while self._queue:
            idle = [
                (one.busy / one.threads, address)
                for address, one in self._roster.workers.items()
                if one.accepted and one.busy < one.threads
            ]
            if not idle:
                return
            _, address = min(idle)
            chosen = self._roster.workers[address]
            others = {name for one in self._roster.workers.values() if one is not chosen for name in one.programs}
            task = self._queue.take(chosen.programs, others)
            if task is not None:
                self._fly(task, address)

    def _fly(self, task: Task, address: str) -> None:
        """Send one task to one worker."""
        job, chosen = task.job, self._roster.workers[address]
        name = key(job.experiment, job.seeds)
        start = self._trainer.snapshot_to_continue(job)
        stops = tuple(stop for stop in job.stops if start is None or stop > start.epoch)
        request = Request(job, name, stops, (encode(start, name), start.epoch) if start else None)
        try:
            future = self._roster.submit(address, message("train", request), job.program, priority=-task.rank)
        except OSError:  # the scheduler is gone; the next look will see it
            self._queue.put_back(task)
            self._roster.workers.clear()
            return
        self._flights[future.key] = Flight(task, request, address, future)
        chosen.busy += 1
        chosen.programs.add(job.program)

    def _take(self) -> None:
        """Wait a little for answers, and deal with all that there are."""
        timeout = SECONDS_BETWEEN_LOOKS
        with contextlib.suppress(queue.Empty):
            while True:
                future = self._roster.done.get(timeout=timeout)
                timeout = 0.0
                flight = self._flights.pop(future.key, None)
                if flight is not None:
                    self._land(flight)
                else:
                    self._hear(future)

    def _hear(self, future: Any) -> None:
        """What a worker says of its software; a line of each that is refused."""
        if self._roster.take_software(future):
            for line in self._roster.refusals:
                self._trainer.reporter.note(line)

    def _land(self, flight: Flight) -> None:
        """Store what a worker has trained, or put its task back."""
        one = self._roster.workers.get(flight.address)
        if one is not None:
            one.busy -= 1
        if flight.future.status == "cancelled":  # with the scheduler; no fault of the job
            self._queue.put_back(flight.task)
            return
        try:
            kind, told = _fetched(flight.future)
        except Exception as error:  # whatever Dask raises of a worker that has ended or a connection that is broken
            kind, told = "broken", one_line(f"{type(error).__name__}: {error}")
            self._looked = -SECONDS_BETWEEN_LOOKS  # before anything is sent again
        if kind == "untrainable":  # as it will be here, where the error is raised
            return
        if kind == "result":
            try:
                self._store(flight, told)
            except Refused as error:
                kind, told = "refused", f"got a training of which {error}, wanted one that passes the checks"
            else:
                if one is not None:
                    one.failures = 0
                return
        if one is not None:
            one.failures += 1
            if kind == "refused" or one.failures >= MOST_FAILURES:
                one.refusal = str(told)
                self._trainer.reporter.note(f"worker {flight.address}: {one_line(one.refusal)}; it is sent no more")
        if kind == "refused":
            self._queue.put_back(flight.task)
        else:
            self._lose(flight.task, str(told))

    def _lose(self, task: Task, why: str) -> None:
        """Put a task back that a worker has not done; one that has cost several workers is left to this machine."""
        task.losses += 1
        if task.losses < MOST_LOSSES:
            self._queue.put_back(task)
            return
        job = task.job
        seeds = f"{job.experiment.name}, seeds {job.seeds[0]}-{job.seeds[-1]}"
        self._trainer.reporter.note(f"{seeds}: not trained on the cluster in {MOST_LOSSES} tries ({one_line(why)})")

    def _store(self, flight: Flight, trained: object) -> None:
        """Store snapshots once all of them are checked as those of a file. Raises Refused where one fails."""
        job, request, trainer = flight.task.job, flight.request, self._trainer
        if not isinstance(trained, Trained) or len(trained.snapshots) != len(request.stops):
            raise Refused(f"not all of its {len(request.stops)} snapshots are there")
        snapshots = [
            self._checked(job, request.key, stop, content)
            for stop, content in zip(request.stops, trained.snapshots, strict=True)
        ]
        for snapshot in snapshots:
            trainer.store.save(job.experiment, snapshot)
            trainer.trained.append(f"{request.key}-{snapshot.epoch}")
        self.trained_on[one_line(str(trained.processor))[:80]] += 1
        if job.by_plain_keras and is_number(trained.seconds):
            trainer.plain_keras_seconds.setdefault(job.display_name, []).append(trained.seconds)
        with contextlib.suppress(ValueError, TypeError, ExceptionGroup):  # no evidence depends on it
            cost = strict_converter().structure(json.loads(trained.cost), cost_model.Cost)
            cost_model.append_cost(trainer.store.folder.parent, cost)

    def _checked(self, job: Job, name: str, stop: int, content: bytes) -> Snapshot:
        """The snapshot in a worker's bytes, checked as one that is loaded is."""
        snapshot = decode(content, name, job.seeds, stop)
        if isinstance(snapshot, PlainSnapshot) is not job.by_plain_keras:
            raise Refused("its kind is another one")
        if self._trainer.store.check is not None:
            self._trainer.store.check(snapshot, job.experiment)
        return snapshot


def _fetched(future: Any) -> Any:
    """The answer of a future that has ended, fetched from its worker. Raises what Dask raises, and TimeoutError.

    A worker that is killed with an answer takes it along, and Dask would wait for another one: so it is looked at,
    first after a second, whether the answer is there still.
    """
    timeout = 1.0
    while True:
        try:
            return future.result(timeout=timeout)
        except TimeoutError:
            timeout *= 2
            if future.status != "finished" or timeout > SECONDS_TO_FETCH:
                raise
