"""What the criteria may get wrong, by exact enumeration, as the page `operating_characteristics.md` beside them.

    python tests/judging/criteria/characteristics.py

writes it; a test holds it to what the criteria do. Rules of equivalence that were tried are here, too, by name.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.stats import binom, multinomial, t

from lstm_lab.judging.criteria.criterion import Criterion
from lstm_lab.judging.criteria.intervals import LEVEL, turning_counts
from lstm_lab.judging.criteria.judgement import Verdict
from lstm_lab.judging.criteria.prediction import turning_counts_at_half
from lstm_lab.judging.criteria.rates import at_least, at_most

PAGE = Path(__file__).parents[3] / "lstm_lab/judging/criteria/operating_characteristics.md"
SEEDS = (10, 20, 30, 60, 100)
RISK = (1 - LEVEL) / 2

Decisions = tuple[np.ndarray, np.ndarray]  # of each outcome, whether it supports and whether it refutes


class Lattice(NamedTuple):
    """Differences of shares of `size` patterns, in steps of one pattern, and a margin of one step and a half."""

    size: int

    @property
    def name(self) -> str:
        """The step, and the margin."""
        return f"1/{self.size}, margin {1.5 / self.size:.3g}"


class Point(NamedTuple):
    """A distribution of differences, in steps: each with its probability."""

    name: str
    steps: tuple[tuple[int, float], ...]

    @property
    def share(self) -> float:
        """Of the seeds within the margin."""
        return sum(chance for step, chance in self.steps if abs(step) <= MARGIN)

    @property
    def mean(self) -> float:
        """In steps."""
        return sum(step * chance for step, chance in self.steps)


LATTICES = (Lattice(25), Lattice(23))
MARGIN = 1.5  # steps


def points(lattice: Lattice) -> list[Point]:
    """Where a verdict on equivalence is most easily wrong: the share, the mean, or both at their bar."""
    far = lattice.size
    return [
        Point("half of the seeds one step beyond the margin, on one side", ((1, 0.5), (2, 0.5))),
        Point("half of the seeds beyond, on both sides", ((0, 0.5), (2, 0.25), (-2, 0.25))),
        Point("half of the seeds far beyond, on both sides", ((0, 0.5), (far, 0.25), (-far, 0.25))),
        Point("a third up, a third down, a third equal", ((0, 1 / 3), (2, 1 / 3), (-2, 1 / 3))),
        Point("the mean at the margin, 7 of 10 equal", ((0, 0.7), (5, 0.3))),
        Point("the mean at the margin, 17 of 20 equal", ((0, 0.85), (10, 0.15))),
        Point("the mean at the margin, all but a few equal", ((0, 1 - MARGIN / far), (far, MARGIN / far))),
        Point("the mean within, 1 in 20 far down", ((1, 0.51), (5, 0.44), (-far, 0.05))),
        Point("the mean within, 1 in 10 far down", ((1, 0.51), (5, 0.39), (-far, 0.1))),
        Point("3 of 4 equal, the others far down", ((0, 0.75), (-13, 0.25))),
        Point("8 of 10 equal, 1 up, 1 down", ((0, 0.8), (3, 0.1), (-3, 0.1))),
    ]


@functools.cache
def outcomes(n: int, kinds: int) -> np.ndarray:
    """All counts of `n` seeds of two or three kinds."""
    if kinds == 2:
        return np.array([(one, n - one) for one in range(n + 1)])
    return np.array([(one, other, n - one - other) for one in range(n + 1) for other in range(n + 1 - one)])


def _of_interval(low: np.ndarray, high: np.ndarray) -> Decisions:
    return (low >= -MARGIN) & (high <= MARGIN), (low > MARGIN) | (high < -MARGIN)


def of_mean(counts: np.ndarray, steps: np.ndarray, n: int) -> Decisions:
    """By the paired t interval of the mean."""
    mean = counts @ steps / n
    variance = np.maximum(counts @ steps**2 / n - mean**2, 0) * n / (n - 1)
    reach = t.ppf(1 - RISK, n - 1) * np.sqrt(variance / n)
    return _of_interval(mean - reach, mean + reach)


def _ranked(values: np.ndarray, counts: np.ndarray, rank: int, of: int) -> Decisions:
    """By the interval between the values of this rank from below and from above, of `of` in all."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(counts[:, order], axis=1)
    low, high = (values[order][(reached >= one).argmax(axis=1)] for one in (rank, of - rank + 1))
    return _of_interval(low, high)


def of_median(counts: np.ndarray, steps: np.ndarray, n: int) -> Decisions:
    """By the exact 90 % interval of the median."""
    return _ranked(steps, counts, int(binom.ppf(0.05, n, 0.5)), n)


def of_pseudomedian(counts: np.ndarray, steps: np.ndarray, n: int) -> Decisions:
    """By the 95 % interval of Hodges and Lehmann, of the signed ranks."""
    pairs = [(one, other) for one in range(len(steps)) for other in range(one, len(steps))]
    values = np.array([(steps[one] + steps[other]) / 2 for one, other in pairs])
    each = [
        counts[:, one] * (counts[:, one] + 1) // 2 if one == other else counts[:, one] * counts[:, other]
        for one, other in pairs
    ]
    chances = np.ones(1)
    for rank in range(1, n + 1):
        with_it = np.zeros(len(chances) + rank)
        with_it[: len(chances)] += chances / 2
        with_it[rank:] += chances / 2
        chances = with_it
    rank = int(np.searchsorted(np.cumsum(chances), RISK, side="right"))
    return _ranked(values, np.stack(each, axis=1), rank, n * (n + 1) // 2)


def of_share(counts: np.ndarray, steps: np.ndarray, n: int) -> Decisions:
    """By the exact interval of the share of seeds within the margin."""
    inside = counts @ (np.abs(steps) <= MARGIN)
    most, least = turning_counts(n, 0.5)
    return inside >= least, inside <= most


def of_both(counts: np.ndarray, steps: np.ndarray, n: int) -> Decisions:
    """Supported by share and mean together, refuted by either."""
    (supports, refutes), (mean_supports, mean_refutes) = of_share(counts, steps, n), of_mean(counts, steps, n)
    return supports & mean_supports, refutes | mean_refutes


def of_guarded_share(counts: np.ndarray, steps: np.ndarray, n: int) -> Decisions:
    """As `equivalent` judges: by the share, where the mean can take support away."""
    (supports, refutes), (mean_supports, _) = of_share(counts, steps, n), of_mean(counts, steps, n)
    return supports & mean_supports, refutes


RULES: dict[str, Callable[[np.ndarray, np.ndarray, int], Decisions]] = {
    "90 % interval of the median": of_median,
    "95 % t interval of the mean (two one-sided tests)": of_mean,
    "95 % interval of Hodges and Lehmann": of_pseudomedian,
    "share of seeds": of_share,
    "share and mean, refuted by either": of_both,
    "**share, guarded by the mean: `equivalent`**": of_guarded_share,
}


def chances(rule: Callable[[np.ndarray, np.ndarray, int], Decisions], point: Point, n: int) -> tuple[float, float]:
    """The probabilities of SUPPORTED and of REFUTED, exactly."""
    counts = outcomes(n, len(point.steps))
    weights = multinomial.pmf(counts, n, [chance for _, chance in point.steps])
    supports, refutes = rule(counts, np.array([float(step) for step, _ in point.steps]), n)
    return float(weights[supports].sum()), float(weights[refutes].sum())


def worst_of_rule(rule: Callable[[np.ndarray, np.ndarray, int], Decisions]) -> tuple[float, float, float]:
    """The largest chances over all points and numbers of seeds.

    Of SUPPORTED where at most half of the seeds lie within; of REFUTED where the claim is true, most seeds and the mean
    within; and of SUPPORTED where most seeds lie within and the mean at the margin or beyond.
    """
    support = refute = biased = 0.0
    for point in (one for lattice in LATTICES for one in points(lattice)):
        for n in SEEDS:
            supported, refuted = chances(rule, point, n)
            if point.share <= 0.5:
                support = max(support, supported)
            elif abs(point.mean) >= MARGIN - 1e-9:
                biased = max(biased, supported)
            if point.share >= 0.5 and abs(point.mean) <= MARGIN + 1e-9:
                refute = max(refute, refuted)
    return support, refute, biased


def of_rate(criterion: Criterion, n: int) -> tuple[float, float]:
    """The probabilities of SUPPORTED and of REFUTED at the bar."""
    verdicts = [criterion.verdict([True] * one + [False] * (n - one)) for one in range(n + 1)]
    weights = binom.pmf(np.arange(n + 1), n, criterion.bar)
    supported, refuted = (
        float(weights[[one is wanted for one in verdicts]].sum()) for wanted in (Verdict.SUPPORTED, Verdict.REFUTED)
    )
    return supported, refuted


@functools.cache
def findings(n: int) -> np.ndarray:
    """What each of the `outcomes` of wins, losses and ties shows."""
    wins, losses, _ = outcomes(n, 3).T
    untied, (most, least) = wins + losses, turning_counts_at_half()
    no_difference = np.where(untied <= most[n], "no difference", "")
    return np.where(wins >= least[untied], "better", np.where(wins <= most[untied], "worse", no_difference))


def of_comparison(n: int, untied: float, wins: float) -> dict[str, float]:
    """The probability of each finding, where a share of pairs is untied, and of these a share are wins."""
    weights = multinomial.pmf(outcomes(n, 3), n, [untied * wins, untied * (1 - wins), 1 - untied])
    return {one: float(weights[findings(n) == one].sum()) for one in ("better", "worse", "no difference", "")}


def worst_of_comparison(n: int) -> tuple[float, float, float, float]:
    """The largest chances of `better` and `worse` without a direction, and of `no difference` where half of them tie.

    The last is that of REFUTED, for either reason, where half of the pairs or fewer tie and as many win as lose.
    """
    no_direction = [of_comparison(n, untied, 0.5) for untied in np.linspace(0.1, 1, 10)]
    half_tied = [of_comparison(n, 0.5, wins) for wins in np.linspace(0, 1, 11)]
    refuted = [of_comparison(n, untied, 0.5) for untied in np.linspace(0.5, 1, 6)]
    return (
        max(one["better"] for one in no_direction),
        max(one["worse"] for one in no_direction),
        max(one["no difference"] for one in half_tied),
        max(one["worse"] + one["no difference"] for one in refuted),
    )


HEAD = """\
# What the criteria may get wrong

Probabilities in percent, by exact enumeration of all outcomes of so many seeds; no simulation. Written by
`python tests/judging/criteria/characteristics.py`; a test holds this page to the code.

## A share of seeds

With the true share just at the bar, where both verdicts are wrong most easily: false SUPPORTED / false REFUTED.
"""
COMPARISON = """
## A comparison

The largest chance of each finding of `beats` where it is wrong: of *better* and *worse* where as many pairs win as
lose, whatever the share of ties; of *no difference* where half of the pairs tie, whatever the others do. The last row
has both ways to REFUTED together, where half of the pairs or fewer tie and as many win as lose: the one place at which
both findings are false, and the claim is not true either.
"""
EQUIVALENCE = """
## Equivalence

Differences of accuracies are multiples of 1/25 or 1/23, so these are, too; margins lie between two of them. The rules
that were tried, each with its largest chances over all rows of the next tables and all numbers of seeds:
"""
COLUMNS = (
    "rule",
    "SUPPORTED, half of the seeds or fewer within",
    "REFUTED, most seeds within and the mean, too",
    "SUPPORTED, most seeds within, the mean at the margin or beyond",
)
CHOICE = """
The first two columns are errors, and at most 2.5 % is wanted. The third is what the guard is for. It is no exact test,
as few samples show a mean that one seed in twenty moves; but it only takes support away, and so adds nothing to the
first two. To refute by the mean as well is wrong where a few seeds far away bring it back within the margin.

What `equivalent` says: SUPPORTED / REFUTED.
"""


def page() -> str:
    """The page, Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield HEAD
    bars = (at_least(0.5), at_least(0.8), at_least(0.9), at_most(0.2))
    yield from _table("criterion", [(f"`{one.declared()}`", [of_rate(one, n) for n in SEEDS]) for one in bars])
    yield COMPARISON
    names = ("better", "worse", "no difference", "worse or no difference")
    worst = zip(names, *map(worst_of_comparison, SEEDS), strict=True)
    yield from _table("finding", [(name, [(one,) for one in row]) for name, *row in worst])
    yield EQUIVALENCE
    yield f"| {' | '.join(COLUMNS)} |"
    yield "| :-- | --: | --: | --: |"
    for name, rule in RULES.items():
        yield f"| {name} | {' | '.join(map(_percent, worst_of_rule(rule)))} |"
    yield CHOICE.removesuffix("\n")
    for lattice in LATTICES:
        rows = [(one.name, [chances(of_guarded_share, one, n) for n in SEEDS]) for one in points(lattice)]
        yield f"\nSteps of {lattice.name}:\n"
        yield from _table("differences", rows)


def _table(what: str, rows: Sequence[tuple[str, Sequence[Sequence[float]]]]) -> Iterator[str]:
    yield f"| {what} | {' | '.join(f'{n} seeds' for n in SEEDS)} |"
    yield f"| :-- |{' --: |' * len(SEEDS)}"
    for name, cells in rows:
        yield f"| {name} | {' | '.join(' / '.join(map(_percent, cell)) for cell in cells)} |"


def _percent(chance: float) -> str:
    return f"{100 * chance:.1f}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
