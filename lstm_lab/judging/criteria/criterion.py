"""A criterion: the rule, declared before the first run, that turns observations into a judgement."""

from __future__ import annotations

import enum
import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Literal, cast

from lstm_lab.judging.criteria.intervals import RISK

Pair = tuple[float, float]  # treatment, control
Value = bool | Pair


class Verdict(enum.Enum):
    """What the evidence says about a claim."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True)
class Judgement:
    """What a criterion made of the observations of one claim.

    Attributes:
        verdict: the verdict.
        n: seeds judged.
        passes: seeds that hold, or wins; None for `equivalent`.
        rate: passes / n.
        low: lower end of the interval of what is judged (pass rate, or median difference); None where there is none.
        high: its upper end.
        level: its confidence level.
        effect: mean paired difference, treatment - control; None without pairs.
        effect_low: lower end of its 95 % t interval; None for a single seed.
        effect_high: its upper end.
        p_value: dual to the interval, decided means `p_value <= RISK`; None outside the statistical family.
        reason: one short clause, "" where the interval says it all.
        witness: the first seed that speaks against the claim, or the first witness of `possible`.
    """

    verdict: Verdict
    n: int
    passes: int | None = None
    rate: float | None = None
    low: float | None = None
    high: float | None = None
    level: float | None = None
    effect: float | None = None
    effect_low: float | None = None
    effect_high: float | None = None
    p_value: float | None = None
    reason: str = ""
    witness: int | None = None


class Criterion(ABC):
    """What the six criteria share. Each is a frozen dataclass whose fields are the parameters it is declared with.

    Attributes:
        kind: the name it is declared by.
        form: what one observation must be: whether the claim holds, or a pair (treatment, control).
        default_seeds: seeds it takes unless the claim says otherwise; None for the default of the suite.
        decisive: the observation that decides alone, so that it is repeated before it counts; None where none does.
    """

    kind: ClassVar[str]
    form: ClassVar[Literal["holds", "pair"]] = "holds"
    default_seeds: ClassVar[int | None] = None
    decisive: ClassVar[bool | None] = None

    def judge(self, seeds: Sequence[int], values: Sequence[Value], declared: int) -> Judgement:
        """The verdict on `values`, one for each of `seeds` in the same order, of a claim declaring `declared` seeds."""
        if not seeds or len(seeds) != len(values):
            raise ValueError(f"{self.declared()}: got {len(values)} values for {len(seeds)} seeds, wanted one for each")
        return self._judge(seeds, values, declared)

    def verdict(self, values: Sequence[Value]) -> Verdict:
        """The verdict alone, of as many seeds as the claim declares: without all that a judgement says beside it."""
        return self.judge(range(len(values)), values, len(values)).verdict

    def candidate_repeats(self, values: Sequence[Value], repeats: Sequence[int]) -> Sequence[int]:
        """Those of `repeats` with which `values`, so often repeated, may be decided; none that would be is left out."""
        return repeats

    def smallest_decidable(self) -> int:
        """The smallest number of seeds that can end in SUPPORTED and in REFUTED (for `possible`: in either)."""
        return max(self._seeds_needed())

    def check(self, n: int) -> str:
        """Empty where `n` seeds can decide, else one line that names the smallest sufficient number."""
        wanted = self.smallest_decidable()
        if n >= wanted:
            return ""
        to_support, _ = self._seeds_needed()
        end = "satisfied" if n < to_support else "refuted"
        return f"{self.declared()} cannot be {end} by {n} seed{'' if n == 1 else 's'}, wanted at least {wanted}"

    def region(self) -> tuple[float, float] | None:
        """Where the interval must lie for SUPPORTED; None for a criterion without interval."""
        return self._region()

    def needs_replay(self, value: Value) -> bool:
        """Whether this one observation decides alone and so must be repeated before it counts."""
        return value is self.decisive

    def declared(self) -> str:
        """The criterion as a claim file declares it."""
        return f"{self.kind}({', '.join(self._parameters())})"

    def describe(self) -> str:
        """The criterion as declared and, after a colon, what it demands."""
        return f"{self.declared()}: {self._demand()}"

    def _parameters(self) -> list[str]:
        """The parameters that are not at their default, as written in a claim file."""
        given = {f.name: vars(self)[f.name] for f in fields(cast(Any, self)) if vars(self)[f.name] != f.default}
        return [f"{value:.12g}" if name == "p" else f"{name}={value:.12g}" for name, value in given.items()]

    def _region(self) -> tuple[float, float] | None:
        return None

    @abstractmethod
    def _demand(self) -> str:
        """What it demands, for readers."""

    @abstractmethod
    def _seeds_needed(self) -> tuple[int, int]:
        """The smallest numbers of seeds that can end in SUPPORTED and in REFUTED."""

    @abstractmethod
    def _judge(self, seeds: Sequence[int], values: Sequence[Value], declared: int) -> Judgement: ...


def verdict_of_interval(low: float, high: float, region_low: float, region_high: float) -> Verdict:
    """SUPPORTED inside the region, REFUTED disjoint from it, INCONCLUSIVE otherwise."""
    if region_low <= low and high <= region_high:
        return Verdict.SUPPORTED
    return Verdict.REFUTED if high < region_low or region_high < low else Verdict.INCONCLUSIVE


def on_side_of(p_value: float, verdict: Verdict) -> float:
    """`p_value`, at most 1, and on the verdict's side of RISK even where rounding put it on the other."""
    if verdict is Verdict.INCONCLUSIVE:
        return min(1.0, max(p_value, RISK * (1 + 1e-12)))
    return min(p_value, RISK * (1 - 1e-12))


def reason_open(verdict: Verdict, n: int, wanted: int, close: str) -> str:
    """Why a verdict is INCONCLUSIVE, "" for the others."""
    if verdict is not Verdict.INCONCLUSIVE:
        return ""
    return f"too few seeds: {n} of at least {wanted}" if n < wanted else close


def first_marked(seeds: Sequence[int], marks: Sequence[bool]) -> int | None:
    """The first of `seeds` that is marked."""
    return next((seed for seed, mark in zip(seeds, marks, strict=True) if mark), None)


def split_arms(values: Sequence[Value]) -> tuple[list[float], list[float]]:
    """Treatments and controls, both in the order of `values`."""
    pairs = cast(Sequence[Pair], values)
    return [treatment for treatment, _ in pairs], [control for _, control in pairs]


def paired_differences(values: Sequence[Value]) -> list[float]:
    """treatment - control of each pair."""
    return [treatment - control for treatment, control in cast(Sequence[Pair], values)]


def set_number(
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
