"""Trained ensembles on disk: `.npz` without pickle, written whole or not at all, believed only after a checksum.

A file holds one snapshot: one block of seeds after some epochs. Its name carries a key made of everything the
numbers depend on: problem, network, regime, seeds, the code that turns them into weights, and the versions of
TensorFlow, Keras and NumPy. Change one of them and the old file is simply never asked for.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import hashlib
import importlib.metadata
import io
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from lstm_lab.training.code import classes_of, code_digest
from lstm_lab.training.experiment import Experiment, digest
from lstm_lab.training.named import places_of
from lstm_lab.training.networks import Network, state_variables

if TYPE_CHECKING:
    from lstm_lab.training.loop import Snapshot

FORMAT = 1
VERSIONS = {name: importlib.metadata.version(name) for name in ("tensorflow", "keras", "numpy")}
GROUPS = ("weights", "moments", "states")
OTHERS = "others"  # a fourth group, of what plain Keras has trained
WANTED = "wanted a writable folder with room for it: free some space, or name another folder with --evidence"


class StoreError(OSError):
    """The store cannot be used; the message says what, got, wanted and what to do."""


class Refused(ValueError):
    """A stored file that is not believed, and why."""


def key(experiment: Experiment, seeds: tuple[int, ...]) -> str:
    """What names the training of these seeds, whatever its number of epochs."""
    content = getattr(experiment.problem, "content", None)  # of data that a function draws
    return digest(
        {
            "format": FORMAT,
            "trajectory": experiment.trajectory(),
            "seeds": list(seeds),
            "code": code_digest(classes_of(experiment.problem), places_of(experiment.problem, experiment.network)),
            "versions": VERSIONS,
            "compiler": os.environ.get("XLA_FLAGS", ""),
            **({"content": content(seeds)} if content else {}),
        }
    )


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
        found = [path for path in self.folder.glob(tail) if self.recent(path)]
        return sorted({int(path.stem.rpartition("epoch")[2]) for path in found})

    def load(self, experiment: Experiment, seeds: tuple[int, ...], epoch: int) -> Snapshot | None:
        """The snapshot kept for these seeds after `epoch` epochs, None where there is none to believe."""
        path = self.path(experiment, seeds, epoch)
        if not self.recent(path):
            return None
        try:
            snapshot = _read(path.read_bytes(), key(experiment, seeds), seeds, epoch)
            _held_to(snapshot, experiment)
        except FileNotFoundError:  # set aside by another process, a moment ago
            return None
        except (OSError, Refused) as error:
            reason = error if isinstance(error, Refused) else f"cannot be read ({error.strerror})"
            self.refused.append(f"{experiment.name}, {path.name}: {reason}; trained anew")
            with contextlib.suppress(OSError):
                path.replace(path.with_suffix(".refused"))
            return None
        return snapshot

    def recent(self, path: Path) -> bool:
        """Whether there is such a file, and none that is left alone."""
        try:
            return path.stat().st_mtime >= self.since
        except OSError:
            return False

    def save(self, experiment: Experiment, snapshot: Snapshot) -> None:
        """Keep a snapshot."""
        path = self.path(experiment, snapshot.seeds, snapshot.epoch)
        try:
            put(path, _written(snapshot, key(experiment, snapshot.seeds)))
        except OSError as error:
            raise StoreError(f"store {self.folder}: cannot keep {path.name} ({error.strerror}); {WANTED}") from error

    @contextlib.contextmanager
    def lock(self, experiment: Experiment, seeds: tuple[int, ...], *, wait: bool) -> Iterator[bool]:
        """Hold the right to train these seeds; gives False when another process has it and `wait` is False.

        The kernel lets go of it when its holder dies, however it dies. What that one left half-written is removed.
        """
        name = key(experiment, seeds)[:20]
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = (self.folder / f"{name}.lock").open("w")
        except OSError as error:
            raise StoreError(f"store {self.folder}: cannot be written to ({error.strerror}); {WANTED}") from error
        with handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
            else:
                for unfinished in self.folder.glob(f"{name}-*.tmp"):
                    with contextlib.suppress(OSError):
                        unfinished.unlink()
                yield True


def put(path: Path, content: bytes) -> None:
    """Write a file to a temporary name, then rename it, so that no half-written file has its name. Raises OSError."""
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _span(seeds: tuple[int, ...]) -> str:
    return f"seeds{seeds[0]:03d}-{seeds[-1]:03d}"


@functools.cache
def layout(network: Network, sample_shape: tuple[int, ...], rows: int, members: int) -> dict[str, list[str]]:
    """Type and shape of the arrays that a training of this network is made of, group by group."""
    import keras

    model = network.build(sample_shape, rows)
    stacked = [
        keras.Variable(np.zeros((members, *variable.shape), np.float32)) for variable in model.trainable_variables
    ]
    optimizer = network.optimizer.build()
    optimizer.build(stacked)
    states = [np.zeros((members, *variable.shape), np.float32) for variable in state_variables(model)]
    return {
        "weights": [_form(array) for array in stacked],
        "moments": [_form(array) for array in optimizer.variables],
        "states": [_form(array) for array in states],
    }


def _held_to(snapshot: Snapshot, experiment: Experiment) -> None:
    """Raises Refused for numbers that no training of this experiment leaves behind."""
    from lstm_lab.training import plain
    from lstm_lab.training.plan import shape  # which names stored trainings by this module

    seeds, losses = snapshot.seeds, snapshot.losses
    if isinstance(snapshot, plain.PlainSnapshot):
        forms = plain.layout(experiment)
    else:
        sample_shape = shape(experiment.problem)[1:]
        forms = layout(experiment.network, sample_shape, experiment.regime.batch_size, len(seeds))
    for group in forms:
        pairs = zip_longest(map(_form, getattr(snapshot, group)), forms[group], fillvalue="none")
        got, wanted = next(((got, wanted) for got, wanted in pairs if got != wanted), ("", ""))
        if got:
            raise Refused(f"its {group} do not fit the network (got {got}, wanted {wanted})")
    if _form(losses) != f"float32{[len(seeds), snapshot.epoch]}":
        raise Refused(f"its losses do not fit its epochs (got {_form(losses)})")
    finite = [group for group in forms if group != "moments"]
    # The losses of a seed that diverged say so, and its weights are never asked.
    for member in np.flatnonzero(np.isfinite(losses).all(axis=1)):
        kept = all(np.isfinite(array[member]).all() for group in finite for array in getattr(snapshot, group))
        if not kept or any(np.isnan(array[member]).any() for array in snapshot.moments if array.ndim):
            raise Refused(f"seed {seeds[member]} is no longer made of finite numbers, though its losses are")


def _form(array: Any) -> str:
    """Type and shape of a NumPy array or a Keras variable."""
    return f"{array.dtype}{list(array.shape)}"


def _checksum(arrays: dict[str, np.ndarray[Any, Any]]) -> str:
    total = hashlib.sha256()
    for name in sorted(arrays):
        total.update(f"{name} {arrays[name].dtype.str} {arrays[name].shape}".encode())
        total.update(np.ascontiguousarray(arrays[name]).tobytes())
    return total.hexdigest()


def _written(snapshot: Snapshot, key: str) -> bytes:
    groups = [*GROUPS, *([OTHERS] if hasattr(snapshot, OTHERS) else [])]
    arrays = {f"{group}_{i:03d}": array for group in groups for i, array in enumerate(getattr(snapshot, group))}
    arrays["losses"] = snapshot.losses
    header = {"key": key, "seeds": list(snapshot.seeds), "epoch": snapshot.epoch, "checksum": _checksum(arrays)}
    if OTHERS in groups:
        header["plain"] = True
    buffer = io.BytesIO()
    np.savez(buffer, header=np.frombuffer(json.dumps(header).encode(), np.uint8), **arrays)
    return buffer.getvalue()


def _read(content: bytes, key: str, seeds: tuple[int, ...], epoch: int) -> Snapshot:
    """The snapshot in a file's bytes. Raises Refused when they are not what was once written under this key."""
    from lstm_lab.training.loop import Snapshot
    from lstm_lab.training.plain import PlainSnapshot

    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        header = json.loads(arrays.pop("header").tobytes())
        found, checksum = (header["key"], tuple(header["seeds"]), header["epoch"]), header["checksum"]
        made, names = (PlainSnapshot, (*GROUPS, OTHERS)) if header.get("plain") else (Snapshot, GROUPS)
        groups = {group: [arrays[name] for name in sorted(arrays) if name.startswith(group)] for group in names}
        losses = arrays["losses"]
    except Exception as error:  # a damaged archive makes NumPy and zipfile raise nearly anything
        raise Refused(f"is not a stored ensemble ({type(error).__name__})") from error
    if found != (key, seeds, epoch):
        raise Refused("holds another experiment than its name says")
    if checksum != _checksum(arrays):
        raise Refused("its numbers do not have the checksum they were stored with")
    return made(seeds, epoch, **groups, losses=losses)
