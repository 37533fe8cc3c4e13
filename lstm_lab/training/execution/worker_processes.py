"""Plain Keras in subprocesses: each ends when its peak memory exceeds a limit, and the next one continues.

TensorFlow never frees a compiled program, of 20 to 60 MiB, and plain Keras compiles one for each seed. Only memory
depends on the process in which a job is trained: the weights are equal bit by bit.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import pickle
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from lstm_lab.machine import peak_mebibytes
from lstm_lab.training.compiled import obey_parent
from lstm_lab.training.execution.checked_store import open_store
from lstm_lab.training.execution.progress import Reporter
from lstm_lab.training.execution.trainer import Trainer
from lstm_lab.training.planning import Job

MOST_MEBIBYTES = 1024  # a process whose peak is higher begins no further job; the largest job adds some 200


def run_in_subprocesses(trainer: Trainer, plan: Sequence[Job], most: int = MOST_MEBIBYTES) -> None:
    """Train the jobs of plain Keras in subprocesses; `trainer` records the results.

    Jobs that other processes are training are passed over. Those that cannot be pickled, raise an error in the
    subprocess, or end it, are left: `trainer.run_jobs` trains them in this process, where their error is raised.

    Args:
        trainer: its store receives the snapshots.
        plan: the jobs, the longest first.
        most: peak memory in MiB above which a process begins no further job.
    """
    plan = [job for job in plan if job.by_plain_keras and is_picklable(job)]
    exceeded = True
    while exceeded and any(map(trainer.missing, plan)):
        exceeded = _run_subprocess(trainer, plan, most)


def _run_subprocess(trainer: Trainer, plan: Sequence[Job], most: int) -> bool:
    """Start a subprocess and wait for its end; whether it ended because its memory exceeded the limit."""
    context = multiprocessing.get_context("spawn")  # a fork of a process with threads may deadlock
    receiver, sender = context.Pipe(duplex=False)
    store, folder = trainer.store, trainer.reporter.folder
    process = context.Process(
        target=_run_jobs, args=(sender, store.folder, store.fresh, folder, plan, most), daemon=True
    )
    process.start()
    sender.close()  # so that `recv` raises EOFError when the subprocess ends
    try:
        trained, refused, plain_keras_seconds, exceeded = receiver.recv()
    except EOFError:
        return False
    finally:
        if sys.exc_info()[0] is not None:
            process.kill()
        process.join()
        receiver.close()
    trainer.trained += trained
    store.refused += refused
    for name, seconds in plain_keras_seconds.items():
        trainer.plain_keras_seconds.setdefault(name, []).extend(seconds)
    return bool(exceeded)


def _run_jobs(sender: Connection, folder: Path, fresh: str, progress: Path | None, plan: list[Job], most: int) -> None:
    """In the subprocess: run jobs until none is left or the memory exceeds the limit; send the results."""
    obey_parent()
    trainer = Trainer(open_store(folder, fresh), Reporter(progress))
    exceeded = False
    with contextlib.suppress(Exception):  # raised again in the parent, which trains the job next
        # However low the limit, each process trains one job: so all are trained.
        exceeded = not trainer.run_jobs(plan, enough=lambda: bool(trainer.trained) and peak_mebibytes() > most)
    sender.send((trainer.trained, trainer.store.refused, trainer.plain_keras_seconds, exceeded))


def is_picklable(job: Job) -> bool:
    """Whether a job can be pickled: not where the class of its problem is defined inside a function."""
    try:
        pickle.dumps(job)
    except (pickle.PicklingError, AttributeError, TypeError):
        return False
    return True
