"""Clusters to ask: a pretended one, whose workers answer as a test says, and one of real processes."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from lstm_lab.training.execution.cluster import process

ROOT = Path(__file__).parents[4]
HERE = Path(__file__).parent
LONGEST = 240  # seconds that anything may take, on a machine with other work

Answers = Callable[[bytes], tuple[str, Any]]


@dataclass
class PretendedFuture:
    """A future that has ended when it is made."""

    key: str
    answer: Callable[[], Any]
    status: str = "finished"

    def add_done_callback(self, called: Callable[[Any], None]) -> None:
        """It has ended already."""
        called(self)

    def result(self, timeout: float) -> Any:
        """What the worker has answered, or raised."""
        return self.answer()

    def cancel(self) -> None:
        """Nothing is under way."""


@dataclass
class PretendedClient:
    """A client whose workers answer in this process.

    Attributes:
        workers: what each answers to a message, by address.
        sent: the address to which each job was sent, in order.
    """

    workers: dict[str, Answers]
    sent: list[str] = field(default_factory=list)
    status: str = "running"
    keys: int = 0

    def nthreads(self) -> dict[str, int]:
        """One job at once on each worker."""
        return dict.fromkeys(self.workers, 1)

    def submit(self, function: Any, run: str, computing: Any, program: str, content: bytes, **how: Any) -> Any:
        """The answer of the worker that is named."""
        (address,) = how["workers"]
        self.keys += 1
        if b"software" not in content:
            self.sent.append(address)
        return PretendedFuture(f"key {self.keys}", lambda: self.workers[address](content))

    def cancel(self, futures: Any, force: bool) -> None:
        """Nothing is under way."""


@pytest.fixture
def pretended() -> Callable[..., PretendedClient]:
    """A client of workers by address; one that is None does what a real one does, in this process."""
    return lambda **workers: PretendedClient({name: one or process.answer for name, one in workers.items()})


@dataclass
class Processes:
    """A scheduler and workers, each in a process group of its own."""

    folder: Path
    port: int
    started: dict[str, subprocess.Popen] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Of the scheduler."""
        return f"tcp://127.0.0.1:{self.port}"

    def scheduler(self) -> None:
        """Start a scheduler, and wait until it answers."""
        self._start("scheduler", "scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard")
        ends = time.monotonic() + LONGEST
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            assert time.monotonic() < ends, self.said("scheduler")
            time.sleep(0.1)

    def worker(self, name: str, code: Path = ROOT, paths: tuple[Path, ...] = ()) -> None:
        """Start a worker that finds the lab in a checkout, behind these paths."""
        options = ("--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
        self._start(name, "worker", self.address, *options, paths=(*paths, code, HERE))

    def kill(self, name: str) -> None:
        """SIGKILL to all processes of one, as when its machine runs out of power."""
        process = self.started.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        """End whatever still lives."""
        for name in list(self.started):
            with contextlib.suppress(ProcessLookupError):
                self.kill(name)

    def said(self, name: str) -> str:
        """What one has said."""
        return (self.folder / f"{name}.txt").read_text(errors="replace")

    def _start(self, name: str, *command: str, paths: tuple[Path, ...] = (ROOT,)) -> None:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
        searched = os.pathsep.join([*map(str, paths), *kept.get("PYTHONPATH", "").split(os.pathsep)])
        with (self.folder / f"{name}.txt").open("ab") as output:
            self.started[name] = subprocess.Popen(
                [sys.executable, "-m", "dask", *command],
                cwd=self.folder,
                env={**kept, "PYTHONPATH": searched},
                stdout=output,
                stderr=output,
                start_new_session=True,
            )


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    """A real cluster, of which nothing is started yet."""
    pytest.importorskip("distributed", reason="needs Dask: pip install -c constraints.txt -e '.[cluster]'")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path / "cluster"
    folder.mkdir()
    made = Processes(folder, port)
    yield made
    made.end()
