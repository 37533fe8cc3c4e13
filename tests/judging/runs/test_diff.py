"""Two runs held against each other."""

import pytest
from ledgers import entry, ledger_of, measured_on

from lstm_lab.__main__ import main
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.evidence.records import Run
from lstm_lab.judging.runs.diff import differences


def run_of(passes: int, seeds: int = 30):
    """A run of one claim that holds in the first so many seeds."""
    return ledger_of((entry("a/b", at_least(0.8), asked=seeds), [True] * passes + [False] * (seeds - passes)))


def test_the_same_evidence_has_no_differences():
    """Nothing is said where both runs show the same."""
    assert [] == list(differences(run_of(30), run_of(30)))


def test_changed_verdicts_come_before_changed_observations():
    """A verdict that moved is told with what each run found; then the seeds that differ."""
    verdict, observations = differences(run_of(30), run_of(10))

    assert verdict.startswith("verdict a/b: supported (holds with 30 of 30 seeds")
    assert "-> refuted (holds with 10 of 30 seeds" in verdict
    assert "observations a/b: 20 seeds of 30 differ, seeds 10 to 29" == observations


def test_versions_claims_and_seeds_that_differ_are_named():
    """What only one of the runs has is not compared, but told."""
    one, other = run_of(30), ledger_of((entry("c/d", at_least(0.8)), [True] * 30))
    one.versions, other.versions = {"keras": "3.14.0"}, {"keras": "3.15.1"}

    assert [
        "version keras: 3.14.0 -> 3.15.1",
        "claim a/b: only in the first",
        "claim c/d: only in the second",
    ] == list(differences(one, other))
    assert ["seeds a/b: 20 in the first, 30 in the second, 20 in both"] == list(
        differences(run_of(20, 20), run_of(30, 30))
    )


def test_claims_measured_on_other_experiments_are_named():
    """The same observations of another experiment are other evidence."""
    one, other = measured_on(run_of(30), "before"), measured_on(run_of(30), "after")

    assert ["experiments a/b: not the same in both"] == list(differences(one, other))
    assert [] == list(differences(one, run_of(30))), "one that names none is not known to differ"


@pytest.mark.parametrize(("passes", "status"), [(30, 0), (29, 1)], ids=["same", "different"])
def test_diff_says_so_in_its_exit_status(passes, status, tmp_path, capsys):
    """As `diff` does: 0 without differences, 1 with."""
    for name, passed in (("one", 30), ("other", passes)):
        ledger, kept = run_of(passed), run_of(passed)
        kept.observations.clear()
        kept.keep(tmp_path / f"{name}.jsonl")
        for observation in ledger.observations.values():
            kept.add(observation)
        kept.close(Run("2025-01-02T03:04:05+00:00", 1.0, "pytest", "abc1234"))

    assert status == main(["diff", str(tmp_path / "one.jsonl"), str(tmp_path / "other.jsonl")])
    assert ("no difference" in capsys.readouterr().out) == (status == 0)


def test_a_missing_file_is_refused(tmp_path, capsys):
    """One line, exit status 2."""
    assert 2 == main(["diff", str(tmp_path / "one.jsonl"), str(tmp_path / "other.jsonl")])
    assert capsys.readouterr().err.endswith("one.jsonl: got no such file, wanted the observations of a run\n")
