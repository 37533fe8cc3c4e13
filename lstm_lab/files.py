"""Files that are seen whole, or not at all."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path


def write_json(path: Path, plain: object) -> None:
    """Write plain values as JSON."""
    write_text(path, json.dumps(plain))


@contextlib.contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """Where to write a file that is seen at `path` once it is whole, and not at all when writing it fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield unfinished
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a text, its lines ended as they are."""
    with atomic_path(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8", newline="\n")


def write_atomically(path: Path, content: bytes) -> None:
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
