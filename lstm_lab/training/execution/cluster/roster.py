"""The workers of a cluster: which there are, and which of them may train for this run."""

from __future__ import annotations

import queue
import time
from dataclasses import dataclass, field
from typing import Any

from lstm_lab.serialization import first_mistake
from lstm_lab.text import one_line
from lstm_lab.training.execution.cluster import worker
from lstm_lab.training.execution.cluster.connection import ClusterError
from lstm_lab.training.execution.cluster.process import message
from lstm_lab.training.execution.cluster.software import (
    CHECK_OUT,
    computing_environment,
    difference,
    from_json,
    software,
)

SECONDS_TO_JOIN = 60.0  # in which the first worker of a cluster must be there
SECONDS_TO_TELL = 120.0  # in which the first worker must say what its software is
MOST_FAILURES = 5  # of a worker one after another, after which it is sent nothing more


@dataclass
class Worker:
    """A worker of the cluster, as far as this process knows it.

    Attributes:
        threads: how many jobs it does at once.
        told: whether it has told its software.
        refusal: why it is sent no jobs; "" where it is.
        programs: of the jobs that it has been sent.
        busy: how many jobs it is doing.
        failures: how many jobs it has failed to do, one after another.
    """

    threads: int
    told: bool = False
    refusal: str = ""
    programs: set[str] = field(default_factory=set)
    busy: int = 0
    failures: int = 0

    @property
    def accepted(self) -> bool:
        """Whether it may be sent jobs."""
        return self.told and not self.refusal


class Roster:
    """The workers of a cluster. Each is asked for its software when it is first seen, also one that joins later.

    Attributes:
        client: of the cluster.
        run: the token of the run.
        workers: by address.
        done: receives every future that has ended.
    """

    def __init__(self, client: Any, run: str) -> None:
        """No worker is known yet."""
        self.client = client
        self.run = run
        self.workers: dict[str, Worker] = {}
        self.done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._software = software()
        self._environment = computing_environment()
        self._asked: dict[str, tuple[str, Any]] = {}  # address and future, by the name of the future

    def submit(self, address: str, content: bytes, program: str, priority: int) -> Any:
        """A future of the answer of one worker to a message; see `worker.call`."""
        arguments = self.run, self._environment, program, content
        future = self.client.submit(worker.call, *arguments, workers=[address], pure=False, priority=priority)
        future.add_done_callback(self.done.put)
        return future

    def look(self) -> None:
        """Find out which workers there are: new ones are asked for their software, those that are gone are forgotten.

        Raises ConnectionError where the scheduler is gone for good.
        """
        if self.client.status == "closed":
            raise ConnectionError("its scheduler is gone")
        try:
            threads = self.client.nthreads() if self.client.status == "running" else {}
        except (OSError, TimeoutError):  # it is being connected to again
            threads = {}
        for address in self.workers.keys() - threads.keys():
            del self.workers[address]
        for address in sorted(threads.keys() - self.workers.keys()):
            self.workers[address] = Worker(threads[address])
            future = self.submit(address, message("software"), "", priority=1)
            self._asked[future.key] = address, future

    def take_software(self, future: Any) -> bool:
        """Whether a future that has ended was that of a worker's software, which is compared with that of this side."""
        address, _ = self._asked.pop(future.key, ("", None))
        if address in self.workers:
            refusal = self._refusal(future)
            self.workers[address].told = refusal is not None
            self.workers[address].refusal = refusal or ""
            if refusal is None:  # asked again at the next look
                del self.workers[address]
        return bool(address)

    def wait_for_one(self) -> None:
        """Wait until one worker is accepted. Raises ClusterError where there is none, or none may train."""
        began = time.monotonic()
        while not any(one.accepted for one in self.workers.values()):
            try:
                self.look()
            except ConnectionError as error:
                raise ClusterError(f"{error}; wanted one that stays; start it with `dask scheduler`") from error
            seconds = time.monotonic() - began
            if not self.workers and seconds > SECONDS_TO_JOIN:
                raise ClusterError("got a scheduler without workers, wanted at least one; start `dask worker ADDRESS`")
            if self.workers and all(one.told for one in self.workers.values()):
                raise ClusterError("got no worker that may train, wanted one: " + "; ".join(self.refusals))
            if seconds > SECONDS_TO_TELL:
                raise ClusterError(f"got no answer from a worker in {SECONDS_TO_TELL:.0f} s, wanted one; restart them")
            try:
                self.take_software(self.done.get(timeout=0.2))
            except queue.Empty:
                continue

    @property
    def refusals(self) -> list[str]:
        """A line for each worker that is sent no jobs."""
        return [f"worker {address}: {one.refusal}" for address, one in self.workers.items() if one.refusal]

    def _refusal(self, future: Any) -> str | None:
        """What is wrong with a worker's software, "" where nothing is; None where the question was lost."""
        if future.status == "cancelled":
            return None
        try:
            kind, told = future.result(timeout=SECONDS_TO_TELL)
            return difference(from_json(told), self._software) if kind == "result" else str(told)
        except (ImportError, AttributeError, TypeError) as error:  # the lab is not there, or an older one
            wanted = "wanted the lab of this checkout; start the worker in a checkout, where the lab is installed"
            return f"got {one_line(f'{type(error).__name__}: {error}')}, {wanted}"
        except (ValueError, ExceptionGroup) as error:
            return f"got {first_mistake(error, 'software')}, wanted the software of this checkout; {CHECK_OUT}"
        except Exception:  # it has gone, or its scheduler
            return None
