"""The criteria: from what every seed showed to a verdict, and what a number of seeds can decide.

A verdict compares an interval with the region that a claim declared: SUPPORTED inside it, REFUTED disjoint from it,
INCONCLUSIVE otherwise. `always` and `possible` decide by a single seed and stay outside the statistical family.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, cast

from lstm_lab.judging.criteria.criterion import (
    Criterion,
    Judgement,
    Pair,
    Value,
    Verdict,
    first_marked,
    on_side_of,
    reason_open,
    set_number,
    split_arms,
    verdict_of_interval,
)
from lstm_lab.judging.criteria.intervals import (
    LEVEL,
    TIE,
    mean_difference,
    pass_rate,
    pass_rate_p,
    pass_rates,
    seeds_to_rule_out,
)


class _Rate(Criterion):
    """A share of seeds, held against one bar by its Clopper-Pearson interval."""

    above: ClassVar[bool] = True  # whether the region lies above the bar

    def _bar(self) -> float:
        raise NotImplementedError

    def _passes(self, value: Value) -> bool:
        return bool(value)

    def verdict(self, values: Sequence[Value]) -> Verdict:
        """The verdict alone, from the interval alone."""
        return verdict_of_interval(*pass_rate(sum(map(self._passes, values)), len(values)), *self._region())

    def candidate_repeats(self, values: Sequence[Value], repeats: Sequence[int]) -> Sequence[int]:
        """Those with which the interval does not reach well over the bar: all intervals at once, in a millisecond."""
        ends = pass_rates(sum(map(self._passes, values)), len(values), repeats)
        return [times for times, (low, high) in zip(repeats, ends, strict=True) if not low < self._bar() < high]

    def _region(self) -> tuple[float, float]:
        return (self._bar(), 1.0) if self.above else (0.0, self._bar())

    def _seeds_needed(self) -> tuple[int, int]:
        risk = (1 - LEVEL) / 2
        all_pass, none_passes = seeds_to_rule_out(self._bar(), risk), seeds_to_rule_out(1 - self._bar(), risk)
        return (all_pass, none_passes) if self.above else (none_passes, all_pass)

    def _judge(self, seeds: Sequence[int], values: Sequence[Value], declared: int) -> Judgement:
        passed = [self._passes(value) for value in values]
        n, passes = len(passed), sum(passed)
        low, high = pass_rate(passes, n)
        verdict = verdict_of_interval(low, high, *self._region())
        effect, effect_low, effect_high = (
            mean_difference(*split_arms(values)) if self.form == "pair" else (None, None, None)
        )
        return Judgement(
            verdict=verdict,
            n=n,
            passes=passes,
            rate=passes / n,
            low=low,
            high=high,
            level=LEVEL,
            effect=effect,
            effect_low=effect_low,
            effect_high=effect_high,
            p_value=on_side_of(pass_rate_p(passes, n, self._bar()), verdict),
            reason=reason_open(verdict, n, self.smallest_decidable(), "near the bar"),
            witness=first_marked(seeds, [one is not self.above for one in passed]),
        )


@dataclass(frozen=True)
class _PassRate(_Rate):
    p: float

    def __post_init__(self) -> None:
        set_number(self, "p", above=0, below=1)

    def _bar(self) -> float:
        return self.p

    def _demand(self) -> str:
        return f"the 95 % interval of the pass rate lies at or {'above' if self.above else 'below'} {self.p:.12g}"


class AtLeast(_PassRate):
    """The claim holds in a share `p` of seeds or more."""

    kind = "at_least"


class AtMost(_PassRate):
    """The claim holds in a share `p` of seeds or less."""

    kind = "at_most"
    above = False


@dataclass(frozen=True)
class Beats(_Rate):
    """Treatment exceeds control by more than `by` in most seeds; a tie is not a win."""

    by: float = 0.0
    kind = "beats"
    form = "pair"

    def __post_init__(self) -> None:
        set_number(self, "by", at_least=0)

    def _bar(self) -> float:
        return 0.5

    def _passes(self, value: Value) -> bool:
        treatment, control = cast(Pair, value)
        return treatment - control > self.by + TIE

    def _demand(self) -> str:
        margin = f" by more than {self.by:.12g}" if self.by else ""
        return (
            f"the 95 % interval of the share of seeds in which treatment exceeds control{margin} lies above 0.5; "
            "ties are not wins"
        )


def at_least(p: float) -> Criterion:
    """Holds in a share `p` of seeds or more."""
    return AtLeast(p)


def at_most(p: float) -> Criterion:
    """Holds in a share `p` of seeds or less."""
    return AtMost(p)


def beats(by: float = 0.0) -> Criterion:
    """Treatment exceeds control by more than `by`, in the unit of what is observed, in most seeds."""
    return Beats(by)
