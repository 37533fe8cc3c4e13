"""`python -m lstm_lab`."""

import subprocess
import sys
from pathlib import Path

import pytest

from lstm_lab.__main__ import main
from lstm_lab.judging.claim import Claim, Section
from lstm_lab.judging.criteria import always
from lstm_lab.judging.evidence import Ledger
from lstm_lab.judging.records import Entry, Observation, Run

ROOT = Path(__file__).parents[1]


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Keep the observations of a run under this name, in a folder that is the current one."""
    monkeypatch.chdir(tmp_path)

    def keep(name, holds=True):
        claim = Claim("a/b", "It holds.", Section("Here"), always())
        ledger = Ledger({"a/b": Entry(claim, "claims/test_a.py::test_b", 1, "", tuple(range(5)), 5)})
        ledger.keep(tmp_path / "evidence" / "runs" / name)
        for seed in range(5):
            ledger.add(Observation("a/b", seed, holds=holds))
        ledger.close(Run("2025-01-02T03:04:05+00:00", 1.0, "pytest", "abc1234"))

    return keep


def test_report_is_rebuilt_from_the_newest_run(kept, capsys):
    """Without arguments the run that started last is judged again, to REPORT.md."""
    kept("20250102T000000Z-2.jsonl", holds=False)
    kept("20250101T000000Z-9.jsonl", holds=True)

    assert 0 == main(["report"])
    assert "**○\u00a0REFUTED**: holds with 0 of 5 seeds" in Path("REPORT.md").read_text(encoding="utf-8")
    assert (
        "REPORT.md and report.html written from evidence/runs/20250102T000000Z-2.jsonl: 1 claim: 1 refuted\n"
    ) == capsys.readouterr().out


def test_report_named_like_its_page_is_refused(kept, capsys):
    """The page would take the place of the Markdown: nothing is written."""
    kept("20250102T000000Z-2.jsonl", holds=False)

    assert 2 == main(["report", "--out", "report.html"])
    assert capsys.readouterr().err.startswith("--out: got report.html, wanted the name of the Markdown")
    assert not Path("report.html").exists()


def test_run_and_report_can_be_named(kept):
    """The observations and the place of the report are arguments."""
    kept("20250102T000000Z-2.jsonl", holds=False)
    kept("20250101T000000Z-9.jsonl", holds=True)

    assert 0 == main(["report", "evidence/runs/20250101T000000Z-9.jsonl", "--out", "elsewhere/OLD.md"])
    assert "**●\u00a0SUPPORTED**" in Path("elsewhere/OLD.md").read_text(encoding="utf-8")
    assert "1 supported" in Path("elsewhere/old.html").read_text(encoding="utf-8")
    assert not Path("REPORT.md").exists()


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ([], "evidence/runs: got no *.jsonl file, wanted the observations of a run; `pytest claims/` leaves some\n"),
        (["nowhere.jsonl"], "nowhere.jsonl: got no such file, wanted the observations of a run\n"),
        (["foreign.jsonl"], "foreign.jsonl: got no header, wanted a ledger of format 1\n"),
    ],
    ids=["no run", "no file", "foreign file"],
)
def test_what_cannot_be_read_is_one_clear_line(arguments, line, tmp_path, monkeypatch, capsys):
    """A missing or foreign file is refused in one line, and no report is written."""
    monkeypatch.chdir(tmp_path)
    Path("foreign.jsonl").write_text('{"other": 1}\n', encoding="utf-8")

    assert 2 == main(["report", *arguments])
    assert line == capsys.readouterr().err
    assert not Path("REPORT.md").exists()


def test_no_command_is_a_usage_error(capsys):
    """Without a command the usage is shown."""
    with pytest.raises(SystemExit, match="2"):
        main([])

    assert "usage: python -m lstm_lab" in capsys.readouterr().err


def test_rebuilding_needs_no_tensorflow(kept):
    """A process that rebuilds the report loads neither TensorFlow nor Keras."""
    kept("20250101T000000Z-9.jsonl")
    code = (
        "import sys; from lstm_lab.__main__ import main; status = main(['report']); "
        "print(status, {'tensorflow', 'keras'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(ROOT)}
    )

    assert "0 set()" == done.stdout.splitlines()[-1]
