"""The criteria: from what every seed showed to a verdict, and what a number of seeds can decide.

A verdict compares an interval with the region that a claim declared: SUPPORTED inside it, REFUTED disjoint from it,
INCONCLUSIVE otherwise. `always` and `possible` decide by a single seed and stay outside the statistical family.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from lstm_lab.judging.criterion import Criterion, Judgement, Pair, Value, Verdict
from lstm_lab.judging.intervals import (
    EQUIVALENCE_LEVEL,
    LEVEL,
    RISK,
    TIE,
    mean_difference,
    median_difference,
    median_difference_p,
    pass_rate,
    pass_rate_p,
    pass_rates,
    seeds_to_rule_out,
    unseen_rate,
)

__all__ = [
    "Criterion",
    "Judgement",
    "Verdict",
    "always",
    "at_least",
    "at_most",
    "beats",
    "criterion_from_json",
    "equivalent",
    "possible",
]


@dataclass(frozen=True)
class Always(Criterion):
    """An exact property or a plain fact: one counterexample refutes, and every declared seed must agree."""

    kind = "always"
    default_seeds = 5
    decisive = False

    def _demand(self) -> str:
        return "every seed agrees; one counterexample refutes"

    def _seeds_needed(self) -> tuple[int, int]:
        return 1, 1

    def _judge(self, seeds: Sequence[int], values: Sequence[Value], declared: int) -> Judgement:
        n, passes = len(seeds), sum(map(bool, values))
        witness = _first(seeds, [not holds for holds in values])
        if witness is not None:
            verdict, reason = Verdict.REFUTED, f"seed {witness} is a counterexample"
        elif n < declared:
            verdict, reason = Verdict.INCONCLUSIVE, f"too few seeds: {n} of at least {declared}"
        else:
            verdict, reason = Verdict.SUPPORTED, ""
        return Judgement(verdict, n, passes, passes / n, reason=reason, witness=witness)


@dataclass(frozen=True)
class Possible(Criterion):
    """Something that can happen: one witness supports; without any, the upper bound of its rate may refute."""

    unless: float = 0.1
    kind = "possible"
    decisive = True

    def __post_init__(self) -> None:
        _keep_number(self, "unless", above=0, below=1)

    def smallest_decidable(self) -> int:
        """One: a single seed can be the witness."""
        return 1

    def _demand(self) -> str:
        return (
            "one replayed witness supports; refuted when there is none and the 95 % upper bound of its rate is at most "
            f"{self.unless:.12g}"
        )

    def _seeds_needed(self) -> tuple[int, int]:
        return 1, seeds_to_rule_out(1 - self.unless, RISK)

    def _judge(self, seeds: Sequence[int], values: Sequence[Value], declared: int) -> Judgement:
        n, passes = len(seeds), sum(map(bool, values))
        witness = _first(seeds, [bool(holds) for holds in values])
        if witness is not None:
            verdict, reason = Verdict.SUPPORTED, f"seed {witness} is a witness"
        elif unseen_rate(n) <= self.unless:
            verdict, reason = Verdict.REFUTED, f"no witness in {n} seeds"
        else:
            _, wanted = self._seeds_needed()
            verdict, reason = Verdict.INCONCLUSIVE, f"too few seeds: {n} of at least {wanted} without a witness"
        return Judgement(verdict, n, passes, passes / n, reason=reason, witness=witness)


class _Rate(Criterion):
    """A share of seeds, held against one bar by its Clopper-Pearson interval."""

    above: ClassVar[bool] = True  # whether the region lies above the bar

    def _bar(self) -> float:
        raise NotImplementedError

    def _passes(self, value: Value) -> bool:
        return bool(value)

    def verdict(self, values: Sequence[Value]) -> Verdict:
        """The verdict alone, from the interval alone."""
        return _compare(*pass_rate(sum(map(self._passes, values)), len(values)), *self._region())

    def promising(self, values: Sequence[Value], repeats: Sequence[int]) -> Sequence[int]:
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
        verdict = _compare(low, high, *self._region())
        effect, effect_low, effect_high = mean_difference(*_arms(values)) if self.form == "pair" else (None, None, None)
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
            p_value=_dual(pass_rate_p(passes, n, self._bar()), verdict),
            reason=_open(verdict, n, self.smallest_decidable(), "near the bar"),
            witness=_first(seeds, [one is not self.above for one in passed]),
        )


@dataclass(frozen=True)
class _PassRate(_Rate):
    p: float

    def __post_init__(self) -> None:
        _keep_number(self, "p", above=0, below=1)

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
        _keep_number(self, "by", at_least=0)

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


@dataclass(frozen=True)
class Equivalent(Criterion):
    """Treatment and control differ by no more than `within` in the median."""

    within: float
    kind = "equivalent"
    form = "pair"

    def __post_init__(self) -> None:
        _keep_number(self, "within", above=0)

    def verdict(self, values: Sequence[Value]) -> Verdict:
        """The verdict alone, from the interval alone."""
        edge = self._edge()
        return _compare(*median_difference(_differences(values)), -edge, edge)

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
        treatment, control = _arms(values)
        differences, edge = _differences(values), self._edge()
        low, high = median_difference(differences)
        verdict = _compare(low, high, -edge, edge)  # nan, of too few seeds, lies neither inside nor outside
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
            p_value=_dual(median_difference_p(differences, edge), verdict),
            reason=_open(verdict, len(seeds), self.smallest_decidable(), "near the margin"),
            witness=_first(seeds, [abs(difference) > edge for difference in differences]),
        )


def always() -> Criterion:
    """Every seed agrees; one counterexample refutes."""
    return Always()


def at_least(p: float) -> Criterion:
    """Holds in a share `p` of seeds or more."""
    return AtLeast(p)


def at_most(p: float) -> Criterion:
    """Holds in a share `p` of seeds or less."""
    return AtMost(p)


def beats(by: float = 0.0) -> Criterion:
    """Treatment exceeds control by more than `by`, in the unit of what is observed, in most seeds."""
    return Beats(by)


def equivalent(within: float) -> Criterion:
    """Treatment and control differ by no more than `within`, in the unit of what is observed."""
    return Equivalent(within)


def possible(unless: float = 0.1) -> Criterion:
    """Happens in at least one seed; refuted when its rate is shown to be at most `unless`."""
    return Possible(unless)


_KINDS: dict[str, type[Criterion]] = {one.kind: one for one in (Always, AtLeast, AtMost, Beats, Equivalent, Possible)}


def criterion_from_json(plain: dict[str, Any]) -> Criterion:
    """The criterion written by `Criterion.to_json`."""
    return _KINDS[plain["kind"]](**{name: value for name, value in plain.items() if name != "kind"})


def _compare(low: float, high: float, region_low: float, region_high: float) -> Verdict:
    if region_low <= low and high <= region_high:
        return Verdict.SUPPORTED
    return Verdict.REFUTED if high < region_low or region_high < low else Verdict.INCONCLUSIVE


def _dual(p_value: float, verdict: Verdict) -> float:
    """`p_value`, at most 1, and on the verdict's side of RISK even where rounding put it on the other."""
    if verdict is Verdict.INCONCLUSIVE:
        return min(1.0, max(p_value, RISK * (1 + 1e-12)))
    return min(p_value, RISK * (1 - 1e-12))


def _open(verdict: Verdict, n: int, wanted: int, close: str) -> str:
    """Why a verdict is INCONCLUSIVE, "" for the others."""
    if verdict is not Verdict.INCONCLUSIVE:
        return ""
    return f"too few seeds: {n} of at least {wanted}" if n < wanted else close


def _first(seeds: Sequence[int], marks: Sequence[bool]) -> int | None:
    """The first of `seeds` that is marked."""
    return next((seed for seed, mark in zip(seeds, marks, strict=True) if mark), None)


def _arms(values: Sequence[Value]) -> tuple[list[float], list[float]]:
    """Treatments and controls, both in the order of `values`."""
    pairs = cast(Sequence[Pair], values)
    return [treatment for treatment, _ in pairs], [control for _, control in pairs]


def _differences(values: Sequence[Value]) -> list[float]:
    """treatment - control of each pair."""
    return [treatment - control for treatment, control in cast(Sequence[Pair], values)]


def _keep_number(
    criterion: Criterion, name: str, *, above: float = -math.inf, at_least: float = -math.inf, below: float = math.inf
) -> None:
    """Make the parameter `name` a float inside its bounds, or raise ValueError with one line."""
    value = vars(criterion)[name]
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    if not (above < number < below and at_least <= number):
        wanted = f"of at least {at_least:g}" if math.isfinite(at_least) else f"above {above:g}"
        wanted += f" and below {below:g}" if math.isfinite(below) else ""
        raise ValueError(f"{criterion.kind}: got {name}={value!r}, wanted a number {wanted}")
    object.__setattr__(criterion, name, number)
