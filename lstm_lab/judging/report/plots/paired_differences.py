"""The plot of paired differences: for each comparison one stroke for each seed, with interval and margin."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lstm_lab.judging.criteria import Judgement, Region, Verdict, difference
from lstm_lab.judging.report.plots.style import COLOURS, INK, LETTER, WANTED, WIDTH, new_figure, svg
from lstm_lab.judging.report.seed_marks import MOST_MARKS
from lstm_lab.judging.verdicts import Finding
from lstm_lab.text import one_line, signed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


SIZE, PITCH = 6.5, 0.27  # points, the size of all text, and inches for each row, which has two lines beside it
TOP, BOTTOM = 0.4, 0.45  # inches
SHARE = 1.0  # the largest difference of two shares; a row with larger ones has a scale of its own
EDGE = 1.03  # the end of the axis, in units of its half
TICKS = (-1.0, -0.5, -0.2, -0.05, 0.0, 0.05, 0.2, 0.5, 1.0)
LEAST, MOST = 0.2, 0.56  # the height of the stroke of one seed and of all seeds, in rows
LINE = 0.21  # of the two lines beside a row, from its middle, in rows
DIGITS, DIGITS_OF_MANY = 4, 2  # to which positions are told apart: of many seeds, as far apart as strokes are wide
FOOT, BELOW = 0.12, 0.28  # the feet of the strokes and the interval, in rows below the middle

Row = str | Finding  # a heading, or a comparison below it


def rows(groups: Sequence[tuple[str, list[Finding]]]) -> list[Row]:
    """The rows of the plot: the claims that compare pairs, under their headings."""
    result: list[Row] = []
    for heading, findings in groups:
        members = [finding for finding in findings if finding.judgement and finding.entry.claim.criterion.judges_pairs]
        result.extend([heading, *members] if members else [])
    return result


def plot_paired_differences(name: str, title: str, groups: Sequence[tuple[str, list[Finding]]]) -> str:
    """A strip of paired differences for each comparison as SVG; "" where there is none.

    Args:
        name: of the plot.
        title: in its metadata.
        groups: headings with the findings below them, from top to bottom.
    """
    all_rows = rows(groups)
    return svg(name, title, lambda: _draw(all_rows)) if all_rows else ""


def _draw(all_rows: list[Row]) -> Figure:
    labels = [line for row in all_rows if not isinstance(row, str) for line in _lines_beside(row)]
    longest = max(map(len, labels))
    names = min(0.52 * WIDTH, longest * LETTER * SIZE / 72 + 0.15)  # inches left of the strips, for claim ids
    ends = 0.55  # inches right of the strips, for the scale of a row with its own
    body = PITCH * len(all_rows)
    height, width = TOP + body + BOTTOM, WIDTH - names - ends
    figure = new_figure(WIDTH, height)
    axes = figure.add_axes((names / WIDTH, BOTTOM / height, width / WIDTH, body / height))
    axes.set_facecolor("none")
    axes.set_xlim(-EDGE, EDGE)
    axes.set_ylim(len(all_rows) - 0.5, -0.5)
    axes.set_yticks([])
    places = [_place(tick, SHARE) for tick in TICKS]
    axes.set_xticks(places, [signed(tick) for tick in TICKS], fontsize=SIZE)
    axes.tick_params(length=2)
    axes.set_xlabel("the first side − the second", fontsize=SIZE)
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.vlines(places, -0.5, len(all_rows) - 0.5, color=INK, linewidth=0.3, alpha=0.5, zorder=0)
    axes.vlines([0], -0.5, len(all_rows) - 0.5, color=INK, linewidth=0.7, zorder=1)
    for y, row in enumerate(all_rows):
        _row(axes, y, row, margin=names / width)
    _legend(figure, 1 - 0.02 / height)
    return figure


def _row(axes: Axes, y: int, row: Row, margin: float) -> None:
    """Draw one heading or one comparison; `margin` is the width left of the axes, in widths of the axes."""
    beside: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "va": "center", "fontsize": SIZE}
    if isinstance(row, str):
        axes.text(-margin, y, row, ha="left", fontweight="bold", **beside)
        return
    judgement = row.judgement
    assert judgement is not None
    differences = [
        difference(observation.value, observation.against)
        for observation in row.observations
        if observation.value is not None and observation.against is not None
    ]
    wanted = row.entry.claim.criterion.wanted_differences()
    scale = _scale(differences, wanted)
    claim, sides = _lines_beside(row)
    axes.text(-0.01, y - LINE, claim, ha="right", **beside)
    axes.text(-0.01, y + LINE, sides, ha="right", color=INK, alpha=0.75, **beside)
    if scale > SHARE:
        axes.text(1.0, y, f"± {scale:,.0f}" if scale < 1e6 else f"± {scale:.0e}", ha="left", **beside)
    axes.hlines([y + FOOT], -EDGE, EDGE, color=INK, linewidth=0.3, alpha=0.5, zorder=0)
    if wanted is not None:
        _wanted(axes, y, wanted, scale)
    _strokes(axes, y, [_place(difference, scale) for difference in differences], COLOURS[judgement.verdict])
    _interval(axes, y, row, judgement, scale)


def _lines_beside(finding: Finding) -> tuple[str, str]:
    """The id of a claim, and what is compared."""
    return finding.entry.claim.id, " − ".join(map(one_line, finding.entry.claim.arms))


def _place(difference: float, scale: float) -> float:
    """The position of a difference on the axis: by square root, which widens it around 0, where most margins lie."""
    return math.copysign(min(EDGE, math.sqrt(abs(difference) / scale)), difference)


def _scale(differences: Sequence[float], wanted: Region | None) -> float:
    """The difference at the end of the axis: 1, or for larger ones 2, 5 or 10 times a power of ten."""
    largest = max(abs(edge) for edge in [*differences, *(wanted or ())] if math.isfinite(edge))
    if largest <= SHARE:
        return SHARE
    power = 10.0 ** math.floor(math.log10(largest))
    return next(step * power for step in (1, 2, 5, 10) if largest <= step * power)


def _wanted(axes: Axes, y: int, region: Region, scale: float) -> None:
    low, high = (_place(edge, scale) for edge in region)
    axes.barh([y], [high - low], left=[low], height=0.86, color=INK, alpha=WANTED, linewidth=0, zorder=1)


def _strokes(axes: Axes, y: int, places: Sequence[float], colour: str) -> None:
    """One stroke for each distinct position, the higher the more seeds share it; all strokes are one shape."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    counts = Counter(round(place, DIGITS if len(places) <= MOST_MARKS else DIGITS_OF_MANY) for place in places)
    ends = []
    for place, seeds in sorted(counts.items()):
        top = FOOT - LEAST - (MOST - LEAST) * seeds / len(places)
        ends += [(place, y + FOOT), (place, y + top)]
    shape = Path(ends, [Path.MOVETO, Path.LINETO] * len(counts))
    axes.add_patch(PathPatch(shape, edgecolor=colour, facecolor="none", linewidth=1.1, alpha=0.75, zorder=2))


def _interval(axes: Axes, y: int, finding: Finding, judgement: Judgement, scale: float) -> None:
    """The interval of the judged difference; without one that of the mean difference, and the mean."""
    judges_difference = finding.entry.claim.criterion.judged_quantity == "difference"
    interval = judgement.interval if judges_difference else judgement.effect_interval
    if interval is None:
        return
    ends = _place(interval.low, scale), _place(interval.high, scale)
    axes.plot(ends, [y + BELOW] * 2, "s-", color=INK, linewidth=2, markersize=2, markeredgewidth=0, zorder=3)
    if judgement.effect is not None and not judges_difference:
        axes.plot([_place(judgement.effect, scale)], [y + BELOW], "D", color=INK, markersize=3.2, markeredgewidth=0)


def _legend(figure: Figure, top: float) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    stroke: dict[str, Any] = {"linestyle": "", "marker": "|", "markersize": 7, "markeredgewidth": 1.3}
    handles: list[Any] = [
        Line2D([], [], color=COLOURS[verdict], label=f"seeds, {verdict.value}", **stroke) for verdict in Verdict
    ]
    handles.append(Line2D([], [], color=INK, linewidth=2, marker="D", markersize=3.2, label="mean and interval"))
    handles.append(Patch(color=INK, alpha=WANTED, linewidth=0, label="wanted"))
    figure.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, top), ncols=5, frameon=False, fontsize=SIZE)
