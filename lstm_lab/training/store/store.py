"""Trained ensembles on disk: `.npz` files without pickle, written atomically, used only after a checksum.

A file holds one snapshot: one block of seeds after some epochs. Its name contains a key, a digest of everything the
arrays depend on: problem, network, regime, seeds, the code that trains, and the versions of TensorFlow, Keras and
NumPy. When one of them changes, the key changes, and the old file is no longer read.
"""

from __future__ import annotations

import bisect
import contextlib
import itertools
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from lstm_lab.files import UNFINISHED, locked, write_bytes
from lstm_lab.training.errors import Refused, StoreError
from lstm_lab.training.experiment import Experiment, key
from lstm_lab.training.store.npz import decode, encode, runs_of
from lstm_lab.training.store.snapshot import Snapshot

Stored = TypeVar("Stored")

MOST_RUNS = 9  # whose tokens a file keeps
WANTED = "wanted a writable folder with room for it: free some space, or name another folder with --evidence"


@dataclass
class Store:
    """A folder of trained ensembles, shared by every process that trains.

    Attributes:
        folder: created at the first write.
        fresh: with `--fresh`, the token of the run: only files are used that this run has written; else "".
        check: raises Refused for a snapshot that does not fit its experiment; None checks only key and checksum.
        refused: one line for every refused file; the file is renamed to `.refused`.
    """

    folder: Path
    fresh: str = ""
    check: Callable[[Snapshot, Experiment], None] | None = field(default=None, repr=False)
    refused: list[str] = field(default_factory=list)

    def path(self, experiment: Experiment, seeds: tuple[int, ...], epoch: int) -> Path:
        """The file of the snapshot of these seeds after `epoch` epochs."""
        return self.folder / f"{key(experiment, seeds)[:20]}-{_span(seeds)}-epoch{epoch:06d}.npz"

    def names(self) -> list[str]:
        """The names of all files, sorted: read once for many calls of `epochs`, since there may be ten thousands."""
        with contextlib.suppress(OSError), os.scandir(self.folder) as entries:
            return sorted(entry.name for entry in entries)
        return []

    def epochs(self, experiment: Experiment, seeds: tuple[int, ...], names: Sequence[str] | None = None) -> list[int]:
        """The epochs after which a snapshot of these seeds is stored, rising; `names` where they have been read."""
        beginning = f"{key(experiment, seeds)[:20]}-{_span(seeds)}-epoch"
        own = (
            name for name in _beginning(beginning, self.names() if names is None else names) if name.endswith(".npz")
        )
        return sorted(
            {int(Path(name).stem.rpartition("epoch")[2]) for name in own if self.is_usable(self.folder / name)}
        )

    def load(self, experiment: Experiment, seeds: tuple[int, ...], epoch: int) -> Snapshot | None:
        """The stored snapshot of these seeds after `epoch` epochs; None where there is none, or it is refused."""

        def decoded(content: bytes) -> Snapshot:
            snapshot = decode(content, key(experiment, seeds), seeds, epoch)
            if self.check is not None:
                self.check(snapshot, experiment)
            return snapshot

        return self.read(self.path(experiment, seeds, epoch), decoded, experiment.name, "trained anew")

    def read(self, path: Path, decoded: Callable[[bytes], Stored], title: str, instead: str) -> Stored | None:
        """What is stored in a file; None where there is none, or it is refused.

        Args:
            path: the file.
            decoded: of its bytes, what is stored; raises Refused.
            title: of which experiment it is.
            instead: what is done where the file is refused.
        """
        if not self.is_usable(path):
            return None
        try:
            return decoded(path.read_bytes())
        except FileNotFoundError:  # renamed by another process meanwhile
            return None
        except (OSError, Refused) as error:
            reason = error if isinstance(error, Refused) else f"cannot be read ({error.strerror})"
            self.refused.append(f"{title}, {path.name}: {reason}; {instead}")
            with contextlib.suppress(OSError):
                path.replace(path.with_suffix(".refused"))
            return None

    def is_usable(self, path: Path) -> bool:
        """Whether there is such a file, with `--fresh` one that this run has written."""
        return self.fresh in runs_of(path) if self.fresh else path.exists()

    def runs(self, path: Path) -> list[str]:
        """The tokens for a file that this run writes: its own, and those of the runs whose file it replaces.

        So two runs with `--fresh` at the same time do not take each other's files for old ones, again and again.
        """
        return [self.fresh, *runs_of(path)][:MOST_RUNS] if self.fresh else []

    def save(self, experiment: Experiment, snapshot: Snapshot) -> None:
        """Store a snapshot. Raises StoreError where the folder cannot be written to."""
        path = self.path(experiment, snapshot.seeds, snapshot.epoch)
        try:
            write_bytes(path, encode(snapshot, key(experiment, snapshot.seeds), self.runs(path)))
        except OSError as error:
            raise StoreError(f"store {self.folder}: cannot keep {path.name} ({error.strerror}); {WANTED}") from error

    @contextlib.contextmanager
    def lock(self, experiment: Experiment, seeds: tuple[int, ...], *, wait: bool) -> Iterator[bool]:
        """Lock the training of these seeds; False where another process holds the lock and `wait` is False.

        The kernel releases the lock when its process ends, however it ends. Its unfinished files are removed.
        """
        name = key(experiment, seeds)[:20]
        with contextlib.ExitStack() as stack:
            try:
                is_locked = stack.enter_context(locked(self.folder / f"{name}.lock", wait=wait))
            except OSError as error:
                raise StoreError(f"store {self.folder}: cannot be written to ({error.strerror}); {WANTED}") from error
            for own in _beginning(f"{name}-", self.names()) if is_locked else ():
                if own.endswith(UNFINISHED):
                    with contextlib.suppress(OSError):
                        (self.folder / own).unlink()
            yield is_locked


def _beginning(beginning: str, names: Sequence[str]) -> Iterator[str]:
    """Those of sorted names that begin like this."""
    places = range(bisect.bisect_left(names, beginning), len(names))
    return itertools.takewhile(lambda name: name.startswith(beginning), (names[place] for place in places))


def _span(seeds: tuple[int, ...]) -> str:
    return f"seeds{seeds[0]:03d}-{seeds[-1]:03d}"
