"""A judgement: the verdict and the statistics of one claim, and the phrases that state them."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Literal

from lstm_lab.judging.criteria.intervals import RISK, Interval
from lstm_lab.text import mean_with_interval, percent, percent_interval, pluralized, signed, whole_percent

Region = tuple[float, float]  # the lowest and the highest value that a claim wants
Direction = Literal["better", "worse", "no difference", ""]  # "" where none is shown, or none is asked for


class Verdict(enum.Enum):
    """What the evidence says about a claim."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True)
class Judgement:
    """The result of a criterion on the observations of one claim.

    Attributes:
        verdict: the verdict.
        n: seeds judged.
        passes: seeds that hold, lie within the margin, or win; None where the criterion does not count them.
        rate: passes / n, of a comparison wins / untied pairs; None where no rate is judged, or no pair is untied.
        interval: of the criterion's `judged_quantity`; None without one.
        effect: mean paired difference, treatment - baseline; None without pairs.
        effect_interval: its t interval; None for a single seed.
        p_value: dual to the interval, decided means `p_value <= RISK`; None outside the statistical family.
        reason: why the verdict is what it is, one short clause; "" where the interval is the reason.
        witness: the first seed that speaks against the claim, or the first witness of `possible`.
        losses: pairs in which treatment falls behind; None where no direction is judged.
        finding: which direction a comparison shows.
        remark: what a reader must know of the arms of a comparison, a clause; "" for nothing.
    """

    verdict: Verdict
    n: int
    passes: int | None = None
    rate: float | None = None
    interval: Interval | None = None
    effect: float | None = None
    effect_interval: Interval | None = None
    p_value: float | None = None
    reason: str = ""
    witness: int | None = None
    losses: int | None = None
    finding: Direction = ""
    remark: str = ""

    @property
    def ties(self) -> int | None:
        """Pairs that neither win nor lose; None where no direction is judged."""
        return None if self.passes is None or self.losses is None else self.n - self.passes - self.losses

    @property
    def of_seeds(self) -> str:
        """`27 of 30 seeds`."""
        return f"{self.passes} of {pluralized(self.n, 'seed')}"

    @property
    def rate_of_seeds(self) -> str:
        """`of_seeds` with the pass rate and its interval, where there is one."""
        if self.rate is None or self.interval is None:
            return self.of_seeds
        interval = percent_interval(self.interval.low, self.interval.high)
        return f"{self.of_seeds} ({percent(self.rate)}; {whole_percent(self.interval.level)} interval {interval})"

    def mean_difference(self, margin: float) -> str:
        """The mean paired difference with its interval, where one of `margin` would matter."""
        if self.effect is None:
            return "no mean difference"
        if self.effect_interval is None:
            return f"mean difference {signed(self.effect)}"
        level, low, high = self.effect_interval.level, self.effect_interval.low, self.effect_interval.high
        mean, ends = mean_with_interval(self.effect, low, high, margin)
        return f"mean difference {mean}" + (f" ({whole_percent(level)} interval {ends})" if ends else "")

    def effect_and_remark(self, margin: float) -> str:
        """The mean paired difference and, after a semicolon, the remark."""
        mean = self.mean_difference(margin)
        return f"{mean}; {self.remark}" if self.remark else mean

    def wanted(self, what: str) -> str:
        """What the claim wanted, a clause to append; "" where it is supported."""
        return "" if self.verdict is Verdict.SUPPORTED else f", wanted {what}"


def verdict_of_interval(interval: Interval | None, region: Region) -> Verdict:
    """SUPPORTED inside the region, REFUTED disjoint from it, INCONCLUSIVE otherwise and without an interval."""
    lowest, highest = region
    if interval is None:
        return Verdict.INCONCLUSIVE
    if lowest <= interval.low and interval.high <= highest:
        return Verdict.SUPPORTED
    return Verdict.REFUTED if interval.high < lowest or highest < interval.low else Verdict.INCONCLUSIVE


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
