"""How many seeds would decide an inconclusive claim, and what looking a second time does to its error. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lstm_lab.judging.criteria.criterion import Criterion, Value
from lstm_lab.judging.criteria.intervals import turning_counts
from lstm_lab.judging.criteria.prediction import MOST

ENOUGH = 0.8  # the chance that a number of seeds must have to decide


@dataclass(frozen=True)
class SecondLook:
    """The largest chance of a wrong verdict, which is that at the bar.

    Attributes:
        once: with the seeds at hand alone.
        twice: where inconclusive claims are looked at again with more.
    """

    once: float
    twice: float


def seeds_to_settle(criterion: Criterion, values: Sequence[Value]) -> int | None:
    """The fewest seeds in all that decide, with a chance of `ENOUGH`, a claim that `values` leave open.

    The chance is a predictive one: it allows for what is not known of the share, not only for the luck of the further
    seeds. Tried are tens up to `MOST`, the larger the coarser; None where none is enough.
    """
    sizes = _sizes(len(values))
    return next((total for total in sizes if criterion.chance_decided(values, total) >= ENOUGH), None)


def second_look(criterion: Criterion, n: int, total: int) -> SecondLook | None:
    """What it does to the error to look with `n` seeds and, where they are inconclusive, again with `total` in all.

    Exact, at the bar of the criterion; None for a criterion without.
    """
    import numpy as np
    from scipy.stats import binom

    bar = criterion.bar
    if bar is None:
        return None
    (most, least), (most_in_all, least_in_all) = turning_counts(n, bar), turning_counts(total, bar)
    still_open = np.arange(most + 1, least)
    chances, further = binom.pmf(still_open, n, bar), binom(total - n, bar)
    below, above = float(binom.cdf(most, n, bar)), float(binom.sf(least - 1, n, bar))
    below_in_all = below + float(chances @ further.cdf(most_in_all - still_open))
    above_in_all = above + float(chances @ further.sf(least_in_all - still_open - 1))
    return SecondLook(max(below, above), max(below_in_all, above_in_all))


def _sizes(n: int) -> Iterator[int]:
    """Larger numbers of seeds, in tens, each at least ten and at least a tenth larger than the one before."""
    total = n
    while (total := max(total + 10, round(1.1 * total)) // 10 * 10) <= MOST:
        yield total
