"""A criterion: the rule, declared before the first run, that turns observations into a judgement."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from typing import Any, ClassVar, Literal, cast

from lstm_lab.judging.criteria.intervals import LEVEL, difference, seeds_to_rule_out
from lstm_lab.judging.criteria.judgement import Judgement, Region, Verdict
from lstm_lab.judging.criteria.prediction import further_seeds
from lstm_lab.text import number

Pair = tuple[float, float]  # treatment, baseline
Value = bool | Pair
Facet = Literal["exact", "rate", "pair", "possibility"]

ON_MARGIN = 1e-6  # of the margin: differences so near are it, as single precision rounds
FEW_DRAWS = 100  # of a criterion that judges each draw in full


class Criterion(ABC):
    """What all criteria share. Each is a frozen dataclass whose fields are the parameters it is declared with.

    The report takes every text and number that depends on the criterion from here; no other module tests its class. A
    new criterion defines the abstract methods, overrides those in which it differs from a pass rate, and is registered.
    Its texts call the two sides of a pair `treatment` and `baseline`; where a claim has names for them, the report puts
    these in their place.

    Attributes:
        kind: the name it is declared by.
        judges_pairs: whether one observation is a pair (treatment, baseline), else whether the claim holds.
        judged_quantity: what the interval of its judgements estimates: a share of seeds, or a difference.
        level: the confidence level of that interval.
        witness_noun: what the report calls the seed that a judgement has as `witness`.
        default_seeds: seeds it takes unless the claim says otherwise; None for the default of the suite.
        decisive: the observation that decides alone, so that it is measured twice before it counts; None for none.
    """

    kind: ClassVar[str]
    judges_pairs: ClassVar[bool] = False
    judged_quantity: ClassVar[Literal["rate", "difference"]] = "rate"
    level: ClassVar[float] = LEVEL
    witness_noun: ClassVar[str] = "counterexample"
    default_seeds: ClassVar[int | None] = None
    decisive: ClassVar[bool | None] = None

    def judge(self, seeds: Sequence[int], values: Sequence[Value], declared: int) -> Judgement:
        """The verdict on `values`, one for each of `seeds` in the same order, of a claim declaring `declared` seeds."""
        if not seeds or len(seeds) != len(values):
            raise ValueError(f"{self.declared()}: got {len(values)} values for {len(seeds)} seeds, wanted one for each")
        on_margin = self._on_margin(seeds, values)
        if on_margin is not None:
            raise ValueError(
                f"{self.declared()}: got a difference of just the margin with seed {on_margin}, "
                "wanted a margin between the values that differences take"
            )
        return self._judge(seeds, values, declared)

    def verdict(self, values: Sequence[Value]) -> Verdict:
        """The verdict alone, without the rest of a judgement, of a claim that declares `len(values)` seeds."""
        return self._judge(range(len(values)), values, len(values)).verdict

    def chance_decided(self, values: Sequence[Value], total: int) -> float:
        """The chance that `total` seeds in all decide, where the first are `values` and the others are drawn from them.

        The weights of that draw are uncertain (a Bayesian bootstrap); a criterion that counts knows it exactly.
        """
        seen = Counter(values)
        kinds = list(seen)
        further = further_seeds(list(seen.values()), total - len(values), FEW_DRAWS).tolist()
        counts = Counter(map(tuple, further))
        return sum(
            times * (self.verdict(_with_further(values, kinds, drawn)) is not Verdict.INCONCLUSIVE)
            for drawn, times in counts.items()
        ) / len(further)

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

    @abstractmethod
    def decision_thresholds(self, n: int, declared: int) -> str:
        """What `n` seeds must show for a verdict on a claim that declares `declared` of them."""

    def summarize(self, judgement: Judgement) -> str:
        """The result of a judgement of this criterion, a sentence without its full stop."""
        return f"holds with {judgement.rate_of_seeds}"

    @property
    def facet(self) -> Facet:
        """What a verdict rests on: all seeds, the share of seeds, paired observations, or one witness."""
        if self.judges_pairs:
            return "pair"
        return "rate" if self.decisive is None else "possibility" if self.decisive else "exact"

    @property
    def margin(self) -> float:
        """The difference that a comparison calls none; 0 for no margin."""
        return 0.0

    @property
    def bar(self) -> float | None:
        """The share of seeds at which the verdict turns; None for a criterion without."""
        return None

    @property
    def tie_margin(self) -> float:
        """The largest absolute difference at which treatment and baseline of one seed count as tied."""
        return 0.0

    def region(self) -> Region | None:
        """The region in which the interval must lie for SUPPORTED; None for a criterion without interval."""
        return None

    def wanted_differences(self) -> Region | None:
        """The region of paired differences that the claim wants, math.inf for no bound; None for no comparison."""
        return self.region() if self.judged_quantity == "difference" else None

    def needs_replay(self, value: Value) -> bool:
        """Whether this one observation decides alone and so must be repeated before it counts."""
        return value is self.decisive

    def declared(self) -> str:
        """The criterion as a claim file declares it."""
        return f"{self.kind}({', '.join(self._parameters())})"

    def describe(self) -> str:
        """The criterion as declared and, after a colon, what it demands."""
        return f"{self.declared()}: {self._demand()}"

    def _on_margin(self, seeds: Sequence[int], values: Sequence[Value]) -> int | None:
        """The first seed whose difference is the margin, so that rounding would decide; None where there is none."""
        if not self.margin:
            return None
        off = ON_MARGIN * self.margin
        return first_marked(seeds, [abs(abs(one) - self.margin) <= off for one in paired_differences(values)])

    def _parameters(self) -> list[str]:
        """The parameters that are not at their default, as written in a claim file."""
        changed = {f.name: vars(self)[f.name] for f in fields(cast(Any, self)) if vars(self)[f.name] != f.default}
        return [f"{value:.12g}" if name == "p" else f"{name}={value:.12g}" for name, value in changed.items()]

    def _cannot_be(self, what: str) -> str:
        """A clause: too few seeds for this verdict, and the smallest number that can end in either."""
        return f"cannot be {what} by so few, wanted {self.smallest_decidable()}"

    @abstractmethod
    def _demand(self) -> str:
        """What it demands, in words."""

    @abstractmethod
    def _seeds_needed(self) -> tuple[int, int]:
        """The smallest numbers of seeds that can end in SUPPORTED and in REFUTED."""

    @abstractmethod
    def _judge(self, seeds: Sequence[int], values: Sequence[Value], declared: int) -> Judgement: ...


def _with_further(values: Sequence[Value], kinds: Sequence[Value], drawn: Sequence[int]) -> list[Value]:
    """`values` and, of each kind, as many more as were drawn."""
    return [*values, *(kind for kind, times in zip(kinds, drawn, strict=True) for _ in range(times))]


class PairCriterion(Criterion):
    """What criteria of paired observations share whose bar is one half: of the seeds, or of those that differ."""

    judges_pairs = True

    @property
    def bar(self) -> float:
        """One half."""
        return 0.5

    def region(self) -> Region:
        """Most must be as the claim wants them."""
        return self.bar, 1.0

    def _seeds_needed(self) -> tuple[int, int]:
        n = seeds_to_rule_out(self.bar, (1 - self.level) / 2)
        return n, n


def first_marked(seeds: Sequence[int], marks: Sequence[bool]) -> int | None:
    """The first of `seeds` that is marked."""
    return next((seed for seed, mark in zip(seeds, marks, strict=True) if mark), None)


def split_arms(values: Sequence[Value]) -> tuple[list[float], list[float]]:
    """Treatments and baselines, both in the order of `values`."""
    pairs = cast(Sequence[Pair], values)
    return [treatment for treatment, _ in pairs], [baseline for _, baseline in pairs]


def paired_differences(values: Sequence[Value]) -> list[float]:
    """treatment - baseline of each pair."""
    return [difference(treatment, baseline) for treatment, baseline in cast(Sequence[Pair], values)]


def unmoved(values: Sequence[Value]) -> str:
    """Which sides are the same with every seed, and whether a share can be no higher: a clause, "" for neither."""
    if len(values) == 1:
        return ""
    treatment, baseline = split_arms(values)
    sides = {"treatment": treatment, "baseline": baseline} if treatment != baseline else {"both sides": treatment}
    are_shares = all(0 <= one <= 1 for one in [*treatment, *baseline])
    same = ", ".join(
        f"{name} {number(side[0])}{' (the most there is)' if are_shares and side[0] == 1 else ''}"
        for name, side in sides.items()
        if len(set(side)) == 1
    )
    return f"the same with every seed: {same}" if same else ""


def set_number(
    criterion: Criterion, name: str, *, above: float = -math.inf, at_least: float = -math.inf, below: float = math.inf
) -> None:
    """Make the parameter `name` a float inside its bounds, or raise ValueError with one line."""
    value = vars(criterion)[name]
    given = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    if not (above < given < below and at_least <= given):
        wanted = f"of at least {at_least:g}" if math.isfinite(at_least) else f"above {above:g}"
        wanted += f" and below {below:g}" if math.isfinite(below) else ""
        raise ValueError(f"{criterion.kind}: got {name}={value!r}, wanted a number {wanted}")
    object.__setattr__(criterion, name, given)
