"""Outputs of trained ensembles on disk: for the same inputs, nothing is traced or computed again.

A file carries its key, of which its name is a digest: everything that its arrays depend on, the key of the stored
training, the quantity, the input arrays, and the code that computes them. A file that is damaged, or holds something
else than its name says, is refused as a stored ensemble is, and the outputs are computed again.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_lab.files import write_bytes
from lstm_lab.training.errors import Refused
from lstm_lab.training.experiment import Experiment
from lstm_lab.training.experiment import key as key_of_training
from lstm_lab.training.identity import EVERYTHING, digest, reachable_definitions
from lstm_lab.training.store.npz import pack, unpack
from lstm_lab.training.store.store import Store

FOLDER = "outputs"  # beside the folder of the trained ensembles
# The module whose code computes outputs; read as text, since importing it loads TensorFlow.
ENSEMBLE = f"{__name__.removesuffix('.store.output_cache')}.ensemble.ensemble"

Array = NDArray[Any]
ArrayList = list[Array]
Shape = tuple[int, ...]


@dataclass(frozen=True)
class OutputCache:
    """The stored outputs of one ensemble.

    Attributes:
        store: beside which they are stored; it also decides which files are used.
        ensemble: identifies the ensemble: the key of its training, and its epochs.
        title: of which experiment they are.
    """

    store: Store
    ensemble: str
    title: str

    @classmethod
    def of_experiment(cls, store: Store, experiment: Experiment, seeds: tuple[int, ...]) -> OutputCache:
        """The outputs of these seeds of an experiment."""
        return cls(store, f"{key_of_training(experiment, seeds)}-{experiment.regime.epochs}", experiment.name)

    def get_or_compute(
        self,
        inputs: Sequence[Array],
        compute: Callable[[], ArrayList],
        shapes: Sequence[Shape],
        quantity: str = "outputs",
    ) -> ArrayList:
        """A quantity of the ensemble for these inputs, read from disk, or computed now and stored.

        Args:
            inputs: the input arrays.
            compute: computes the quantity, a list of arrays of floats.
            shapes: of each array that `compute` returns, as much as is known without computing: its first axes.
            quantity: name of the quantity.
        """
        key = f"{self.ensemble} {quantity} {_digest(inputs)} {_code()}"
        path = self.store.folder.parent / FOLDER / f"{hashlib.sha256(key.encode()).hexdigest()[:40]}.npz"

        def decoded(content: bytes) -> ArrayList:
            header, arrays = unpack(content, "stored outputs")
            if header.get("key") != key:
                raise Refused("holds other outputs than its name says")
            first_axes = [array.shape[: len(shape)] for array, shape in zip(arrays.values(), shapes, strict=False)]
            if len(arrays) != len(shapes) or first_axes != list(shapes) or not _are_floats(arrays.values()):
                raise Refused("its arrays are others than are computed")
            return list(arrays.values())

        outputs = self.store.read(path, decoded, f"{self.title}, {quantity}", "computed anew")
        if outputs is None:
            outputs = compute()
            if _are_floats(outputs):  # a model of somebody may put out anything
                arrays = {f"array_{i:03d}": array for i, array in enumerate(outputs)}
                with contextlib.suppress(OSError):  # the disk is full or read-only: computed again next time
                    write_bytes(path, pack({"key": key, "runs": self.store.runs(path)}, arrays))
        return outputs


def _are_floats(arrays: Iterable[Array]) -> bool:
    return all(array.dtype.kind == "f" for array in arrays)


def _digest(inputs: Sequence[Array]) -> str:
    digest = hashlib.sha256()
    for array in inputs:
        digest.update(f"{array.dtype.str} {array.shape}".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


@functools.cache
def _code() -> str:
    """SHA-256 of the code that computes outputs; the code of the network is part of the key of the training."""
    return digest(reachable_definitions([(ENSEMBLE, EVERYTHING)]))
