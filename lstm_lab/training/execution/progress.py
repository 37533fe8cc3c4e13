"""How far each training is, told between processes by small files: whoever waits can see what for."""

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
    """Writes how far the training of this process is to `folder`/<process>.json; None for nobody to see."""

    folder: Path | None = None

    def note(self, line: str) -> None:
        """Leave a line that whoever watches shows once, however many processes leave it."""
        if self.folder is not None:
            with contextlib.suppress(OSError):  # nobody's evidence depends on it
                write_text(self.folder / f"{hashlib.sha256(line.encode()).hexdigest()[:20]}.note", line)

    @contextlib.contextmanager
    def training(self, name: str, seeds: tuple[int, ...], start: int, stop: int) -> Iterator[Callable[[int], None]]:
        """While inside, the given function tells the epoch reached of `start` to `stop`."""
        began = last = time.monotonic()
        path = self.folder / f"{os.getpid()}.json" if self.folder else None

        def told(epoch: int) -> None:
            nonlocal last
            now = time.monotonic()
            if path is None or stop == start or (epoch > start and now - last < SECONDS_BETWEEN):
                return
            last = now
            left = (now - began) * (stop - epoch) / (epoch - start) if epoch > start else None
            line = {"name": name, "seeds": [seeds[0], seeds[-1]], "epoch": epoch, "epochs": stop, "left": left}
            with contextlib.suppress(OSError):  # nobody's evidence depends on it
                write_json(path, line)

        told(start)
        try:
            yield told
        finally:
            if path is not None:
                with contextlib.suppress(OSError):
                    path.unlink()


def trainings(folder: Path) -> list[dict[str, Any]]:
    """What each training under way has told: name, first and last seed, epoch, epochs, seconds left where known."""
    found = []
    for path in sorted(folder.glob("*.json")):
        with contextlib.suppress(OSError, ValueError):
            found.append(json.loads(path.read_text()))
    return found


def under_way(folder: Path) -> list[str]:
    """One line for each training under way."""
    lines = []
    for told in trainings(folder):
        left = "compiling" if told["left"] is None else f"about {told['left']:.0f} s left"
        first, last = told["seeds"]
        lines.append(f"{told['name']}, seeds {first}-{last}: epoch {told['epoch']} of {told['epochs']}, {left}")
    return lines


def notes(folder: Path) -> list[str]:
    """The lines that trainings have left."""
    lines = []
    for path in sorted(folder.glob("*.note")):
        with contextlib.suppress(OSError, ValueError):
            lines.append(path.read_text(encoding="utf-8"))
    return lines
