"""What further seeds would show, given what was seen: draws from the predictive distribution, always the same ones."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lstm_lab.judging.criteria.intervals import LEVEL

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 3000  # seeds; larger numbers are not searched
DRAWS = 1000  # which give a chance of 0.8 to 0.013


def further_seeds(weights: Sequence[float], more: int, draws: int = DRAWS) -> NDArray[np.int64]:
    """How many of `more` further seeds are of which kind, one row for each draw.

    Args:
        weights: of each kind, the seeds seen of it and what is believed beforehand (Dirichlet).
        more: how many further seeds.
        draws: how often.
    """
    import numpy as np

    random = np.random.default_rng(0)
    return random.multinomial(more, random.dirichlet(weights, draws))


@functools.cache
def turning_counts_at_half() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """`turning_counts` of every number of seeds up to `MOST` at the bar of one half."""
    import numpy as np
    from scipy.stats import binom

    n, risk = np.arange(MOST + 1), (1 - LEVEL) / 2
    most, least = (np.asarray(quantile(risk, n, 0.5), dtype=int) for quantile in (binom.ppf, binom.isf))
    return most - 1, least + 1
