"""Every claim shows that it can fail: runs under `--control`, and what the report says of them."""

import json
import re

import pytest

from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.report.markdown import render
from lstm_lab.judging.report.report import Report

LEARNED = """
@claim("here/learned", "It is learned.", source=HERE, criterion=at_least(0.8), expect="supported")
def test_learned(naive, observe):
    observe(naive.epochs == 500)
"""
EMPTY = """
@claim("here/empty", "It is.", source=HERE, criterion=at_least(0.8), expect="supported")
def test_empty(naive, observe):
    observe(True)
"""
BROKEN = """
@claim("here/quick", "It is not learned.", source=HERE, criterion=at_least(0.8), control="5000 epochs instead of 500")
def test_quick(train, naive, broken, observe):
    member = train(NAIVE_ONE_CHAR.but(epochs=5000)) if broken else naive
    assert member.epochs > 0, "training stays"
    observe(member.epochs < 1000, epochs=member.epochs)
"""
COMPARED = """
@claim("here/compared", "It beats.", source=HERE, criterion=beats(), expect="supported")
def test_compared(train, naive, observe):
    observe(train(NAIVE_ONE_CHAR.but(epochs=900)).epochs, against=naive.epochs)
"""
UNRUN = """
@claim("here/fact", "A fact.", source=HERE, criterion=always(), control=exempt("a plain fact about the data"))
def test_fact(observe):
    observe(True)


@claim("here/wrong", "It is wrong.", source=HERE, criterion=always(), expect="refuted")
def test_wrong(observe):
    observe(False)
"""


def shown(suite):
    """What the last run under `--control` kept, by claim."""
    return json.loads((suite.path / "evidence" / "control.json").read_text())["claims"]


def cells(suite):
    """The column "can fail" of the report, by claim."""
    rows = [line for line in suite.report.splitlines() if line.startswith("| [")]
    return {re.search(r"<br>`([^`]+)`", line)[1]: line.split(" | ")[-2] for line in rows}


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_claim_that_cannot_fail_is_red(planted, workers):
    """What is supported all the same is red in one line; what loses its support is not, and no report is written."""
    suite = planted(LEARNED, EMPTY, BROKEN, COMPARED, UNRUN)
    run = suite.run("--control", workers)

    assert pytest.ExitCode.TESTS_FAILED == run.ret
    assert 1 == run.parseoutcomes()["failed"]
    line = (
        "cannot fail: here/empty: with the initial weights instead of the trained ones: got supported, "
        "30 of 30 seeds, interval 0.88 to 1.00, wanted a verdict other than supported; "
        "mend the measure, or name a variant that it must catch by control='...' and the fixture broken"
    )
    run.stdout.fnmatch_lines(
        ["3 can fail, 1 cannot fail", line, "controls: evidence/control.json, *", "FAILED *test_empty?verdict? - *"]
    )
    assert "partial run" not in run.stdout.str()
    assert not (suite.path / "REPORT.md").exists()
    assert ["control.json"] == [path.name for path in (suite.path / "evidence").iterdir() if path.is_file()]
    assert not (suite.path / "evidence" / "runs").exists()
    assert {
        "here/learned": ("untrained", "refuted", 0, 30),
        "here/empty": ("untrained", "supported", 30, 30),
        "here/quick": ("broken", "refuted", 0, 30),
        "here/compared": ("untrained", "refuted", 0, 30),
    } == {
        claim: (one["control"]["kind"], one["verdict"], one["passes"], one["n"]) for claim, one in shown(suite).items()
    }


def test_claims_that_can_fail_are_green_and_the_file_is_the_same_however_tests_are_spread(planted):
    """Without workers and with two: the same exit status and the same bytes."""
    suite = planted(LEARNED, BROKEN, COMPARED, UNRUN)
    kept = []
    for workers in ("-n0", "-n2"):
        assert pytest.ExitCode.OK == suite.run("--control", workers).ret
        kept.append((suite.path / "evidence" / "control.json").read_bytes())

    assert kept[0] == kept[1]


def test_controls_of_claims_that_share_a_fixture_do_not_mix(planted):
    """A fixture of the session is set up anew for a claim with another control, in whatever order they come."""
    shared = """
import pytest

@pytest.fixture(scope="session")
def measured(naive, broken):
    return naive.epochs, broken
"""
    body = """
@claim("here/{0}", "It is.", source=HERE, criterion=at_least(0.8){1})
def test_{0}(measured, observe):
    observe(measured == (500, False), epochs=measured[0], broken=measured[1])
    assert measured in {2}
"""
    seen = "[(500, False), (0, False)]", "[(500, False), (500, True)]"
    text = ', control="something that is broken"'
    claims = [body.format(f"{n}-a".replace("-", ""), "", seen[0]) for n in ("one", "two")]
    claims.insert(1, body.format("between", text, seen[1]))
    claims.append(body.format("last", text, seen[1]))
    suite = planted(shared, *claims)

    for arguments in (["--control"], ["--control", "-n2"], []):
        run = suite.run(*arguments)
        assert pytest.ExitCode.OK == run.ret, run.stdout.str()
    assert {"untrained", "broken"} == {one["control"]["kind"] for one in shown(suite).values()}


@pytest.mark.parametrize(
    ("claim", "reason"),
    [("here/fact", "exempt, a plain fact about the data"), ("here/wrong", "refuted on record, it fails as it stands")],
)
@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_claim_without_a_control_to_run(planted, claim, reason, workers):
    """Asked for alone it is told in one line why there is nothing to run."""
    run = planted(LEARNED, UNRUN).run("--control", workers, "--claim", claim)

    assert pytest.ExitCode.USAGE_ERROR == run.ret
    run.stderr.fnmatch_lines([f"ERROR: --claim {claim} --control: {reason}; there is nothing to run"])


def test_pattern_of_claims_of_which_some_have_a_control(planted):
    """Those are run that can be; where none can, one line says why."""
    suite = planted(LEARNED, UNRUN)

    assert {"here/learned"} == (suite.run("--control", "--claim", "here/*").ret or shown(suite).keys())
    run = suite.run("--control", "--claim", "here/[fw]*")
    assert pytest.ExitCode.USAGE_ERROR == run.ret
    run.stderr.fnmatch_lines(
        ["ERROR: --claim here/?fw?* --control: exempt, * (here/fact and 1 more); there is nothing to run"]
    )


@pytest.mark.parametrize(
    ("claim", "line"),
    [
        (
            BROKEN.replace("broken, observe", "observe").replace("if broken", "if False"),
            "claim here/quick: got control='5000 epochs instead of 500', "
            "wanted a test with the fixture broken that measures that variant (claims/test_here.py:*)",
        ),
        (
            BROKEN.replace(', control="5000 epochs instead of 500"', ""),
            "claim here/quick: got a test with the fixture broken, "
            "wanted control='the broken variant in a few words' beside it (claims/test_here.py:*)",
        ),
        (
            BROKEN.replace("5000 epochs instead of 500", "untrained"),
            "claim here/quick: got control 'untrained', wanted one line of at least 3 words;*",
        ),
    ],
    ids=["text-alone", "fixture-alone", "one-word"],
)
def test_half_a_control_is_refused_at_collection(planted, claim, line):
    """A text needs the fixture `broken` and the fixture a text; each is an error of that claim, of one line."""
    run = planted(LEARNED, claim).run("-n2")

    assert pytest.ExitCode.TESTS_FAILED == run.ret
    assert {"passed": 31, "errors": 1} == run.parseoutcomes()
    run.stdout.fnmatch_lines([line])
    assert "Traceback" not in run.stdout.str()


def test_failed_test_is_red_under_control_too(planted):
    """An exception is no lost support: the claim is red and nothing is kept of it."""
    suite = planted(LEARNED, EMPTY)
    suite.run("--control")
    planted(LEARNED, EMPTY.replace("observe(True)", "observe(1 / naive.epochs > 0)"))
    run = suite.run("--control", "--claim", "here/empty", "-n2")

    assert pytest.ExitCode.TESTS_FAILED == run.ret
    run.stdout.fnmatch_lines(["error: here/empty: 30 of 30 seeds without evidence *: ZeroDivisionError: *"])
    assert ["here/learned"] == list(shown(suite))


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_fewer_seeds_show_nothing(planted, workers):
    """A claim that lost its support for want of seeds has not shown that it can fail."""
    suite = planted(EMPTY)
    run = suite.run("--control", "--seeds", "5", workers)

    assert pytest.ExitCode.USAGE_ERROR == run.ret
    run.stderr.fnmatch_lines(["ERROR: --control --seeds 5: wanted at least 30: with fewer seeds a claim *"])
    part = suite.run("--control", "-k", "seed000 or seed001", workers)
    assert pytest.ExitCode.OK == part.ret
    part.stdout.fnmatch_lines(["1 not judged"])
    assert {} == shown(suite)


def test_part_of_the_claims_leaves_the_others_as_they_were(planted):
    """A run of one claim updates that claim; a full run forgets those that are gone."""
    suite = planted(LEARNED, EMPTY)
    suite.run("--control")
    before = shown(suite)
    planted(LEARNED, EMPTY.replace("observe(True)", "observe(naive.epochs > 0)"))
    suite.run("--control", "--claim", "here/empty")
    after = shown(suite)

    assert before["here/learned"] == after["here/learned"]
    assert ("supported", "refuted") == (before["here/empty"]["verdict"], after["here/empty"]["verdict"])
    planted(LEARNED)
    suite.run("--control")
    assert {"here/learned": before["here/learned"]} == shown(suite)


MEANWHILE = """

def pytest_runtestloop(session):
    import os, subprocess, sys
    if os.environ.setdefault("RUN", "outer") == "outer":
        command = [sys.executable, "-m", "pytest", "-n0", "claims", "--control", "--claim", "here/learned"]
        subprocess.run(command, env={**os.environ, "RUN": "inner"}, check=True)
"""


def test_what_another_run_wrote_meanwhile_is_kept(planted):
    """A run of one claim that began before another ended writes its own result beside that of the other."""
    suite = planted(LEARNED, BROKEN)
    with (suite.path / "conftest.py").open("a") as conftest:
        conftest.write(MEANWHILE)
    run = suite.run("--control", "--claim", "here/quick")

    assert pytest.ExitCode.OK == run.ret
    assert {"here/learned", "here/quick"} == shown(suite).keys()


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_controls_are_kept_where_the_settings_say(planted, workers):
    """The file that `controls` names is written and read, wherever the evidence is: it goes with the project."""
    suite = planted(LEARNED, BROKEN)
    with (suite.path / "pyproject.toml").open("a") as settings:
        settings.write('\ncontrols = "fixtures/controls.json"\n')
    run = suite.run("--control", "--evidence", "elsewhere", workers)

    run.stdout.fnmatch_lines(["controls: fixtures/controls.json, for the report of the next run without --control"])
    assert ["fixtures/controls.json"] == [str(one.relative_to(suite.path)) for one in suite.path.rglob("control*.json")]
    suite.run(workers)
    assert {"yes, 0 / 30 untrained", "yes, 0 / 30 broken"} == set(cells(suite).values())


def test_report_tells_who_can_fail(planted):
    """Table, section, header and JSON tell it, the same from the kept observations, with any number of workers."""
    suite = planted(LEARNED, EMPTY, BROKEN, UNRUN)
    assert pytest.ExitCode.OK == suite.run().ret
    assert {"not shown", "exempt", "fails as it stands"} == set(cells(suite).values())
    (path,) = (suite.path / "evidence" / "runs").iterdir()
    path.unlink()
    suite.run("--control")
    assert pytest.ExitCode.OK == suite.run("-n2").ret, "an ordinary run judges by the record alone"

    assert {
        "here/learned": "yes, 0 / 30 untrained",
        "here/empty": "**no, 30 / 30 untrained**",
        "here/quick": "yes, 0 / 30 broken",
        "here/fact": "exempt",
        "here/wrong": "fails as it stands",
    } == cells(suite)
    lines = suite.report.splitlines()
    for line in (
        "- Shown that it can fail: 3 of 5 claims (1 as it stands), 1 cannot fail, 1 exempt; "
        "repeat with `pytest claims/ -n auto --control`.",
        "- Can fail: yes; with the initial weights instead of the trained ones it is refuted, 0 of 30 seeds",
        "- Can fail: **no**; with the initial weights instead of the trained ones it is supported, 30 of 30 seeds",
        "- Can fail: yes; with 5000 epochs instead of 500 it is refuted, 0 of 30 seeds",
        "- Can fail: exempt, a plain fact about the data",
        "- Can fail: it fails as it stands",
        "**Claims that cannot fail**",
        "- [`here/empty`](#here--empty): supported all the same with the initial weights instead of the trained ones",
    ):
        assert line in lines
    (path,) = (suite.path / "evidence" / "runs").iterdir()
    ledger = Ledger.read(path)
    assert suite.report == render(Report(ledger))
    twin = json.loads((suite.path / "evidence" / "report.json").read_text())
    assert ["yes", "no", "yes", "exempt", "fails as it stands"] == [claim["can_fail"] for claim in twin["claims"]]


def test_claim_that_changed_does_not_inherit_its_control(planted):
    """What was shown of another test or another criterion is not shown; a new verdict on record changes nothing."""
    suite = planted(LEARNED, BROKEN)
    suite.run("--control")
    suite.run()
    assert {"yes, 0 / 30 untrained", "yes, 0 / 30 broken"} == set(cells(suite).values())
    planted(LEARNED.replace(', expect="supported"', ""), BROKEN)
    suite.run()
    assert "yes, 0 / 30 untrained" == cells(suite)["here/learned"]
    planted(LEARNED.replace("== 500", "> 400"), BROKEN.replace("at_least(0.8)", "at_least(0.7)"))
    suite.run()

    assert {"not shown"} == set(cells(suite).values())
    assert "- Can fail: not shown; `pytest claims/ --claim here/quick --control` does" in suite.report.splitlines()


@pytest.mark.parametrize("arguments", [["-n0"], ["-n2"], ["-n2", "--control"]])
def test_damaged_file_is_named(planted, arguments):
    """A file that cannot be read ends the run with one line that says what to do."""
    suite = planted(LEARNED)
    (suite.path / "evidence").mkdir()
    (suite.path / "evidence" / "control.json").write_text("{")
    run = suite.run(*arguments)

    assert pytest.ExitCode.USAGE_ERROR == run.ret
    run.stderr.fnmatch_lines(["ERROR: *control.json: got JSONDecodeError *; delete it and run that"])
    assert "Traceback" not in run.stdout.str() + run.stderr.str()
