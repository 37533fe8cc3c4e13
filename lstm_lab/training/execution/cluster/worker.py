"""On a worker of the cluster: each message goes to a process of its own run, one that has compiled its program if any.

Nothing is trained in the worker itself, which lives for days while code changes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

from lstm_lab.training.execution.cluster.software import ROOT, environment_with

SERVE = "import sys; from lstm_lab.training.execution.cluster import process; process.serve(int(sys.argv[1]))"
MOST_MEBIBYTES = 1024  # a process whose peak is higher is asked nothing more, see `worker_processes`


@dataclass
class Process:
    """A process that answers messages.

    Attributes:
        popen: the process; it ends when its standard input is closed.
        connection: to it.
        programs: those that it has compiled.
    """

    popen: subprocess.Popen[bytes]
    connection: Connection
    programs: set[str] = field(default_factory=set)

    def end(self) -> None:
        """End it, and what it has started."""
        self.popen.kill()
        self.popen.wait()
        self.connection.close()
        if self.popen.stdin is not None:
            self.popen.stdin.close()


# The processes that are asked nothing at present, by run; and the lock on them.
_idle: dict[str, list[Process]] = {}
_lock = threading.Lock()


def call(run: str, computing: dict[str, str], program: str, content: bytes) -> tuple[str, Any]:
    """The answer of a process to a message: its kind and the content, see `process.answer`.

    Args:
        run: the token of the run that asks.
        computing: the variables of the asking side, see `computing_environment`.
        program: that the job needs; "" where it needs none.
        content: the message.
    """
    process = _take(run, program) or _start(computing)
    try:
        process.connection.send_bytes(content)
        kind, told, peak = process.connection.recv()
    except (EOFError, OSError):
        process.end()
        return "broken", f"its process has ended with status {process.popen.returncode}"
    except BaseException:
        process.end()
        raise
    process.programs.add(program)
    if peak > MOST_MEBIBYTES:
        process.end()
    else:
        with _lock:
            _idle.setdefault(run, []).append(process)
    return kind, told


def end(run: str) -> None:
    """End the processes of a run that are asked nothing."""
    with _lock:
        processes = _idle.pop(run, [])
    for process in processes:
        process.end()


def _take(run: str, program: str) -> Process | None:
    """An idle process that lives, one that has compiled this program where there is one."""
    with _lock:
        idle = _idle.get(run, [])
        for process in [process for process in idle if process.popen.poll() is not None]:
            idle.remove(process)
            process.end()
        found = next((process for process in idle if program in process.programs), idle[-1] if idle else None)
        if found is not None:
            idle.remove(found)
        return found


def _start(computing: dict[str, str]) -> Process:
    """Start a process. Not by `multiprocessing`: a worker is a daemon, which may start none by it."""
    ours, its_end = Pipe()
    with its_end:
        command = [sys.executable, "-c", SERVE, str(its_end.fileno())]
        environment = environment_with(computing)
        found = (str(ROOT), environment.get("PYTHONPATH", ""))
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, found))
        popen = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment, pass_fds=[its_end.fileno()])
    return Process(popen, ours)
