"""Outputs of trained ensembles on disk: for the same inputs, nothing is traced or computed again.

The name of a file is a digest of everything that its arrays depend on: the key of the stored training, the code that
computes them, and the input arrays. Where a file is damaged, or cannot be written, the outputs are computed again.
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

FOLDER = "outputs"  # beside the folder of the trained ensembles
# The module whose code computes outputs; read as text, since importing it loads TensorFlow.
ENSEMBLE = f"{__name__.removesuffix('.store.output_cache')}.ensemble.ensemble"

Array = NDArray[Any]
ArrayList = list[Array]


@dataclass(frozen=True)
class OutputCache:
    """The stored outputs of one ensemble.

    Attributes:
        store: beside which they are stored; it also decides which files are too old.
        ensemble: identifies the ensemble: the key of its training, and its epochs.
    """

    store: Store
    ensemble: str

    @classmethod
    def of_experiment(cls, store: Store, experiment: Experiment, seeds: tuple[int, ...]) -> OutputCache:
        """The outputs of these seeds of an experiment."""
        return cls(store, f"{key(experiment, seeds)}-{experiment.regime.epochs}")

    def get_or_compute(
        self, inputs: Sequence[Array], compute: Callable[[], ArrayList], quantity: str = "outputs"
    ) -> ArrayList:
        """A quantity of the ensemble for these inputs, read from disk, or computed now and stored.

        Args:
            inputs: the input arrays.
            compute: computes the quantity, a list of arrays.
            quantity: name of the quantity.
        """
        path = self.store.folder.parent / FOLDER / f"{_name(f'{self.ensemble} {quantity}', inputs)}.npz"
        outputs = self._read(path)
        if outputs is None:
            outputs = compute()
            self._write(path, outputs)
        return outputs

    def _read(self, path: Path) -> ArrayList | None:
        if not self.store.is_usable(path):
            return None
        try:
            with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as file:
                return [file[name] for name in file.files]  # each is checked against its CRC in the archive
        except Exception:  # it is damaged, which makes NumPy and zipfile raise nearly anything
            return None

    def _write(self, path: Path, outputs: ArrayList) -> None:
        buffer = io.BytesIO()
        np.savez(buffer, *outputs)
        with contextlib.suppress(OSError):  # the disk is full or read-only: computed again next time
            write_bytes(path, buffer.getvalue())


def _name(quantity: str, inputs: Sequence[Array]) -> str:
    name = hashlib.sha256(f"{quantity} {_code()}".encode())
    for array in inputs:
        name.update(f"{array.dtype.str} {array.shape}".encode())
        name.update(np.ascontiguousarray(array).tobytes())
    return name.hexdigest()[:40]


@functools.cache
def _code() -> str:
    """SHA-256 of the code that computes outputs; the code of the network is part of the key of the training."""
    return digest(reachable_definitions([(ENSEMBLE, EVERYTHING)]))
