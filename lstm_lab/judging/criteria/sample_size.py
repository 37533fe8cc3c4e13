"""How many seeds would decide an inconclusive claim. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_lab.judging.criteria.criterion import Criterion, Value
from lstm_lab.judging.criteria.judgement import Verdict

MOST = 3000  # seeds; larger numbers are not searched


def seeds_to_settle(criterion: Criterion, values: Sequence[Value]) -> int | None:
    """The fewest seeds that would decide a claim that `values` do not, if further seeds are distributed like them.

    `values` are repeated until the claim's own criterion decides, so the result is a multiple of their number. Every
    multiple that may decide is tried: intervals of counts move in steps, so the next larger multiple may be
    inconclusive again. None where not even `MOST` seeds would decide, as when the rate lies on the bar.
    """
    for times in criterion.candidate_repeats(values, range(2, MOST // len(values) + 1)):
        if criterion.verdict([*values] * times) is not Verdict.INCONCLUSIVE:
            return times * len(values)
    return None
