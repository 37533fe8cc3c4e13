"""How far each training is, written by the process that trains and read by the one that shows it: a small file each."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lstm_lab.files import write_json, write_text

SECONDS_BETWEEN = 0.5


@dataclass(frozen=True)
class Reporter:
    """Writes how far the training of this process is to `folder`/<process>.json; None writes nothing."""

    folder: Path | None = None

    def note(self, line: str) -> None:
        """Write a line that is shown once, however many processes write it."""
        if self.folder is not None:
            with contextlib.suppress(OSError):  # no evidence depends on it
                write_text(self.folder / f"{hashlib.sha256(line.encode()).hexdigest()[:20]}.note", line)

    @contextlib.contextmanager
    def training(self, name: str, seeds: tuple[int, ...], start: int, stop: int) -> Iterator[Callable[[int], None]]:
        """Inside, the function that it gives reports the epoch reached, from `start` to `stop`."""
        began = last = time.monotonic()
        path = self.folder / f"{os.getpid()}.json" if self.folder else None

        def report(epoch: int) -> None:
            nonlocal last
            now = time.monotonic()
            if path is None or stop == start or (epoch > start and now - last < SECONDS_BETWEEN):
                return
            last = now
            left = (now - began) * (stop - epoch) / (epoch - start) if epoch > start else None
            line = {"name": name, "seeds": [seeds[0], seeds[-1]], "epoch": epoch, "epochs": stop, "left": left}
            with contextlib.suppress(OSError):  # no evidence depends on it
                write_json(path, line)

        report(start)
        try:
            yield report
        finally:
            if path is not None:
                with contextlib.suppress(OSError):
                    path.unlink()


def trainings(folder: Path) -> list[dict[str, Any]]:
    """What each training under way has reported: name, first and last seed, epoch, epochs, seconds left where known."""
    running = []
    for path in sorted(folder.glob("*.json")):
        with contextlib.suppress(OSError, ValueError):
            running.append(json.loads(path.read_text()))
    return running


def under_way(folder: Path) -> list[str]:
    """One line for each training under way."""
    lines = []
    for one in trainings(folder):
        left = "compiling" if one["left"] is None else f"about {one['left']:.0f} s left"
        first, last = one["seeds"]
        lines.append(f"{one['name']}, seeds {first}-{last}: epoch {one['epoch']} of {one['epochs']}, {left}")
    return lines


def notes(folder: Path) -> list[str]:
    """The lines that `Reporter.note` has written."""
    lines = []
    for path in sorted(folder.glob("*.note")):
        with contextlib.suppress(OSError, ValueError):
            lines.append(path.read_text(encoding="utf-8"))
    return lines
