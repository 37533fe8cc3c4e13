"""The criterion of no difference: the median paired difference inside a margin."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from lstm_lab.judging.criteria.criterion import (
    Criterion,
    Value,
    first_marked,
    paired_differences,
    set_number,
    split_arms,
)
from lstm_lab.judging.criteria.intervals import (
    EQUIVALENCE_LEVEL,
    TIE,
    mean_difference,
    median_difference,
    median_difference_p,
    seeds_to_rule_out,
)
from lstm_lab.judging.criteria.judgement import Judgement, Region, Verdict, on_side_of, reason_open, verdict_of_interval
from lstm_lab.text import difference_interval, number, pluralized, whole_percent

AGAINST_MARGIN = {
    Verdict.SUPPORTED: "inside",
    Verdict.REFUTED: "outside",
    Verdict.INCONCLUSIVE: "partly outside",
}


@dataclass(frozen=True)
class Equivalent(Criterion):
    """Treatment and baseline differ by no more than `within` in the median."""

    within: float
    kind = "equivalent"
    judges_pairs = True
    judged_quantity = "difference"
    level = EQUIVALENCE_LEVEL

    def __post_init__(self) -> None:
        set_number(self, "within", above=0)

    def verdict(self, values: Sequence[Value]) -> Verdict:
        """The verdict alone, without p-value and mean difference."""
        margin = self.tie_margin
        return verdict_of_interval(median_difference(paired_differences(values)), (-margin, margin))

    def decision_thresholds(self, n: int, declared: int) -> str:
        """How many differences beyond the margin on one side still support, and how many refute."""

        def verdict(beyond: int) -> Verdict:
            return self.verdict([(2 * self.within, 0.0)] * beyond + [(0.0, 0.0)] * (n - beyond))

        most = bisect.bisect_left(range(n + 1), True, key=lambda count: verdict(count) is not Verdict.SUPPORTED) - 1
        least = bisect.bisect_left(range(n + 1), True, key=lambda count: verdict(count) is Verdict.REFUTED)
        if most < 0 or least > n:
            return self._cannot_be("decided")
        return (
            f"supported with at most {most} beyond the margin on either side, refuted with at least {least} on one side"
        )

    def summarize(self, judgement: Judgement) -> str:
        """The interval of the median difference against the margin, and the mean difference."""
        if judgement.interval is None:
            median = f"no interval of the median difference from {pluralized(judgement.n, 'seed')}"
        else:
            ends = difference_interval(judgement.interval.low, judgement.interval.high)
            where = f"{AGAINST_MARGIN[judgement.verdict]} ±{number(self.within)}"
            median = f"median of treatment − baseline {ends} ({whole_percent(self.level)} interval), {where}"
        return f"{median}; {judgement.mean_difference}"

    @property
    def tie_margin(self) -> float:
        """`within` itself, whatever its last digit: a difference of that size lies within."""
        return self.within * (1 + TIE)

    def region(self) -> Region:
        """The median difference must lie within the margin on either side."""
        return -self.within, self.within

    def _demand(self) -> str:
        return (
            f"the {whole_percent(self.level)} interval of the median paired difference lies within ±{self.within:.12g}"
        )

    def _seeds_needed(self) -> tuple[int, int]:
        n = seeds_to_rule_out(0.5, (1 - self.level) / 2)
        return n, n

    def _judge(self, seeds: Sequence[int], values: Sequence[Value], declared: int) -> Judgement:
        differences, margin = paired_differences(values), self.tie_margin
        interval = median_difference(differences)
        verdict = verdict_of_interval(interval, (-margin, margin))
        effect, effect_interval = mean_difference(*split_arms(values))
        return Judgement(
            verdict=verdict,
            n=len(seeds),
            interval=interval,
            effect=effect,
            effect_interval=effect_interval,
            p_value=on_side_of(median_difference_p(differences, margin), verdict),
            reason=reason_open(verdict, len(seeds), self.smallest_decidable(), "near the margin"),
            witness=first_marked(seeds, [abs(difference) > margin for difference in differences]),
        )


def equivalent(within: float) -> Criterion:
    """Treatment and baseline differ by no more than `within`, in the unit of what is observed."""
    return Equivalent(within)
