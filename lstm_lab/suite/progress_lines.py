"""The progress of a run: on a terminal one line, redrawn below pytest's own; in a pipe a line a minute."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Generator, Iterator
from datetime import datetime
from typing import Any, TextIO

import pytest

from lstm_lab.judging.session.plugin import CONTROLLER, PROCESSES
from lstm_lab.suite.progress_text import State, bar_line, last_sentence, sentence
from lstm_lab.suite.redrawn_line import RedrawnLine, can_be_redrawn
from lstm_lab.suite.stores import RUN, evidence_folder, store
from lstm_lab.training.execution import Remaining, Seen, has_begun, notes, remaining, trainings

SECONDS_BETWEEN_LOOKS = 2  # at the progress that the processes write
SECONDS_BETWEEN_LINES = 60  # of a pipe


class ProgressLines:
    """A plugin that shows how far this process, or xdist's workers, have come with trainings and tests."""

    def __init__(self, config: pytest.Config, file: TextIO | None = None) -> None:
        self.config = config
        self.folder = evidence_folder(config) / "progress"
        self.file = sys.stdout if file is None else file  # tests have not yet redirected it
        self.line: RedrawnLine | None = None
        self.lock = threading.RLock()
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.printed_notes = set[str]()
        self.started = time.monotonic()
        self.begun: float | None = None  # when the first training or test of this run was seen
        self.trained: tuple[float, int] | None = None  # when the last training of the plan was, after how many tests
        self.remaining: Remaining | None = None  # at the last look
        self.measured = 0
        self.last_line: float | None = None

    def pytest_sessionstart(self) -> None:
        """Start the thread."""
        self.started = time.monotonic()
        if self._reporter is not None and can_be_redrawn(self.config, self.file):
            uncaptured = os.fdopen(os.dup(self.file.fileno()), "w")  # what tests print goes elsewhere, this does not
            self.line = RedrawnLine(self.config.get_terminal_writer(), uncaptured)
        self.thread.start()

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        """Stop the thread, erase the line and print the last notes."""
        self.over.set()
        self.thread.join()
        if self.line is not None:
            self.line.draw("")
            self.line.file.close()
            self.line = None
        state = self._state()
        self._write([*self._new_notes(), *([last_sentence(state)] if state and self.last_line is not None else [])])

    # Whatever pytest writes while tests run, it writes in these hooks.

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> Generator[None, object, object]:
        """Count the tests that have run; make place for pytest's dot."""
        self.measured += report.when == "teardown"
        with self._aside():
            return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_logstart(self) -> Generator[None, object, object]:
        """Make place for the name of the file."""
        with self._aside():
            return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_logfinish(self) -> Generator[None, object, object]:
        """Make place for pytest's percentage."""
        with self._aside():
            return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True, optionalhook=True)
    def pytest_testnodedown(self) -> Generator[None, object, object]:
        """Make place for what xdist says of a worker that died."""
        with self._aside():
            return (yield)

    @contextlib.contextmanager
    def _aside(self) -> Iterator[None]:
        """A context in which one thread of this process may write to the terminal, and the line is out of the way."""
        with self.lock, self.line.aside() if self.line is not None else contextlib.nullcontext():
            yield

    @property
    def _reporter(self) -> Any:
        return self.config.pluginmanager.get_plugin("terminalreporter")

    def _watch(self) -> None:
        while self._reporter is not None and not self.over.wait(SECONDS_BETWEEN_LOOKS):
            state = self._state()
            if state is not None:
                self._show(state)

    def _show(self, state: State) -> None:
        """Print new notes; draw the line again, or in a pipe print one where the last is old enough."""
        new = self._new_notes()
        if self.line is not None:
            self._write(new)
            with self._aside():
                self.line.text = bar_line(state)
        elif self.last_line is None or state.elapsed - self.last_line >= SECONDS_BETWEEN_LINES:
            self.last_line = state.elapsed
            self._write([*new, sentence(state)])
        else:
            self._write(new)

    def _state(self) -> State | None:
        """How far the run is; None while it has trained nothing: the folder may still hold what another one left."""
        controller = self.config.stash.get(CONTROLLER, None)
        begun = self.begun is not None or has_begun(self.folder, self.config.stash[RUN])
        if not begun or controller is None or not controller.collected:
            return None
        now, processes = time.monotonic(), self.config.stash[PROCESSES]
        self.begun = now if self.begun is None else self.begun
        if self.trained is None:  # with --fresh this reads stored files, which parses code: not beside tests that do
            self.remaining = remaining(self.folder, store(self.config), processes)
        left = self.remaining
        if self.trained is None and not trainings(self.folder) and left is not None and not left.trainings:
            self.trained = now, self.measured
        trained_at, measured_then = self.trained or (now, self.measured)
        planned = left.of + left.stored if left else 0
        seen = Seen(
            seconds=now - self.begun,
            training_seconds=trained_at - self.begun,
            planned=left.planned if left else 0.0,
            left=left.seconds if left else 0.0,
            tests=controller.collected,
            measured=min(self.measured, controller.collected),
            measured_in_training=measured_then,
            untrained=left.of / planned if left and planned else 0.0,
            processes=processes,
        )
        under_way = [training.name for training in trainings(self.folder)]
        return State(seen, left, under_way, now - self.started, datetime.now().astimezone())

    def _new_notes(self) -> list[str]:
        """What trainings noted since the last look."""
        if self.begun is None:
            return []
        new = [note for note in notes(self.folder) if note not in self.printed_notes]
        self.printed_notes.update(new)
        return [f"training {note}" for note in new]

    def _write(self, lines: list[str]) -> None:
        """Write lines to the terminal of pytest, also while a test's output is captured."""
        reporter, capturing = self._reporter, self.config.pluginmanager.get_plugin("capturemanager")
        if reporter is None or not lines:
            return
        with self._aside(), capturing.global_and_fixture_disabled() if capturing else contextlib.nullcontext():
            reporter.ensure_newline()  # which knows of no dots where xdist's workers measure
            if self.config.get_terminal_writer().width_of_current_line:
                reporter.write_line("")
            for line in lines:
                reporter.write_line(line)
            reporter.flush()  # a pipe or a file buffers whole blocks
