"""What a run writes: the report, its JSON twin and the ledger, the same however the tests were spread."""

import json
import re
import tempfile
from pathlib import Path

import pytest
from told import told as render

from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.report.report import Report
from lstm_lab.machine import processor

CLAIMS = """
@claim("here/holds", "It holds.", source=HERE, criterion=at_least(0.8), expect="supported")
def test_holds(seed, observe):
    observe(seed != 7, figure=seed / 3)


@claim("here/beats", "It beats.", source=HERE, criterion=beats(), expect="refuted", contradicts=["here/holds"])
def test_beats(seed, observe):
    observe(seed + 0.1, against=seed)


@claim("here/breaks", "It breaks.", source=Comment(4, "someone", "2016-08-24"), criterion=always())
def test_breaks(seed, observe):
    assert seed != 2, "two"
    observe(seed != 3)
"""


def without_run(report):
    """The report without its run block."""
    return re.sub(r"<!-- run -->.*<!-- /run -->", "", report, flags=re.DOTALL)


def test_report_is_the_same_however_tests_are_spread(suite):
    """Without workers and with two, with --dist load and worksteal: the same bytes but for the run block."""
    suite.write("here", CLAIMS)
    suite.write("there", CLAIMS.replace("here/", "there/"))
    spreads = {"-n0": (), "-n2": (), "load": ("-n2", "--dist", "load"), "worksteal": ("-n2", "--dist", "worksteal")}
    reports = {}
    for name, arguments in spreads.items():
        run = suite.run(*(arguments or (name,)))
        assert pytest.ExitCode.TESTS_FAILED == run.ret
        reports[name] = suite.report

    assert 1 == len({without_run(report) for report in reports.values()})
    assert "workers    1" in reports["-n0"]
    assert "workers    2" in reports["-n2"]
    assert str(suite.path) not in without_run(reports["-n0"])


def test_ledger_gives_the_report_again(suite):
    """The report can be rebuilt from the JSON lines, run block included; its JSON twin lies beside them."""
    suite.write("here", CLAIMS)
    suite.run("-n2")
    (path,) = (suite.path / "evidence" / "runs").glob("*.jsonl")
    ledger = Ledger.read(path)

    assert suite.report == render(Report(ledger))
    assert re.fullmatch(r"\d{8}T\d{6}Z-\d+\.jsonl", path.name)
    twin = json.loads((suite.path / "evidence" / "report.json").read_text())
    assert ["supported", "supported", None] == [claim["verdict"] for claim in twin["claims"]]


def test_paths_are_options(suite):
    """`--report` and `--evidence` say where things are written."""
    suite.write("here", CLAIMS)
    run = suite.run("--report", "out/claims.md", "--evidence", "kept", "-k", "seed000")

    run.stdout.fnmatch_lines(["read out/claims.md, or open file:///*/out/claims.html"])
    assert (suite.path / "out" / "claims.md").exists()
    assert (suite.path / "out" / "claims.html").exists()
    assert (suite.path / "kept" / "report.json").exists()
    assert not (suite.path / "REPORT.md").exists()
    assert not (suite.path / "evidence").exists()


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_run_without_claims_writes_nothing(suite, workers, monkeypatch, tmp_path):
    """The project's own tests run under the same plugin and notice nothing of it."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    suite.pytester.makepyfile("def test_other(): pass")
    run = suite.run(workers, paths=())

    assert {"passed": 1} == run.parseoutcomes()
    run.stdout.no_fnmatch_line("*= claims =*")
    assert not (suite.path / "REPORT.md").exists()
    assert not (suite.path / "evidence").exists()
    assert [] == [path.name for path in Path(tmp_path).iterdir() if path.name.startswith("claims-")]


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_facts_of_all_processes_are_added_up(suite, workers):
    """What `record_facts` is told in any process is in the run block; an ensemble counts once, whoever tells of it."""
    suite.pytester.makeconftest(
        """
        import pytest
        from lstm_lab.judging.session.exchange import record_facts

        pytest_plugins = ["lstm_lab.judging.session.plugin"]

        @pytest.fixture(autouse=True)
        def lab(pytestconfig):
            record_facts(pytestconfig, {"trained": ["a"], "loaded": ["a", "b"], "refused": []})

        def pytest_sessionfinish(session):
            if hasattr(session.config, "workerinput") or session.config.option.numprocesses == 0:
                record_facts(session.config, {"refused": ["foreign.npz"], "minutes": 0.5})
        """
    )
    suite.write("here", CLAIMS)
    suite.run(workers, "--claim", "here/holds")

    run = suite.records("run")[0]
    processes = 1 if workers == "-n0" else 2
    assert (1, 1) == (run["models_trained"], run["models_loaded"])
    told = {"refused": ["foreign.npz"] * processes, "minutes": 0.5 * processes}
    assert {**told, "processor": [processor()]} == run["facts"]


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_a_terminal_of_another_plugin_changes_nothing(suite, workers):
    """One that answers for every test itself, as pytest-sugar does, and one that adds to reports, as pytest-html does.

    What was observed is never read back from the terminal.
    """
    suite.write("here", CLAIMS)
    suite.run(workers)
    before = without_run(suite.report)
    suite.pytester.makeconftest(
        """
        import pytest

        pytest_plugins = ["lstm_lab.judging.session.plugin"]

        @pytest.hookimpl(wrapper=True)
        def pytest_report_teststatus(report):
            yield
            return report.outcome, "✓", report.outcome.upper()

        @pytest.hookimpl(wrapper=True)
        def pytest_runtest_makereport():
            report = yield
            report.extras = ["a picture"]
            return report
        """
    )
    run = suite.run(workers)

    assert before == without_run(suite.report)
    assert pytest.ExitCode.TESTS_FAILED == run.ret
    assert "against" not in run.parseoutcomes()


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_terminal_and_cache_may_be_switched_off(suite, workers):
    """Without pytest's terminal and its cache the exit status and the report are the same."""
    suite.write("here", CLAIMS)
    run = suite.run(workers, "-p", "no:terminalreporter", "-p", "no:cacheprovider")

    assert pytest.ExitCode.TESTS_FAILED == run.ret
    assert "contradicts" in suite.report
    assert "" == run.stderr.str()
