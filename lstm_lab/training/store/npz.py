"""A snapshot encoded as the bytes of an `.npz` file, without pickle, with a checksum; and decoded."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import Any

import numpy as np

from lstm_lab.training.errors import Refused
from lstm_lab.training.store.snapshot import PlainSnapshot, Snapshot

GROUPS = ("weights", "moments", "states")
NON_TRAINABLE = "non_trainable"  # a fourth group, where plain Keras has trained


def encode(snapshot: Snapshot, key: str) -> bytes:
    """The bytes of the file of a snapshot with this key."""
    groups = [*GROUPS, *([NON_TRAINABLE] if hasattr(snapshot, NON_TRAINABLE) else [])]
    arrays = {f"{group}_{i:03d}": array for group in groups for i, array in enumerate(getattr(snapshot, group))}
    arrays["losses"] = snapshot.losses
    header = {"key": key, "seeds": list(snapshot.seeds), "epoch": snapshot.epoch, "checksum": _checksum(arrays)}
    if NON_TRAINABLE in groups:
        header["plain"] = True
    buffer = io.BytesIO()
    np.savez(buffer, header=np.frombuffer(json.dumps(header).encode(), np.uint8), **arrays)
    return buffer.getvalue()


def decode(content: bytes, key: str, seeds: tuple[int, ...], epoch: int) -> Snapshot:
    """The snapshot in a file's bytes. Raises Refused where they are damaged, or of another key, seeds or epoch."""
    try:
        with np.load(bounded(content), allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        header = json.loads(arrays.pop("header").tobytes())
        written_for, checksum = (header["key"], tuple(header["seeds"]), header["epoch"]), header["checksum"]
        kind, names = (PlainSnapshot, (*GROUPS, NON_TRAINABLE)) if header.get("plain") else (Snapshot, GROUPS)
        groups = {group: [arrays[name] for name in sorted(arrays) if name.startswith(group)] for group in names}
        losses = arrays["losses"]
    except Exception as error:  # a damaged archive makes NumPy and zipfile raise nearly anything
        raise Refused(f"is not a stored ensemble ({type(error).__name__})") from error
    if written_for != (key, seeds, epoch):
        raise Refused("holds another experiment than its name says")
    if checksum != _checksum(arrays):
        raise Refused("its numbers do not have the checksum they were stored with")
    return kind(seeds, epoch, **groups, losses=losses)


def bounded(content: bytes) -> io.BytesIO:
    """The bytes of an archive, to be read; ValueError where its members are larger than the archive itself.

    Stores write archives that are not compressed: one that inflates is none of theirs, and may take all memory.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(member.file_size for member in archive.infolist()) > len(content):
            raise ValueError("got members larger than their archive, wanted an archive without compression")
    return io.BytesIO(content)


def _checksum(arrays: dict[str, np.ndarray[Any, Any]]) -> str:
    checksum = hashlib.sha256()
    for name in sorted(arrays):
        checksum.update(f"{name} {arrays[name].dtype.str} {arrays[name].shape}".encode())
        checksum.update(np.ascontiguousarray(arrays[name]).tobytes())
    return checksum.hexdigest()
