"""The options of the suite, and what they refuse."""

import pytest

TWO_CLAIMS = """
@claim("here/holds", "It holds.", source=HERE, criterion=at_least(0.8), expect="supported")
def test_holds(observe):
    observe(True)


@claim("here/possible", "It can be.", source=Comment(4, "someone", "2016-08-24"), criterion=possible())
def test_possible(observe):
    observe(True)
"""


@pytest.fixture
def two_claims(suite):
    """A suite with two claims in one file."""
    suite.write("here", TWO_CLAIMS)
    return suite


@pytest.mark.parametrize("seeds", ["0", "-3", "many", "1.5"])
def test_seeds_must_be_a_positive_whole_number(two_claims, seeds):
    """`--seeds 0` and the like are refused with one line naming what was got and what is wanted."""
    run = two_claims.run("--seeds", seeds)

    assert pytest.ExitCode.USAGE_ERROR == run.ret
    run.stderr.fnmatch_lines([f"*--seeds: got '{seeds}', wanted a whole number, at least 1"])


def test_no_more_seeds_than_evidence_lists(two_claims):
    """What a run writes can be read."""
    run = two_claims.run("--seeds", "100001")

    assert pytest.ExitCode.USAGE_ERROR == run.ret
    run.stderr.fnmatch_lines(["*--seeds: got '100001', wanted a whole number, at most 100000"])


def test_seeds_says_how_many(two_claims):
    """`--seeds 3` measures three seeds of each claim."""
    run = two_claims.run("--seeds", "3", "-v")

    run.stdout.fnmatch_lines_random(["*test_holds?seed002? PASSED*", "*test_possible?seed000? PASSED*"])
    run.stdout.no_fnmatch_line("*seed003*")


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_unknown_claim_is_named_with_the_nearest(two_claims, workers):
    """An id that no claim has is a usage error of one line, with workers too."""
    run = two_claims.run(workers, "--claim", "here/hols")

    assert pytest.ExitCode.USAGE_ERROR == run.ret
    run.stderr.fnmatch_lines(["ERROR: --claim here/hols: no such claim, nearest are here/holds*"])
    assert "INTERNALERROR" not in run.stdout.str() + run.stderr.str()
    assert "Traceback" not in run.stdout.str() + run.stderr.str()


def test_unknown_claim_without_any_claims(suite):
    """Where no claims are collected, the line says that a path is missing."""
    suite.pytester.makepyfile("def test_nothing(): pass")
    run = suite.run("--claim", "here/holds", paths=())

    assert pytest.ExitCode.USAGE_ERROR == run.ret
    run.stderr.fnmatch_lines(["*no claims were collected, wanted a path that has some*"])


def test_claim_is_repeatable(two_claims):
    """`--claim` given twice selects both claims and nothing else."""
    run = two_claims.run("--claim", "here/holds", "--claim", "here/possible", "--seeds", "17")

    assert 2 * 17 + 2 == run.parseoutcomes()["passed"]


@pytest.mark.parametrize(
    ("patterns", "measured"),
    [
        (("here/*",), ["here/holds", "here/possible"]),
        (("*/h*",), ["here/holds"]),
        (("here/[ph]*", "here/holds"), ["here/holds", "here/possible"]),
    ],
)
def test_claims_are_selected_by_a_pattern(two_claims, patterns, measured):
    """As the shell's: every claim that it means, once, however often it is named."""
    run = two_claims.run(*(f"--claim={pattern}" for pattern in patterns), "--seeds", "17")

    assert pytest.ExitCode.OK == run.ret
    assert measured == [entry["claim"]["id"] for entry in two_claims.records("header")[0]["catalogue"]]


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_pattern_that_means_no_claim_is_refused(two_claims, workers):
    """In one line with the nearest ids, also beside one that means some."""
    run = two_claims.run(workers, "--claim", "here/*", "--claim", "here/hols*")

    assert pytest.ExitCode.USAGE_ERROR == run.ret
    run.stderr.fnmatch_lines(["ERROR: --claim here/hols*: no such claim, nearest are here/holds*"])


def test_claim_is_selected_by_its_mark(two_claims):
    """`-m 'claim(id=...)'` selects a claim as `--claim` does."""
    run = two_claims.run("-m", 'claim(id="here/holds")', "--seeds", "3")

    assert {"passed": 3, "deselected": 3} == run.parseoutcomes()


def test_report_named_like_its_page_is_refused(two_claims):
    """The page would take the place of the Markdown: nothing is measured."""
    run = two_claims.run("--report", "out/report.html")

    assert pytest.ExitCode.USAGE_ERROR == run.ret
    run.stderr.fnmatch_lines(["*--report: got *out/report.html, wanted the name of the Markdown*"])
    assert not (two_claims.path / "evidence").exists()


def test_list_claims(two_claims):
    """`--list-claims` prints one line a claim, also with workers asked for, and measures nothing."""
    run = two_claims.run("-n2", "--list-claims", "-q")

    assert pytest.ExitCode.OK == run.ret
    run.stdout.fnmatch_lines(
        [
            "here/holds     supported  at_least(0.8)  30 seeds  Section “Here”",
            "here/possible  new        possible*  30 seeds  Comment 4, someone, 2016-08-24",
        ]
    )
    assert not (two_claims.path / "evidence").exists()
    assert not (two_claims.path / "REPORT.md").exists()


def test_plan(two_claims):
    """`--plan` says what these seeds can decide, also with workers asked for, and measures nothing."""
    run = two_claims.run("-n2", "--plan", "-q", "--seeds", "10")

    assert pytest.ExitCode.OK == run.ret
    run.stdout.fnmatch_lines(
        [
            "what 2 claims can come to:",
            "  at_least(0.8) with 10 seeds: cannot be supported by so few, wanted 17, * (here/holds)",
            "  possible() with 10 seeds: supported by a single one, * (here/possible)",
        ]
    )
    assert not (two_claims.path / "evidence").exists()
    assert not (two_claims.path / "REPORT.md").exists()


def test_list_claims_shows_collection_errors(two_claims):
    """A claim that cannot be tested fails the listing; the others are still listed."""
    two_claims.write("bad", '@claim("bad/none", "x", source=HERE)\ndef test_bad(observe): ...\n')
    run = two_claims.run("--list-claims")

    assert pytest.ExitCode.INTERRUPTED == run.ret
    run.stdout.fnmatch_lines(["here/holds *", "ERROR claims/test_bad.py - claim bad/none: got criterion None*"])


@pytest.mark.parametrize("option", ["--collect-only", "--list-claims"])
def test_collecting_loads_no_heavy_packages(two_claims, option):
    """Collecting and listing load neither TensorFlow nor what draws and computes the report."""
    two_claims.pytester.makeconftest(
        """
        import sys
        pytest_plugins = ["lstm_lab.judging.session.plugin"]

        def pytest_unconfigure():
            print("LOADED", {"tensorflow", "keras", "matplotlib", "scipy"} & set(sys.modules))
        """
    )
    run = two_claims.run(option)

    run.stdout.fnmatch_lines(["LOADED set()"])


@pytest.mark.parametrize(("environment", "created"), [(None, "1/1 worker"), ("2", "2/2 workers")])
def test_auto_asks_the_machine_unless_told(two_claims, monkeypatch, environment, created):
    """`-n auto` starts as many workers as the machine carries; the environment overrules it as xdist documents."""
    monkeypatch.delenv("PYTEST_XDIST_AUTO_NUM_WORKERS", raising=False)
    if environment:
        monkeypatch.setenv("PYTEST_XDIST_AUTO_NUM_WORKERS", environment)
    two_claims.pytester.makeconftest(
        """
        from lstm_lab import machine
        machine.workers = lambda: 1
        pytest_plugins = ["lstm_lab.judging.session.plugin"]
        """
    )
    run = two_claims.run("-n", "auto", "-k", "seed000")

    run.stdout.fnmatch_lines([f"created: {created}"])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--report", "out"], "--report: got *out, wanted the name of the Markdown, as REPORT.md*"),
        (["--report", "folder.md"], "--report: got *folder.md, which is a folder, wanted a file"),
        (["--report", "file/REPORT.md"], "--report: got *file, which is a file (Not a directory), wanted a folder"),
        (["--report", "kept.md", "--evidence", "kept"], "--report: got *kept, where the evidence is, wanted another*"),
        (
            ["--evidence", "file"],
            "evidence *file: got *file, which is a file (Not a directory), wanted a folder; name*",
        ),
        (["--evidence", "/proc/1/x"], "evidence /proc/1/x: got /proc/1, which cannot be written to, wanted*"),
    ],
)
def test_places_are_checked_before_anything_is_measured(two_claims, arguments, told):
    """One line, and nothing is written."""
    (two_claims.path / "folder.md").mkdir()
    (two_claims.path / "file").touch()
    run = two_claims.run(*arguments)

    assert pytest.ExitCode.USAGE_ERROR == run.ret
    run.stderr.fnmatch_lines([f"ERROR: {told}"])
    assert not [path for path in two_claims.path.iterdir() if path.name in ("evidence", "kept", "out")]


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_the_usual_places_are_checked_too(two_claims, workers):
    """A folder in the place of the report is told before the first seed."""
    (two_claims.path / "REPORT.md").mkdir()
    run = two_claims.run(workers)

    assert pytest.ExitCode.USAGE_ERROR == run.ret
    assert 1 == (run.stderr.str() + run.stdout.str()).count("REPORT.md, which is a folder, wanted a file")
    assert "INTERNALERROR" not in run.stdout.str() + run.stderr.str()
    assert not (two_claims.path / "evidence").exists()
