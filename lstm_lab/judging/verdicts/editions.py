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
    id, since = entry.claim.id, entry.first_seed
    return {
        name: Elsewhere(edition.software, recorded_judgement(entry, edition.claims[id], subjects, since=since))
        for name, edition in ledger.editions.items()
        if id in edition.claims
    }


def judgement_of_more_seeds(ledger: Ledger, entry: Entry, subjects: Set[str]) -> Judgement | None:
    """A claim by more seeds than this run has, which begin with these; None where no run had more."""
    recorded = ledger.more_seeds.get(entry.claim.id)
    if recorded is None or len(recorded.seeds) <= len(entry.seeds) or not {*entry.seeds} <= {*recorded.seeds}:
        return None
    return recorded_judgement(entry, recorded, subjects)


def recorded_judgement(
    entry: Entry, recorded: RecordedClaim, subjects: Set[str] = frozenset(), *, since: int = 0
) -> Judgement | None:
    """What the criterion says of the recorded outcomes; None where the claim, or an experiment, has changed since.

    Nor are there any where they are of seeds before `since`.
    """
    if recorded.seeds and recorded.seeds[0] < since:
        return None
    if recorded.digest != entry.digest or not compatible_ids(frozenset(recorded.subjects), subjects):
        return None
    criterion = entry.claim.criterion
    declared = entry.claim.seeds or criterion.default_seeds or len(recorded.seeds)
    try:
        return criterion.judge(recorded.seeds, recorded.outcomes, declared)
    except Exception:  # a criterion may be anyone's, and so may be the file
        return None


def with_recorded_verdicts(
    entries: Iterable[Entry], recorded: RecordedEdition | None, explored: RecordedEdition | None = None
) -> tuple[Entry, ...]:
    """The claims, each with the verdict that its recorded outcomes have in an edition as the one on record.

    Args:
        entries: the claims.
        recorded: the edition; None where there is no record of it.
        explored: the edition with the exploration seeds, None where these are measured or not on record.
    """

    def verdict(entry: Entry, edition: RecordedEdition | None, since: int = 0) -> Verdict | None:
        known = edition.claims.get(entry.claim.id) if edition else None
        judgement = recorded_judgement(entry, known, since=since) if known else None
        return judgement.verdict if judgement else None

    return tuple(
        replace(
            entry,
            claim=replace(entry.claim, expect=verdict(entry, recorded, entry.first_seed), found=None),
            explored=verdict(entry, explored),
        )
        for entry in entries
    )
