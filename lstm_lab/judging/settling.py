"""How many seeds would probably settle a claim that is not decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lstm_lab.judging.collection import DEFAULT_SEEDS
from lstm_lab.judging.criterion import Criterion, Value, Verdict

if TYPE_CHECKING:
    from lstm_lab.judging.findings import Finding

MOST = 3000  # seeds; beyond them nobody would wait for the answer


def seeds_to_settle(criterion: Criterion, values: Sequence[Value]) -> int | None:
    """The fewest seeds that would decide what `values` leave open, if the further ones turned out like them.

    They are repeated until the claim's own criterion decides, so the number is a multiple of theirs. No multiple is
    skipped that may decide: an interval moves in steps, and what one decides the next may leave open. None where not
    even `MOST` seeds would decide, as when the rate lies on the bar.
    """
    for times in criterion.promising(values, range(2, MOST // len(values) + 1)):
        if criterion.verdict([*values] * times) is not Verdict.INCONCLUSIVE:
            return times * len(values)
    return None


def how_to_settle(finding: Finding) -> str:
    """What would probably decide the claim and how to have it run, "" where it is decided or not judged."""
    if finding.verdict is not Verdict.INCONCLUSIVE:
        return ""
    claim, wanted = finding.entry.claim, finding.seeds_to_settle
    if wanted is None:
        return f"with seeds like these not even {MOST} would settle it"
    most = claim.seeds if claim.seeds is not None else claim.criterion.default_seeds
    declared = "" if most is None or most >= wanted else f" and seeds={wanted} in its declaration"
    option = "" if wanted == DEFAULT_SEEDS else f" --seeds {wanted}"
    return (
        f"if further seeds turn out like these, {wanted} would settle it: "
        f"`pytest claims/ --claim {claim.id}{option}`{declared}"
    )
