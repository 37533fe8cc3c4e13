"""Challenges: a claim made to dispute another, both side by side, and with whom the evidence stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lstm_lab.judging.claims import DEFAULT_SEEDS
from lstm_lab.judging.report.claim_tables import MEASURED, claim_link
from lstm_lab.judging.report.formatting import EMPTY_CELL, escaped, inline_code, link, row, verdict_label
from lstm_lab.judging.report.sentences import result_sentence
from lstm_lab.judging.verdicts import Contradictions, Finding, Outcome, outcome

COLUMNS = ("", "challenge", "challenged")
ALIGNMENT = (":--", ":--", ":--")


def chapter(contradictions: Contradictions) -> Iterator[str]:
    """Each challenge beside what it challenges, and a line with whom the evidence stands; nothing without any."""
    for challenge, challenged in contradictions.challenges:
        one, other = contradictions.findings[challenge], contradictions.findings.get(challenged)
        yield row(COLUMNS)
        yield row(ALIGNMENT)
        there = _cells(other) if other else {"claim": inline_code(challenged)}
        for name, cell in _cells(one).items():
            yield row((name, cell, there.get(name, EMPTY_CELL)))
        yield ""
        yield _conclusion(contradictions, challenge, challenged)
        yield ""


def challenge_lines(contradictions: Contradictions) -> Iterator[str]:
    """One line for each challenge, for the terminal."""
    for challenge, challenged in contradictions.challenges:
        come_to = outcome(contradictions, challenge, challenged)
        yield f"{challenge} challenges {challenged}: {come_to.value}{_stronger(contradictions, challenge, challenged)}"


def challenges_to_json(contradictions: Contradictions) -> list[dict[str, Any]]:
    """What `chapter` tells, as plain JSON values."""
    return [
        {"challenge": one, "challenged": other, "outcome": outcome(contradictions, one, other).name.lower()}
        for one, other in contradictions.challenges
    ]


def _cells(finding: Finding) -> dict[str, str]:
    claim = finding.entry.claim
    return {
        "claim": claim_link(finding),
        "source": escaped(str(claim.source)),
        "criterion": inline_code(claim.criterion.declared()),
        "verdict": verdict_label(finding),
        **{column.title: column.cell(finding) for column in MEASURED},
    }


def _conclusion(contradictions: Contradictions, challenge: str, challenged: str) -> str:
    """With whom the evidence stands, and why."""
    come_to = outcome(contradictions, challenge, challenged)
    title = f"**{come_to.value[0].upper()}{come_to.value[1:]}{_stronger(contradictions, challenge, challenged)}.**"
    if come_to is Outcome.ABSENT:
        seeds = contradictions.findings[challenge].entry.declared_seeds
        option = "" if seeds <= DEFAULT_SEEDS else f" --seeds {seeds}"
        return f"{title} {inline_code(f'pytest claims/ --claim {challenge}{option}')} measures both."
    one, other = contradictions.findings[challenge], contradictions.findings[challenged]
    sides = (challenge, one), (challenged, other)
    why = " ".join(f"{link(id)} {_is(side)}: {result_sentence(side)}." for id, side in sides)
    if come_to is Outcome.CONTESTED:
        why += " One of the two says more than it measures, or they can hold together."
    return f"{title} {why}"


def _stronger(contradictions: Contradictions, challenge: str, challenged: str) -> str:
    """Of a contested challenge, which side has the stronger evidence; "" of any other."""
    if challenged not in contradictions.contested(challenge):
        return ""
    whose = {challenge: "the challenge", challenged: "the challenged claim"}
    return f", {whose.get(contradictions.stronger(challenge, challenged), 'neither')} more strongly"


def _is(finding: Finding) -> str:
    return f"is {finding.verdict.value}" if finding.verdict else "is not judged"
