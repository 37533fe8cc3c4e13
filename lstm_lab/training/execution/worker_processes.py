"""Trains a plan in subprocesses: one that has taken much memory ends, and the next continues.

A compiled program is never freed, 20 to 60 MiB each, and a whole suite compiles dozens. Nothing but memory depends on
where a job is trained: the weights are the same bits in every process.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path

from lstm_lab.machine import peak_mebibytes
from lstm_lab.training.execution.checked_store import open_store
from lstm_lab.training.execution.progress import Reporter
from lstm_lab.training.execution.trainer import Trainer
from lstm_lab.training.planning import Job

MOST_MEBIBYTES = 1024  # a process that has taken more begins no further job; the largest job adds some 200


def run_in_subprocesses(trainer: Trainer, plan: Sequence[Job], most: int = MOST_MEBIBYTES) -> None:
    """Have a plan trained outside this process, but for what others are training; `trainer` records what was trained.

    What cannot be sent to another process, or fails there, or dies with it, is left: `trainer.run_jobs` trains it here,
    where its error is raised.

    Args:
        trainer: whose store is filled.
        plan: jobs, the dearest first.
        most: MiB from which on a process begins no further job.
    """
    plan = [job for job in plan if _can_be_sent(job)]
    going_on = True
    while going_on and any(map(trainer.missing, plan)):
        going_on = _in_a_process(trainer, plan, most)


def _in_a_process(trainer: Trainer, plan: Sequence[Job], most: int) -> bool:
    """Start a process and wait for its end; whether it ended for no other reason than its size."""
    context = multiprocessing.get_context("spawn")  # a fork of a process with threads may never wake up
    receiver, sender = context.Pipe(duplex=False)
    store, folder = trainer.store, trainer.reporter.folder
    process = context.Process(target=_work, args=(sender, store.folder, store.since, folder, plan, most), daemon=True)
    process.start()
    sender.close()  # so that the end of the process is the end of the pipe
    try:
        trained, refused, plain_keras_seconds, grown = receiver.recv()
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
    return bool(grown)


def _work(sender: Connection, folder: Path, since: float, progress: Path | None, plan: list[Job], most: int) -> None:
    """The subprocess: runs jobs until none is left or it has taken too much memory; sends what it has trained."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent gets the signal, and ends this process
    threading.Thread(target=_end_with_parent, daemon=True).start()
    trainer = Trainer(open_store(folder, since), Reporter(progress))
    grown = False
    with contextlib.suppress(Exception):  # raised once more in the parent, which trains the job next
        # Linux counts what the parent had taken for a new process, too: one job is done in any case.
        grown = not trainer.run_jobs(plan, enough=lambda: bool(trainer.trained) and peak_mebibytes() > most)
    sender.send((trainer.trained, trainer.store.refused, trainer.plain_keras_seconds, grown))


def _end_with_parent() -> None:
    """End this process when its parent has been killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _can_be_sent(job: Job) -> bool:
    """Whether a job can be rebuilt from bytes: not where its problem is of a class made inside a function."""
    try:
        pickle.dumps(job)
    except (pickle.PicklingError, AttributeError, TypeError):
        return False
    return True
