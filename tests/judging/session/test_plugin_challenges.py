"""Challenges in a run: they are checked at collection, and measured together with the challenged claims."""

import json

import pytest

CLAIMS = """
@claim("here/holds", "It holds.", source=HERE, criterion=at_least(0.8), expect="supported")
def test_holds(observe):
    observe(True)


@claim("here/other", "Something else.", source=HERE, criterion=at_least(0.8))
def test_other(observe):
    observe(True)
"""

CHALLENGE = """
@claim("doubt/does-not", "It does not.", source=HERE, criterion=at_least(0.8), challenges="{challenged}")
def test_does_not(observe):
    observe(False)
"""


@pytest.fixture
def challenged(suite):
    """A suite with a challenge in a file of its own."""
    suite.write("here", CLAIMS)
    suite.write("doubt", CHALLENGE.format(challenged="here/holds"))
    return suite


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_the_challenged_claim_is_measured_too(challenged, workers):
    """`--claim` of a challenge selects both sides and says so; report and terminal tell what it came to."""
    run = challenged.run(workers, "--claim", "doubt/does-not")

    assert pytest.ExitCode.OK == run.ret
    run.stdout.fnmatch_lines(
        [
            "doubt/does-not challenges here/holds, which is measured too",
            "doubt/does-not challenges here/holds: the challenged claim withstands",
        ]
    )
    assert "**The challenged claim withstands.**" in challenged.report
    assert "here--other" not in challenged.report
    plain = json.loads((challenged.path / "evidence" / "report.json").read_text())
    assert ["withstands"] == [one["outcome"] for one in plain["challenges"]]


def test_the_challenged_claim_alone_does_not_bring_its_challenges(challenged):
    """`--claim` of the challenged claim measures that alone."""
    run = challenged.run("--claim", "here/holds")

    assert 30 == run.parseoutcomes()["passed"]
    assert " challenges " not in run.stdout.str()


def test_nothing_is_added_under_control(challenged):
    """That the challenge can fail is asked of the challenge alone."""
    run = challenged.run("--claim", "doubt/does-not", "--control")

    assert "here/holds" not in run.stdout.str()
    assert {"doubt/does-not"} == set(json.loads((challenged.path / "evidence/control.json").read_text())["broken"])


def test_what_is_left_out_by_another_option_is_said(challenged):
    """Where `-k` leaves the challenged claim out, the line says so."""
    run = challenged.run("--claim", "doubt/does-not", "-k", "does_not")

    run.stdout.fnmatch_lines(["doubt/does-not challenges here/holds, which is not among the tests selected"])
    assert "**The challenged claim is not in this run.**" in challenged.report


def test_an_unknown_contradicted_claim_is_refused(suite):
    """Both would be supported, and nobody would notice."""
    suite.write("here", CLAIMS)
    suite.write(
        "doubt", CHALLENGE.format(challenged="").replace('challenges=""', 'contradicts=["here/other", "here/hols"]')
    )
    run = suite.run()

    assert pytest.ExitCode.USAGE_ERROR == run.ret
    run.stderr.fnmatch_lines(["ERROR: claim doubt/does-not: got contradicts='here/hols', no such claim, nearest are *"])


@pytest.mark.parametrize("arguments", [("-n0",), ("-n2",), ("-n0", "--claim", "here/holds"), ("-n0", "--list-claims")])
def test_an_unknown_challenged_claim_is_refused(suite, arguments):
    """The id must exist; the line names the nearest and the test."""
    suite.write("here", CLAIMS)
    suite.write("doubt", CHALLENGE.format(challenged="here/hols"))
    run = suite.run(*arguments)

    assert pytest.ExitCode.USAGE_ERROR == run.ret
    run.stderr.fnmatch_lines(
        [
            "ERROR: claim doubt/does-not: got challenges='here/hols', no such claim, nearest are here/holds* "
            "(claims/test_doubt.py::test_does_not)"
        ]
    )


def test_a_file_alone_cannot_know_what_there_is(challenged):
    """Where only the file of the challenge is collected, the challenged claim is not looked for, but called absent.

    The command beside it measures both.
    """
    run = challenged.run(paths=("claims/test_doubt.py",))

    assert pytest.ExitCode.OK == run.ret
    assert "**The challenged claim is not in this run.** `pytest claims/ --claim doubt/does-not`" in challenged.report


def test_itself_is_refused_at_collection(suite):
    """A claim cannot challenge itself; the others are still collected."""
    suite.write("here", CLAIMS)
    suite.write("doubt", CHALLENGE.format(challenged="doubt/does-not"))
    run = suite.run("--list-claims")

    run.stdout.fnmatch_lines(
        [
            "here/holds *",
            "claim doubt/does-not: got challenges='doubt/does-not', itself, wanted the id of another claim (*",
        ]
    )
