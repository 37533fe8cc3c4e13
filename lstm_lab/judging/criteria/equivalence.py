"""The criterion of no difference that matters: most seeds inside a margin, and the mean there, too.

Accuracies live on a lattice of steps as large as a margin, and now and then a seed fails altogether. Of the rules for
such differences this is the one whose verdicts are wrong in at most 2.5 %, whatever their distribution
(`operating_characteristics.md` has the figures):

- An interval of the median, or the two one-sided t tests of the mean, find 10 seeds far up, 10 far down and 10 equal
  to be no difference; so does the pseudomedian of Hodges and Lehmann, which counts on a symmetry that is not there.
- A mean alone cannot be tested exactly: one seed in twenty, far away, moves it beyond the margin, and many samples have
  none of them. To refute by the mean would be wrong in up to a third of such cases.
- The share of seeds inside the margin is a binomial one. It decides here, both ways. The mean is a guard on top: it can
  take support away, where the seeds outside the margin all lie on one side, and never gives or refutes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lstm_lab.judging.criteria.criterion import (
    Criterion,
    PairCriterion,
    Value,
    first_marked,
    paired_differences,
    set_number,
    split_arms,
    unmoved,
)
from lstm_lab.judging.criteria.intervals import (
    LEVEL,
    TIE,
    mean_difference,
    mean_inside_p,
    pass_rate,
    pass_rate_p,
    turning_counts,
)
from lstm_lab.judging.criteria.judgement import Judgement, Region, Verdict, on_side_of, reason_open, verdict_of_interval
from lstm_lab.judging.criteria.prediction import further_seeds
from lstm_lab.text import whole_percent

NEAR = {
    Verdict.SUPPORTED: "near the bar",
    Verdict.INCONCLUSIVE: "the mean may be outside the margin",
    Verdict.REFUTED: "the mean is outside the margin",
}


@dataclass(frozen=True)
class Equivalent(PairCriterion):
    """Treatment and baseline differ by no more than `within` with most seeds, and in the mean."""

    within: float
    kind = "equivalent"

    def __post_init__(self) -> None:
        set_number(self, "within", above=0)

    def chance_decided(self, values: Sequence[Value], total: int) -> float:
        """As the differences to come are drawn from those seen (a Bayesian bootstrap)."""
        import numpy as np
        from scipy.stats import t

        counts = Counter(paired_differences(values))
        differences = np.array(list(counts)) / max(self.within, *map(abs, counts))
        margin = self.tie_margin / max(self.within, *map(abs, counts))
        seen = np.array(list(counts.values()))
        drawn = seen + further_seeds(seen.tolist(), total - len(values))
        inside = drawn @ (np.abs(differences) <= margin)
        means = drawn @ differences / total
        variances = np.maximum(drawn @ differences**2 / total - means**2, 0) / (total - 1)
        reach = np.abs(means) + t.ppf((1 + LEVEL) / 2, total - 1) * np.sqrt(variances)
        most, least = turning_counts(total, 0.5)
        return float(((inside <= most) | ((inside >= least) & (reach <= margin))).mean())

    def decision_thresholds(self, n: int, declared: int) -> str:
        """How many seeds within the margin support, and how many refute."""
        most, least = turning_counts(n, 0.5)
        if most < 0:
            return self._cannot_be("decided")
        return (
            f"supported with at least {least} of {n} within the margin and the mean there, too, "
            f"refuted with at most {most} of {n} within"
        )

    def summarize(self, judgement: Judgement) -> str:
        """The share of seeds within the margin, the mean difference, and what is odd about the arms."""
        share = f"treatment and baseline lie within ±{self.within:.12g} in {judgement.rate_of_seeds}"
        return f"{share}{judgement.wanted('more than half')}; {judgement.effect_and_remark(self.margin)}"

    @property
    def margin(self) -> float:
        """The margin `within`."""
        return self.within

    @property
    def tie_margin(self) -> float:
        """`within` itself, whatever its last digit: a difference of that size lies within."""
        return self.within * (1 + TIE)

    def wanted_differences(self) -> Region:
        """Those within the margin on either side."""
        return -self.within, self.within

    def _demand(self) -> str:
        level, margin = whole_percent(LEVEL), f"{self.within:.12g}"
        return (
            f"the two must differ by {margin} or less in most seeds: the whole {level} interval of the share of such "
            f"seeds is above 50 %, and the whole interval of the mean difference is within ±{margin}; refuted: the "
            "whole interval of the share is below 50 %"
        )

    def _judge(self, seeds: Sequence[int], values: Sequence[Value], declared: int) -> Judgement:
        n, differences, margin = len(seeds), paired_differences(values), self.tie_margin
        beyond = [abs(one) > margin for one in differences]
        inside = beyond.count(False)
        interval, p_value = pass_rate(inside, n), min(1.0, pass_rate_p(inside, n, 0.5))
        effect, effect_interval = mean_difference(*split_arms(values))
        verdict, of_mean = verdict_of_interval(interval, self.region()), Verdict.SUPPORTED
        if 2 * inside > n:  # the guard, which takes support away and gives none
            of_mean = verdict_of_interval(effect_interval, (-margin, margin))
            p_value = max(p_value, mean_inside_p(differences, margin))
        if of_mean is not Verdict.SUPPORTED:
            verdict = Verdict.INCONCLUSIVE
        return Judgement(
            verdict=verdict,
            n=n,
            passes=inside,
            rate=inside / n,
            interval=interval,
            effect=effect,
            effect_interval=effect_interval,
            p_value=on_side_of(p_value, verdict),
            reason=reason_open(verdict, n, self.smallest_decidable(), NEAR[of_mean]),
            witness=first_marked(seeds, beyond),
            remark=unmoved(values),
        )


def equivalent(within: float) -> Criterion:
    """Treatment and baseline differ by no more than `within`, in the unit of what is observed."""
    return Equivalent(within)
