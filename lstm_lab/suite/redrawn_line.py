"""A line below everything that pytest writes to a terminal, drawn again and again in its place."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Protocol, TextIO

import pytest

ERASE_BELOW = "\x1b[J"  # from the cursor to the end of the screen
UP, RIGHT = "\x1b[A", "\x1b[{}C"


class Writer(Protocol):
    """What is asked of the terminal writer of pytest."""

    def flush(self) -> None:
        """Write what it holds back."""

    @property
    def fullwidth(self) -> int:
        """Columns of the terminal."""

    @property
    def width_of_current_line(self) -> int:
        """Columns that are written of the line where the cursor stands."""


class RedrawnLine:
    """The line below the cursor of pytest, which stays where pytest left it, so that its dots go on.

    Args:
        writer: the terminal writer of pytest.
        file: the terminal.
    """

    def __init__(self, writer: Writer, file: TextIO) -> None:
        self.writer = writer
        self.file = file
        self.text = ""

    def draw(self, text: str) -> None:
        """Show this text, cut to the width of the terminal; "" for none."""
        self.text = text
        width, column = self.writer.fullwidth, self.writer.width_of_current_line
        back = f"{UP}\r" + (RIGHT.format(column) if column else "")
        self._write(f"{ERASE_BELOW}\n{text[: width - 1]}{back}" if text else ERASE_BELOW)

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        """A context in which pytest may write: the line is gone, and comes back below what was written."""
        if self.text:
            self._write(ERASE_BELOW)
        yield
        self.writer.flush()
        if self.text:
            self.draw(self.text)

    def _write(self, text: str) -> None:
        with contextlib.suppress(OSError, ValueError):  # the terminal may be gone: no evidence depends on it
            self.file.write(text)
            self.file.flush()


def can_be_redrawn(config: pytest.Config, file: TextIO) -> bool:
    """Whether lines can be redrawn: on a terminal that moves its cursor, and where no test prints to it."""
    return file.isatty() and os.environ.get("TERM", "dumb") != "dumb" and config.option.capture != "no"
