"""`--plan` on the claims of the article: told before, trained after, loaded from then on."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CLAIM = "stateful/k-predicts-b"


@pytest.fixture
def heavy(tmp_path_factory, monkeypatch):
    """A plugin, by its name, that prints at the very end which packages were loaded that planning does without."""
    folder = tmp_path_factory.mktemp("plugins")
    (folder / "heavy.py").write_text(
        "import sys\n\n\ndef pytest_unconfigure():\n    print('LOADED', {'tensorflow', 'keras'} & set(sys.modules))\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(folder))
    return "heavy"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run pytest on the article's claims with evidence of its own; the lines it prints."""
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)

    def run(*arguments):
        places = ["--evidence", str(tmp_path / "evidence"), "--report", str(tmp_path / "REPORT.md")]
        command = [sys.executable, "-m", "pytest", "claims/", "-q", *places, *arguments]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

        assert 0 == done.returncode, done.stdout + done.stderr
        return done.stdout.splitlines()

    return run


def test_a_plan_is_what_then_happens(run, heavy, tmp_path):
    """What it says is trained is trained, and the next plan loads it; with more seeds, the missing blocks are."""
    before = run("--plan", "--claim", CLAIM, "--seeds", "3", "-n", "auto")
    written = list(tmp_path.iterdir())
    run("--claim", CLAIM, "--seeds", "3", "-n", "0")
    (ledger,) = (tmp_path / "evidence" / "runs").iterdir()
    told = json.loads(ledger.read_text().splitlines()[-1])["run"]
    after = run("--plan", "--claim", CLAIM, "--seeds", "3", "-p", heavy)
    more = run("--plan", "--claim", CLAIM, "--seeds", "30")
    fresh = run("--plan", "--claim", CLAIM, "--seeds", "3", "--fresh")

    assert [] == written
    assert "to train: 1 ensemble in 1 training; to load: 0 ensembles" == before[0]
    assert re.search(r"of compiling 1 program: \d.* with \d+ process", before[1])
    assert f"cannot be supported by so few, wanted 17, refuted with at most 0 of 3 passes ({CLAIM})" in "\n".join(
        before
    )
    assert 1 == told["models_trained"]
    assert "to train: nothing; to load: 1 ensemble" == after[0]
    assert "LOADED set()" in after
    assert "to train: 2 ensembles in 2 trainings; to load: 1 ensemble" == more[0]
    assert "with 1 process" in more[1]
    assert before[0] == fresh[0]


def test_planning_loads_no_tensorflow(run, heavy):
    """The whole suite is planned in a process that never loads it; every claim has its line or is counted in one."""
    lines = run("--plan", "-p", "heavy")
    (head,) = (line for line in lines if line.startswith("what "))
    groups = [line.rpartition("(")[2] for line in lines[lines.index(head) + 1 :] if line.startswith("  ")]
    counts = [int(group.split()[0]) if group.endswith(" claims)") else group.count("/") for group in groups]

    assert "LOADED set()" in lines
    assert re.match(r"to train: \d+ ensembles in \d+ trainings; to load: 0 ensembles", lines[0])
    assert [int(head.split()[1])] == [sum(counts)]
    assert len(groups) < 60
