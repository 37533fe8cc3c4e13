"""What a number of seeds can decide: where each criterion would support, refute, or leave a claim open. Pure."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence
from typing import cast

from lstm_lab.judging.criteria.criterion import Criterion, Value, Verdict
from lstm_lab.judging.criteria.equivalence import Equivalent
from lstm_lab.judging.criteria.exact import Always, Possible
from lstm_lab.judging.criteria.rates import Beats

RANK = {Verdict.REFUTED: 0, Verdict.INCONCLUSIVE: 1, Verdict.SUPPORTED: 2}


def decision_thresholds(criterion: Criterion, n: int, declared: int) -> str:
    """What `n` seeds must show for a verdict.

    Args:
        criterion: judges them.
        n: how many there are.
        declared: how many the claim takes; `always` is not supported by fewer.
    """
    match criterion:
        case Always():
            if n < declared:
                return f"cannot be supported by so few, wanted {declared}, refuted by a single one"
            return f"supported if all {n} agree, refuted by a single one" if n > 1 else "supported or refuted by it"
        case Possible():
            without = criterion.judge(range(n), [False] * n, declared)
            return f"supported by a single one, without any {without.verdict.value} ({without.reason})"
        case Equivalent():
            return _margins(criterion, n, declared)
    return _rates(criterion, n, declared)


def _rates(criterion: Criterion, n: int, declared: int) -> str:
    """From how many passes on, and up to how many, there is a verdict."""
    verdict = _verdicts(criterion, n, declared)
    rising = RANK[verdict(n)] >= RANK[verdict(0)]
    low, high = (Verdict.REFUTED, Verdict.SUPPORTED) if rising else (Verdict.SUPPORTED, Verdict.REFUTED)
    passes = "wins" if isinstance(criterion, Beats) else "passes"
    # Both edges of what is open, by bisection: the verdict changes in one direction as the passes grow.
    up_to = bisect.bisect_left(range(n + 1), True, key=lambda count: verdict(count) is not low) - 1
    since = bisect.bisect_left(range(n + 1), True, key=lambda count: verdict(count) is high)
    told = {
        low: f"with at most {up_to} of {n} {passes}" if up_to >= 0 else "",
        high: f"with at least {since} of {n} {passes}" if since <= n else "",
    }
    return ", ".join(
        f"{one.value} {told[one]}" if told[one] else _cannot(criterion, one.value)
        for one in (Verdict.SUPPORTED, Verdict.REFUTED)
    )


def _margins(criterion: Equivalent, n: int, declared: int) -> str:
    """How many differences may lie beyond the margin on one side, and how many must."""
    beyond = 2 * criterion.within

    def verdict(count: int) -> Verdict:
        return criterion.judge(range(n), [(beyond, 0.0)] * count + [(0.0, 0.0)] * (n - count), declared).verdict

    most = bisect.bisect_left(range(n + 1), True, key=lambda count: verdict(count) is not Verdict.SUPPORTED) - 1
    least = bisect.bisect_left(range(n + 1), True, key=lambda count: verdict(count) is Verdict.REFUTED)
    if most < 0 or least > n:
        return _cannot(criterion, "decided")
    return f"supported with at most {most} beyond the margin on either side, refuted with at least {least} on one side"


def _verdicts(criterion: Criterion, n: int, declared: int) -> Callable[[int], Verdict]:
    """The verdict on `n` seeds of which so many pass."""
    passes, fails = _outcomes(criterion)

    def verdict(count: int) -> Verdict:
        return criterion.judge(range(n), [passes] * count + [fails] * (n - count), declared).verdict

    return verdict


def _outcomes(criterion: Criterion) -> tuple[Value, Value]:
    """An observation that passes and one that does not."""
    if criterion.form == "holds":
        return True, False
    return (2 * cast(Beats, criterion).by + 1, 0.0), (0.0, 0.0)


def _cannot(criterion: Criterion, what: str) -> str:
    """That there are too few seeds for a verdict, and how many can end in either."""
    return f"cannot be {what} by so few, wanted {criterion.smallest_decidable()}"


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
