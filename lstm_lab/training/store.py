"""Trained ensembles on disk: `.npz` without pickle, written whole or not at all, believed only after a checksum.

A file holds one snapshot: one block of seeds after some epochs. Its name carries a key made of everything the
numbers depend on: problem, network, regime, seeds, the code that turns them into weights, and the versions of
TensorFlow, Keras and NumPy. Change one of them and the old file is simply never asked for.
"""

from __future__ import annotations

import ast
import contextlib
import fcntl
import functools
import hashlib
import importlib.metadata
import inspect
import io
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from lstm_lab.training.experiment import Experiment, digest

if TYPE_CHECKING:
    from lstm_lab.training.loop import Snapshot

FORMAT = 1
VERSIONS = {name: importlib.metadata.version(name) for name in ("tensorflow", "keras", "numpy")}
# The modules whose code decides what weights come out; read as text, since importing some of them loads TensorFlow.
TRAINS = ("experiment", "form", "loop", "networks", "schedule", "sequences", "stateless", "time_loop", "unrolled")
GROUPS = ("weights", "moments", "states")
WANTED = "wanted a writable folder with room for it: free some space, or name another folder with --evidence"


class StoreError(OSError):
    """The store cannot be used; the message says what, got, wanted and what to do."""


class Refused(ValueError):
    """A stored file that is not believed, and why."""


def key(experiment: Experiment, seeds: tuple[int, ...]) -> str:
    """What names the training of these seeds, whatever its number of epochs."""
    return digest(
        {
            "format": FORMAT,
            "trajectory": experiment.trajectory(),
            "seeds": list(seeds),
            "code": code_digest(type(experiment.problem)),
            "versions": VERSIONS,
        }
    )


@functools.cache
def code_digest(problem: type) -> str:
    """SHA-256 of the code that turns an experiment into weights, its problem's module included.

    Of the syntax tree without docstrings, so that rewording, comments and layout retrain nothing. Read once in a
    process: what runs is what was there when it began.
    """
    sources = {name: Path(__file__).with_name(f"{name}.py").read_text(encoding="utf-8") for name in TRAINS}
    sources[problem.__module__] = inspect.getsource(sys.modules[problem.__module__])
    return digest({name: without_docstrings(source) for name, source in sources.items()})


def without_docstrings(source: str) -> str:
    """The syntax tree of `source` as text, docstrings left out."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            said = first.value if isinstance(first, ast.Expr) else None
            if isinstance(said, ast.Constant) and isinstance(said.value, str):
                node.body = node.body[1:] or [ast.Pass()]
    return ast.dump(tree)


@dataclass
class Store:
    """A folder of trained ensembles, shared by every process that trains.

    Attributes:
        folder: made when first written to.
        since: files older than this moment (seconds since the epoch) are left alone, as if they were not there.
        refused: one line for every file that was found and not believed; it is set aside as `.refused`.
    """

    folder: Path
    since: float = 0.0
    refused: list[str] = field(default_factory=list)

    def path(self, experiment: Experiment, seeds: tuple[int, ...], epoch: int) -> Path:
        """Where the snapshot of these seeds after `epoch` epochs is kept."""
        return self.folder / f"{key(experiment, seeds)[:20]}-{_span(seeds)}-epoch{epoch:06d}.npz"

    def epochs(self, experiment: Experiment, seeds: tuple[int, ...]) -> list[int]:
        """The epochs after which a snapshot of these seeds is kept, rising."""
        tail = f"{key(experiment, seeds)[:20]}-{_span(seeds)}-epoch*.npz"
        found = [path for path in self.folder.glob(tail) if self._recent(path)]
        return sorted({int(path.stem.rpartition("epoch")[2]) for path in found})

    def load(self, experiment: Experiment, seeds: tuple[int, ...], epoch: int) -> Snapshot | None:
        """The snapshot kept for these seeds after `epoch` epochs, None where there is none to believe."""
        path = self.path(experiment, seeds, epoch)
        if not self._recent(path):
            return None
        try:
            return _read(path.read_bytes(), key(experiment, seeds), seeds, epoch)
        except (OSError, Refused) as error:
            reason = error if isinstance(error, Refused) else f"cannot be read ({error.strerror})"
            self.refused.append(f"{experiment.name}, {path.name}: {reason}; trained anew")
            with contextlib.suppress(OSError):
                path.replace(path.with_suffix(".refused"))
            return None

    def _recent(self, path: Path) -> bool:
        try:
            return path.stat().st_mtime >= self.since
        except OSError:
            return False

    def save(self, experiment: Experiment, snapshot: Snapshot) -> None:
        """Keep a snapshot: written to a temporary name, then renamed, so that no half-written file has its name."""
        path = self.path(experiment, snapshot.seeds, snapshot.epoch)
        temporary = path.with_suffix(f".{os.getpid()}.tmp")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(_written(snapshot, key(experiment, snapshot.seeds)))
            temporary.replace(path)
        except OSError as error:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise StoreError(f"store {self.folder}: cannot keep {path.name} ({error.strerror}); {WANTED}") from error

    @contextlib.contextmanager
    def lock(self, experiment: Experiment, seeds: tuple[int, ...], *, wait: bool) -> Iterator[bool]:
        """Hold the right to train these seeds; gives False when another process has it and `wait` is False.

        The kernel lets go of it when its holder dies, however it dies.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = (self.folder / f"{key(experiment, seeds)[:20]}.lock").open("w")
        except OSError as error:
            raise StoreError(f"store {self.folder}: cannot be written to ({error.strerror}); {WANTED}") from error
        with handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
            else:
                yield True


def _span(seeds: tuple[int, ...]) -> str:
    return f"seeds{seeds[0]:03d}-{seeds[-1]:03d}"


def _checksum(arrays: dict[str, np.ndarray[Any, Any]]) -> str:
    total = hashlib.sha256()
    for name in sorted(arrays):
        total.update(f"{name} {arrays[name].dtype.str} {arrays[name].shape}".encode())
        total.update(np.ascontiguousarray(arrays[name]).tobytes())
    return total.hexdigest()


def _written(snapshot: Snapshot, key: str) -> bytes:
    arrays = {f"{group}_{i:03d}": array for group in GROUPS for i, array in enumerate(getattr(snapshot, group))}
    arrays["losses"] = snapshot.losses
    header = {"key": key, "seeds": list(snapshot.seeds), "epoch": snapshot.epoch, "checksum": _checksum(arrays)}
    buffer = io.BytesIO()
    np.savez(buffer, header=np.frombuffer(json.dumps(header).encode(), np.uint8), **arrays)
    return buffer.getvalue()


def _read(content: bytes, key: str, seeds: tuple[int, ...], epoch: int) -> Snapshot:
    """The snapshot in a file's bytes. Raises Refused when they are not what was once written under this key."""
    from lstm_lab.training.loop import Snapshot

    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        header = json.loads(arrays.pop("header").tobytes())
        found, checksum = (header["key"], tuple(header["seeds"]), header["epoch"]), header["checksum"]
        groups = {group: [arrays[name] for name in sorted(arrays) if name.startswith(group)] for group in GROUPS}
        losses = arrays["losses"]
    except Exception as error:  # a damaged archive makes NumPy and zipfile raise nearly anything
        raise Refused(f"is not a stored ensemble ({type(error).__name__})") from error
    if found != (key, seeds, epoch):
        raise Refused("holds another experiment than its name says")
    if checksum != _checksum(arrays):
        raise Refused("its numbers do not have the checksum they were stored with")
    return Snapshot(seeds, epoch, **groups, losses=losses)
