"""Runs that are not united: one table of the verdicts of each."""

from dataclasses import replace

import pytest
from ledgers import RUN, entry, everything, ledger_of, measured_on, mixed, pairs

from lstm_lab.judging.criteria.equivalence import Equivalent
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.criteria.registry import CRITERIA
from lstm_lab.judging.runs.compatibility import Source
from lstm_lab.judging.runs.side_by_side import compare_side_by_side


def page(*ledgers) -> str:
    """These runs on a page, spaces that do not break as others."""
    sources = [Source(f"{name}.jsonl", ledger) for name, ledger in zip(("one", "other"), ledgers, strict=True)]
    return compare_side_by_side(sources).replace("\u00a0", " ")


def run_of(passes: int, **details):
    """A run of one claim that holds in so many of 30 seeds."""
    return ledger_of((replace(entry("a/b", at_least(0.8)), **details), mixed(passes)))


@pytest.mark.parametrize(
    ("other", "line"),
    [
        (run_of(30), "| `a/b` | ● SUPPORTED 30 of 30 | ● SUPPORTED 30 of 30 | yes |"),
        (run_of(10), "| `a/b` | ● SUPPORTED 30 of 30 | ○ REFUTED 10 of 30 | **no** |"),
        (run_of(25), "| `a/b` | ● SUPPORTED 30 of 30 | ◐ INCONCLUSIVE 25 of 30 | moved |"),
        (run_of(30, digest="1"), "| `a/b` | ● SUPPORTED 30 of 30 | ● SUPPORTED 30 of 30 | other measurement |"),
        (run_of(30, seeds=tuple(range(20))), "| `a/b` | ● SUPPORTED 30 of 30 | · NOT JUDGED, 20 seeds | – |"),
        (ledger_of(), "| `a/b` | ● SUPPORTED 30 of 30 | – | – |"),
    ],
    ids=["agree", "disagree", "moved", "other measurement", "not judged", "not there"],
)
def test_each_claim_has_a_line(other, line):
    """The verdict of each run, what it rests on, and whether they agree."""
    assert line in page(run_of(30), other).splitlines()


def test_claims_of_other_experiments_are_not_compared():
    """The same verdicts of another experiment are another measurement."""
    text = page(measured_on(run_of(30), "before"), measured_on(run_of(30), "after"))

    assert "| `a/b` | ● SUPPORTED 30 of 30 | ● SUPPORTED 30 of 30 | other measurement |" in text
    assert "- 1 claim: 1 not comparable: the claim, its test or its experiments are not the same." in text


def test_each_run_names_its_processor():
    """Where it is on record; of two processors one may move a verdict."""
    known = ledger_of()
    known.run = replace(RUN, facts={"processor": ["A Fast One"]})
    lines = page(known, ledger_of()).splitlines()

    assert ["A Fast One", "–"] == [line.split(" | ")[5] for line in lines if line.startswith(("| A", "| B"))]


def test_what_does_not_agree_comes_first():
    """Disagreement is counted and stands before what is the same."""
    one, other = (
        ledger_of((entry("a/same", at_least(0.8)), mixed(30)), (entry("b/other", at_least(0.8)), mixed(passes)))
        for passes in (30, 0)
    )
    lines = page(one, other).splitlines()

    assert "- 2 claims: 1 disagree: supported in one, refuted in another; 1 agree." in lines
    assert ["| `b/other`", "| `a/same`"] == [line[: line.index("` |") + 1] for line in lines if line.startswith("| `")]


def test_versions_that_differ_are_named():
    """Which run had which version, and what is the same in every run."""
    other = run_of(30)
    other.versions = {**other.versions, "keras": "9.9"}

    assert "- keras: A 3.15.1, B 9.9." in page(run_of(30), other)
    assert "- The same in every run: numpy 2.3.1, python" in page(run_of(30), other)


class Uncounted(Equivalent):
    """Judges by the mean difference and counts no seeds."""

    kind = "uncounted"

    def _judge(self, seeds, values, declared):
        judgement = super()._judge(seeds, values, declared)
        return replace(judgement, passes=None, interval=judgement.effect_interval)


def test_differences_are_told_by_their_intervals(monkeypatch):
    """A criterion without passes shows the interval that decided."""
    monkeypatch.setitem(CRITERIA, "uncounted", Uncounted)
    run = ledger_of((entry("a/b", Uncounted(0.05)), pairs([0.02] * 30)))

    assert "| `a/b` | ● SUPPORTED 0.02 to 0.02 | ● SUPPORTED 0.02 to 0.02 | yes |" in page(run, run)


def test_every_kind_of_run_can_be_shown():
    """Failed, missing and contested claims have their line, and so has a run that did not end."""
    killed = everything()
    killed.run, killed.partial = None, "the run did not end"
    text = page(everything(), killed)

    assert len(everything().catalogue) == sum(line.startswith("| `") for line in text.splitlines())
    assert "| `state/fails` | ! ERROR, 4 seeds lost | ! ERROR, 4 seeds lost | – |" in text
    assert "| B | 450 in `other.jsonl` | – | – | – | – | the run did not end |" in text.replace(
        f"| B | {len(killed.observations)} in", "| B | 450 in"
    )
