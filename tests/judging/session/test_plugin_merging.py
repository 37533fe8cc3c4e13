"""Partial runs of one suite, merged: what they leave out is on record, and together they are the whole."""

import re
import sys

import pytest

from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.runs.compatibility import Source
from lstm_lab.judging.runs.merge import merge

HOLDS = """
@claim("{name}/holds", "It holds.", source=HERE, criterion=at_least(0.8), expect="supported")
def test_holds(observe):
    observe(True)
"""


@pytest.fixture
def part(suite):
    """The ledger of a run of the suite with these arguments."""
    suite.write("one", HOLDS.format(name="one"))
    suite.write("other", HOLDS.format(name="other"))
    known = set()

    def part(*arguments, **settings):
        suite.run(*arguments, **settings)
        (path,) = set((suite.path / "evidence" / "runs").glob("*.jsonl")) - known
        known.add(path)
        return Source(path.name, Ledger.read(path))

    return part


def test_two_claims_run_apart_are_the_suite(part):
    """With `--claim`, and by file, with workers and without: what is left out is known, and made up for."""
    one = part("-n2", "--claim", "one/holds")
    other = part(paths=("claims/test_other.py",))

    assert (("other/holds",), ("claims/test_one.py",)) == (one.ledger.left_out, other.ledger.left_out)
    assert "left out of every run: other/holds" == merge([one, one]).ledger.partial
    assert "left out of every run: claims/test_one.py" == merge([other, other]).ledger.partial
    together = merge([one, other]).ledger

    assert ("", ["one/holds", "other/holds"]) == (together.partial, list(together.catalogue))
    assert 60 == len(together.observations)


def test_seeds_run_apart_are_the_suite(part, suite):
    """Seeds 0 to 29 of one run and the later ones of another come to the report of a run with sixty."""
    lab = [sys.executable, "-m", "lstm_lab"]
    names = [part().name, part("--seeds", "60", "-k", "seed03 or seed04 or seed05").name]
    part("--seeds", "60")
    reports = [suite.report]
    suite.pytester.run(*lab, "merge", *(f"evidence/runs/{name}" for name in names))
    suite.pytester.run(*lab, "report", "merged.jsonl")
    reports.append(suite.report)
    whole, together = (re.sub("<!-- run.*/run -->", "", report, flags=re.DOTALL) for report in reports)

    assert reports[0] != reports[1]

    assert "2 claims: 2 supported" in whole
    assert whole == together
