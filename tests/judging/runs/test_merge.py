"""Runs united: each seed counts once, what is not the same measurement is refused by name, nothing is lost."""

import random
import re
from dataclasses import replace

import pytest
from ledgers import entry, everything, mixed
from parts import BEATS, EQUAL, FEW, PASSES, RUN, run_of, sources
from told import told as render

from lstm_lab.judging.claims.controls import UNTRAINED, Control
from lstm_lab.judging.criteria.judgement import Verdict
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.evidence.control_results import ControlResult
from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.evidence.records import Entry, Failure
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.runs.compatibility import Source
from lstm_lab.judging.runs.merge import merge, write
from lstm_lab.judging.verdicts.findings import Status, judge

WHOLE = {
    PASSES: mixed(55, 60),
    BEATS: [(0.5 + seed % 7 / 10, 0.7) for seed in range(60)],
    FEW: [True] * 5,
    EQUAL: [(0.1 + seed % 3 / 50, 0.1) for seed in range(60)],
}


def fewer(one: Entry) -> Entry:
    """The same claim, asked for 30 seeds."""
    wanted = one.claim.seeds_wanted(30)
    return replace(one, seeds=tuple(range(wanted)), declared_seeds=wanted)


def by_claim(ledger: Ledger) -> dict:
    """What each claim comes to, whatever their order."""
    return {finding.entry.claim.id: finding for finding in judge(ledger)}


def but_for_the_run(text: str) -> str:
    """A report without what two runs with the same evidence may differ in."""
    return re.sub(r"<!-- run -->.*<!-- /run -->", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("seed", range(5))
def test_parts_come_to_what_one_run_comes_to(seed):
    """However the seeds of a run lie over two others, with some in both: the same verdicts, and the same report."""
    draw = random.Random(seed)
    here = {one for one in range(60) if draw.random() < 0.6}
    there = {one for one in range(60) if one not in here or draw.random() < 0.1}
    whole = run_of(*WHOLE.items())
    parts = [run_of(*WHOLE.items(), seeds=kept, partial="some", left_out=()) for kept in (here, there)]

    merged = merge(sources(*parts))

    assert judge(whole) == judge(merged.ledger)
    assert "" == merged.ledger.partial
    assert but_for_the_run(render(Report(whole))) == but_for_the_run(render(Report(merged.ledger)))


def test_more_seeds_after_fewer():
    """A full run with 30 seeds and one with 60: as if there had been only the second."""
    thirty = run_of(*((fewer(one), all) for one, all in WHOLE.items()))
    thirty.default_seeds = 30
    sixty = run_of(*WHOLE.items())

    merged = merge(sources(thirty, sixty)).ledger

    assert (60, judge(sixty)) == (merged.default_seeds, judge(merged))


def test_more_seeds_for_one_claim():
    """A claim that was measured with more seeds is judged with all of them, the others as they were."""
    first = run_of((fewer(PASSES), mixed(55, 60)), (entry("c/other", at_least(0.8)), mixed(30)))
    first.default_seeds = 30
    more = run_of((PASSES, mixed(55, 60)), partial="1 of 2 claims selected", left_out=("c/other",))

    merged = merge(sources(first, more)).ledger

    assert ("", 30) == (merged.partial, merged.default_seeds)
    assert [60, 30] == [finding.judgement.n for finding in judge(merged)]
    assert "; 1 claim with more.\n" in render(Report(merged))


def test_merged_is_a_ledger_like_any_other(tmp_path):
    """What is written is read back as it was, with every kind of record."""
    merged = merge([Source("one.jsonl", everything()), Source("other.jsonl", everything())]).ledger
    write(merged, tmp_path / "deep" / "merged.jsonl")

    assert merged == Ledger.read(tmp_path / "deep" / "merged.jsonl")
    assert by_claim(everything()) == by_claim(merged)
    assert ["merged.jsonl"] == [path.name for path in (tmp_path / "deep").iterdir()]


def test_a_failed_seed_that_another_run_observed_counts_as_observed():
    """What was made good is told; what was not stays a failure."""
    one, other = run_of((PASSES, mixed(55, 60))), run_of((PASSES, mixed(55, 60)), seeds=range(10))
    for seed in (3, 4, 20):
        del one.observations["a/passes", seed]
        one.add(Failure("a/passes", seed, "error", "ValueError: no"))

    merged = merge(sources(one, other))

    assert [20] == [failure.seed for failure in merged.ledger.failures]
    assert ("a/passes, seeds 3, 4: failed in one run and observed in another, counted as observed",) == merged.notes


def test_a_seed_lost_without_trace_stays_missing():
    """What a whole run lost is missing in the merged one, which is no part of a run for that."""
    one, other = run_of((FEW, [True] * 5)), run_of((FEW, [True] * 5), seeds=range(3))
    for ledger in (one, other):
        del ledger.observations["b/always", 2]
    merged = merge(sources(one, other)).ledger

    assert ("", (2,)) == (merged.partial, merged.missing("b/always"))
    assert Status.INCOMPLETE == judge(merged)[0].status


def test_pictures_are_those_of_the_run_that_started_last():
    """What was gathered from the models of one run is kept whole, and not mixed with that of another."""
    first, last = (run_of(*WHOLE.items(), run=replace(RUN, started=f"2026-01-0{day}T00:00:00+00:00")) for day in (1, 2))
    without = merge(sources(first, last)).ledger.drawings
    first.drawings = {"path": "of the first", "warm-up": "of the first"}
    only_first = merge(sources(first, last)).ledger.drawings
    last.drawings = {"path": "of the last"}

    assert {} == without
    assert first.drawings == only_first
    assert last.drawings == merge(sources(last, first)).ledger.drawings


def test_partial_runs_say_what_is_missing():
    """Claims, files and seeds that no run has are named; what one of them has is not."""
    one = run_of(
        (PASSES, mixed(55, 60)), seeds=range(20), partial="1 of 3", left_out=("b/always", "c/d", "claims/z.py")
    )
    other = run_of((FEW, [True] * 5), partial="1 of 3", left_out=("a/passes", "c/d", "claims/z.py"))
    unknown = run_of((FEW, [True] * 5), partial="the run did not end")

    assert (
        "left out of every run: c/d, claims/z.py; measured in no run: a/passes seeds 20 to 59"
        == merge(sources(one, other)).ledger.partial
    )
    assert "2 partial runs, which do not have on record what other claims there are" == (
        merge(sources(unknown, run_of((FEW, [True] * 5), partial="x"))).ledger.partial
    )
    assert "" == merge(sources(unknown, run_of((FEW, [True] * 5)))).ledger.partial


def test_a_file_that_another_run_collected_is_not_missing():
    """A file that could not be collected is forgotten where another run has its claims."""
    path = FEW.node.partition("::")[0]
    broken = run_of((PASSES, mixed(55, 60)), uncollected=[(path, "ImportError"), ("claims/other.py", "SyntaxError")])
    merged = merge(sources(broken, run_of((FEW, [True] * 5)))).ledger

    assert [("claims/other.py", "SyntaxError")] == merged.uncollected


def test_claims_stand_in_the_order_of_their_files():
    """As in a run of all of them, whichever run they come from."""
    merged = merge(sources(run_of((FEW, [True] * 5)), run_of((PASSES, mixed(55, 60))))).ledger

    assert ["a/passes", "b/always"] == list(merged.catalogue)


def test_of_two_results_under_a_control_that_counts_which_speaks_against_the_claim():
    """One that kept its support in some run cannot fail, one that lacked it with its property planted cannot hold."""
    lost = ControlResult(UNTRAINED, Verdict.REFUTED, 0, 30, tuple(range(30)), PASSES.digest)
    kept = replace(lost, verdict=Verdict.SUPPORTED, passes=30)
    held, open_ = (replace(one, control=Control("planted", "a state that is shared")) for one in (kept, lost))
    one, other = (run_of(*WHOLE.items()) for _ in range(2))
    for which, broken, planted in ((one, kept, held), (other, lost, open_)):
        which.controls, which.planted = {"a/passes": broken}, {"a/passes": planted}

    for order in ((one, other), (other, one)):
        merged = merge(sources(*order)).ledger
        assert ({"a/passes": kept}, {"a/passes": open_}) == (merged.controls, merged.planted)
    other.planted = {"a/passes": replace(open_, digest="of another measure")}
    assert {"a/passes": held} == merge(sources(one, other)).ledger.planted
