"""`python -m lstm_lab`."""

import subprocess
import sys
from pathlib import Path

import pytest

from lstm_lab.__main__ import main
from lstm_lab.judging.claims.claim import Claim
from lstm_lab.judging.claims.source import Section
from lstm_lab.judging.criteria.exact import always
from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.evidence.records import Entry, Observation, Run

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
    assert "**○\u00a0REFUTED** `a/b`: holds with 0 of 5 seeds" in Path("report/here.md").read_text(encoding="utf-8")
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
    assert "**●\u00a0SUPPORTED** `a/b`" in Path("elsewhere/old/here.md").read_text(encoding="utf-8")
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


def test_merge_writes_a_run_that_report_reads(kept, capsys):
    """Two runs become one file of observations; each seed counts once."""
    kept("one.jsonl")
    kept("other.jsonl")

    assert 0 == main(["merge", "evidence/runs/one.jsonl", "evidence/runs/other.jsonl"])
    assert (
        "merged.jsonl written: 5 observations of 1 claim from 2 runs; "
        "`python -m lstm_lab report merged.jsonl` judges them\n"
    ) == capsys.readouterr().out
    assert 0 == main(["report", "merged.jsonl"])
    assert "REPORT.md and report.html written from merged.jsonl: 1 claim: 1 supported\n" == capsys.readouterr().out


def test_runs_that_disagree_are_shown_side_by_side_or_not_merged(kept, capsys):
    """What two runs saw of one seed must be the same, or the claim has no verdict; side by side they may differ."""
    kept("one.jsonl")
    kept("other.jsonl", holds=False)
    paths = ["evidence/runs/one.jsonl", "evidence/runs/other.jsonl"]

    assert 1 == main(["merge", *paths])
    assert capsys.readouterr().err.startswith("claim a/b, seed 0: got True in one.jsonl, False in other.jsonl (and 4")
    assert {} == Ledger.read(Path("merged.jsonl")).observations
    assert 0 == main(["merge", "--first-counts", *paths])
    assert 5 == len(Ledger.read(Path("merged.jsonl")).observations)
    assert 0 == main(["merge", "--side-by-side", *paths])
    assert "| `a/b` | ●\u00a0SUPPORTED 5\u00a0of\u00a05 | ○\u00a0REFUTED 0\u00a0of\u00a05 | **no** |" in (
        Path("SIDE_BY_SIDE.md").read_text(encoding="utf-8")
    )


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["one.jsonl"], "merge: got one file, wanted the observations of two runs or more\n"),
        (["one.jsonl", "./one.jsonl"], "merge: got one.jsonl twice, wanted the observations of two runs or more\n"),
        (
            ["one.jsonl", "other.jsonl", "--out", "other.jsonl"],
            "--out other.jsonl: got one of the runs that are merged, wanted another name\n",
        ),
        (["one.jsonl", "none.jsonl"], "none.jsonl: got no such file, wanted the observations of a run\n"),
    ],
    ids=["one", "twice", "onto itself", "missing"],
)
def test_what_cannot_be_merged_is_one_clear_line(arguments, line, kept, capsys, monkeypatch, tmp_path):
    """Nothing is written, and the line says what was got and wanted."""
    kept("one.jsonl")
    kept("other.jsonl")
    monkeypatch.chdir(tmp_path / "evidence" / "runs")

    assert 2 == main(["merge", *arguments])
    assert line == capsys.readouterr().err
    assert ["one.jsonl", "other.jsonl"] == sorted(path.name for path in Path().iterdir())


def test_runs_of_one_name_are_known_by_their_folders(kept, capsys, tmp_path):
    """Where two files have one name, the path as given says which is meant."""
    kept("a.jsonl")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "a.jsonl").write_bytes((tmp_path / "evidence/runs/a.jsonl").read_bytes())
    main(["merge", "evidence/runs/a.jsonl", "b/a.jsonl"])

    assert ["evidence/runs/a.jsonl", "b/a.jsonl"] == [
        Ledger.read(Path("merged.jsonl")).run.facts[f"run {number}"][0].partition(":")[0] for number in (1, 2)
    ]


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


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["report", "evidence/runs/one.jsonl", "--out", "evidence/runs.md"],
            "--out: got evidence/runs, where the evid",
        ),
        (["report", "run.md", "--out", "run.md"], "--out: got run.md, where the evidence is, wanted another place"),
        (
            ["report", "run.md", "--out", "evidence/runs/one.jsonl"],
            "--out: got evidence/runs/one.jsonl, wanted the name",
        ),
        (["report", "run.md", "--out", "/dev/null"], "--out: got /dev/null, wanted the name of the Markdown"),
        (["report", "run.md", "--out", "run.md/REPORT.md"], "which is a file (Not a directory), wanted a folder"),
        (["merge", "run.md", "evidence/runs/one.jsonl", "--out", "controls.json"], "wanted a name that ends in .jsonl"),
        (["merge", "run.md", "evidence/runs/one.jsonl", "--out", "folder.jsonl"], "which is a folder, wanted a file"),
        (
            ["merge", "run.md", "evidence/runs/one.jsonl", "--side-by-side", "--out", "run.md"],
            "got one of the runs that",
        ),
        (["merge", "run.md", "evidence/runs/one.jsonl", "--side-by-side", "--out", "README"], "that ends in .md"),
        (["report", "evidence", "--out", "new.md"], "evidence: cannot be used (Is a directory)"),
        (["diff", "run.md", "run.md/x"], "run.md/x: cannot be used (Not a directory)"),
    ],
)
def test_nothing_that_is_read_is_overwritten(arguments, told, kept, capsys, tmp_path):
    """Each refusal is one line and the status 2; every file is what it was."""
    kept("one.jsonl")
    kept("../../run.md")
    Path("folder.jsonl").mkdir()
    Path("controls.json").touch()
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    assert 2 == main(arguments)
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


def test_a_report_elsewhere_leads_back_to_the_tests(kept, tmp_path):
    """The root of the project is where the tests are: here, or above the observations."""
    kept("one.jsonl")
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "test_a.py").touch()

    assert 0 == main(["report", "evidence/runs/one.jsonl", "--out", "out/deep/REPORT.md"])
    assert '<a href="../../claims/test_a.py#L1"><code>claims/test_a.py:1</code></a>' in (
        Path("out/deep/report.html").read_text()
    )


def test_control_characters_do_not_reach_the_terminal(kept, capsys):
    """A version of a file that somebody else sent is shown on one line."""
    kept("one.jsonl")
    path = Path("evidence/runs/other.jsonl")
    text = Path("evidence/runs/one.jsonl").read_text()
    path.write_text(text.replace('"versions": {', '"versions": {"keras": "3\\n\\u001b[2J\\ud800"'))

    assert 1 == main(["diff", "evidence/runs/one.jsonl", str(path)])
    assert "version keras: none -> 3 \ufffd[2J\ufffd\n" == capsys.readouterr().out
