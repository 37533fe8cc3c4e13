"""How many seeds would probably settle a claim that is not decided."""

from __future__ import annotations

from lstm_lab.judging.collection import DEFAULT_SEEDS
from lstm_lab.judging.criterion import Verdict
from lstm_lab.judging.findings import Finding

MOST = 3000  # seeds; beyond them nobody would wait for the answer


def seeds_to_settle(finding: Finding) -> int | None:
    """The fewest seeds that would decide an inconclusive claim if the further ones turned out like those measured.

    The observations are repeated until the claim's own criterion decides, so the number is a multiple of theirs. None
    where not even `MOST` seeds would decide, as when the rate lies on the bar, and where nothing is left to decide.
    """
    judgement = finding.judgement
    if judgement is None or judgement.verdict is not Verdict.INCONCLUSIVE:
        return None
    criterion, values = finding.entry.claim.criterion, [one.outcome for one in finding.observations]
    for times in range(2, MOST // len(values) + 1):
        n = times * len(values)
        if criterion.judge(range(n), values * times, n).verdict is not Verdict.INCONCLUSIVE:
            return n
    return None


def how_to_settle(finding: Finding) -> str:
    """What would probably decide the claim and how to have it run, "" where it is decided or not judged."""
    judgement, claim = finding.judgement, finding.entry.claim
    if judgement is None or judgement.verdict is not Verdict.INCONCLUSIVE:
        return ""
    wanted = seeds_to_settle(finding)
    if wanted is None:
        return f"with seeds like these not even {MOST} would settle it"
    most = claim.seeds if claim.seeds is not None else claim.criterion.default_seeds
    declared = "" if most is None or most >= wanted else f" and seeds={wanted} in its declaration"
    option = "" if wanted == DEFAULT_SEEDS else f" --seeds {wanted}"
    return (
        f"if further seeds turn out like these, {wanted} would settle it: "
        f"`pytest claims/ --claim {claim.id}{option}`{declared}"
    )
