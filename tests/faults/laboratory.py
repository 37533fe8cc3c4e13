"""A suite that really trains, in a folder of its own, run by processes of its own, and ways to look at it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import tiny
from told import written

from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.evidence.serialization import unstructure
from lstm_lab.judging.report.json import report_to_json
from lstm_lab.judging.report.report import Report
from lstm_lab.training.execution.checked_store import open_store
from lstm_lab.training.store.store import Store

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LONGEST = 300  # seconds that any run may take, on a machine with other work


@dataclass
class Laboratory:
    """The suite, its evidence and its report."""

    path: Path
    code: Path = ROOT
    processes: list[subprocess.Popen] = field(default_factory=list)

    def start(self, *arguments: str, workers: int = 2) -> subprocess.Popen:
        """Begin a run, in a process group of its own."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        command = [sys.executable, "-m", "pytest", "claims", f"-n{workers}", "--seeds", str(tiny.SEEDS), *arguments]
        with (self.path / "output.txt").open("ab") as output:
            process = subprocess.Popen(
                command,
                cwd=self.path,
                env={**kept, "PYTHONPATH": os.pathsep.join(map(str, (self.code, HERE)))},
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def run(self, *arguments: str, workers: int = 2) -> int:
        """A whole run; its exit status."""
        self.output_path.unlink(missing_ok=True)
        return self.start(*arguments, workers=workers).wait(timeout=LONGEST)

    def end(self) -> None:
        """End whatever of its processes still lives."""
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    @property
    def output_path(self) -> Path:
        """Where the terminal's output goes."""
        return self.path / "output.txt"

    @property
    def output(self) -> str:
        """What the terminal showed."""
        return self.output_path.read_text(encoding="utf-8", errors="replace")

    @property
    def evidence(self) -> Path:
        """Where its evidence is."""
        return self.path / "evidence"

    @property
    def store(self) -> Store:
        """Its trained ensembles, as every process of a run opens them."""
        return open_store(self.evidence / "ensembles")

    def report(self, path: Path | None = None) -> str:
        """The report, all its details after it, but for the run block."""
        text = written(path or self.path / "REPORT.md")
        return re.sub(r"<!-- run -->.*?<!-- /run -->", "", text, flags=re.DOTALL)

    def outcome(self) -> tuple[str, bytes, dict]:
        """All that a run tells of its evidence: the report, its picture and its JSON twin, the run left out."""
        plain = json.loads((self.evidence / "report.json").read_text())
        picture = self.path / "report" / "pass_rates.svg"
        drawn = picture.read_bytes() if picture.exists() else b""
        return self.report(), drawn, {name: value for name, value in plain.items() if name != "run"}

    @property
    def last_run(self) -> dict:
        """How the last run that ended went."""
        return json.loads((self.evidence / "report.json").read_text())["run"]

    @property
    def models(self) -> tuple[int, int]:
        """The number of ensembles that the last run trained and loaded."""
        return self.last_run["models_trained"], self.last_run["models_loaded"]

    @property
    def refused(self) -> list[str]:
        """What the last run says it did not believe."""
        return sorted(self.last_run["facts"].get("refused", []))

    def ledgers(self) -> list[Path]:
        """The observations of every run, in the order of their starts."""
        return sorted((self.evidence / "runs").glob("*.jsonl"))

    def observed(self) -> set[str]:
        """Every observation of the last run, as text."""
        return texts(Ledger.read(self.ledgers()[-1]))

    def outcome_of(self, ledger: Ledger) -> dict:
        """What a run's observations come to, as in its JSON twin."""
        return json.loads(json.dumps(report_to_json(Report(ledger))))

    def wait_for(self, happened: Callable[[], bool]) -> None:
        """Until it happened; fails where it never does."""
        ends = time.monotonic() + LONGEST
        while not happened():
            assert time.monotonic() < ends, self.output
            time.sleep(0.02)


def texts(ledger: Ledger) -> set[str]:
    """The observations of a ledger as text."""
    return {json.dumps(unstructure(one), sort_keys=True) for one in ledger.observations.values()}


def furnished(path: Path) -> Laboratory:
    """The suite in a new folder."""
    (path / "claims").mkdir(parents=True)
    (path / "claims" / "test_tiny.py").write_text(tiny.CLAIMS)
    (path / "claims" / "conftest.py").write_text(tiny.MODELS)
    (path / "conftest.py").write_text(tiny.PLUGINS)
    (path / "pyproject.toml").write_text(tiny.SETTINGS)
    return Laboratory(path)


@dataclass(frozen=True)
class Undisturbed:
    """A run that nobody disturbed: what it told, what it left, how long it took."""

    outcome: tuple[str, bytes, dict]
    observed: set[str]
    evidence: Path
    seconds: float
