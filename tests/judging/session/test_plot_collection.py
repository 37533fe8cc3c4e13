"""The data of plots is collected once in a run, in whatever process, and no verdict depends on them."""

import json

import pytest
from told import told as render

from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.evidence.plot_data import PlotData
from lstm_lab.judging.evidence.serialization import structure
from lstm_lab.judging.report.report import Report

CLAIMS = """
@claim("state/warm-up", "It holds.", source=HERE, criterion=at_least(0.8), expect="supported")
def test_warm_up(seed, observe):
    observe(seed != 7)
"""

CONFTEST = """
import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, {folder!r})
import drawn
from lstm_lab.judging.session.plot_collection import collect_plots

pytest_plugins = ["lstm_lab.judging.session.plugin"]


def losses(root):
    with (root / "gathered").open("a") as file:
        file.write("once\\n")
    return drawn.curves()


def broken():
    raise ValueError("no such\\nmodel")


def dies():
    os.kill(os.getpid(), signal.SIGKILL)


def dies_once():
    if not Path("died").exists():
        Path("died").touch()
        dies()


def pytest_sessionfinish(session):
    config = session.config
    if hasattr(config, "workerinput") or not config.option.numprocesses:
        root = config.rootpath
        collect_plots(config, {{"losses": lambda: losses(root), "absent": lambda: None, **({broken})}})
"""


@pytest.fixture
def gathering(suite, request):
    """A suite whose processes gather one picture; of a second one, the function of this name fails in some way."""

    def write(failing=""):
        folder = str(request.path.parents[1])  # where `drawn` lies
        extra = f'{{"{failing}": {failing}}}' if failing else "{}"
        suite.pytester.makeconftest(CONFTEST.format(folder=folder, broken=extra))
        suite.write("here", CLAIMS)
        return suite

    return write


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_pictures_are_gathered_once_and_stand_in_the_report(gathering, workers):
    """One process of one or of three does it; the ledger has the numbers, the report the picture."""
    suite = gathering()
    run = suite.run(workers)

    assert pytest.ExitCode.OK == run.ret
    assert ["once"] == (suite.path / "gathered").read_text().splitlines()
    assert ["losses"] == [structure(plain, PlotData, "drawing").name for plain in suite.records("drawing")]
    assert "![How they learn](report/losses.svg)" in suite.report
    assert (suite.path / "report" / "losses.svg").exists()


def test_report_is_rebuilt_from_the_ledger_with_its_pictures(gathering):
    """The file of the run is enough."""
    suite = gathering()
    suite.run("-n2")
    (path,) = (suite.path / "evidence" / "runs").glob("*.jsonl")
    ledger = Ledger.read(path)

    assert suite.report == render(Report(ledger))


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_picture_that_fails_is_named_and_takes_nothing_with_it(gathering, workers):
    """The verdict stands, the other picture is there, terminal and run block say what is not drawn in one line."""
    suite = gathering("broken")
    run = suite.run(workers)

    assert pytest.ExitCode.OK == run.ret
    run.stdout.fnmatch_lines(
        ["read REPORT.md, or open file:///*/report.html; pictures not drawn: broken (ValueError: no such model)"]
    )
    assert "not drawn  broken (ValueError: no such model)" in suite.report.splitlines()
    assert ["losses"] == [plain["name"] for plain in suite.records("drawing")]
    assert "supported" == json.loads((suite.path / "evidence" / "report.json").read_text())["claims"][0]["verdict"]


@pytest.mark.parametrize("workers", ["-n1", "-n2"])
def test_worker_that_dies_over_a_picture_is_replaced(gathering, workers):
    """Another one computes the pictures, once it has the lock of the dead one."""
    suite = gathering("dies_once")
    run = suite.run(workers)

    assert pytest.ExitCode.OK == run.ret
    assert ["losses"] == [plain["name"] for plain in suite.records("drawing")]
    assert "" == suite.ledger[-1]["partial"]


def test_pictures_that_kill_every_worker_are_told(gathering):
    """The evidence is whole, the verdict stands, and the report says in one line that nothing was drawn."""
    suite = gathering("dies")
    run = suite.run("-n2")

    assert 30 == len(suite.records("observation"))
    assert "supported" == json.loads((suite.path / "evidence" / "report.json").read_text())["claims"][0]["verdict"]
    run.stdout.fnmatch_lines(["read REPORT.md, *; pictures not drawn: any plot of trained models (each worker *"])
    assert "" == suite.ledger[-1]["partial"]


def test_controls_have_no_pictures(gathering):
    """What is gathered under `--control` is no evidence and is written nowhere."""
    suite = gathering()
    suite.run("-n0", "--control")

    assert not (suite.path / "REPORT.md").exists()
    assert not (suite.path / "report").exists()
