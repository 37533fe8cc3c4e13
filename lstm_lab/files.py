"""Atomic writing of files, and locks between processes."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

UNFINISHED = ".tmp"  # ends the name of a file that is being written, or whose writer died


@contextlib.contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """A temporary path beside `path`, renamed to `path` once it is written, and deleted when writing it fails.

    Its folder is made where it is missing. A link stays, and the file that it leads to is written. Raises OSError.
    """
    path = Path(os.path.realpath(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}{UNFINISHED}")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def file_error(path: Path) -> str:
    """Why no file can be written at this path, "" where one can: neither a folder nor a device is replaced."""
    target = os.path.realpath(path)
    if os.path.exists(target) and not os.path.isfile(target):
        return f"got {path}, which is {'a folder' if os.path.isdir(target) else 'no regular file'}, wanted a file"
    return _folder_error(os.path.dirname(target))


def folder_error(path: Path) -> str:
    """Why no file can be written into this folder, which may be missing yet; "" where one can."""
    return _folder_error(os.path.realpath(path))


def _folder_error(folder: str) -> str:
    while not os.path.lexists(folder):
        folder = os.path.dirname(folder)
    if not os.path.isdir(folder):
        return f"got {folder}, which is a file (Not a directory), wanted a folder"
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"got {folder}, which cannot be written to, wanted a writable folder"
    return ""


def write_bytes(path: Path, content: bytes) -> None:
    """Write bytes, see `atomic_path`."""
    with atomic_path(path) as unfinished:
        unfinished.write_bytes(content)


def write_text(path: Path, text: str) -> None:
    """Write a text, its lines ended as they are, see `atomic_path`."""
    with atomic_path(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8", newline="\n")


def write_json(path: Path, plain: object) -> None:
    """Write plain values as JSON, see `atomic_path`."""
    write_text(path, json.dumps(plain))


def lock_of(path: Path) -> Path:
    """Where the lock on a file of the project is: not beside it, where an untracked file would be a change."""
    name = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir(), f"lstm-lab-{os.getuid()}-{name}.lock")


@contextlib.contextmanager
def locked(path: Path, *, wait: bool) -> Iterator[bool]:
    """Inside, this process alone holds the lock on the file `path`; gives False when another holder has it.

    The kernel releases it when its holder dies, however it dies. The file stays.

    Args:
        path: made, with its folder, where it is missing. Raises OSError where it cannot be opened.
        wait: whether to wait until the lock is free; then what is given is True.
    """
    from filelock import FileLock, Timeout  # whoever writes files alone does not need it

    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path, thread_local=False)  # released by whichever thread leaves, or drops the last reference
    with contextlib.suppress(Timeout):
        lock.acquire(timeout=-1 if wait else 0)
    try:
        yield lock.is_locked
    finally:
        lock.release()
