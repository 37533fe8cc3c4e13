"""A merged run says which runs it is made of."""

from dataclasses import replace

from ledgers import RUN, mixed
from parts import FEW, PASSES, run_of, sources

from lstm_lab.judging.runs.compatibility import Source
from lstm_lab.judging.runs.merge import merge
from lstm_lab.judging.verdicts.findings import judge


def test_the_run_says_what_it_is_made_of():
    """Files, times, commits and commands are on record; times and ensembles are added."""
    late = replace(
        RUN,
        started="2025-03-04T00:00:00+00:00",
        commit="def5678",
        command="pytest claims/ --seeds 60",
        facts={"processor": ["A Fast One"]},
    )
    merged = merge(sources(run_of((FEW, [True] * 5), run=late), run_of((FEW, [True] * 5))))
    run = merged.ledger.run

    assert (RUN.started, 624.8, "def5678, abc1234 (modified)", 12) == (
        run.started, run.seconds, run.commit, run.models_trained,
    )  # fmt: skip
    assert "python -m lstm_lab merge one.jsonl other.jsonl" == run.command
    assert [
        "one.jsonl: 2025-03-04T00:00:00+00:00, commit def5678, pytest claims/ --seeds 60, 5 observations on A Fast One"
    ] == run.facts["run 1"]
    assert {"refused", "run 1", "run 2"} == run.facts.keys()
    assert merged.notes[-1].startswith("commits def5678, abc1234 (modified): ")


def test_merging_in_steps_is_merging_at_once():
    """A merged ledger can be merged again, and says of every run that it is made of."""
    parts = [
        run_of((PASSES, mixed(55, 60)), seeds=range(first, first + 20), partial="some", left_out=())
        for first in (0, 20, 40)
    ]
    at_once = merge(sources(*parts)).ledger
    stepwise = merge([Source("both.jsonl", merge(sources(*parts[:2])).ledger), Source("third.jsonl", parts[2])]).ledger

    assert judge(at_once) == judge(stepwise)
    assert ["one.jsonl", "other.jsonl", "third.jsonl"] == [
        stepwise.run.facts[f"run {number}"][0].partition(":")[0] for number in (1, 2, 3)
    ]
