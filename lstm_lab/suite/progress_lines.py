"""Lines on the terminal while something is trained: what, how far, for how long, and what is left."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Sequence

import pytest

from lstm_lab.judging.session.plugin import PROCESSES
from lstm_lab.suite.stores import evidence_folder, store
from lstm_lab.training.execution import notes, remaining_lines, under_way

SECONDS_BETWEEN_LINES = 10


class ProgressLines:
    """While this process or one of xdist's workers trains, prints what, how far, for how long and what is left."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.folder = evidence_folder(config) / "progress"
        self.over = threading.Event()
        self.noted = set[str]()
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def pytest_sessionstart(self) -> None:
        """Remove what an earlier run that was killed left behind, and begin to watch."""
        for left in self.folder.glob("*"):
            left.unlink(missing_ok=True)
        self.thread.start()

    def pytest_sessionfinish(self) -> None:
        """Stop watching."""
        self.over.set()
        self.thread.join()
        self._show()

    def _watch(self) -> None:
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        while reporter is not None and not self.over.wait(SECONDS_BETWEEN_LINES):
            self._show(self._lines())

    def _lines(self) -> list[str]:
        """What is left of the plan and what is under way; nothing as long as nothing is."""
        lines = [f"training {line}" for line in under_way(self.folder)]
        left = remaining_lines(self.folder, store(self.config), self.config.stash[PROCESSES]) if lines else []
        return [*(f"training: {line}" for line in left), *lines]

    def _show(self, lines: Sequence[str] = ()) -> None:
        """Write what trainings have noted since, and these lines; to the terminal, also from within a test."""
        reporter, capturing = map(self.config.pluginmanager.get_plugin, ("terminalreporter", "capturemanager"))
        noted = [line for line in notes(self.folder) if line not in self.noted]
        self.noted.update(noted)
        shown = [*(f"training {line}" for line in noted), *lines]
        if reporter is not None and shown:
            with capturing.global_and_fixture_disabled() if capturing else contextlib.nullcontext():
                reporter.ensure_newline()
                for line in shown:
                    reporter.write_line(line)
                reporter.flush()  # into a pipe or a file, lines would wait for others to fill a block
