"""Runs that are not the same measurement are not united: versions, claims and seeds are refused by name."""

from dataclasses import replace

import pytest
from ledgers import RUN, entry, measured_on, mixed
from parts import FEW, PASSES, run_of, sources

from lstm_lab.judging.criteria.judgement import Verdict
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.evidence.records import EvidenceError, Observation
from lstm_lab.judging.runs.merge import merge
from lstm_lab.judging.verdicts.findings import Status, judge


def test_one_seed_observed_twice_must_show_the_same():
    """A claim of which they differ is refused, with seed, both observations and what to do; the others are united."""
    differs = mixed(55, 60)
    differs[7] = not differs[7]
    both = sources(run_of((PASSES, mixed(55, 60)), (FEW, [True] * 5)), run_of((PASSES, differs), (FEW, [True] * 5)))
    merged = merge(both)

    assert merged.refused[0].startswith(
        f"claim a/passes, seed 7: got {not differs[7]} in one.jsonl, {differs[7]} in other.jsonl, wanted the same"
    )
    assert [Status.ERROR, Status.NEW] == [finding.status for finding in judge(merged.ledger)]
    assert 5 == len(merged.ledger.observations)


def test_the_first_file_counts_where_that_is_asked_for():
    """What is timed is never twice the same: on request the first file's observation is taken, and that is told."""
    differs = mixed(55, 60)
    differs[7] = not differs[7]
    first, second = run_of((PASSES, mixed(55, 60))), run_of((PASSES, differs))
    merged = merge(sources(first, second), first_counts=True)

    assert judge(first) == judge(merged.ledger)
    assert () == merged.refused
    assert ("a/passes, seed 7: not the same in every run, the first file counts",) == merged.notes


def test_observations_of_other_experiments_are_not_united():
    """A claim whose own file is the same is refused all the same; another claim of the runs is united."""
    runs = [run_of((PASSES, mixed(55, 60)), (FEW, [True] * 5), seeds=seeds) for seeds in (range(30), range(30, 60))]
    merged = merge(sources(measured_on(runs[0], "naive"), measured_on(runs[1], "other")))

    assert (
        "claim a/passes: got experiments in one.jsonl that are not those in other.jsonl, wanted one measurement; "
        "measure it again with all its seeds, or look at --side-by-side",
    ) == merged.refused
    assert [Status.ERROR, Status.NEW] == [finding.status for finding in judge(merged.ledger)]


def test_observations_that_do_not_name_their_experiments_are_united():
    """Files from before observations named any are taken as they are."""
    one, other = (run_of((PASSES, mixed(55, 60)), seeds=seeds) for seeds in (range(30), range(30, 60)))

    assert () == merge(sources(one, measured_on(other, "naive"))).refused


def test_what_is_drawn_anew_for_each_seed_is_no_other_experiment():
    """Where a test asks for another experiment with each seed, what all seeds have in common is compared."""
    one, other = (run_of((PASSES, mixed(55, 60)), seeds=seeds) for seeds in (range(30), range(30, 60)))
    for ledger in (one, other):
        for (claim, seed), observation in ledger.observations.items():
            ledger.observations[claim, seed] = replace(observation, subjects=("naive", f"drawn {seed}"))

    assert () == merge(sources(one, other)).refused


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


def test_a_version_that_a_run_does_not_tell():
    """A file from before it was recorded is held to nothing; the merged one tells what the other has."""
    one, other = (run_of((FEW, [True] * 5)) for _ in range(2))
    other.versions = {**other.versions, "XLA_FLAGS": "--xla_cpu_max_isa=AVX2"}

    assert other.versions == merge(sources(one, other)).ledger.versions


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
    refused, kept = judge(merged.ledger)

    assert line.startswith("claim a/passes: got at_least(0.8) with digest 1111 in one.jsonl, at_least(0.")
    assert (Status.ERROR, None) == (refused.status, refused.judgement)
    assert Verdict.SUPPORTED == kept.judgement.verdict

    mended = merge(sources(merged.ledger, run_of((other, mixed(55, 60)))))

    assert () == mended.refused
    assert [60, 5] == [finding.judgement.n for finding in judge(mended.ledger)]
