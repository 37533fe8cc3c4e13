"""Ctrl-C: the exit status of pytest, a report of what was gathered that says it is partial, and nothing lost."""

import os
import signal

import pytest
import tiny
from laboratory import Laboratory

from lstm_lab.judging.evidence.ledger import Ledger

SLOW = """

import time


@claim("here/slow", "x", source=HERE, criterion=always())
def test_slow(observe):
    time.sleep(1)
    observe(True)
"""


def test_interrupted_while_measuring(stocked: Laboratory) -> None:
    """What was gathered is in the report, the observations and nowhere else; the next run is whole."""
    claims = stocked.path / "claims" / "test_tiny.py"
    claims.write_text(claims.read_text() + SLOW)
    every = tiny.TESTS + 5
    process = stocked.start()
    stocked.wait_for(lambda: any('"observation"' in path.read_text() for path in stocked.ledgers()))
    os.killpg(process.pid, signal.SIGINT)

    assert pytest.ExitCode.INTERRUPTED == process.wait(timeout=60), stocked.output
    ledger = Ledger.read(stocked.ledgers()[-1])
    gathered = len(ledger.observations)
    assert 0 < gathered < every
    assert f"interrupted: {gathered} of {every} observations" == ledger.partial
    assert f"**Partial: interrupted: {gathered} of {every} observations." in stocked.report()
    told = stocked.outcome()[2]
    assert told == {name: value for name, value in stocked.outcome_of(ledger).items() if name != "run"}
    assert {None} == {one["verdict"] for one in told["claims"] if one["missing"]}

    assert 0 == stocked.run(), stocked.output
    assert every == len(Ledger.read(stocked.ledgers()[-1]).observations)
    assert ((0, 4), []) == (stocked.models, stocked.refused)


def test_interrupted_while_training(laboratory: Laboratory) -> None:
    """What was trained is kept, the report that was there stays, and the next run continues from there."""
    (laboratory.path / "REPORT.md").write_text("the last report")
    process = laboratory.start()
    laboratory.wait_for(lambda: bool(list(laboratory.store.folder.glob("*.npz"))))
    os.killpg(process.pid, signal.SIGINT)

    assert pytest.ExitCode.INTERRUPTED == process.wait(timeout=60), laboratory.output
    kept = len(list(laboratory.store.folder.glob("*.npz")))
    assert kept > 0
    assert 0 == laboratory.run(), laboratory.output
    assert laboratory.models[0] <= len(tiny.STOPS) - kept
    assert [] == laboratory.refused
