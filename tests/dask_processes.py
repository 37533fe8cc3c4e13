"""A cluster of real processes on this machine, to be killed for real."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST = 600  # seconds that anything may take, on a machine with other work


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
        self._start(name, "worker", self.address, *options, paths=(*paths, code))

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


@contextlib.contextmanager
def dask_processes(folder: Path) -> Iterator[Processes]:
    """A cluster of which nothing is started yet, and nothing is left."""
    pytest.importorskip("distributed", reason="needs Dask: pip install -c constraints.txt -e '.[cluster]'")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder.mkdir(parents=True)
    made = Processes(folder, port)
    try:
        yield made
    finally:
        made.end()
