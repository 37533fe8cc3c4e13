"""The forest plot of pass rates: SVG, the same bytes for the same findings, readable on light and on dark ground."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lstm_lab.judging.criteria import Judgement, Verdict
from lstm_lab.judging.report.plots.style import COLOURS, INK, LETTER, WANTED, WIDTH, new_figure, svg
from lstm_lab.judging.verdicts import Finding

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


MARKERS = {Verdict.SUPPORTED: "o", Verdict.REFUTED: "X", Verdict.INCONCLUSIVE: "D"}
MOST_ROWS = 70  # in one column; more are set in two, in smaller type

Row = str | Finding  # a heading, or a claim below it


def rows(groups: Sequence[tuple[str, list[Finding]]]) -> list[Row]:
    """What a forest plot shows: the headings and the claims that have a pass rate."""
    found: list[Row] = []
    for heading, findings in groups:
        members = [one for one in findings if one.judgement and one.judgement.rate is not None]
        found.extend([heading, *members] if members else [])
    return found


def plot_forest(groups: Sequence[tuple[str, list[Finding]]]) -> str:
    """A forest plot of pass rates with their intervals as SVG; "" where no claim has a pass rate.

    Args:
        groups: headings with the findings below them, from top to bottom.
    """
    drawn = rows(groups)
    if not drawn:
        return ""
    return svg("pass_rates", "Pass rates", lambda: _draw(drawn))


def _draw(drawn: list[Row]) -> Figure:
    columns = _columns(drawn)
    size, pitch = (7.5, 0.19) if len(columns) == 1 else (5.5, 0.14)  # points, and inches for each row
    top, bottom = 0.4, 0.3
    height = top + bottom + pitch * max(map(len, columns))
    width = WIDTH / len(columns)
    names = min(0.6 * width, _widest(drawn) * LETTER * size / 72 + 0.2)
    figure = new_figure(WIDTH, height)
    for place, column in enumerate(columns):
        rows_height = pitch * len(column)
        left, foot = place * width + names, height - top - rows_height
        axes = figure.add_axes((left / WIDTH, foot / height, (width - names - 0.2) / WIDTH, rows_height / height))
        _column(axes, column, size, names, margin=(names - 0.05) / (width - names - 0.2))
    _legend(figure, size, 1 - 0.02 / height)
    return figure


def _columns(drawn: list[Row]) -> list[list[Row]]:
    """One column, or two of about the same length; no heading stands alone at the foot of the first."""
    if len(drawn) <= MOST_ROWS:
        return [drawn]
    half = (len(drawn) + 1) // 2
    if isinstance(drawn[half - 1], str):
        half -= 1
    return [drawn[:half], drawn[half:]]


def _widest(drawn: list[Row]) -> int:
    """The length of the longest claim id."""
    return max(len(row.entry.claim.id) for row in drawn if not isinstance(row, str))


def _column(axes: Axes, column: list[Row], size: float, names: float, margin: float) -> None:
    """Draw `column` from top to bottom, one unit of y for each row.

    Args:
        axes: for the rates.
        column: its rows.
        size: of the letters, in points.
        names: the room left of the axes, in inches; an id that is longer is set in smaller letters.
        margin: about the same in widths of the axes.
    """
    axes.set_facecolor("none")
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(len(column) - 0.5, -0.5)
    axes.set_yticks([])
    ticks = [0, 0.25, 0.5, 0.75, 1]
    axes.set_xticks(ticks, [f"{100 * tick:.0f} %" for tick in ticks], fontsize=size)
    axes.tick_params(length=2)
    axes.spines[["left", "right", "top"]].set_visible(False)
    beside: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "va": "center", "fontsize": size}
    judged: list[tuple[int, Finding, Judgement]] = []
    for y, drawn in enumerate(column):
        if isinstance(drawn, str):
            axes.text(-margin, y, _short(drawn), ha="left", fontweight="bold", **beside)
        elif drawn.judgement is not None:
            id = drawn.entry.claim.id
            fitting = (names - 0.1) * 72 / (LETTER * len(id))
            axes.text(-0.02, y, id, ha="right", **{**beside, "fontsize": min(size, fitting)})
            judged.append((y, drawn, drawn.judgement))
    axes.hlines([y for y, _, _ in judged], -0.02, 1.02, color=INK, linewidth=0.3, alpha=0.5, zorder=0)
    _wanted(axes, [(y, drawn.entry.claim.criterion.region()) for y, drawn, _ in judged])
    for verdict in Verdict:
        _rates(axes, verdict, [(y, judgement) for y, _, judgement in judged if judgement.verdict is verdict], size)


def _wanted(axes: Axes, regions: list[tuple[int, tuple[float, float] | None]]) -> None:
    """Shade where each claim wants its interval."""
    shaded = [(y, *region) for y, region in regions if region is not None]
    widths = [high - low for _, low, high in shaded]
    left = [low for _, low, _ in shaded]
    axes.barh([y for y, _, _ in shaded], widths, left=left, height=0.8, color=INK, alpha=WANTED, linewidth=0, zorder=1)


def _rates(axes: Axes, verdict: Verdict, judged: list[tuple[int, Judgement]], size: float) -> None:
    """The pass rates of all claims with one verdict, with their intervals."""
    ends = [(y, one.interval.low, one.interval.high) for y, one in judged if one.interval is not None]
    axes.hlines([y for y, _, _ in ends], [low for _, low, _ in ends], [high for *_, high in ends], COLOURS[verdict])
    marker: dict[str, Any] = {"marker": MARKERS[verdict], "markersize": 0.8 * size, "markeredgewidth": 0}
    rates, places = [one.rate or 0.0 for _, one in judged], [y for y, _ in judged]
    axes.plot(rates, places, color=COLOURS[verdict], linestyle="", zorder=3, **marker)


def _legend(figure: Figure, size: float, top: float) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = [
        Line2D([], [], color=COLOURS[verdict], marker=MARKERS[verdict], markersize=0.8 * size, label=verdict.value)
        for verdict in Verdict
    ]
    handles.append(Patch(color=INK, alpha=WANTED, linewidth=0, label="wanted"))
    figure.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, top), ncols=4, frameon=False, fontsize=size)


def _short(heading: str, most: int = 72) -> str:
    return heading if len(heading) <= most else heading[: most - 1].rstrip() + "…"
