"""Runs united: each seed counts once, what is not the same measurement is refused by name, nothing is lost."""

import random
import re
from dataclasses import replace

import pytest
from ledgers import RUN, entry, everything, mixed, record

from lstm_lab.judging.criteria import Verdict, always, at_least, beats, equivalent
from lstm_lab.judging.evidence import Ledger
from lstm_lab.judging.findings import Standing, findings
from lstm_lab.judging.merging import Source, merge, write
from lstm_lab.judging.records import Entry, EvidenceError, Failure, Observation
from lstm_lab.judging.report import render

PASSES = replace(entry("a/passes", at_least(0.8), asked=60), digest="1111")
BEATS = replace(entry("a/beats", beats(), asked=60), digest="2222")
FEW = replace(entry("b/always", always(), asked=60), digest="3333")
EQUAL = replace(entry("b/equal", equivalent(0.1), asked=60), digest="4444")
WHOLE = {
    PASSES: mixed(55, 60),
    BEATS: [(0.5 + seed % 7 / 10, 0.7) for seed in range(60)],
    FEW: [True] * 5,
    EQUAL: [(0.1 + seed % 3 / 50, 0.1) for seed in range(60)],
}


def run_of(*evidence, seeds=range(60), run=RUN, **details) -> Ledger:
    """A run of these claims, (entry, outcome of each seed from 0 on), that selected only some of their seeds."""
    kept = [(replace(one, seeds=tuple(seed for seed in one.seeds if seed in seeds)), all) for one, all in evidence]
    ledger = Ledger({one.claim.id: one for one, _ in kept}, {"keras": "3.15.1", "scipy": "1.17.1"}, 60, **details)
    for one, outcomes in kept:
        record(ledger, one, [outcomes[seed] for seed in one.seeds])
    ledger.run = run
    return ledger


def fewer(one: Entry) -> Entry:
    """The same claim, asked for 30 seeds."""
    wanted = one.claim.seeds_wanted(30)
    return replace(one, seeds=tuple(range(wanted)), declared_seeds=wanted)


def sources(*ledgers: Ledger) -> list[Source]:
    """These runs under names of their own."""
    return [Source(f"{name}.jsonl", ledger) for name, ledger in zip(("one", "other", "third"), ledgers, strict=False)]


def by_claim(ledger: Ledger) -> dict:
    """What each claim comes to, whatever their order."""
    return {finding.entry.claim.id: finding for finding in findings(ledger)}


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

    assert findings(whole) == findings(merged.ledger)
    assert "" == merged.ledger.partial
    assert but_for_the_run(render(whole, findings(whole))) == but_for_the_run(
        render(merged.ledger, findings(merged.ledger))
    )


def test_more_seeds_after_fewer():
    """A full run with 30 seeds and one with 60: as if there had been only the second."""
    thirty = run_of(*((fewer(one), all) for one, all in WHOLE.items()))
    thirty.default_seeds = 30
    sixty = run_of(*WHOLE.items())

    merged = merge(sources(thirty, sixty)).ledger

    assert (60, findings(sixty)) == (merged.default_seeds, findings(merged))


def test_more_seeds_for_one_claim():
    """A claim that was measured with more seeds is judged with all of them, the others as they were."""
    first = run_of((fewer(PASSES), mixed(55, 60)), (entry("c/other", at_least(0.8)), mixed(30)))
    first.default_seeds = 30
    more = run_of((PASSES, mixed(55, 60)), partial="1 of 2 claims selected", left_out=("c/other",))

    merged = merge(sources(first, more)).ledger

    assert ("", 30) == (merged.partial, merged.default_seeds)
    assert [60, 30] == [finding.judgement.n for finding in findings(merged)]
    assert "; 1 claim with more.\n" in render(merged, findings(merged))


def test_merged_is_a_ledger_like_any_other(tmp_path):
    """What is written is read back as it was, with every kind of record."""
    merged = merge([Source("one.jsonl", everything()), Source("other.jsonl", everything())]).ledger
    write(merged, tmp_path / "deep" / "merged.jsonl")

    assert merged == Ledger.read(tmp_path / "deep" / "merged.jsonl")
    assert by_claim(everything()) == by_claim(merged)
    assert ["merged.jsonl"] == [path.name for path in (tmp_path / "deep").iterdir()]


def test_merging_in_steps_is_merging_at_once():
    """A merged ledger can be merged again, and says of every run that it is made of."""
    parts = [
        run_of((PASSES, mixed(55, 60)), seeds=range(first, first + 20), partial="some", left_out=())
        for first in (0, 20, 40)
    ]
    at_once = merge(sources(*parts)).ledger
    stepwise = merge([Source("both.jsonl", merge(sources(*parts[:2])).ledger), Source("third.jsonl", parts[2])]).ledger

    assert findings(at_once) == findings(stepwise)
    assert ["one.jsonl", "other.jsonl", "third.jsonl"] == [
        stepwise.run.facts[f"run {number}"][0].partition(":")[0] for number in (1, 2, 3)
    ]


def test_the_run_says_what_it_is_made_of():
    """Files, times, commits and commands are on record; times and ensembles are added."""
    late = replace(RUN, started="2025-03-04T00:00:00+00:00", commit="def5678", command="pytest claims/ --seeds 60")
    merged = merge(sources(run_of((FEW, [True] * 5), run=late), run_of((FEW, [True] * 5))))
    run = merged.ledger.run

    assert (RUN.started, 624.8, "def5678, abc1234 (modified)", 12) == (
        run.started, run.seconds, run.commit, run.models_trained,
    )  # fmt: skip
    assert "python -m lstm_lab merge one.jsonl other.jsonl" == run.command
    assert [
        "one.jsonl: 2025-03-04T00:00:00+00:00, commit def5678, pytest claims/ --seeds 60, 5 observations"
    ] == run.facts["run 1"]
    assert merged.notes[-1].startswith("commits def5678, abc1234 (modified): ")


def test_one_seed_observed_twice_must_show_the_same():
    """A claim of which they differ is refused, with seed, both observations and what to do; the others are united."""
    differs = mixed(55, 60)
    differs[7] = not differs[7]
    both = sources(run_of((PASSES, mixed(55, 60)), (FEW, [True] * 5)), run_of((PASSES, differs), (FEW, [True] * 5)))
    merged = merge(both)

    assert merged.refused[0].startswith(
        f"claim a/passes, seed 7: got {not differs[7]} in one.jsonl, {differs[7]} in other.jsonl, wanted the same"
    )
    assert [Standing.ERROR, Standing.NEW] == [finding.standing for finding in findings(merged.ledger)]
    assert 5 == len(merged.ledger.observations)


def test_the_first_file_counts_where_that_is_asked_for():
    """What is timed is never twice the same: on request the first file's observation is taken, and that is told."""
    differs = mixed(55, 60)
    differs[7] = not differs[7]
    first, second = run_of((PASSES, mixed(55, 60))), run_of((PASSES, differs))
    merged = merge(sources(first, second), first_counts=True)

    assert findings(first) == findings(merged.ledger)
    assert () == merged.refused
    assert ("a/passes, seed 7: not the same in every run, the first file counts",) == merged.notes


def test_figures_for_the_reader_count_as_well():
    """The same outcome with other figures beside it is another observation; how many there are is told."""
    one, other = run_of((FEW, [True] * 5)), run_of((FEW, [True] * 5))
    for seed in (2, 3):
        other.observations["b/always", seed] = Observation("b/always", seed, holds=True, shown={"loss": 0.25})
    (line,) = merge(sources(one, other)).refused

    assert line.startswith(
        "claim b/always, seed 2: got True in one.jsonl, True (loss 0.25) in other.jsonl (and 1 other"
    )


@pytest.mark.parametrize(("package", "refused"), [("keras", True), ("scipy", False)])
def test_versions(package, refused):
    """What a seed shows depends on Keras; SciPy judges afterwards, and may be another."""
    one, other = (run_of((FEW, [True] * 5)) for _ in range(2))
    other.versions = {**other.versions, package: "9.9"}
    if refused:
        with pytest.raises(EvidenceError, match=r"^keras: got 3.15.1 in one.jsonl, 9.9 in other.jsonl, .*side-by-side"):
            merge(sources(one, other))
    else:
        assert "1.17.1 and 9.9" == merge(sources(one, other)).ledger.versions["scipy"]


@pytest.mark.parametrize(
    "other",
    [replace(PASSES, digest="9999"), replace(entry("a/passes", at_least(0.5), asked=60), digest="1111")],
    ids=["measured otherwise", "judged otherwise"],
)
def test_another_measurement_of_a_claim_is_refused(other):
    """That claim fails by name and has no verdict; the others are united. All its seeds measured anew mend it."""
    one = run_of((PASSES, mixed(55, 60)), (FEW, [True] * 5))
    latest = replace(RUN, started="2025-09-09T00:00:00+00:00")
    merged = merge(sources(one, run_of((other, mixed(55, 60)), run=latest)))
    (line,) = merged.refused
    refused, kept = findings(merged.ledger)

    assert line.startswith("claim a/passes: got at_least(0.8) with digest 1111 in one.jsonl, at_least(0.")
    assert (Standing.ERROR, None) == (refused.standing, refused.judgement)
    assert Verdict.SUPPORTED == kept.judgement.verdict

    mended = merge(sources(merged.ledger, run_of((other, mixed(55, 60)))))

    assert () == mended.refused
    assert [60, 5] == [finding.judgement.n for finding in findings(mended.ledger)]


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
    assert Standing.INCOMPLETE == findings(merged)[0].standing


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
