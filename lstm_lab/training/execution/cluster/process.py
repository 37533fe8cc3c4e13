"""The process of a worker in which a job is trained; it is started afresh for each run, so that it has today's code.

A worker of a cluster lives for days, may run several jobs at once and may load anything. TensorFlow and Keras are
loaded in this process alone, which takes one job at a time, and whose environment is that of the asking side.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

from lstm_lab.machine import peak_mebibytes, processor
from lstm_lab.training.errors import TrainingProcessError
from lstm_lab.training.execution.cluster.software import CHECK_OUT, ROOT, software, to_json
from lstm_lab.training.planning import Job

SECONDS_IDLE = 120.0  # after which a process ends: that of a run that was killed is never asked again

# What a process answers: a result, why a job cannot be trained anywhere, why this machine cannot train it, and why no
# job of this run may be trained by this worker.
Kind = Literal["result", "untrainable", "broken", "refused"]


@dataclass(frozen=True)
class Request:
    """One job.

    Attributes:
        job: what is trained.
        key: of its training, as the asking side has computed it.
        stops: epochs after which a snapshot is wanted.
        start: the file of the snapshot to continue, and its epoch; None to begin with initial weights.
    """

    job: Job
    key: str
    stops: tuple[int, ...]
    start: tuple[bytes, int] | None


@dataclass(frozen=True)
class Trained:
    """What has come of a job.

    Attributes:
        snapshots: the file of each snapshot, in the order of the stops.
        cost: a `Cost` as JSON; null where nothing was measured.
        seconds: that it took.
        processor: the name of the processor that trained.
    """

    snapshots: list[bytes]
    cost: str
    seconds: float
    processor: str


class OtherKey(Exception):
    """The training that this side would make is not the one that was asked for."""


def search_paths() -> list[tuple[bool, str]]:
    """Where this process finds modules: whether a path lies in the checkout, and the path, from there if so."""
    paths = [Path(path or os.curdir).resolve() for path in sys.path]
    inside = [path.is_relative_to(ROOT) for path in paths]
    return [
        (within, str(path.relative_to(ROOT) if within else path)) for within, path in zip(inside, paths, strict=True)
    ]


def find_modules(paths: Sequence[tuple[bool, str]]) -> None:
    """Find modules where the asking side does, as far as this side has such folders."""
    for within, path in paths:
        here = str(ROOT / path if within else path)
        if here not in sys.path and Path(here).exists():
            sys.path.append(here)


def tell_software() -> str:
    """The software of this side, as JSON."""
    return to_json(software())


def train(request: Request) -> Trained:
    """Train a job. Raises OtherKey where this side would train something else."""
    from lstm_lab.training.compiled import training_process
    from lstm_lab.training.execution.block_training import snapshots
    from lstm_lab.training.experiment import key
    from lstm_lab.training.planning.cost_model import TrainingTimer
    from lstm_lab.training.store.npz import decode, encode

    job = request.job
    if key(job.experiment, job.seeds) != request.key:
        name = job.experiment.name
        raise OtherKey(f"got other code or data of {name}, wanted those of this checkout; {CHECK_OUT}")
    start = decode(request.start[0], request.key, job.seeds, request.start[1]) if request.start else None
    process, began = training_process(), time.monotonic()
    programs = process.programs
    timer = TrainingTimer(
        lambda epoch: None, start.epoch if start else 0, lambda: time.process_time() + process.seconds
    )
    files = [encode(one, request.key) for one in snapshots(job, request.stops, start, timer)]
    cost = timer.cost(job, process.programs > programs)
    return Trained(files, json.dumps(cost and asdict(cost)), time.monotonic() - began, processor())


ANSWERS: dict[str, Callable[..., Any]] = {"software": tell_software, "train": train}


def answer(content: bytes) -> tuple[Kind, Any]:
    """The answer to a message: the paths of the asking side, and a function with its arguments, pickled apart."""
    paths, called = pickle.loads(content)
    find_modules(paths)
    try:
        name, arguments = pickle.loads(called)
    except Exception as error:  # a module that is missing here, or another one
        return "refused", f"got {_described(error)} in reading a job, wanted the code of this checkout; {CHECK_OUT}"
    try:
        return "result", ANSWERS[name](*arguments)
    except OtherKey as error:
        return "refused", str(error)
    except (TrainingProcessError, MemoryError, OSError) as error:
        return "broken", _described(error)
    except Exception as error:  # builders and Keras may raise anything
        return "untrainable", _described(error)


def message(function: str, *arguments: Any) -> bytes:
    """The message that calls a function of `ANSWERS` in a process of a worker."""
    return pickle.dumps((search_paths(), pickle.dumps((function, arguments))))


def _described(error: Exception) -> str:
    return " ".join("".join(traceback.format_exception_only(error)).split())


def serve(descriptor: int) -> None:
    """Answer messages until the other end is closed, or nothing is asked for long.

    Args:
        descriptor: the file descriptor of the connection.
    """
    connection = Connection(descriptor)
    threading.Thread(target=_end_with_worker, daemon=True).start()
    while connection.poll(SECONDS_IDLE):
        try:
            content = connection.recv_bytes()
        except EOFError:
            return
        connection.send((*answer(content), peak_mebibytes()))


def _end_with_worker() -> None:
    """End as soon as the worker is gone, however it has ended: its end of the standard input is closed then."""
    while os.read(0, 1):
        pass
    os._exit(1)
