"""The criterion of a comparison: treatment is better than baseline, worse, or there is no difference.

Pairs within the margin are ties and say nothing of a direction: the sign test looks at the others, however few. Where
it shows none, most pairs may still tie, and that is a finding of its own: no difference. Each of the three has an exact
interval that is wrong in at most 2.5 %; `no difference` does not follow from a direction that was not shown.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from lstm_lab.judging.criteria.criterion import (
    Criterion,
    Pair,
    PairCriterion,
    Value,
    first_marked,
    set_number,
    split_arms,
    unmoved,
)
from lstm_lab.judging.criteria.intervals import (
    LEVEL,
    TIE,
    below_half_p,
    difference,
    mean_difference,
    pass_rate,
    pass_rate_p,
    turning_counts,
)
from lstm_lab.judging.criteria.judgement import Direction, Judgement, Region, Verdict, on_side_of, reason_open
from lstm_lab.judging.criteria.prediction import further_seeds, turning_counts_at_half
from lstm_lab.text import percent, percent_interval, whole_percent

VERDICTS: dict[Direction, Verdict] = {
    "better": Verdict.SUPPORTED,
    "worse": Verdict.REFUTED,
    "no difference": Verdict.REFUTED,
    "": Verdict.INCONCLUSIVE,
}
TOLD: dict[Direction, str] = {
    "better": "better: ",
    "worse": "worse: ",
    "no difference": "no difference, most pairs tie: ",
    "": "",
}


@dataclass(frozen=True)
class Beats(PairCriterion):
    """Treatment exceeds baseline by more than `by` in most seeds in which the two differ by more than that."""

    by: float = 0.0
    kind = "beats"

    def __post_init__(self) -> None:
        set_number(self, "by", at_least=0)

    def verdict(self, values: Sequence[Value]) -> Verdict:
        """The verdict alone, without p-value and mean difference."""
        return VERDICTS[shown(*self._wins_and_losses(values), len(values))]

    def chance_decided(self, values: Sequence[Value], total: int) -> float:
        """As the shares of wins, losses and ties to come are spread around what was seen."""
        wins, losses = self._wins_and_losses(values)
        seen = (wins, losses, len(values) - wins - losses)
        more = further_seeds([count + 0.5 for count in seen], total - len(values))
        won, untied = wins + more[:, 0], wins + losses + more[:, 0] + more[:, 1]
        most, least = turning_counts_at_half()
        decided = (won <= most[untied]) | (won >= least[untied]) | (untied <= most[total])
        return float(decided.mean())

    def decision_thresholds(self, n: int, declared: int) -> str:
        """How many wins decide where no pair ties, and how few untied pairs are no difference."""
        most, least = turning_counts(n, 0.5)
        if most < 0:
            return self._cannot_be("decided")
        return (
            f"if none ties supported with at least {least} of {n} wins, refuted with at most {most}; "
            f"with at most {most} of {n} untied and no direction no difference"
        )

    def summarize(self, judgement: Judgement) -> str:
        """Which direction is shown, wins, ties and losses, the share of wins, and the mean difference."""
        lead = f" by more than {self.by:.12g}" if self.by else ""
        counts = f"in {judgement.of_seeds}, tied in {judgement.ties}, lost in {judgement.losses}"
        share = ""
        if judgement.rate is not None and judgement.interval is not None:
            ends = percent_interval(judgement.interval.low, judgement.interval.high)
            level = whole_percent(judgement.interval.level)
            share = f" ({percent(judgement.rate)} of those that do not tie; {level} interval {ends})"
        mostly_ties = judgement.finding in ("better", "worse") and 2 * (judgement.ties or 0) > judgement.n
        direction = (
            f"{judgement.finding} where they differ, most pairs tie: " if mostly_ties else TOLD[judgement.finding]
        )
        told = f"{direction}treatment beat baseline{lead} {counts}{share}"
        return f"{told}; {judgement.effect_and_remark(self.margin)}"

    @property
    def margin(self) -> float:
        """The margin `by`."""
        return self.by

    @property
    def tie_margin(self) -> float:
        """`by` plus rounding errors: a difference must be larger to be a win."""
        return self.by + TIE

    def wanted_differences(self) -> Region:
        """All differences above `by`."""
        return self.by, math.inf

    def _demand(self) -> str:
        margin = f" by more than {self.by:.12g}" if self.by else ""
        tied = f"differ by {self.by:.12g} or less" if self.by else "are equal"
        return (
            f"treatment must win most of the pairs that differ{margin}: the whole {whole_percent(LEVEL)} interval of "
            f"its share is above 50 %; worse: the whole interval is below; no difference: neither is so, and most "
            f"pairs {tied}"
        )

    def _wins_and_losses(self, values: Sequence[Value]) -> tuple[int, int]:
        differences = [difference(*pair) for pair in cast(Sequence[Pair], values)]
        margin = self.tie_margin
        return sum(one > margin for one in differences), sum(one < -margin for one in differences)

    def _judge(self, seeds: Sequence[int], values: Sequence[Value], declared: int) -> Judgement:
        n = len(seeds)
        wins, losses = self._wins_and_losses(values)
        untied, finding = wins + losses, shown(wins, losses, n)
        of_direction = min(1.0, pass_rate_p(wins, untied, 0.5)) if untied else 1.0
        of_ties = below_half_p(untied, n)
        p_value = of_direction if finding in ("better", "worse") else of_ties if finding else min(of_direction, of_ties)
        effect, effect_interval = mean_difference(*split_arms(values))
        return Judgement(
            verdict=VERDICTS[finding],
            n=n,
            passes=wins,
            rate=wins / untied if untied else None,
            interval=pass_rate(wins, untied) if untied else None,
            effect=effect,
            effect_interval=effect_interval,
            p_value=on_side_of(p_value, VERDICTS[finding]),
            reason="most pairs tie"
            if finding == "no difference"
            else reason_open(VERDICTS[finding], n, self.smallest_decidable(), "near the bar"),
            witness=first_marked(seeds, [not self._wins_and_losses([value])[0] for value in values]),
            losses=losses,
            finding=finding,
            remark=unmoved(values),
        )


def shown(wins: int, losses: int, n: int) -> Direction:
    """What so many wins and losses of `n` pairs show."""
    untied = wins + losses
    if untied:
        of_wins = pass_rate(wins, untied)
        if of_wins.low > 0.5:
            return "better"
        if of_wins.high < 0.5:
            return "worse"
    return "no difference" if pass_rate(untied, n).high < 0.5 else ""


def beats(by: float = 0.0) -> Criterion:
    """Treatment exceeds baseline by more than `by`, in the unit of what is observed, where the two differ by more."""
    return Beats(by)
