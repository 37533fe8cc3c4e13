"""A small suite of claims in a folder of its own, run by pytest in a process of its own."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import cattrs  # noqa: F401  # pytester forgets what a test imports, and notes of errors are known by their class
import pytest
import scipy.stats  # noqa: F401  # for the same reason, and NumPy cannot be loaded a second time
from told import written

ROOT = Path(__file__).parents[2]

SETTINGS = """
[tool.pytest]
minversion = "9.0"
strict = true
addopts = ["-ra", "--dist", "worksteal", "--max-worker-restart", "2", "-p", "no:benchmark"]
filterwarnings = ["error"]
"""

HEADER = """
from lstm_lab import Comment, Section, claim
from lstm_lab import always, at_least, at_most, beats, equivalent, possible

HERE = Section("Here")
"""

# The fixtures of the real suite, but for a trainer that trains nothing: a member is its experiment.
CONFTEST = """
from types import SimpleNamespace

import pytest

pytest_plugins = ["lstm_lab.judging.session.plugin", "lstm_lab.suite.plugin"]


@pytest.fixture(scope="session")
def trainer():
    return SimpleNamespace(member=lambda experiment, seed: experiment.regime, elsewhere=None)
"""

IMPORTS = """
from fixtures.experiments import NAIVE_ONE_CHAR
from lstm_lab import trained
from lstm_lab import exempt

naive = trained(NAIVE_ONE_CHAR)
"""


@dataclass(frozen=True)
class Suite:
    """Claim files below `claims/`, and what a run of them leaves."""

    pytester: pytest.Pytester

    @property
    def path(self) -> Path:
        """The root of the suite."""
        return self.pytester.path

    def write(self, name: str, body: str) -> None:
        """Write `claims/test_<name>.py`."""
        path = self.path / "claims" / f"test_{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(HEADER + body, encoding="utf-8")

    def run(self, *arguments: str, paths: tuple[str, ...] = ("claims",)) -> pytest.RunResult:
        """Run pytest on the claims; without workers unless `arguments` say so."""
        return self.pytester.runpytest_subprocess("-n0", *paths, *arguments)

    @property
    def ledger(self) -> list[dict]:
        """The JSON lines of the only run."""
        (path,) = (self.path / "evidence" / "runs").glob("*.jsonl")
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    def records(self, kind: str) -> list:
        """The records of one kind in the ledger of the only run."""
        return [line[kind] for line in self.ledger if kind in line]

    @property
    def report(self) -> str:
        """REPORT.md, and after it all details in Markdown."""
        return written(self.path / "REPORT.md")

    @property
    def data(self) -> dict[str, dict]:
        """By its id, what the data beside the report tells of each claim."""
        claims = json.loads((self.path / "report" / "data.json").read_text(encoding="utf-8"))["claims"]
        return {one["id"]: one for one in claims}


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Suite:
    """An empty suite with the plugin, and pytest as strict as this project has it."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT), prepend=os.pathsep)
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    pytester.makeconftest('pytest_plugins = ["lstm_lab.judging.session.plugin"]')
    pytester.makepyprojecttoml(SETTINGS)
    return Suite(pytester)


@pytest.fixture
def planted(suite):
    """A suite with the fixtures of the real one, for claims of every kind; nothing is trained."""
    suite.pytester.makeconftest(CONFTEST)

    def plant(*claims, name="here"):
        suite.write(name, IMPORTS + "".join(claims))
        return suite

    return plant
