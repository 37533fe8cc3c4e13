"""Runs to be merged: some claims with a digest each, and some of their seeds."""

from __future__ import annotations

from dataclasses import replace

from ledgers import RUN, entry, record

from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.equivalence import equivalent
from lstm_lab.judging.criteria.exact import always
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.runs.compatibility import Source

PASSES = replace(entry("a/passes", at_least(0.8), asked=60), digest="1111")
BEATS = replace(entry("a/beats", beats(), asked=60), digest="2222")
FEW = replace(entry("b/always", always(), asked=60), digest="3333")
EQUAL = replace(entry("b/equal", equivalent(0.1), asked=60), digest="4444")


def run_of(*evidence, seeds=range(60), run=RUN, **details) -> Ledger:
    """A run of these claims, (entry, outcome of each seed from 0 on), that selected only some of their seeds."""
    kept = [(replace(one, seeds=tuple(seed for seed in one.seeds if seed in seeds)), all) for one, all in evidence]
    ledger = Ledger({one.claim.id: one for one, _ in kept}, {"keras": "3.15.1", "scipy": "1.17.1"}, 60, **details)
    for one, outcomes in kept:
        record(ledger, one, [outcomes[seed] for seed in one.seeds])
    ledger.run = run
    return ledger


def sources(*ledgers: Ledger) -> list[Source]:
    """These runs under names of their own."""
    return [Source(f"{name}.jsonl", ledger) for name, ledger in zip(("one", "other", "third"), ledgers, strict=False)]
