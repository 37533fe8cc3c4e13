"""Verdicts of claims in other editions of the software, judged from their recorded outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace
from typing import NamedTuple

from lstm_lab.judging.criteria import Judgement, Verdict
from lstm_lab.judging.evidence import Entry, Ledger, RecordedClaim, RecordedEdition, compatible_ids


class Elsewhere(NamedTuple):
    """A claim in another edition.

    Attributes:
        software: whose defaults the edition has.
        judgement: None where the claim has changed since.
    """

    software: str
    judgement: Judgement | None


def verdicts_elsewhere(ledger: Ledger, entry: Entry, subjects: Set[str]) -> dict[str, Elsewhere]:
    """A claim in each recorded edition that asked it, by the name of the edition.

    Args:
        ledger: with the recorded editions.
        entry: the claim.
        subjects: ids of the experiments that it was measured on in this run.
    """
    asked = ((name, edition) for name, edition in ledger.editions.items() if entry.claim.id in edition.claims)
    return {
        name: Elsewhere(edition.software, recorded_judgement(entry, edition.claims[entry.claim.id], subjects))
        for name, edition in asked
    }


def recorded_judgement(entry: Entry, recorded: RecordedClaim, subjects: Set[str] = frozenset()) -> Judgement | None:
    """What the criterion says of the recorded outcomes; None where the claim, or an experiment, has changed since."""
    if recorded.digest != entry.digest or not compatible_ids(frozenset(recorded.subjects), subjects):
        return None
    criterion = entry.claim.criterion
    declared = entry.claim.seeds or criterion.default_seeds or len(recorded.seeds)
    try:
        return criterion.judge(recorded.seeds, recorded.outcomes, declared)
    except Exception:  # a criterion may be anyone's, and so may be the file
        return None


def with_recorded_verdicts(entries: Iterable[Entry], recorded: RecordedEdition | None) -> tuple[Entry, ...]:
    """The claims, each with the verdict that its recorded outcomes have in an edition as the one on record.

    Args:
        entries: the claims.
        recorded: the edition; None where there is no record of it.
    """
    known = recorded.claims if recorded else {}

    def verdict(entry: Entry) -> Verdict | None:
        id = entry.claim.id
        judgement = recorded_judgement(entry, known[id]) if id in known else None
        return judgement.verdict if judgement else None

    return tuple(replace(entry, claim=replace(entry.claim, expect=verdict(entry))) for entry in entries)
