"""Outputs of trained ensembles on disk: for the same inputs nothing is traced and nothing computed again.

A file is found by everything that its numbers depend on: the key of the stored training, the code that asks, and the
arrays that the ensemble was given. One that is damaged, or cannot be written, costs the time to compute it again.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_lab.training.code import EVERYTHING, reached
from lstm_lab.training.experiment import digest
from lstm_lab.training.store import put

ArrayList = list[NDArray[Any]]


@dataclass(frozen=True)
class KeptOutputs:
    """The kept outputs of one ensemble.

    Attributes:
        folder: where they are kept, in files of all ensembles.
        ensemble: what names it: the key of its training, and its epochs.
        since: files older than this moment (seconds since the epoch) are left alone.
    """

    folder: Path
    ensemble: str
    since: float = 0.0

    def of(self, inputs: ArrayList, compute: Callable[[], ArrayList]) -> ArrayList:
        """What the ensemble makes of these arrays: as it was kept, or computed now and kept."""
        path = self.folder / f"{_name(self.ensemble, inputs)}.npz"
        kept = self._read(path)
        if kept is None:
            kept = compute()
            self._write(path, kept)
        return kept

    def _read(self, path: Path) -> ArrayList | None:
        try:
            if path.stat().st_mtime < self.since:
                return None
            with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as file:
                return [file[name] for name in file.files]  # each checked against its sum in the archive
        except Exception:  # there is none, or it is damaged, which makes NumPy and zipfile raise nearly anything
            return None

    def _write(self, path: Path, outputs: ArrayList) -> None:
        buffer = io.BytesIO()
        np.savez(buffer, *outputs)
        with contextlib.suppress(OSError):  # no room: it is computed again next time
            put(path, buffer.getvalue())


def _name(ensemble: str, inputs: ArrayList) -> str:
    total = hashlib.sha256(f"{ensemble} {_code()}".encode())
    for array in inputs:
        total.update(f"{array.dtype.str} {array.shape}".encode())
        total.update(np.ascontiguousarray(array).tobytes())
    return total.hexdigest()[:40]


@functools.cache
def _code() -> str:
    """SHA-256 of the code that asks; that of the network is part of the key of the training."""
    return digest(reached([(f"{__name__.rpartition('.')[0]}.ensemble", EVERYTHING)]))
