"""The `Run` record of merged evidence, made from those of the runs. Pure."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

from lstm_lab.judging.evidence import PROCESSOR, Facts, Run, add_facts
from lstm_lab.judging.runs.compatibility import Source
from lstm_lab.text import pluralized

EARLIER = re.compile(r"run [1-9][0-9]*")


def run_of(sources: Sequence[Source], first_counts: bool) -> Run:
    """One record of all runs: total time and counts, all commits, and a fact `run 1`, `run 2`, ... for each."""
    runs = [source.ledger.run for source in sources if source.ledger.run is not None]
    option = ["--first-counts"] if first_counts else []
    facts: Facts = {}
    lines: list[str] = []
    for source in sources:
        known = dict(source.ledger.run.facts) if source.ledger.run else {}
        earlier = [name for name in known if EARLIER.fullmatch(name)]  # it was merged itself
        facts_of_runs = [known.pop(name) for name in sorted(earlier, key=lambda name: (len(name), name))]
        lines += [line for fact in facts_of_runs if isinstance(fact, list) for line in fact] or [_line(source)]
        known.pop(PROCESSOR, None)  # it is in the line of the run
        add_facts(facts, known)
    return Run(
        started=min((run.started for run in runs), default="unknown"),
        seconds=round(sum(run.seconds for run in runs), 1),
        command=shlex.join(["python", "-m", "lstm_lab", "merge", *option, *(source.name for source in sources)]),
        commit=", ".join(dict.fromkeys(commit for run in runs for commit in run.commit.split(", ") if commit)),
        workers=max((run.workers for run in runs), default=1),
        models_trained=sum(run.models_trained for run in runs),
        models_loaded=sum(run.models_loaded for run in runs),
        facts={**facts, **{f"run {number}": [line] for number, line in enumerate(lines, start=1)}},
    )


def _line(source: Source) -> str:
    observations = pluralized(len(source.ledger.observations), "observation")
    run = source.ledger.run
    if run is None:
        return f"{source.name}: did not end, {observations}"
    where = f" on {source.processor}" if source.processor else ""
    return f"{source.name}: {run.started}, commit {run.commit or 'none'}, {run.command}, {observations}{where}"
