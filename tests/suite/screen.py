"""A terminal made by hand: what its lines show after the bytes that were written to it."""

from __future__ import annotations

import re

SEQUENCE = re.compile(r"\x1b\[(\d*)(?:;\d+)*([A-Za-z])")


class Screen:
    """As many lines as are needed, with a cursor that knows what pytest and the redrawn line ask of it."""

    def __init__(self) -> None:
        self.lines = [""]
        self.row = self.column = 0

    def write(self, text: str) -> None:
        """Show characters, and obey `\\n`, `\\r`, colours, `up`, `right` and `erase below`."""
        position = 0
        while position < len(text):
            sequence = SEQUENCE.match(text, position)
            if sequence:
                self._obey(sequence[2], int(sequence[1] or 1))
                position = sequence.end()
                continue
            character = text[position]
            position += 1
            if character == "\n":  # a terminal in its usual mode also returns the carriage; `\r\n` does both
                self.row, self.column = self.row + 1, 0
                self.lines += [""] * (self.row + 1 - len(self.lines))
            elif character == "\r":
                self.column = 0
            else:
                line = self.lines[self.row].ljust(self.column)
                self.lines[self.row] = line[: self.column] + character + line[self.column + 1 :]
                self.column += 1

    def _obey(self, what: str, count: int) -> None:
        match what:
            case "A":
                self.row -= count
            case "C":
                self.column += count
            case "J":
                self.lines[self.row] = self.lines[self.row][: self.column]
                del self.lines[self.row + 1 :]
            case "m":
                pass
            case _:
                raise AssertionError(f"got the sequence {what!r}, wanted one that this terminal knows")
