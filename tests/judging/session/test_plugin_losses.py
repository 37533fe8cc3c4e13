"""Nothing is silently lost: crashes, lost reports, Ctrl-C and stops are visible in the report and the exit status."""

import pytest

CLAIM = """
@claim("here/{0}", "x", source=HERE, criterion=at_least(0.8))
def test_{0}({1}):
    {2}
    observe(True)
"""


def test_crash_keeps_the_other_evidence(suite):
    """A worker that dies in one seed leaves that claim incomplete, its other seeds and the other claims intact."""
    suite.write(
        "a",
        "import os\n\n"
        + CLAIM.format("crashes", "seed, observe", "if seed == 4: os._exit(1)")
        + CLAIM.format("stays", "observe", "pass"),
    )
    run = suite.run("-n2", "--seeds", "17")

    assert pytest.ExitCode.TESTS_FAILED == run.ret
    (failure,) = suite.records("failure")
    assert ("here/crashes", 4, "crash") == (failure["claim"], failure["seed"], failure["kind"])
    assert 2 * 17 - 1 == len(suite.records("observation"))
    run.stdout.fnmatch_lines(
        [
            "incomplete: here/crashes: 1 of 17 seeds without evidence (4): worker 'gw?' crashed while running *",
            "new: here/stays: supported, 17 of 17 seeds*",
            "FAILED claims/test_a.py::test_crashes?verdict? - incomplete: here/crashes: *",
        ]
    )
    assert "" == suite.ledger[-1]["partial"]


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_seed_that_was_measured_again_has_failed(suite, workers):
    """A plugin that repeats a failed test gives the first try an outcome of its own: it is an error all the same."""
    suite.pytester.makeconftest(
        """
        import pytest
        from _pytest.runner import runtestprotocol

        pytest_plugins = ["lstm_lab.judging.session.plugin"]

        def pytest_runtest_protocol(item, nextitem):
            for again in (True, False):
                reports = runtestprotocol(item, nextitem=nextitem, log=False)
                failed = any(report.failed for report in reports)
                for report in reports:
                    report.outcome = "rerun" if report.failed and again else report.outcome
                    item.ihook.pytest_runtest_logreport(report=report)
                if not failed:
                    break
            return True
        """
    )
    body = "tries.append(seed); assert tries.count(3) != 1, 'bad luck'"
    suite.write("a", "tries = []\n\n" + CLAIM.format("lucky", "seed, observe", body))
    run = suite.run(workers, "--seeds", "17")

    assert pytest.ExitCode.TESTS_FAILED == run.ret
    (failure,) = suite.records("failure")
    assert ("here/lucky", 3, "error") == (failure["claim"], failure["seed"], failure["kind"])
    run.stdout.fnmatch_lines(
        [
            "error: here/lucky: 1 of 17 seeds without evidence (3): "
            "got the outcome 'rerun', wanted each seed measured once: what is repeated until it passes is no evidence"
        ]
    )
    assert 17 == len(suite.records("observation"))


@pytest.mark.parametrize("workers", ["-n1", "-n2"])
def test_lost_report_is_red(suite, workers):
    """A value that kills xdist's worker on the way to the controller, which alone exits 0, is missing and red."""
    suite.write(
        "a",
        "import numpy as np\n\n"
        + CLAIM.format("lost", "observe, record_property", "record_property('x', np.float64(1))"),
    )
    run = suite.run(workers, "--seeds", "1")

    assert run.ret in (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERNAL_ERROR)
    assert [] == suite.records("observation")
    run.stdout.fnmatch_lines(["incomplete: here/lost: 1 of 1 seeds without evidence (0): no report of them arrived"])


@pytest.mark.parametrize("workers", ["-n0", "-n1"])
def test_interrupt_writes_a_partial_report(suite, workers):
    """Ctrl-C keeps its exit status and what was measured; no verdict is compared with the record."""
    suite.write("a", CLAIM.format("late", "seed, observe", "if seed == 4: raise KeyboardInterrupt"))
    run = suite.run(workers)

    assert pytest.ExitCode.INTERRUPTED == run.ret
    assert "interrupted: 4 of 30 observations" == suite.ledger[-1]["partial"]
    assert "**Partial: interrupted: 4 of 30 observations." in suite.report
    assert "[verdict]" not in run.stdout.str()


@pytest.mark.parametrize(
    ("workers", "status"), [("-n0", pytest.ExitCode.TESTS_FAILED), ("-n1", pytest.ExitCode.INTERRUPTED)]
)
def test_stop_at_the_first_failure_writes_a_partial_report(suite, workers, status):
    """`-x` keeps pytest's exit status; the report has what came before."""
    suite.write("a", CLAIM.format("breaks", "seed, observe", "assert seed != 4"))
    run = suite.run(workers, "-x")

    assert status == run.ret
    assert suite.ledger[-1]["partial"].startswith("interrupted: ")
    assert "ERROR" in suite.report


def test_run_that_measured_nothing_leaves_the_report_alone(suite):
    """An interrupt before the first observation does not replace the last report."""
    suite.write("a", CLAIM.format("never", "observe", "raise KeyboardInterrupt"))
    (suite.path / "REPORT.md").write_text("as it was")
    run = suite.run()

    assert "as it was" == suite.report
    run.stdout.fnmatch_lines(["nothing was measured, REPORT.md is left as it was"])


def test_evidence_is_kept_as_it_arrives(suite):
    """Each observation is on disk before the next seed is measured: a run that is killed loses one at most."""
    count = "kept = len([*Path('evidence/runs').glob('*.jsonl')][0].read_text().splitlines()) - 1"
    suite.write(
        "a",
        "from pathlib import Path\n\n"
        + CLAIM.format("kept", "observe", count).replace("observe(True)", "observe(True, kept=kept)"),
    )
    suite.run("--seeds", "4")

    assert [0, 1, 2, 3] == [one["shown"]["kept"] for one in suite.records("observation")]


def test_report_that_cannot_be_written_is_red(suite):
    """Where the report cannot be written, one line says so, the exit status too, and the evidence is kept."""
    suite.write("a", "from pathlib import Path\n" + CLAIM.format("fine", "observe", "Path('file').touch()"))
    run = suite.run("--report", "file/REPORT.md", "--seeds", "1")

    assert pytest.ExitCode.TESTS_FAILED == run.ret
    run.stdout.fnmatch_lines(["the report could not be written: *"])
    assert 1 == len(suite.records("observation"))


def test_other_failures_leave_the_verdicts_alone(suite):
    """A failing test that measures no claim makes the run red, and no claim with it."""
    suite.write("a", CLAIM.format("fine", "observe", "pass"))
    suite.write("b", "def test_other(): assert False")
    run = suite.run()

    assert {"passed": 31, "failed": 1} == run.parseoutcomes()
    assert [] == suite.records("failure")


MOODY = """
from lstm_lab import register_criterion
from lstm_lab.judging.criteria.rates import AtLeast
from lstm_lab.judging.report.plots import forest

pytest_plugins = ["lstm_lab.judging.session.plugin"]


@register_criterion
class Moody(AtLeast):
    kind = "moody"

    def _judge(self, seeds, values, declared):
        raise ArithmeticError("no verdict today")


def fail(groups):
    raise ValueError("no room")


forest.plot_forest = fail
"""


def test_what_cannot_be_judged_or_drawn_is_red_and_costs_nothing_else(suite):
    """A criterion that raises fails its claim; a picture that cannot be drawn is told; figures may be any floats."""
    suite.pytester.makeconftest(MOODY)
    moody = CLAIM.format("moody", "observe", "pass").replace("at_least(0.8)", "Moody(0.5)")
    suite.write("a", "from conftest import Moody\n\n" + moody)
    suite.write("b", CLAIM.format("fine", "observe", "pass"))
    vast = CLAIM.format("vast", "observe", "pass").replace("observe(True)", "observe(1e307, against=-1e307)")
    suite.write("c", vast.replace("at_least(0.8)", "beats()"))
    run = suite.run()

    assert pytest.ExitCode.TESTS_FAILED == run.ret
    run.stdout.fnmatch_lines(["error: here/moody: cannot be judged: ArithmeticError: no verdict today*"])
    run.stdout.fnmatch_lines(["The pass rate of each claim with its interval: cannot be drawn: ValueError: no room"])
    assert "- Failed: `cannot be judged: ArithmeticError: no verdict today`" in suite.report
    assert 2 == suite.report.count("**●\u00a0SUPPORTED** `")
    (suite.path / "claims" / "test_a.py").unlink()
    run = suite.run()
    assert {"passed"} == set(run.parseoutcomes())
    assert pytest.ExitCode.TESTS_FAILED == run.ret


@pytest.mark.parametrize("workers", ["-n0", "-n1"])
@pytest.mark.parametrize("ends", [r"raise ValueError('\ud800')", r"pytest.skip('\ud800')", r"assert '\ud800' == 'a'"])
def test_message_that_no_file_can_hold_is_told_all_the_same(suite, workers, ends):
    """Half a character in the message of a failure takes neither the report nor the other seeds with it."""
    suite.write("a", "import pytest\n\n" + CLAIM.format("broken", "seed, observe", f"if seed == 4: {ends}"))
    run = suite.run(workers)

    assert pytest.ExitCode.TESTS_FAILED == run.ret
    assert "INTERNALERROR" not in run.stdout.str() + run.stderr.str()
    assert 29 == len(suite.records("observation"))
    assert "here/broken" in suite.report
