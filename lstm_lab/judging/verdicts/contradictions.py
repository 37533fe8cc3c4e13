"""Claims that cannot hold together, pairs of which both are supported, and the outcomes of challenges."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from lstm_lab.judging.criteria import Verdict
from lstm_lab.judging.verdicts.findings import Finding


@dataclass(frozen=True)
class Contradictions:
    """The pairs of claims that contradict each other; it is enough that one of the two declares it.

    Attributes:
        rivals: claim id -> ids of the claims it cannot hold together with, sorted.
        challenges: each challenge with the claim that it challenges, by their ids, in the order of the findings.
        findings: claim id -> finding, of the claims of this run.
    """

    rivals: dict[str, tuple[str, ...]]
    findings: dict[str, Finding]
    challenges: tuple[tuple[str, str], ...] = ()

    @classmethod
    def among(cls, findings: Sequence[Finding]) -> Contradictions:
        """The contradictions that the claims of `findings` declare."""
        rivals: dict[str, set[str]] = {}
        for finding in findings:
            claim = finding.entry.claim
            for other in {*claim.contradicts, *filter(None, [claim.challenges])}:
                rivals.setdefault(claim.id, set()).add(other)
                rivals.setdefault(other, set()).add(claim.id)
        return cls(
            {claim: tuple(sorted(others)) for claim, others in rivals.items()},
            {finding.entry.claim.id: finding for finding in findings},
            tuple(
                (claim.id, claim.challenges)
                for claim in (finding.entry.claim for finding in findings)
                if claim.challenges
            ),
        )

    def relation(self, claim: str, other: str) -> str:
        """The relation of `claim` to its rival: `Contradicts`, `Challenges` or `Is challenged by`."""
        if (claim, other) in self.challenges:
            return "Challenges"
        return "Is challenged by" if (other, claim) in self.challenges else "Contradicts"

    def contested(self, claim: str) -> tuple[str, ...]:
        """The rivals that are supported while `claim` is supported too."""
        if not self._supported(claim):
            return ()
        return tuple(other for other in self.rivals.get(claim, ()) if self._supported(other))

    def stronger(self, claim: str, other: str) -> str:
        """The id of the one of two rivals that the evidence favours, "" for neither.

        A supported claim is stronger than one that is not; of two supported ones the exact one, then the one with the
        smaller p-value.
        """
        ranks = {rival: self._rank(rival) for rival in (claim, other) if self._supported(rival)}
        if len(ranks) == 2 and ranks[claim] == ranks[other]:
            return ""
        return min(ranks, key=lambda rival: ranks[rival], default="")

    def contested_pairs(self) -> list[tuple[str, str]]:
        """Each pair of rivals of which both are supported, once, in the order of the findings."""
        pairs = ((claim, other) for claim in self.findings for other in self.contested(claim))
        return list({frozenset(pair): pair for pair in reversed(list(pairs))}.values())[::-1]

    def contested_claims(self) -> frozenset[str]:
        """Every claim that has a supported rival and is supported itself."""
        return frozenset(claim for claim in self.findings if self.contested(claim))

    def _rank(self, claim: str) -> float:
        """Of a supported claim: its p-value, -1 where the verdict is no statistical one."""
        judgement = self.findings[claim].judgement
        return -1.0 if judgement is None or judgement.p_value is None else judgement.p_value

    def _supported(self, claim: str) -> bool:
        finding = self.findings.get(claim)
        return bool(finding and finding.verdict is Verdict.SUPPORTED)


class Outcome(enum.Enum):
    """The outcome of a challenge."""

    STANDS = "the challenge stands"
    WITHSTANDS = "the challenged claim withstands"
    CONTESTED = "contested, both are supported"
    NEITHER = "neither claim is supported, both are refuted"
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


def outcome(contradictions: Contradictions, challenge: str, challenged: str) -> Outcome:
    """The outcome of one of `contradictions.challenges`."""
    other = contradictions.findings.get(challenged)
    if other is None:
        return Outcome.ABSENT
    verdict = contradictions.findings[challenge].verdict
    return Outcome.NOT_JUDGED if verdict is None or other.verdict is None else OUTCOMES[verdict, other.verdict]
