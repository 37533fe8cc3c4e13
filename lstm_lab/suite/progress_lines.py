"""Progress lines on the terminal during trainings: which, how far, for how long, and how many are left."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Sequence

import pytest

from lstm_lab.judging.session.plugin import PROCESSES
from lstm_lab.suite.stores import RUN, evidence_folder, store
from lstm_lab.training.execution import has_begun, notes, remaining_lines, under_way

SECONDS_BETWEEN_LINES = 10


class ProgressLines:
    """A plugin that prints progress lines while this process or one of xdist's workers trains."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.folder = evidence_folder(config) / "progress"
        self.over = threading.Event()
        self.begun = False
        self.printed_notes = set[str]()
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def pytest_sessionstart(self) -> None:
        """Start the thread."""
        self.thread.start()

    def pytest_sessionfinish(self) -> None:
        """Stop the thread and print the last notes."""
        self.over.set()
        self.thread.join()
        self._show()

    def _watch(self) -> None:
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        while reporter is not None and not self.over.wait(SECONDS_BETWEEN_LINES):
            self._show(self._lines())

    def _lines(self) -> list[str]:
        """Lines on the rest of the plan and on each training under way; none while nothing is trained."""
        lines = [f"training {line}" for line in under_way(self.folder)]
        remaining = remaining_lines(self.folder, store(self.config), self.config.stash[PROCESSES]) if lines else []
        return [*(f"training: {line}" for line in remaining), *lines]

    def _show(self, lines: Sequence[str] = ()) -> None:
        """Write new notes of trainings and these lines to the terminal, also while a test's output is captured.

        Nothing while this run has trained nothing: the folder may still hold what another one has left.
        """
        self.begun = self.begun or has_begun(self.folder, self.config.stash[RUN])  # another run may begin meanwhile
        if not self.begun:
            return
        reporter, capturing = map(self.config.pluginmanager.get_plugin, ("terminalreporter", "capturemanager"))
        new_notes = [note for note in notes(self.folder) if note not in self.printed_notes]
        self.printed_notes.update(new_notes)
        all_lines = [*(f"training {note}" for note in new_notes), *lines]
        if reporter is not None and all_lines:
            with capturing.global_and_fixture_disabled() if capturing else contextlib.nullcontext():
                reporter.ensure_newline()
                for line in all_lines:
                    reporter.write_line(line)
                reporter.flush()  # a pipe or a file buffers whole blocks
