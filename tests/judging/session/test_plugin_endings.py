"""No test of a claim ends the run, least of all with the exit status of success."""

import pytest

CLAIMS = """
import os
import sys

import pytest


@pytest.fixture
def leaving(seed):
    {setup}
    yield
    {teardown}


@claim("here/stays", "It holds.", source=HERE, criterion=at_least(0.8), expect="refuted")
def test_stays(observe):
    observe(True)


@claim("here/leaves", "It holds.", source=HERE, criterion=at_least(0.8))
def test_leaves(leaving, seed, observe):
    {call}
    observe(True)
"""
EXIT = "pytest.exit('done', returncode=0)"
EXITED = "got pytest.exit('done'), which would end the run, wanted a test that ends by itself"


@pytest.mark.parametrize(
    ("phase", "ending", "line"),
    [
        *((phase, EXIT, EXITED) for phase in ("setup", "call", "teardown")),
        ("setup", "os._exit(0)", "got os._exit(0), which would end the run, *"),
        ("call", "os._exit(status=0)", "got os._exit(0), which would end the run, *"),
        ("call", "os.execlp('true', 'true')", "got os.execv(...), which would end the run, *"),
        ("call", "sys.exit(0)", "SystemExit: 0"),
        ("teardown", "raise SystemExit", "SystemExit"),
    ],
)
def test_ending_is_an_error_of_that_seed(suite, phase, ending, line):
    """The other seeds are measured, the other claim is judged, the run is red, and the report is of now."""
    phases = dict.fromkeys(("setup", "call", "teardown"), "pass") | {phase: f"if seed == 4: {ending}"}
    suite.write("a", CLAIMS.format(**phases))
    run = suite.run()

    assert pytest.ExitCode.TESTS_FAILED == run.ret
    (failure,) = suite.records("failure")
    assert ("here/leaves", 4, "error") == (failure["claim"], failure["seed"], failure["kind"])
    run.stdout.fnmatch_lines(
        [f"error: here/leaves: 1 of 30 seeds without evidence (4): {line}", "contradicts the record: here/stays: *"]
    )
    assert 59 == len(suite.records("observation"))
    assert "" == suite.ledger[-1]["partial"]


@pytest.mark.parametrize("ending", [EXIT, "os._exit(0)"])
def test_ending_in_a_worker_is_red(suite, ending):
    """A worker that vanishes is a crash of the claim it was at; `pytest.exit` is an error of the seed as without."""
    suite.write("a", CLAIMS.format(setup="pass", teardown="pass", call=f"if seed == 4: {ending}"))
    run = suite.run("-n1")

    assert pytest.ExitCode.TESTS_FAILED == run.ret
    (failure,) = suite.records("failure")
    assert ("here/leaves", 4) == (failure["claim"], failure["seed"])
    assert 59 == len(suite.records("observation"))


def test_children_of_a_test_end_as_they_like(suite):
    """A test may fork, and leave the child by `os._exit`; and whoever leaves with another status is red anyway."""
    forks = "child = os.fork()\n    if not child: os._exit(0)\n    assert os.waitpid(child, 0)[1] == 0"
    suite.write("a", CLAIMS.format(setup="pass", teardown="pass", call=forks).replace(', expect="refuted"', ""))
    assert pytest.ExitCode.OK == suite.run("--seeds", "2").ret
    suite.write("a", CLAIMS.format(setup="pass", teardown="pass", call="os._exit(7)"))

    assert 7 == suite.run("--seeds", "2").ret


@pytest.mark.parametrize("workers", ["-n0", "-n1"])
@pytest.mark.parametrize("where", [EXIT, "def pytest_runtest_logreport(report):\n    pytest.exit('', 0)"])
def test_run_that_was_ended_is_never_green(suite, workers, where):
    """While it collects, or by a plugin amid its tests: the exit status that is asked for is not given."""
    suite.write("a", CLAIMS.format(setup="pass", teardown="pass", call="pass"))
    if where.startswith("def"):
        suite.pytester.makeconftest(f'import pytest\npytest_plugins = ["lstm_lab.judging.session.plugin"]\n\n{where}')
    else:
        suite.write("b", f"import pytest\n{where}")
    run = suite.run(workers)

    assert run.ret not in (pytest.ExitCode.OK, pytest.ExitCode.INTERNAL_ERROR), run.stdout.str()
    if (suite.path / "REPORT.md").exists():
        assert "**Partial: interrupted: " in suite.report or "claims/test_b.py" in suite.report
