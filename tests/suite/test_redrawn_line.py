"""The line below pytest's own, on a terminal made by hand and on a real one."""

import os
import pty
import subprocess
import sys
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from screen import Screen

from lstm_lab.suite.redrawn_line import RedrawnLine, can_be_redrawn

ROOT = Path(__file__).parents[2]
CONFTEST = """
import pytest
from lstm_lab.suite import progress_lines

pytest_plugins = ["lstm_lab.judging.session.plugin", "lstm_lab.suite.plugin"]
progress_lines.SECONDS_BETWEEN_LOOKS = 0.05
"""
CLAIMS = """
import time
from lstm_lab import Section, always, claim


@claim("here/slow", "x", source=Section("Here"), criterion=always(), stance="stated", published="B")
def test_slow(trainer, seed, observe):
    time.sleep(0.4)
    print("what a test prints is captured")
    observe(True, answer="B")
"""
SETTINGS = '[tool.pytest]\nminversion = "9.0"\naddopts = ["-p", "no:benchmark", "-p", "no:cacheprovider"]\n'


class Terminal:
    """A terminal of twenty columns, and pytest that writes to it."""

    fullwidth = 20

    def __init__(self) -> None:
        self.screen, self.width_of_current_line = Screen(), 0
        self.line = RedrawnLine(self, SimpleNamespace(write=self.screen.write, flush=lambda: None))

    def flush(self):
        """Nothing is held back."""

    def dot(self, text="."):
        """What pytest writes."""
        with self.line.aside():
            self.screen.write(text)
            self.width_of_current_line = 0 if text.endswith("\n") else self.width_of_current_line + len(text)


def test_dots_go_on_above_it():
    """The line is below them, is drawn again in its place, and moves down with them."""
    terminal = Terminal()
    terminal.dot("..")
    terminal.line.draw("[#---] 25 %")
    terminal.dot("a")
    first = list(terminal.screen.lines)
    terminal.line.draw("[##--] 50 %")
    terminal.dot(". [ 50%]\n")
    second = list(terminal.screen.lines)
    terminal.dot("..")
    terminal.line.draw("")

    assert ["..a", "[#---] 25 %"] == first
    assert ["..a. [ 50%]", "", "[##--] 50 %"] == second
    assert ["..a. [ 50%]", ".."] == terminal.screen.lines


def test_a_shorter_line_leaves_nothing_of_a_longer_one():
    """And one that is wider than the terminal is cut, or it would take two lines."""
    terminal = Terminal()
    terminal.line.draw("x" * 50)
    wide = list(terminal.screen.lines)
    terminal.line.draw("short")

    assert ["", "x" * 19] == wide
    assert ["", "short"] == terminal.screen.lines


def test_a_terminal_that_is_gone_stops_nothing():
    """No evidence depends on it."""
    file = StringIO()
    line = RedrawnLine(Terminal(), file)
    file.close()
    line.draw("text")

    assert "text" == line.text


def test_only_on_a_terminal(monkeypatch):
    """In a pipe, on a dumb terminal, and where tests print to it, lines are printed instead."""
    terminal, pipe = (SimpleNamespace(isatty=lambda answer=answer: answer) for answer in (True, False))
    config, printing = (SimpleNamespace(option=SimpleNamespace(capture=how)) for how in ("fd", "no"))
    monkeypatch.setenv("TERM", "xterm")
    usual = [can_be_redrawn(config, terminal), can_be_redrawn(config, pipe), can_be_redrawn(printing, terminal)]
    monkeypatch.setenv("TERM", "dumb")

    assert [True, False, False] == usual
    assert not can_be_redrawn(config, terminal)


@pytest.mark.parametrize(("workers", "dots"), [("-n0", "claims/test_here.py ....."), ("-n2", "......")])
def test_a_whole_run_on_a_real_terminal(tmp_path, workers, dots):
    """The bar is drawn while tests run, nothing of it is left, and pytest's own lines are as they always are."""
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "test_here.py").write_text(CLAIMS)
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "pyproject.toml").write_text(SETTINGS)
    own, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", "claims", workers, "--color=no"],
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "110"},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    written, screen, bars = "", Screen(), 0
    while chunk := _read(own):
        written += chunk.decode()
    assert 0 == process.wait(timeout=60), written
    for part in written.split("\x1b[J"):
        screen.write(part)
        drawn = [number for number, line in enumerate(screen.lines) if "left, done at " in line]
        bars += len(drawn)
        assert drawn in ([], [screen.row + 1]), screen.lines
        screen.write("\x1b[J")
    shown = [line.rstrip() for line in screen.lines]

    assert bars > 3
    assert 1 == sum(line.startswith(dots) for line in shown), "\n".join(shown)
    assert any(line.endswith("[100%]") for line in shown), "\n".join(shown)
    assert not any("done at" in line or "captured" in line for line in shown)
    assert any("claims: all new" in line for line in shown)
    assert any(line.startswith("read REPORT.md, or open file:///") for line in shown)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says so where the other end is closed
        return b""
