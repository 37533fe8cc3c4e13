"""Trained ensembles on disk: `.npz` without pickle, written whole or not at all, used only after a checksum.

A file holds one snapshot: one block of seeds after some epochs. Its name carries a key made of everything the
numbers depend on: problem, network, regime, seeds, the code that turns them into weights, and the versions of
TensorFlow, Keras and NumPy. When one of them changes, the old file's name is never looked up again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lstm_lab.files import UNFINISHED, locked, write_bytes
from lstm_lab.training.errors import Refused, StoreError
from lstm_lab.training.experiment import Experiment, key
from lstm_lab.training.store.npz import decode, encode
from lstm_lab.training.store.snapshot import Snapshot

WANTED = "wanted a writable folder with room for it: free some space, or name another folder with --evidence"


@dataclass
class Store:
    """A folder of trained ensembles, shared by every process that trains.

    Attributes:
        folder: made when first written to.
        since: files older than this moment (seconds since 1970) are ignored, as if they were not there.
        check: raises Refused for a snapshot that no training of its experiment leaves behind; None checks nothing
            beyond key and checksum.
        refused: one line for every file that was refused; it is renamed to `.refused`.
    """

    folder: Path
    since: float = 0.0
    check: Callable[[Snapshot, Experiment], None] | None = None
    refused: list[str] = field(default_factory=list)

    def path(self, experiment: Experiment, seeds: tuple[int, ...], epoch: int) -> Path:
        """Where the snapshot of these seeds after `epoch` epochs is kept."""
        return self.folder / f"{key(experiment, seeds)[:20]}-{_span(seeds)}-epoch{epoch:06d}.npz"

    def epochs(self, experiment: Experiment, seeds: tuple[int, ...]) -> list[int]:
        """The epochs after which a snapshot of these seeds is kept, rising."""
        tail = f"{key(experiment, seeds)[:20]}-{_span(seeds)}-epoch*.npz"
        paths = [path for path in self.folder.glob(tail) if self.is_usable(path)]
        return sorted({int(path.stem.rpartition("epoch")[2]) for path in paths})

    def load(self, experiment: Experiment, seeds: tuple[int, ...], epoch: int) -> Snapshot | None:
        """The snapshot kept for these seeds after `epoch` epochs, None where there is none, or it is refused."""
        path = self.path(experiment, seeds, epoch)
        if not self.is_usable(path):
            return None
        try:
            snapshot = decode(path.read_bytes(), key(experiment, seeds), seeds, epoch)
            if self.check is not None:
                self.check(snapshot, experiment)
        except FileNotFoundError:  # refused by another process a moment ago
            return None
        except (OSError, Refused) as error:
            reason = error if isinstance(error, Refused) else f"cannot be read ({error.strerror})"
            self.refused.append(f"{experiment.name}, {path.name}: {reason}; trained anew")
            with contextlib.suppress(OSError):
                path.replace(path.with_suffix(".refused"))
            return None
        return snapshot

    def is_usable(self, path: Path) -> bool:
        """Whether there is such a file, and it is not older than `since`."""
        try:
            return path.stat().st_mtime >= self.since
        except OSError:
            return False

    def save(self, experiment: Experiment, snapshot: Snapshot) -> None:
        """Keep a snapshot."""
        path = self.path(experiment, snapshot.seeds, snapshot.epoch)
        try:
            write_bytes(path, encode(snapshot, key(experiment, snapshot.seeds)))
        except OSError as error:
            raise StoreError(f"store {self.folder}: cannot keep {path.name} ({error.strerror}); {WANTED}") from error

    @contextlib.contextmanager
    def lock(self, experiment: Experiment, seeds: tuple[int, ...], *, wait: bool) -> Iterator[bool]:
        """Hold the right to train these seeds; gives False when another process has it and `wait` is False.

        The kernel releases it when its holder dies, however it dies. What that one left half-written is removed.
        """
        name = key(experiment, seeds)[:20]
        with contextlib.ExitStack() as stack:
            try:
                mine = stack.enter_context(locked(self.folder / f"{name}.lock", wait=wait))
            except OSError as error:
                raise StoreError(f"store {self.folder}: cannot be written to ({error.strerror}); {WANTED}") from error
            for unfinished in self.folder.glob(f"{name}-*{UNFINISHED}") if mine else ():
                with contextlib.suppress(OSError):
                    unfinished.unlink()
            yield mine


def _span(seeds: tuple[int, ...]) -> str:
    return f"seeds{seeds[0]:03d}-{seeds[-1]:03d}"
