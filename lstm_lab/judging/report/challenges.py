"""Challenges: each claim that challenges another beside that one, and which of the two the evidence supports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lstm_lab.judging.claims import DEFAULT_SEEDS
from lstm_lab.judging.report.claim_tables import MEASURED, claim_link
from lstm_lab.judging.report.formatting import EMPTY_CELL, inline_code, link, repeat, row, source_line, verdict_label
from lstm_lab.judging.report.sentences import result_sentence
from lstm_lab.judging.verdicts import Contradictions, Finding, Outcome, outcome

COLUMNS = ("", "challenge", "challenged")
ALIGNMENT = (":--", ":--", ":--")


def chapter(contradictions: Contradictions) -> Iterator[str]:
    """A table of both sides for each challenge, and a line with its outcome; nothing without any challenge."""
    for challenge, challenged in contradictions.challenges:
        finding, other = contradictions.findings[challenge], contradictions.findings.get(challenged)
        yield row(COLUMNS)
        yield row(ALIGNMENT)
        other_cells = _cells(other) if other else {"claim": inline_code(challenged)}
        for name, cell in _cells(finding).items():
            yield row((name, cell, other_cells.get(name, EMPTY_CELL)))
        yield ""
        yield _conclusion(contradictions, challenge, challenged)
        yield ""


def challenge_lines(contradictions: Contradictions) -> Iterator[str]:
    """One line for each challenge, for the terminal."""
    for challenge, challenged in contradictions.challenges:
        result = outcome(contradictions, challenge, challenged)
        yield f"{challenge} challenges {challenged}: {result.value}{_stronger(contradictions, challenge, challenged)}"


def challenges_to_json(contradictions: Contradictions) -> list[dict[str, Any]]:
    """The challenges with their outcomes, as plain JSON values."""
    return [
        {
            "challenge": challenge,
            "challenged": challenged,
            "outcome": outcome(contradictions, challenge, challenged).name.lower(),
        }
        for challenge, challenged in contradictions.challenges
    ]


def _cells(finding: Finding) -> dict[str, str]:
    """One side of a challenge: its cell in each row of the table, by the row's name."""
    claim = finding.entry.claim
    return {
        "claim": claim_link(finding),
        "source": source_line(claim.source),
        "criterion": inline_code(claim.criterion.declared()),
        "verdict": verdict_label(finding),
        **{column.title: column.cell(finding) for column in MEASURED},
    }


def _conclusion(contradictions: Contradictions, challenge: str, challenged: str) -> str:
    """The outcome of a challenge, and the evidence of both sides."""
    result = outcome(contradictions, challenge, challenged)
    title = f"**{result.value[0].upper()}{result.value[1:]}{_stronger(contradictions, challenge, challenged)}.**"
    if result is Outcome.ABSENT:
        entry = contradictions.findings[challenge].entry
        command = repeat(challenge, max(entry.declared_seeds, DEFAULT_SEEDS), exploring=entry.exploring)
        return f"{title} {inline_code(command)} measures both."
    sides = [(id, contradictions.findings[id]) for id in (challenge, challenged)]
    evidence = " ".join(f"{link(id)} {_verdict_phrase(side)}: {result_sentence(side)}." for id, side in sides)
    if result is Outcome.CONTESTED:
        evidence += " One of the two says more than it measures, or they can hold together."
    return f"{title} {evidence}"


def _stronger(contradictions: Contradictions, challenge: str, challenged: str) -> str:
    """Of a contested challenge, which side has the stronger evidence; "" of any other."""
    if challenged not in contradictions.contested(challenge):
        return ""
    sides = {challenge: "the challenge", challenged: "the challenged claim"}
    return f", {sides.get(contradictions.stronger(challenge, challenged), 'neither')} more strongly"


def _verdict_phrase(finding: Finding) -> str:
    return f"is {finding.verdict.value}" if finding.verdict else "is not judged"
