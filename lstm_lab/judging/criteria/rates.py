"""Criteria of a share of seeds: those in which a claim holds, or in which treatment exceeds baseline.

A verdict compares an interval with the region that a claim declared: SUPPORTED inside it, REFUTED disjoint from it,
INCONCLUSIVE otherwise.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, cast

from lstm_lab.judging.criteria.criterion import Criterion, Pair, Value, first_marked, set_number, split_arms
from lstm_lab.judging.criteria.intervals import (
    LEVEL,
    TIE,
    difference,
    mean_difference,
    pass_rate,
    pass_rate_p,
    pass_rates,
    seeds_to_rule_out,
)
from lstm_lab.judging.criteria.judgement import Judgement, Region, Verdict, on_side_of, reason_open, verdict_of_interval
from lstm_lab.text import number, percent, whole_percent


class _Rate(Criterion):
    """A share of seeds, whose Clopper-Pearson interval is compared with one bar."""

    above: ClassVar[bool] = True  # whether the region lies above the bar
    pass_noun: ClassVar[str] = "passes"

    def _bar(self) -> float:
        raise NotImplementedError

    def _passes(self, value: Value) -> bool:
        return bool(value)

    def verdict(self, values: Sequence[Value]) -> Verdict:
        """The verdict alone, without p-value and mean difference."""
        return self._verdict(sum(map(self._passes, values)), len(values))

    def candidate_repeats(self, values: Sequence[Value], repeats: Sequence[int]) -> Sequence[int]:
        """The repeats with which the interval does not clearly contain the bar; all intervals in one call."""
        intervals = pass_rates(sum(map(self._passes, values)), len(values), repeats)
        return [times for times, ends in zip(repeats, intervals, strict=True) if not ends.low < self._bar() < ends.high]

    def decision_thresholds(self, n: int, declared: int) -> str:
        """The largest and the smallest number of passes that end in a verdict."""
        low, high = (Verdict.REFUTED, Verdict.SUPPORTED) if self.above else (Verdict.SUPPORTED, Verdict.REFUTED)
        # Both edges of the inconclusive counts, by bisection: the verdict changes in one direction as the passes grow.
        up_to = bisect.bisect_left(range(n + 1), True, key=lambda count: self._verdict(count, n) is not low) - 1
        since = bisect.bisect_left(range(n + 1), True, key=lambda count: self._verdict(count, n) is high)
        counts = {
            low: f"with at most {up_to} of {n} {self.pass_noun}" if up_to >= 0 else "",
            high: f"with at least {since} of {n} {self.pass_noun}" if since <= n else "",
        }
        return ", ".join(
            f"{verdict.value} {counts[verdict]}" if counts[verdict] else self._cannot_be(verdict.value)
            for verdict in (Verdict.SUPPORTED, Verdict.REFUTED)
        )

    def region(self) -> Region:
        """The share must lie on the right side of the bar."""
        return (self._bar(), 1.0) if self.above else (0.0, self._bar())

    def _verdict(self, passes: int, n: int) -> Verdict:
        return verdict_of_interval(pass_rate(passes, n), self.region())

    def _seeds_needed(self) -> tuple[int, int]:
        risk = (1 - LEVEL) / 2
        all_pass, none_passes = seeds_to_rule_out(self._bar(), risk), seeds_to_rule_out(1 - self._bar(), risk)
        return (all_pass, none_passes) if self.above else (none_passes, all_pass)

    def _judge(self, seeds: Sequence[int], values: Sequence[Value], declared: int) -> Judgement:
        passed = [self._passes(value) for value in values]
        n, passes = len(passed), sum(passed)
        verdict = self._verdict(passes, n)
        effect, effect_interval = mean_difference(*split_arms(values)) if self.judges_pairs else (None, None)
        return Judgement(
            verdict=verdict,
            n=n,
            passes=passes,
            rate=passes / n,
            interval=pass_rate(passes, n),
            effect=effect,
            effect_interval=effect_interval,
            p_value=on_side_of(pass_rate_p(passes, n, self._bar()), verdict),
            reason=reason_open(verdict, n, self.smallest_decidable(), "near the bar"),
            witness=first_marked(seeds, [holds is not self.above for holds in passed]),
        )


@dataclass(frozen=True)
class _PassRate(_Rate):
    p: float

    def __post_init__(self) -> None:
        set_number(self, "p", above=0, below=1)

    def summarize(self, judgement: Judgement) -> str:
        """The share of seeds and, unless the claim is supported, the bar."""
        bar = f"{percent(self.p)} or {'more' if self.above else 'less'}"
        return f"holds with {judgement.rate_of_seeds}{judgement.wanted(bar)}"

    def _bar(self) -> float:
        return self.p

    def _demand(self) -> str:
        side = "above" if self.above else "below"
        return f"the {whole_percent(LEVEL)} interval of the pass rate lies at or {side} {self.p:.12g}"


class AtLeast(_PassRate):
    """The claim holds in a share `p` of seeds or more."""

    kind = "at_least"


class AtMost(_PassRate):
    """The claim holds in a share `p` of seeds or less."""

    kind = "at_most"
    above = False


@dataclass(frozen=True)
class Beats(_Rate):
    """Treatment exceeds baseline by more than `by` in most seeds; a tie is not a win."""

    by: float = 0.0
    kind = "beats"
    judges_pairs = True
    pass_noun = "wins"

    def __post_init__(self) -> None:
        set_number(self, "by", at_least=0)

    def summarize(self, judgement: Judgement) -> str:
        """The share of wins, and the mean difference."""
        lead = f" by more than {number(self.by)}" if self.by else ""
        share = f"{judgement.rate_of_seeds}{judgement.wanted('more than half')}"
        return f"treatment exceeds baseline{lead} with {share}; {judgement.mean_difference}"

    @property
    def tie_margin(self) -> float:
        """`by` plus rounding errors: a difference must be larger to be a win."""
        return self.by + TIE

    def wanted_differences(self) -> Region:
        """All differences above `by`."""
        return self.by, math.inf

    def _bar(self) -> float:
        return 0.5

    def _passes(self, value: Value) -> bool:
        return difference(*cast(Pair, value)) > self.tie_margin

    def _demand(self) -> str:
        margin = f" by more than {self.by:.12g}" if self.by else ""
        return (
            f"the {whole_percent(LEVEL)} interval of the share of seeds in which treatment exceeds baseline{margin} "
            "lies above 0.5; ties are not wins"
        )


def at_least(p: float) -> Criterion:
    """Holds in a share `p` of seeds or more."""
    return AtLeast(p)


def at_most(p: float) -> Criterion:
    """Holds in a share `p` of seeds or less."""
    return AtMost(p)


def beats(by: float = 0.0) -> Criterion:
    """Treatment exceeds baseline by more than `by`, in the unit of what is observed, in most seeds."""
    return Beats(by)
