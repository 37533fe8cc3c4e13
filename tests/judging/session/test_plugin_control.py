"""Every claim shows that it can fail: runs under `--control`, and what the report says of them."""

import json

import pytest
from told import told as render

from lstm_lab.judging.evidence.ledger import Ledger
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


@claim("here/false", "A false one.", source=HERE, criterion=always(), control=exempt("a fact, too"), expect="refuted")
def test_false(observe):
    observe(False)
"""
WRONG = """
@claim(
    "here/wrong", "Wrong.", source=HERE, criterion=at_least(0.8), expect="refuted", holds_with="5000 epochs of 500"
)
def test_wrong(train, naive, planted, observe):
    member = train(NAIVE_ONE_CHAR.but(epochs=5000)) if planted else naive
    observe(member.epochs > 1000, epochs=member.epochs)
"""
DEAF = """
@claim(
    "here/deaf", "It is deaf.", source=HERE, criterion=at_least(0.8), expect="refuted", holds_with="5000 epochs of 500"
)
def test_deaf(naive, planted, observe):
    observe(naive.epochs > 1000)
"""
MUTE = """
@claim("here/mute", "It is mute.", source=HERE, criterion=at_least(0.8), expect="supported", found="refuted")
def test_mute(naive, observe):
    observe(naive.epochs > 1000)
"""
BOTH = """
@claim(
    "here/both", "Both.", source=HERE, criterion=at_least(0.8), control="not one epoch", holds_with="5000 epochs of 500"
)
def test_both(train, naive, broken, planted, observe):
    epochs = 0 if broken else 5000 if planted else 900
    observe(train(NAIVE_ONE_CHAR.but(epochs=epochs)).epochs > 800, broken=broken, planted=planted)
"""


def shown(suite, side="broken"):
    """What the last run under `--control` kept of negative or positive controls, by claim."""
    return json.loads((suite.path / "evidence" / "control.json").read_text())[side]


def cells(suite, column="can fail"):
    """What the data of the report tells of one kind of control, by claim: `yes, 0 / 30 untrained`."""
    name = column.replace(" ", "_")
    results = {id: (one[name], one[f"{name}_with"]) for id, one in suite.data.items()}
    return {
        id: f"{answer}, {result['passes']} / {result['n']} {result['kind']}" if result else answer
        for id, (answer, result) in results.items()
    }


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


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_a_refuted_claim_must_show_that_it_can_hold(planted, workers):
    """Supported with its property planted it is green; without that support, or without such a variant, it is red."""
    suite = planted(LEARNED, WRONG, DEAF, MUTE, BOTH, UNRUN)
    run = suite.run("--control", workers)

    assert pytest.ExitCode.TESTS_FAILED == run.ret
    assert 2 == run.parseoutcomes()["failed"]
    run.stdout.fnmatch_lines_random(
        [
            "2 can fail, 2 can hold, 1 cannot be shown to hold, 1 cannot hold",
            "cannot hold: here/deaf: with 5000 epochs of 500: got refuted, 0 of 30 seeds, interval 0.00 to 0.12, "
            "wanted supported; mend the measure, or plant more",
            "cannot be shown to hold: here/mute: refuted on record, "
            "wanted holds_with='the variant with the property planted' and the fixture planted",
            "FAILED *test_deaf?PLANTED-verdict? - *",
            "FAILED *test_mute?PLANTED-verdict? - *",
        ]
    )
    assert {"here/learned", "here/both"} == shown(suite).keys()
    assert {
        "here/wrong": ("planted", "supported", 30, 30),
        "here/deaf": ("planted", "refuted", 0, 30),
        "here/both": ("planted", "supported", 30, 30),
    } == {
        claim: (one["control"]["kind"], one["verdict"], one["passes"], one["n"])
        for claim, one in shown(suite, "planted").items()
    }


def test_a_claim_with_two_controls_is_measured_twice_and_each_seed_counts_where_it_belongs(planted):
    """A failure under the one control leaves the result under the other; a part of the seeds is not judged."""
    suite = planted(BOTH)
    assert pytest.ExitCode.OK == suite.run("--control").ret
    assert (0, 30) == (shown(suite)["here/both"]["passes"], shown(suite, "planted")["here/both"]["passes"])
    part = suite.run("--control", "-k", "planted-seed000 or seed001", "-n2")
    part.stdout.fnmatch_lines(["partial run (3 of 60 observations selected): *", "2 not judged"])
    planted(BOTH.replace("    observe(", "    assert not planted or epochs < 0\n    observe("))
    run = suite.run("--control")

    assert pytest.ExitCode.TESTS_FAILED == run.ret
    run.stdout.fnmatch_lines(["error: here/both (planted): 30 of 30 seeds without evidence *"])
    assert ("refuted", {}) == (shown(suite)["here/both"]["verdict"], shown(suite, "planted"))


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
    [
        ("here/fact", "exempt, a plain fact about the data"),
        ("here/mute", "refuted on record; wanted holds_with='the variant with the property planted'"),
    ],
)
@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_claim_without_a_control_to_run(planted, claim, reason, workers):
    """Asked for alone it is told in one line why there is nothing to run."""
    run = planted(LEARNED, UNRUN, MUTE).run("--control", workers, "--claim", claim)

    assert pytest.ExitCode.USAGE_ERROR == run.ret
    run.stderr.fnmatch_lines([f"ERROR: --claim {claim} --control: {reason}; there is nothing to run"])


def test_pattern_of_claims_of_which_some_have_a_control(planted):
    """Those are run that can be; where none can, one line says why."""
    suite = planted(LEARNED, UNRUN)

    assert {"here/learned"} == (suite.run("--control", "--claim", "here/*").ret or shown(suite).keys())
    run = suite.run("--control", "--claim", "here/f*")
    assert pytest.ExitCode.USAGE_ERROR == run.ret
    run.stderr.fnmatch_lines(
        ["ERROR: --claim here/f* --control: exempt, * (here/fact and 1 more); there is nothing to run"]
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
        (
            WRONG.replace("planted, observe", "observe").replace("if planted", "if False"),
            "claim here/wrong: got holds_with='5000 epochs of 500', "
            "wanted a test with the fixture planted that measures that variant (claims/test_here.py:*)",
        ),
        (
            WRONG.replace(', holds_with="5000 epochs of 500"', ""),
            "claim here/wrong: got a test with the fixture planted, "
            "wanted holds_with='the variant with the property planted' beside it (claims/test_here.py:*)",
        ),
        (
            WRONG.replace("5000 epochs of 500", "5000 epochs"),
            "claim here/wrong: got holds_with '5000 epochs', wanted one line of at least 3 words (claims/*)",
        ),
    ],
    ids=["text-alone", "fixture-alone", "one-word", "planted-text-alone", "planted-alone", "two-words"],
)
def test_half_a_control_is_refused_at_collection(planted, claim, line):
    """A text needs the fixture `broken`, or `planted`, and the fixture a text; each is an error of one line."""
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
    suite = planted(LEARNED, EMPTY, BROKEN, UNRUN, WRONG, DEAF, BOTH)
    assert pytest.ExitCode.OK == suite.run().ret
    assert {"not shown", "exempt", "not asked"} == set(cells(suite).values()) == set(cells(suite, "can hold").values())
    (path,) = (suite.path / "evidence" / "runs").iterdir()
    path.unlink()
    suite.run("--control")
    assert pytest.ExitCode.OK == suite.run("-n2").ret, "an ordinary run judges by the record alone"

    assert {
        "here/learned": "yes, 0 / 30 untrained",
        "here/empty": "no, 30 / 30 untrained",
        "here/quick": "yes, 0 / 30 broken",
        "here/fact": "exempt",
        "here/false": "not asked",
        "here/wrong": "not asked",
        "here/deaf": "not asked",
        "here/both": "yes, 0 / 30 broken",
    } == cells(suite)
    assert {
        **dict.fromkeys(["here/learned", "here/empty", "here/quick", "here/fact"], "not asked"),
        "here/false": "exempt",
        "here/wrong": "yes, 30 / 30 planted",
        "here/deaf": "no, 0 / 30 planted",
        "here/both": "yes, 30 / 30 planted",
    } == cells(suite, "can hold")
    lines = suite.report.splitlines()
    for line in (
        "- Shown that it can fail: 3 of 5 claims not refuted, 1 cannot, 1 exempt; "
        "that it can hold: 1 of 3 claims refuted, 1 cannot, 1 exempt; repeat with `pytest claims/ -n auto --control`.",
        "- Can fail: yes; with the initial weights instead of the trained ones it is refuted, 0 of 30 seeds",
        "- Can fail: **no**; with the initial weights instead of the trained ones it is supported, 30 of 30 seeds",
        "- Can fail: yes; with 5000 epochs instead of 500 it is refuted, 0 of 30 seeds",
        "- Can fail: exempt, a plain fact about the data",
        "- Can hold: exempt, a fact, too",
        "- Can hold: shown with 5000 epochs of 500 it is supported, 30 of 30 seeds",
        "- Can hold: **no**; with 5000 epochs of 500 it is refuted, 0 of 30 seeds",
        "**Claims that cannot hold**",
        "- [`here/deaf`](here.md#here--deaf): not supported even with 5000 epochs of 500",
        "**Claims that cannot fail**",
        "- [`here/empty`](here.md#here--empty): supported all the same with the initial weights instead of the trained "
        "ones",
    ):
        assert line in lines
    (path,) = (suite.path / "evidence" / "runs").iterdir()
    ledger = Ledger.read(path)
    assert suite.report == render(Report(ledger))
    twin = json.loads((suite.path / "evidence" / "report.json").read_text())
    assert [
        ("yes", "not asked"),
        ("no", "not asked"),
        ("yes", "not asked"),
        ("exempt", "not asked"),
        ("not asked", "exempt"),
        ("not asked", "yes"),
        ("not asked", "no"),
        ("yes", "yes"),
    ] == [(claim["can_fail"], claim["can_hold"]) for claim in twin["claims"]]


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
