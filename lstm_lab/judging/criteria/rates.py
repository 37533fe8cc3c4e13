"""Criteria of the share of seeds in which a claim holds.

A verdict compares an interval with the region that a claim declared: SUPPORTED inside it, REFUTED disjoint from it,
INCONCLUSIVE otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from lstm_lab.judging.criteria.criterion import Criterion, Value, first_marked, set_number
from lstm_lab.judging.criteria.intervals import LEVEL, pass_rate, pass_rate_p, seeds_to_rule_out, turning_counts
from lstm_lab.judging.criteria.judgement import Judgement, Region, Verdict, on_side_of, reason_open, verdict_of_interval
from lstm_lab.text import percent, whole_percent


@dataclass(frozen=True)
class _PassRate(Criterion):
    """A share of seeds, whose Clopper-Pearson interval is compared with one bar."""

    p: float
    above: ClassVar[bool] = True  # whether the region lies above the bar

    def __post_init__(self) -> None:
        set_number(self, "p", above=0, below=1)

    def verdict(self, values: Sequence[Value]) -> Verdict:
        """The verdict alone, without p-value and witness."""
        return self._verdict(sum(map(bool, values)), len(values))

    def chance_decided(self, values: Sequence[Value], total: int) -> float:
        """As the share of the seeds to come is spread around what was seen: exactly, by the beta-binomial."""
        from scipy.stats import betabinom

        passes, n = sum(map(bool, values)), len(values)
        below, above = turning_counts(total, self.p)
        further = betabinom(total - n, passes + 0.5, n - passes + 0.5)
        return float(further.cdf(below - passes) + further.sf(above - passes - 1))

    def decision_thresholds(self, n: int, declared: int) -> str:
        """The largest and the smallest number of passes that end in a verdict."""
        low, high = (Verdict.REFUTED, Verdict.SUPPORTED) if self.above else (Verdict.SUPPORTED, Verdict.REFUTED)
        most, least = turning_counts(n, self.p)
        counts = {
            low: f"with at most {most} of {n} passes" if most >= 0 else "",
            high: f"with at least {least} of {n} passes" if least <= n else "",
        }
        return ", ".join(
            f"{verdict.value} {counts[verdict]}" if counts[verdict] else self._cannot_be(verdict.value)
            for verdict in (Verdict.SUPPORTED, Verdict.REFUTED)
        )

    def summarize(self, judgement: Judgement) -> str:
        """The share of seeds and, unless the claim is supported, the bar."""
        return f"holds with {judgement.rate_of_seeds}{judgement.wanted(self._told_bar())}"

    @property
    def bar(self) -> float:
        """The share `p`."""
        return self.p

    def region(self) -> Region:
        """The share must lie on the right side of the bar."""
        return (self.p, 1.0) if self.above else (0.0, self.p)

    def _demand(self) -> str:
        return (
            f"the whole {whole_percent(LEVEL)} interval of the share of seeds must be {self._told_bar()}; "
            "refuted: none of it is"
        )

    def _told_bar(self) -> str:
        return f"{percent(self.p)} or {'more' if self.above else 'less'}"

    def _verdict(self, passes: int, n: int) -> Verdict:
        return verdict_of_interval(pass_rate(passes, n), self.region())

    def _seeds_needed(self) -> tuple[int, int]:
        risk = (1 - LEVEL) / 2
        all_pass, none_passes = seeds_to_rule_out(self.p, risk), seeds_to_rule_out(1 - self.p, risk)
        return (all_pass, none_passes) if self.above else (none_passes, all_pass)

    def _judge(self, seeds: Sequence[int], values: Sequence[Value], declared: int) -> Judgement:
        n, passes = len(seeds), sum(map(bool, values))
        verdict = self._verdict(passes, n)
        return Judgement(
            verdict=verdict,
            n=n,
            passes=passes,
            rate=passes / n,
            interval=pass_rate(passes, n),
            p_value=on_side_of(pass_rate_p(passes, n, self.p), verdict),
            reason=reason_open(verdict, n, self.smallest_decidable(), "near the bar"),
            witness=first_marked(seeds, [bool(holds) is not self.above for holds in values]),
        )


class AtLeast(_PassRate):
    """The claim holds in a share `p` of seeds or more."""

    kind = "at_least"


class AtMost(_PassRate):
    """The claim holds in a share `p` of seeds or less."""

    kind = "at_most"
    above = False


def at_least(p: float) -> Criterion:
    """Holds in a share `p` of seeds or more."""
    return AtLeast(p)


def at_most(p: float) -> Criterion:
    """Holds in a share `p` of seeds or less."""
    return AtMost(p)
