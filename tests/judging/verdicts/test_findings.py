"""A finding sets the evidence of a claim against the verdict on record, and judges nothing that is incomplete."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from scipy.stats import false_discovery_control

from lstm_lab.judging.claims.claim import Claim
from lstm_lab.judging.claims.source import Section
from lstm_lab.judging.criteria.criterion import Criterion
from lstm_lab.judging.criteria.equivalence import equivalent
from lstm_lab.judging.criteria.exact import always, possible
from lstm_lab.judging.criteria.judgement import Verdict
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.evidence.records import Entry, Failure, Observation, Run
from lstm_lab.judging.verdicts.findings import Finding, Status, fails_run, judge

HERE = Section("Here")
SUPPORTED, REFUTED, INCONCLUSIVE = Verdict.SUPPORTED, Verdict.REFUTED, Verdict.INCONCLUSIVE


def enter(
    ledger: Ledger,
    id: str,
    passes: int,
    *,
    criterion: Criterion | None = None,
    expect: Verdict | None = None,
    seeds: int = 30,
    declared: int | None = None,
) -> None:
    """Add a claim to the catalogue, with `seeds` observations of which `passes` hold."""
    chosen = criterion or at_least(0.5)
    entry = Entry(
        Claim(id, "It holds.", HERE, chosen, expect),
        "claims/test_here.py::test_it",
        1,
        "",
        tuple(range(seeds)),
        declared or seeds,
    )
    ledger.catalogue[id] = entry
    for seed in range(seeds):
        if not chosen.judges_pairs:
            ledger.add(Observation(id, seed, holds=seed < passes))
        else:
            ledger.add(Observation(id, seed, value=float(seed >= passes), against=0.0))


def finding(passes: int, partial: str = "", **entry: Any) -> Finding:
    """The finding on a single claim."""
    ledger = Ledger(partial=partial)
    enter(ledger, "here/it", passes, **entry)
    (found,) = judge(ledger)
    return found


@pytest.mark.parametrize(
    ("expect", "passes", "status", "ever_red", "strictly_red"),
    [
        (SUPPORTED, 30, Status.AS_RECORDED, False, False),
        (REFUTED, 0, Status.AS_RECORDED, False, False),
        (INCONCLUSIVE, 15, Status.AS_RECORDED, False, False),
        (SUPPORTED, 0, Status.CONTRADICTS_RECORD, True, True),
        (REFUTED, 30, Status.CONTRADICTS_RECORD, True, True),
        (SUPPORTED, 15, Status.DRIFT, False, True),
        (REFUTED, 15, Status.DRIFT, False, True),
        (INCONCLUSIVE, 30, Status.DRIFT, False, True),
        (None, 0, Status.NEW, False, False),
    ],
)
def test_standing_against_the_record(
    expect: Verdict | None, passes: int, status: Status, ever_red: bool, strictly_red: bool
) -> None:
    """Only a verdict that contradicts the record is red; one to or from INCONCLUSIVE is drift, red when strict."""
    found = finding(passes, expect=expect)

    assert found.status is status
    assert (fails_run(found, strict=False), fails_run(found, strict=True)) == (ever_red, strictly_red)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("error", Status.ERROR),
        ("crash", Status.INCOMPLETE),
        ("missing", Status.INCOMPLETE),
        (None, Status.INCOMPLETE),
    ],
)
def test_a_lost_seed_makes_its_claim_red_and_no_other(kind: Any, status: Status) -> None:
    """A claim with a failed, crashed or missing seed is not judged on the rest; all other evidence counts."""
    ledger = Ledger()
    enter(ledger, "here/lost", 30, expect=SUPPORTED)
    enter(ledger, "here/whole", 30, expect=SUPPORTED)
    del ledger.observations["here/lost", 3]
    if kind is not None:
        ledger.add(Failure("here/lost", 3, kind, "gone"))
    lost, whole = judge(ledger)

    assert lost.status is status
    assert lost.judgement is None
    assert lost.survives is None
    assert len(lost.observations) == 29
    assert lost.missing == (() if kind else (3,))
    assert fails_run(lost, strict=False)
    assert whole.status is Status.AS_RECORDED


def test_an_error_outweighs_missing_seeds() -> None:
    """Where a seed failed and another is missing, the claim stands as an error."""
    ledger = Ledger()
    enter(ledger, "here/it", 30)
    del ledger.observations["here/it", 3]
    ledger.add(Failure("here/it", None, "error", "no fixture"))

    assert judge(ledger)[0].status is Status.ERROR


def test_partial_selection_never_meets_the_record() -> None:
    """In a part of the suite a claim with all its seeds is judged for the reader, but not held against the record."""
    found = finding(0, partial="1 of 2 claims selected", expect=SUPPORTED)

    assert found.status is Status.NOT_JUDGED
    assert found.judgement is not None
    assert found.judgement.verdict is REFUTED
    assert found.survives is None
    assert not fails_run(found, strict=True)


def test_part_of_the_seeds_is_not_judged() -> None:
    """With fewer seeds selected than the claim takes there is no verdict at all: seeds are not picked by hand."""
    found = finding(10, partial="10 of 30 observations selected", seeds=10, declared=30)

    assert found.status is Status.NOT_JUDGED
    assert found.judgement is None
    assert len(found.observations) == 10


def test_fewer_seeds_in_the_whole_suite_are_drift() -> None:
    """A run with fewer seeds than a claim can do with is inconclusive, `always` included."""
    few, plain = finding(3, seeds=3, expect=SUPPORTED), finding(3, seeds=3, criterion=always(), expect=SUPPORTED)

    assert few.status is plain.status is Status.DRIFT
    assert few.judgement is not None
    assert few.judgement.reason == "too few seeds: 3 of at least 6"
    assert plain.judgement is not None
    assert plain.judgement.reason == "too few seeds: 3 of at least 5"


def test_a_claim_that_declares_its_seeds_is_judged_on_those() -> None:
    """`seeds` of the claim replaces the number its criterion takes."""
    ledger = Ledger()
    claim = Claim("here/it", "It holds.", HERE, always(), SUPPORTED, seeds=2, seeds_reason="each takes an hour")
    ledger.catalogue["here/it"] = Entry(claim, "claims/test_here.py::test_it", 1, "", (0, 1), 2)
    for seed in (0, 1):
        ledger.add(Observation("here/it", seed, holds=True))
    (found,) = judge(ledger)

    assert found.status is Status.AS_RECORDED


def test_order_of_the_catalogue_and_of_seeds() -> None:
    """Findings come in the order of the catalogue and observations by seed, however they arrived."""
    ledger = Ledger()
    enter(ledger, "here/second", 30)
    enter(ledger, "here/first", 30)
    shuffled = dict(reversed(ledger.observations.items()))
    ledger.observations.clear()
    ledger.observations.update(shuffled)

    assert [found.entry.claim.id for found in judge(ledger)] == ["here/second", "here/first"]
    assert [one.seed for one in judge(ledger)[0].observations] == list(range(30))


def test_verdicts_that_do_not_survive_the_family() -> None:
    """Among many open claims a verdict that only just came about does not survive; its own verdict is untouched."""
    ledger = Ledger()
    enter(ledger, "here/clear", 30)
    enter(ledger, "here/just", 21)
    for number in range(8):
        enter(ledger, f"here/open-{number}", 15)
    clear, just, *others = judge(ledger)

    assert [one.judgement.verdict for one in (clear, just) if one.judgement] == [SUPPORTED, SUPPORTED]
    assert (clear.survives, just.survives) == (True, False)
    assert not any(one.survives for one in others)


def test_a_family_under_any_dependence() -> None:
    """Each statistical claim has its q by Benjamini-Hochberg, and the larger one of Benjamini-Yekutieli."""
    ledger = Ledger()
    for number, passes in enumerate((30, 23, 15)):
        enter(ledger, f"here/it-{number}", passes)
    enter(ledger, "here/always", 5, criterion=always(), seeds=5)
    *family, exact = judge(ledger)
    p = [one.p for one in family]

    assert false_discovery_control(p, method="bh").tolist() == [one.q for one in family]
    assert false_discovery_control(p, method="by").tolist() == [one.q_dependent for one in family]
    assert (exact.p, exact.q, exact.q_dependent) == (None, None, None)


def test_claims_outside_the_family() -> None:
    """What a single seed decides is no statistical verdict: it neither survives nor weakens another's."""
    ledger = Ledger()
    enter(ledger, "here/always", 5, criterion=always(), seeds=5)
    enter(ledger, "here/possible", 1, criterion=possible())
    enter(ledger, "here/clear", 25)
    enter(ledger, "here/equivalent", 30, criterion=equivalent(within=0.5))

    assert [found.survives for found in judge(ledger)] == [None, None, True, True]


def test_an_empty_ledger_has_no_findings() -> None:
    """Without claims there is nothing to find."""
    assert judge(Ledger()) == ()


def test_evidence_is_judged_again_without_tensorflow(tmp_path: Path) -> None:
    """A ledger's file gives the same findings later, in a process that never loads TensorFlow or Keras."""
    ledger, path = Ledger(), tmp_path / "run.jsonl"
    enter(ledger, "here/it", 29, criterion=at_least(0.8), expect=SUPPORTED)
    enter(ledger, "here/equivalent", 30, criterion=equivalent(within=0.5))
    ledger.keep(path)
    ledger.close(Run("2024-05-06T07:08:09+00:00", 1.0, "pytest", ""))
    program = """
import sys
from pathlib import Path
from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.verdicts.findings import judge
print(judge(Ledger.read(Path(sys.argv[1]))))
assert not {"tensorflow", "keras"} & set(sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == str(judge(ledger))
