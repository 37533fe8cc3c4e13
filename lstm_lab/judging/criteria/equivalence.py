"""The criterion of no difference: the median paired difference inside a margin."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from lstm_lab.judging.criteria.criterion import (
    Criterion,
    Judgement,
    Value,
    Verdict,
    first_marked,
    on_side_of,
    paired_differences,
    reason_open,
    set_number,
    split_arms,
    verdict_of_interval,
)
from lstm_lab.judging.criteria.intervals import (
    EQUIVALENCE_LEVEL,
    TIE,
    mean_difference,
    median_difference,
    median_difference_p,
    seeds_to_rule_out,
)


@dataclass(frozen=True)
class Equivalent(Criterion):
    """Treatment and control differ by no more than `within` in the median."""

    within: float
    kind = "equivalent"
    form = "pair"

    def __post_init__(self) -> None:
        set_number(self, "within", above=0)

    def verdict(self, values: Sequence[Value]) -> Verdict:
        """The verdict alone, from the interval alone."""
        edge = self._edge()
        return verdict_of_interval(*median_difference(paired_differences(values)), -edge, edge)

    def _edge(self) -> float:
        return self.within * (1 + TIE)  # a difference of `within` lies within, whatever its last digit

    def _region(self) -> tuple[float, float]:
        return -self.within, self.within

    def _demand(self) -> str:
        return f"the 90 % interval of the median paired difference lies within ±{self.within:.12g}"

    def _seeds_needed(self) -> tuple[int, int]:
        n = seeds_to_rule_out(0.5, (1 - EQUIVALENCE_LEVEL) / 2)
        return n, n

    def _judge(self, seeds: Sequence[int], values: Sequence[Value], declared: int) -> Judgement:
        treatment, control = split_arms(values)
        differences, edge = paired_differences(values), self._edge()
        low, high = median_difference(differences)
        verdict = verdict_of_interval(low, high, -edge, edge)  # nan, of too few seeds, lies neither inside nor outside
        effect, effect_low, effect_high = mean_difference(treatment, control)
        return Judgement(
            verdict=verdict,
            n=len(seeds),
            low=None if math.isnan(low) else low,
            high=None if math.isnan(high) else high,
            level=EQUIVALENCE_LEVEL,
            effect=effect,
            effect_low=effect_low,
            effect_high=effect_high,
            p_value=on_side_of(median_difference_p(differences, edge), verdict),
            reason=reason_open(verdict, len(seeds), self.smallest_decidable(), "near the margin"),
            witness=first_marked(seeds, [abs(difference) > edge for difference in differences]),
        )


def equivalent(within: float) -> Criterion:
    """Treatment and control differ by no more than `within`, in the unit of what is observed."""
    return Equivalent(within)
