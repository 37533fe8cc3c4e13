"""Outputs of trained ensembles on disk: for the same inputs nothing is traced and nothing computed again.

A file is found by everything that its numbers depend on: the key of the stored training, the code that asks, and the
arrays that the ensemble was given. One that is damaged, or cannot be written, costs the time to compute it again.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_lab.files import write_bytes
from lstm_lab.training.experiment import Experiment, key
from lstm_lab.training.identity import EVERYTHING, digest, reachable_definitions
from lstm_lab.training.store.store import Store

FOLDER = "outputs"  # beside that of the trained ensembles
# The module whose code asks; read as text, since importing it loads TensorFlow.
ENSEMBLE = f"{__name__.removesuffix('.store.output_cache')}.ensemble.ensemble"

Array = NDArray[Any]
ArrayList = list[Array]


@dataclass(frozen=True)
class OutputCache:
    """The kept outputs of one ensemble.

    Attributes:
        store: beside which they are kept, and whose rule says which files are left alone.
        ensemble: what names it: the key of its training, and its epochs.
    """

    store: Store
    ensemble: str

    @classmethod
    def of_experiment(cls, store: Store, experiment: Experiment, seeds: tuple[int, ...]) -> OutputCache:
        """Those of these seeds of an experiment."""
        return cls(store, f"{key(experiment, seeds)}-{experiment.regime.epochs}")

    def get_or_compute(
        self, inputs: Sequence[Array], compute: Callable[[], ArrayList], asked: str = "outputs"
    ) -> ArrayList:
        """What the ensemble makes of these arrays: as it was kept, or computed now and kept.

        Args:
            inputs: the arrays.
            compute: gives what is kept.
            asked: what is asked of the ensemble.
        """
        path = self.store.folder.parent / FOLDER / f"{_name(f'{self.ensemble} {asked}', inputs)}.npz"
        kept = self._read(path)
        if kept is None:
            kept = compute()
            self._write(path, kept)
        return kept

    def _read(self, path: Path) -> ArrayList | None:
        if not self.store.is_usable(path):
            return None
        try:
            with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as file:
                return [file[name] for name in file.files]  # each checked against its sum in the archive
        except Exception:  # it is damaged, which makes NumPy and zipfile raise nearly anything
            return None

    def _write(self, path: Path, outputs: ArrayList) -> None:
        buffer = io.BytesIO()
        np.savez(buffer, *outputs)
        with contextlib.suppress(OSError):  # no room: it is computed again next time
            write_bytes(path, buffer.getvalue())


def _name(asked: str, inputs: Sequence[Array]) -> str:
    total = hashlib.sha256(f"{asked} {_code()}".encode())
    for array in inputs:
        total.update(f"{array.dtype.str} {array.shape}".encode())
        total.update(np.ascontiguousarray(array).tobytes())
    return total.hexdigest()[:40]


@functools.cache
def _code() -> str:
    """SHA-256 of the code that asks; that of the network is part of the key of the training."""
    return digest(reachable_definitions([(ENSEMBLE, EVERYTHING)]))
