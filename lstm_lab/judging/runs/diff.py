"""Two runs compared: which verdicts changed, which observations differ. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from lstm_lab.judging.evidence import Ledger, compatible_ids
from lstm_lab.judging.report import result_text
from lstm_lab.judging.verdicts import Finding, judge
from lstm_lab.text import pluralized, seed_ranges


def differences(one: Ledger, other: Ledger) -> Iterator[str]:
    """One line for each difference, verdicts first; nothing where both runs show the same."""
    yield from _versions(one, other)
    before = {finding.entry.claim.id: finding for finding in judge(one)}
    after = {finding.entry.claim.id: finding for finding in judge(other)}
    for claim in sorted(before.keys() ^ after.keys()):
        yield f"claim {claim}: only in the {'first' if claim in before else 'second'}"
    both = [claim for claim in before if claim in after]
    for claim in both:
        if _verdict(before[claim]) != _verdict(after[claim]):
            findings = before[claim], after[claim]
            verdicts = [f"{_verdict(finding)} ({result_text(finding)})" for finding in findings]
            yield f"verdict {claim}: {' -> '.join(verdicts)}"
    for claim in both:
        if not compatible_ids(before[claim].subjects, after[claim].subjects):
            yield f"experiments {claim}: not the same in both"
    for claim in both:
        yield from _observations(claim, before[claim], after[claim])


def _versions(one: Ledger, other: Ledger) -> Iterator[str]:
    for name in sorted(one.versions.keys() | other.versions.keys()):
        before, after = one.versions.get(name, "none"), other.versions.get(name, "none")
        if before != after:
            yield f"version {name}: {before} -> {after}"


def _verdict(finding: Finding) -> str:
    return finding.judgement.verdict.value if finding.judgement else "not judged"


def _observations(claim: str, one: Finding, other: Finding) -> Iterator[str]:
    """How observations of seeds of both runs differ: in outcome, or only in the values shown in the report."""
    before = {observation.seed: observation for observation in one.observations}
    after = {observation.seed: observation for observation in other.observations}
    shared = sorted(before.keys() & after.keys())
    outcomes = [seed for seed in shared if before[seed].outcome != after[seed].outcome]
    shown = [seed for seed in shared if seed not in outcomes and before[seed].shown != after[seed].shown]
    if outcomes:
        many = pluralized(len(outcomes), "seed")
        yield f"observations {claim}: {many} of {len(shared)} differ, {seed_ranges(outcomes)}"
    if shown:
        many = pluralized(len(shown), "seed")
        yield f"shown {claim}: {many} of {len(shared)} differ in figures alone, {seed_ranges(shown)}"
    if before.keys() != after.keys():
        yield f"seeds {claim}: {len(before)} in the first, {len(after)} in the second, {len(shared)} in both"
