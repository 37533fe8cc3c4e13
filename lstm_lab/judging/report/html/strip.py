"""The strip of a comparison: one stroke for each seed, where its difference lies, and where the claim wants it."""

from __future__ import annotations

import math
from collections import Counter
from typing import NamedTuple

from lstm_lab.judging.criteria import difference
from lstm_lab.judging.verdicts import Finding
from lstm_lab.text import beside

WIDTH, HEIGHT = 100.0, 12.0  # in the unit of the drawing
LEAST = 4.0  # the height of the stroke of one seed; that of all seeds has `HEIGHT`
ROOM = 0.04  # of the width, on either side


class Strip(NamedTuple):
    """A strip; all positions are from 0 to `WIDTH`."""

    strokes: str  # a path
    zero: float
    wanted: tuple[float, float] | None  # from where to where
    mean: float | None
    name: str  # of the difference
    smallest: str
    largest: str


def strip(finding: Finding) -> Strip | None:
    """The strip of a claim that compares pairs; None without pairs."""
    criterion = finding.entry.claim.criterion
    observed = finding.observations if criterion.judges_pairs else ()
    values = [
        difference(one.value, one.against) for one in observed if one.value is not None and one.against is not None
    ]
    if not values:
        return None
    region = criterion.wanted_differences()
    ends = [0.0, *values, *(edge for edge in region or () if math.isfinite(edge))]
    low, high = min(ends), max(ends)
    unit = (1 - 2 * ROOM) * WIDTH / ((high - low) or 1.0)

    def place(value: float) -> float:
        return min(max(ROOM * WIDTH + unit * (value - low), 0.0), WIDTH)

    counts = Counter(round(place(value), 1) for value in values)
    strokes = "".join(
        f"M{x:g} {HEIGHT:g}v-{LEAST + (HEIGHT - LEAST) * seeds / len(values):.3g}"
        for x, seeds in sorted(counts.items())
    )
    effect = finding.judgement.effect if finding.judgement else None
    return Strip(
        strokes,
        place(0.0),
        (place(region[0]), place(region[1])) if region else None,
        None if effect is None else place(effect),
        " − ".join(finding.entry.claim.arms),
        beside(min(values), criterion.margin),
        beside(max(values), criterion.margin),
    )
