"""`--new-claim`: what it writes, and what it refuses; that the file runs is tried with the guide."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

CLAIMS = '''
from fixtures.article import STATEFUL
from lstm_lab import Comment, Section, always, claim


@claim("here/model", "It says so.", source=STATEFUL, criterion=always())
def test_model(naive_1000, observe):
    observe(True)


@claim("here/pair", """It says: "more" of the same, """ + "and on, " * 20, source=Comment(4, "Ä B", "2016-08-24"),
       criterion=always())
def test_pair(observe):
    observe(True)


@claim("here/own", "It says no more.", source=Section("One \\\\"More\\\\"", 3), criterion=always())
def test_own(observe):
    observe(True)
'''


@pytest.fixture
def suite(pytester, monkeypatch):
    """A folder of claims as this project has it: `run` says what `pytest claims/ ...` says."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT), prepend=os.pathsep)
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    pytester.makeconftest(
        'pytest_plugins = ["lstm_lab.judging.plugin", "fixtures.plugin", "fixtures.models", "fixtures.new_claim"]'
    )
    (pytester.path / "claims").mkdir()
    (pytester.path / "claims/test_here.py").write_text(CLAIMS.replace("\\\\", "\\"), encoding="utf-8")
    return pytester


def written(suite, *arguments: str) -> str:
    """The file of the claim doubt/it-is-so after that was written."""
    run = suite.runpytest_subprocess("claims", "--new-claim", "doubt/it-is-so", *arguments)

    assert 0 == run.ret, run.stdout.str() + run.stderr.str()
    run.stdout.fnmatch_lines(
        [
            "written: claims/test_doubt_it_is_so.py; *",
            "run it:  pytest claims/ --claim doubt/it-is-so --report evidence/doubt/REPORT.md",
        ]
    )
    return (suite.path / "claims/test_doubt_it_is_so.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("challenged", [None, "here/model", "here/pair", "here/own"])
def test_what_is_written_is_in_order(suite, challenged):
    """The file passes the linter as it is, is collected as a claim, and says five times where to fill in."""
    text = written(suite, "-n2", *(["--challenges", challenged] if challenged else []))

    ruff = [sys.executable, "-m", "ruff"]
    settings = ["--config", str(ROOT / "pyproject.toml"), "claims/test_doubt_it_is_so.py"]
    for command in (["check"], ["format", "--check"]):
        checked = subprocess.run([*ruff, *command, *settings], cwd=suite.path, capture_output=True, text=True)
        assert 0 == checked.returncode, checked.stdout
    assert 5 == text.count("FILL IN")
    suite.runpytest_subprocess("claims", "--list-claims").stdout.fnmatch_lines(["doubt/it-is-so *new *"])
    assert not (suite.path / "evidence/runs").exists()


def test_a_challenge_begins_with_what_it_challenges(suite):
    """The source and, where they have a name, the models are those of the challenged claim."""
    model = written(suite, "--challenges", "here/model")

    assert "    source=STATEFUL,\n" in model
    assert "member = train(NAIVE_1000)\n" in model
    assert '    challenges="here/model",\n' in model
    assert "# It challenges here/model: It says so.\n" in model


@pytest.mark.parametrize(
    ("challenged", "source"),
    [("here/pair", 'Comment(4, "Ä B", "2016-08-24")'), ("here/own", """Section('One "More"', 3)""")],
)
def test_a_source_without_a_name_is_written_out(suite, challenged, source):
    """A comment, or a heading that the article module does not have."""
    text = written(suite, "--challenges", challenged)

    assert f"    source={source},\n" in text
    assert "member = train(STATEFUL_ONE_CHAR)\n" in text


def test_nothing_is_overwritten(suite):
    """A file of that name is left as it is, whatever is in it."""
    path = suite.path / "claims/test_doubt_it_is_so.py"
    path.write_text("# mine\n")
    run = suite.runpytest_subprocess("claims", "--new-claim", "doubt/it-is-so")

    assert pytest.ExitCode.USAGE_ERROR == run.ret
    run.stderr.fnmatch_lines(
        ["ERROR: --new-claim doubt/it-is-so: claims/test_doubt_it_is_so.py is there already, wanted an id *"]
    )
    assert "# mine\n" == path.read_text()


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("claims", "--new-claim", "Doubt"), "--new-claim: got 'Doubt', wanted lower-case words like *"),
        (("claims", "--new-claim", "../x/y"), "--new-claim: got '../x/y', wanted lower-case words like *"),
        (("claims", "--new-claim", "a/" + "b" * 80), "--new-claim: got an id of 82 characters, wanted at most 80*"),
        (
            ("claims", "--new-claim", "here/own"),
            "--new-claim here/own: declared before in claims/test_here.py::test_own, wanted a new id",
        ),
        (("claims", "--challenges", "here/own"), "--challenges here/own: got no --new-claim ID, wanted *"),
        (
            ("claims", "--new-claim", "a/b", "--challenges", "here/won"),
            "--challenges here/won: no such claim, nearest are here/own*",
        ),
        (("claims", "--new-claim", "a/b", "--challenges", "a/b"), "--new-claim a/b: got --challenges a/b, itself, *"),
        (("tests", "--new-claim", "a/b"), "--new-claim a/b: got no claims, wanted the whole folder: pytest claims/ *"),
        (
            ("claims/test_here.py", "--new-claim", "a/b"),
            "--new-claim a/b: got a part of the claims, wanted the whole folder: pytest claims/ --new-claim a/b",
        ),
    ],
    ids=["bad", "path", "long", "taken", "alone", "unknown", "itself", "elsewhere", "part"],
)
def test_what_cannot_be_meant_is_refused_in_one_line(suite, arguments, line):
    """Nothing is written, nothing is measured, and one line says what is wanted."""
    (suite.path / "claims/test_there.py").write_text("")
    (suite.path / "tests").mkdir()
    (suite.path / "tests/test_it.py").write_text("def test_it(): pass\n")
    run = suite.runpytest_subprocess(*arguments)

    assert pytest.ExitCode.USAGE_ERROR == run.ret
    run.stderr.fnmatch_lines([f"ERROR: {line}"])
    assert ["test_here.py", "test_there.py"] == sorted(path.name for path in (suite.path / "claims").glob("*.py"))
    assert not (suite.path / "evidence/runs").exists()
