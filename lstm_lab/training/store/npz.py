"""Arrays under a header as the bytes of an `.npz` file, without pickle, with a checksum; and snapshots as such files.

Of a file that somebody else has written no more memory is taken than it has bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from lstm_lab.training.errors import Refused
from lstm_lab.training.store.snapshot import PlainSnapshot, Snapshot

GROUPS = ("weights", "moments", "states")
NON_TRAINABLE = "non_trainable"  # a fourth group, where plain Keras has trained
HEADER = "header"

Named = dict[str, NDArray[Any]]


def pack(header: Mapping[str, Any], arrays: Named) -> bytes:
    """The bytes of a file of these arrays, by name; the header is of JSON values, and a checksum is added to it."""
    content = json.dumps({**header, "checksum": _checksum(arrays)})
    buffer = io.BytesIO()
    np.savez(buffer, **{HEADER: np.frombuffer(content.encode(), np.uint8)}, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()


def unpack(content: bytes, what: str) -> tuple[dict[str, Any], Named]:
    """Header and arrays in a file's bytes, the arrays sorted by name. Raises Refused where they are damaged.

    Args:
        content: the bytes.
        what: what the file should be.
    """
    try:
        arrays = _arrays(io.BytesIO(content))
        header = dict(json.loads(arrays.pop(HEADER).tobytes()))
        checksum = header["checksum"]
    except Exception as error:  # a damaged archive makes NumPy and zipfile raise nearly anything
        reason = error if isinstance(error, Refused) else type(error).__name__
        raise Refused(f"is not {what} ({reason})") from error
    if checksum != _checksum(arrays):
        raise Refused("its numbers do not have the checksum they were stored with")
    return header, dict(sorted(arrays.items()))


def runs_of(path: Path) -> list[str]:
    """The runs with `--fresh` that have written a file, by their tokens, see `Store.fresh`; none of any other file."""
    try:
        with path.open("rb") as file:
            return list(map(str, json.loads(_arrays(file, only=HEADER)[HEADER].tobytes())["runs"]))
    except Exception:  # see `unpack`
        return []


def encode(snapshot: Snapshot, key: str, runs: Sequence[str] = ()) -> bytes:
    """The bytes of the file of a snapshot with this key, written in these runs with `--fresh`."""
    groups = [*GROUPS, *([NON_TRAINABLE] if hasattr(snapshot, NON_TRAINABLE) else [])]
    arrays = {f"{group}_{i:03d}": array for group in groups for i, array in enumerate(getattr(snapshot, group))}
    arrays["losses"] = snapshot.losses
    header = {"key": key, "seeds": list(snapshot.seeds), "epoch": snapshot.epoch, "runs": list(runs)}
    return pack({**header, **({"plain": True} if NON_TRAINABLE in groups else {})}, arrays)


def decode(content: bytes, key: str, seeds: tuple[int, ...], epoch: int) -> Snapshot:
    """The snapshot in a file's bytes. Raises Refused where they are damaged, or of another key, seeds or epoch."""
    header, arrays = unpack(content, "a stored ensemble")
    kind, names = (PlainSnapshot, (*GROUPS, NON_TRAINABLE)) if header.get("plain") else (Snapshot, GROUPS)
    if [header.get(name) for name in ("key", "seeds", "epoch")] != [key, list(seeds), epoch] or "losses" not in arrays:
        raise Refused("holds another experiment than its name says")
    groups = {group: [array for name, array in arrays.items() if name.startswith(group)] for group in names}
    return kind(seeds, epoch, **groups, losses=arrays["losses"])


def _arrays(file: IO[bytes], only: str = "") -> Named:
    """The arrays in an archive, or the one of this name. Raises nearly anything where `pack` has not written it."""
    size = file.seek(0, io.SEEK_END)
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        # One of a megabyte can declare gigabytes, by compression or by entries that overlap.
        if any(one.compress_type != zipfile.ZIP_STORED for one in entries) or sum(e.file_size for e in entries) > size:
            raise Refused("its arrays are compressed, or larger than the file")
        names = {entry.filename.removesuffix(".npy"): entry for entry in entries}
        return {name: _array(archive.read(entry)) for name, entry in names.items() if only in ("", name)}


def _array(content: bytes) -> NDArray[Any]:
    """The array in the bytes of a `.npy` file, which it shares: nothing is reserved for what the file only declares."""
    file = io.BytesIO(content)
    if npy.read_magic(file) != (1, 0):
        raise Refused("an array of an unknown format")
    shape, is_fortran, dtype = npy.read_array_header_1_0(file)
    if dtype.kind not in "biuf":
        raise Refused(f"an array of type {dtype}")
    return np.ndarray(shape, dtype, content, file.tell(), order="F" if is_fortran else "C")


def _checksum(arrays: Named) -> str:
    checksum = hashlib.sha256()
    for name in sorted(arrays):
        checksum.update(f"{name} {arrays[name].dtype.str} {arrays[name].shape}".encode())
        checksum.update(np.ascontiguousarray(arrays[name]).tobytes())
    return checksum.hexdigest()
