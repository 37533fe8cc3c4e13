"""How merged evidence came about: the runs that it is made of, as one. Pure."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from lstm_lab.judging.evidence import PROCESSOR, Facts, Run, add_facts
from lstm_lab.judging.runs.compatibility import Source
from lstm_lab.text import pluralized


def run_of(sources: Sequence[Source], first_counts: bool) -> Run:
    """How the evidence came about: which runs it is made of."""
    runs = [source.ledger.run for source in sources if source.ledger.run is not None]
    option = ["--first-counts"] if first_counts else []
    facts: Facts = {}
    came_from: list[str] = []
    for source in sources:
        known = dict(source.ledger.run.facts) if source.ledger.run else {}
        earlier = [name for name in known if name.startswith("run ")]  # it was merged itself
        told = [known.pop(name) for name in sorted(earlier, key=lambda name: int(name.removeprefix("run ")))]
        came_from += [line for lines in told if isinstance(lines, list) for line in lines] or [_came_about(source)]
        known.pop(PROCESSOR, None)  # told with the run
        add_facts(facts, known)
    return Run(
        started=min((run.started for run in runs), default="unknown"),
        seconds=round(sum(run.seconds for run in runs), 1),
        command=shlex.join(["python", "-m", "lstm_lab", "merge", *option, *(source.name for source in sources)]),
        commit=", ".join(dict.fromkeys(commit for run in runs for commit in run.commit.split(", ") if commit)),
        workers=max((run.workers for run in runs), default=1),
        models_trained=sum(run.models_trained for run in runs),
        models_loaded=sum(run.models_loaded for run in runs),
        facts={**facts, **{f"run {number}": [line] for number, line in enumerate(came_from, start=1)}},
    )


def _came_about(source: Source) -> str:
    observations = pluralized(len(source.ledger.observations), "observation")
    run = source.ledger.run
    if run is None:
        return f"{source.name}: did not end, {observations}"
    where = f" on {source.processor}" if source.processor else ""
    return f"{source.name}: {run.started}, commit {run.commit or 'none'}, {run.command}, {observations}{where}"
