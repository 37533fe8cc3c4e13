"""How many seeds would settle what is not decided. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_lab.judging.criteria.criterion import Criterion, Value
from lstm_lab.judging.criteria.judgement import Verdict

MOST = 3000  # seeds; beyond them nobody would wait for the answer


def seeds_to_settle(criterion: Criterion, values: Sequence[Value]) -> int | None:
    """The fewest seeds that would decide what `values` leave open, if the further ones turned out like them.

    They are repeated until the claim's own criterion decides, so the number is a multiple of theirs. No multiple is
    skipped that may decide: an interval moves in steps, and what one decides the next may leave open. None where not
    even `MOST` seeds would decide, as when the rate lies on the bar.
    """
    for times in criterion.candidate_repeats(values, range(2, MOST // len(values) + 1)):
        if criterion.verdict([*values] * times) is not Verdict.INCONCLUSIVE:
            return times * len(values)
    return None
