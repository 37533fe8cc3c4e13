"""The progress of each training: a small file, written by the process that trains, read by the one that prints it."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lstm_lab.files import UNFINISHED, locked, write_json, write_text
from lstm_lab.serialization import strict_converter
from lstm_lab.text import pluralized

if TYPE_CHECKING:
    from cattrs import Converter

SECONDS_BETWEEN = 0.5  # two writes of one training
CLUSTER = "cluster"  # the file with the progress of the plan that is on a cluster
RUN = "run.token"  # the file with the token of the run whose progress the folder holds
OWN_NAMES = re.compile(rf"(\d+\.json|[0-9a-f]{{20}}\.note|plan)(\.\d+{re.escape(UNFINISHED)})?")


@dataclass(frozen=True)
class Reporter:
    """Writes the progress of this process to `folder`/<process id>.json; a folder of None writes nothing."""

    folder: Path | None = None

    def note(self, line: str) -> None:
        """Write a line that is printed once, however many processes write it."""
        if self.folder is not None:
            with contextlib.suppress(OSError):  # no evidence depends on it
                write_text(self.folder / f"{hashlib.sha256(line.encode()).hexdigest()[:20]}.note", line)

    def on_cluster(self, progress: ClusterProgress) -> None:
        """Write how far the plan is that this process has sent to a cluster."""
        if self.folder is not None:
            with contextlib.suppress(OSError):
                write_json(self.folder / CLUSTER, asdict(progress))

    def end_cluster(self) -> None:
        """Remove what `on_cluster` has written."""
        if self.folder is not None:
            with contextlib.suppress(OSError):
                (self.folder / CLUSTER).unlink(missing_ok=True)

    @contextlib.contextmanager
    def training(self, name: str, seeds: tuple[int, ...], start: int, stop: int) -> Iterator[Callable[[int], None]]:
        """A context with a function that writes the epoch reached, from `start` to `stop`; then removes the file."""
        began = written = time.monotonic()
        path = self.folder / f"{os.getpid()}.json" if self.folder else None

        def report(epoch: int) -> None:
            nonlocal written
            now = time.monotonic()
            if path is None or stop == start or (epoch > start and now - written < SECONDS_BETWEEN):
                return
            written = now
            left = (now - began) * (stop - epoch) / (epoch - start) if epoch > start else None
            content = {"name": name, "seeds": [seeds[0], seeds[-1]], "epoch": epoch, "epochs": stop, "left": left}
            with contextlib.suppress(OSError):  # no evidence depends on it
                write_json(path, content)

        report(start)
        try:
            yield report
        finally:
            if path is not None:
                with contextlib.suppress(OSError):
                    path.unlink()


@dataclass(frozen=True)
class Progress:
    """How far a training is.

    Attributes:
        name: its name.
        seeds: the first and the last.
        epoch: the epoch reached.
        epochs: the epoch at which it ends.
        left: seconds left; None while that is not known.
    """

    name: str
    seeds: tuple[int, int]
    epoch: int
    epochs: int
    left: float | None


@functools.cache  # a new one compiles its code anew, while another thread of the process may be compiling
def progress_converter() -> Converter:
    """The converter of all that the folder of the progress holds."""
    return strict_converter()


@dataclass(frozen=True)
class ClusterProgress:
    """How far a plan is on a cluster.

    Attributes:
        address: what the cluster is called.
        done: how many jobs are done.
        jobs: how many there are.
        threads: how many jobs its workers do at once.
    """

    address: str
    done: int
    jobs: int
    threads: int


def progress_on_cluster(folder: Path) -> ClusterProgress | None:
    """How far the plan is that is on a cluster; None where none is."""
    with contextlib.suppress(OSError, ValueError, ExceptionGroup, RecursionError):
        plain = json.loads((folder / CLUSTER).read_text(encoding="utf-8"))
        told: ClusterProgress = progress_converter().structure(plain, ClusterProgress)
        return told
    return None


def trainings(folder: Path) -> list[Progress]:
    """The progress of each running training; what is no progress is passed over."""
    running, converter = [], progress_converter()
    for path in sorted(folder.glob("*.json")):
        with contextlib.suppress(OSError, ValueError, ExceptionGroup, RecursionError):
            running.append(converter.structure(json.loads(path.read_text(encoding="utf-8")), Progress))
    return running


def under_way(folder: Path) -> list[str]:
    """One line for the plan that is on a cluster, and for each running training."""
    lines = []
    sent = progress_on_cluster(folder)
    if sent is not None:
        at_once = pluralized(sent.threads, "process", "processes")
        lines.append(f"on the cluster {sent.address}, {at_once}: {sent.done} of {sent.jobs} done")
    for training in trainings(folder):
        left = "compiling" if training.left is None else f"about {training.left:.0f} s left"
        first, last = training.seeds
        lines.append(f"{training.name}, seeds {first}-{last}: epoch {training.epoch} of {training.epochs}, {left}")
    return lines


def begin_run(folder: Path, run: str) -> None:
    """Remove what processes of an earlier run left, in the first process of this run that calls it.

    Called where something is trained: a run that trains nothing leaves the folder as it is.

    Args:
        folder: the folder of the progress.
        run: the token of this run.
    """
    with contextlib.suppress(OSError), locked(folder / "run.lock", wait=True):
        if not has_begun(folder, run):
            remove_leftovers(folder)
            write_text(folder / RUN, run)


def has_begun(folder: Path, run: str) -> bool:
    """Whether the progress in the folder is that of this run."""
    try:
        return (folder / RUN).read_text(encoding="utf-8") == run
    except (OSError, ValueError):
        return False


def remove_leftovers(folder: Path) -> None:
    """Remove the files that processes of an earlier run, which were killed, left in the folder of the progress.

    Only files that such a process writes are removed, and nothing through a link: the folder may be anybody's.
    """
    if not folder.is_symlink():
        for path in folder.glob("*"):
            if OWN_NAMES.fullmatch(path.name) and path.is_file() and not path.is_symlink():
                path.unlink(missing_ok=True)


def notes(folder: Path) -> list[str]:
    """The lines that `Reporter.note` has written."""
    lines = []
    for path in sorted(folder.glob("*.note")):
        with contextlib.suppress(OSError, ValueError):
            lines.append(path.read_text(encoding="utf-8"))
    return lines
