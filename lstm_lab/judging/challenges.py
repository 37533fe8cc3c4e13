"""Challenges: a claim made to dispute another, both side by side, and with whom the evidence stands."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Any

from lstm_lab.judging.collection import DEFAULT_SEEDS
from lstm_lab.judging.criterion import Verdict
from lstm_lab.judging.disputes import Disputes
from lstm_lab.judging.findings import Finding
from lstm_lab.judging.notation import NONE, anchor, code, link, prose, row, standing
from lstm_lab.judging.tables import effect, interval, passes
from lstm_lab.judging.wording import found

COLUMNS = ("", "challenge", "challenged")
ALIGNMENT = (":--", ":--", ":--")


class Outcome(enum.Enum):
    """What the evidence makes of a challenge."""

    STANDS = "the challenge stands"
    WITHSTANDS = "the challenged claim withstands"
    CONTESTED = "contested, both are supported"
    NEITHER = "the evidence stands with neither, both are refuted"
    FAILS = "the challenge fails, but the challenged claim is not decided either"
    SHAKEN = "the challenged claim does not hold, but the challenge is not decided either"
    OPEN = "neither is decided"
    NOT_JUDGED = "not judged"
    ABSENT = "the challenged claim is not in this run"


OUTCOMES = {
    (Verdict.SUPPORTED, Verdict.REFUTED): Outcome.STANDS,
    (Verdict.SUPPORTED, Verdict.INCONCLUSIVE): Outcome.STANDS,
    (Verdict.REFUTED, Verdict.SUPPORTED): Outcome.WITHSTANDS,
    (Verdict.INCONCLUSIVE, Verdict.SUPPORTED): Outcome.WITHSTANDS,
    (Verdict.SUPPORTED, Verdict.SUPPORTED): Outcome.CONTESTED,
    (Verdict.REFUTED, Verdict.REFUTED): Outcome.NEITHER,
    (Verdict.REFUTED, Verdict.INCONCLUSIVE): Outcome.FAILS,
    (Verdict.INCONCLUSIVE, Verdict.REFUTED): Outcome.SHAKEN,
    (Verdict.INCONCLUSIVE, Verdict.INCONCLUSIVE): Outcome.OPEN,
}


def outcome(disputes: Disputes, challenge: str, challenged: str) -> Outcome:
    """What the evidence makes of one of `disputes.challenges`."""
    other = disputes.findings.get(challenged)
    if other is None:
        return Outcome.ABSENT
    one = disputes.findings[challenge].verdict
    return Outcome.NOT_JUDGED if one is None or other.verdict is None else OUTCOMES[one, other.verdict]


def chapter(disputes: Disputes) -> Iterator[str]:
    """Each challenge beside what it challenges, and a line with whom the evidence stands; nothing without any."""
    for challenge, challenged in disputes.challenges:
        one, other = disputes.findings[challenge], disputes.findings.get(challenged)
        yield row(COLUMNS)
        yield row(ALIGNMENT)
        there = _cells(other) if other else {"claim": code(challenged)}
        for name, cell in _cells(one).items():
            yield row((name, cell, there.get(name, NONE)))
        yield ""
        yield _conclusion(disputes, challenge, challenged)
        yield ""


def brief(disputes: Disputes) -> Iterator[str]:
    """One line for each challenge, for the terminal."""
    for challenge, challenged in disputes.challenges:
        come_to = outcome(disputes, challenge, challenged)
        yield f"{challenge} challenges {challenged}: {come_to.value}{_stronger(disputes, challenge, challenged)}"


def to_json(disputes: Disputes) -> list[dict[str, Any]]:
    """What `chapter` tells, as plain JSON values."""
    return [
        {"challenge": one, "challenged": other, "outcome": outcome(disputes, one, other).name.lower()}
        for one, other in disputes.challenges
    ]


def _cells(finding: Finding) -> dict[str, str]:
    claim, judgement = finding.entry.claim, finding.judgement
    return {
        "claim": f"[{prose(claim.statement)}](#{anchor(claim.id)})<br>{code(claim.id)}",
        "source": prose(str(claim.source)),
        "criterion": code(claim.criterion.declared()),
        "verdict": standing(finding),
        "passes / seeds": passes(finding),
        "95 % interval": NONE if judgement is None else interval(finding, judgement),
        "effect (mean difference)": NONE if judgement is None else effect(judgement),
    }


def _conclusion(disputes: Disputes, challenge: str, challenged: str) -> str:
    """With whom the evidence stands, and why."""
    come_to = outcome(disputes, challenge, challenged)
    title = f"**{come_to.value[0].upper()}{come_to.value[1:]}{_stronger(disputes, challenge, challenged)}.**"
    if come_to is Outcome.ABSENT:
        seeds = disputes.findings[challenge].entry.declared_seeds
        option = "" if seeds <= DEFAULT_SEEDS else f" --seeds {seeds}"
        return f"{title} {code(f'pytest claims/ --claim {challenge}{option}')} measures both."
    one, other = disputes.findings[challenge], disputes.findings[challenged]
    why = f"{link(challenge)} {_is(one)}: {found(one)}. {link(challenged)} {_is(other)}: {found(other)}."
    if come_to is Outcome.CONTESTED:
        why += " One of the two says more than it measures, or they can hold together."
    return f"{title} {why}"


def _stronger(disputes: Disputes, challenge: str, challenged: str) -> str:
    """Of a contested challenge, which side has the stronger evidence; "" of any other."""
    if challenged not in disputes.contested(challenge):
        return ""
    whose = {challenge: "the challenge", challenged: "the challenged claim"}
    return f", {whose.get(disputes.stronger(challenge, challenged), 'neither')} more strongly"


def _is(finding: Finding) -> str:
    return f"is {finding.verdict.value}" if finding.verdict else "is not judged"
