"""The forest plot of pass rates: one row for each claim, with the interval of its rate."""

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
MOST_ROWS = 70  # in one column; more rows take two columns, in a smaller font

Row = str | Finding  # a heading, or a claim below it


def rows(groups: Sequence[tuple[str, list[Finding]]]) -> list[Row]:
    """The rows of the plot: the claims that have a pass rate, under their headings."""
    result: list[Row] = []
    for heading, findings in groups:
        members = [finding for finding in findings if finding.judgement and finding.judgement.rate is not None]
        result.extend([heading, *members] if members else [])
    return result


def plot_forest(groups: Sequence[tuple[str, list[Finding]]]) -> str:
    """A forest plot of pass rates with their intervals as SVG; "" where no claim has a pass rate.

    Args:
        groups: headings with the findings below them, from top to bottom.
    """
    all_rows = rows(groups)
    if not all_rows:
        return ""
    return svg("pass_rates", "Pass rates", lambda: _draw(all_rows))


def _draw(all_rows: list[Row]) -> Figure:
    columns = _columns(all_rows)
    size, pitch = (7.5, 0.19) if len(columns) == 1 else (5.5, 0.14)  # points, and inches for each row
    top, bottom = 0.4, 0.3
    height = top + bottom + pitch * max(map(len, columns))
    width = WIDTH / len(columns)
    names = min(0.6 * width, _longest_id(all_rows) * LETTER * size / 72 + 0.2)
    figure = new_figure(WIDTH, height)
    for index, column in enumerate(columns):
        rows_height = pitch * len(column)
        left, foot = index * width + names, height - top - rows_height
        axes = figure.add_axes((left / WIDTH, foot / height, (width - names - 0.2) / WIDTH, rows_height / height))
        _column(axes, column, size, names, margin=(names - 0.05) / (width - names - 0.2))
    _legend(figure, size, 1 - 0.02 / height)
    return figure


def _columns(all_rows: list[Row]) -> list[list[Row]]:
    """One column, or two of about the same length; no heading is the last row of the first."""
    if len(all_rows) <= MOST_ROWS:
        return [all_rows]
    half = (len(all_rows) + 1) // 2
    if isinstance(all_rows[half - 1], str):
        half -= 1
    return [all_rows[:half], all_rows[half:]]


def _longest_id(all_rows: list[Row]) -> int:
    """The length of the longest claim id."""
    return max(len(row.entry.claim.id) for row in all_rows if not isinstance(row, str))


def _column(axes: Axes, column: list[Row], size: float, names: float, margin: float) -> None:
    """Draw `column` from top to bottom, one unit of y for each row.

    Args:
        axes: of the rates.
        column: its rows.
        size: of the font, in points.
        names: width left of the axes for claim ids, in inches; a longer id gets a smaller font.
        margin: about the same width, in widths of the axes.
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
    for y, row in enumerate(column):
        if isinstance(row, str):
            axes.text(-margin, y, _shortened(row), ha="left", fontweight="bold", **beside)
        elif row.judgement is not None:
            id = row.entry.claim.id
            fitting = (names - 0.1) * 72 / (LETTER * len(id))
            axes.text(-0.02, y, id, ha="right", **{**beside, "fontsize": min(size, fitting)})
            judged.append((y, row, row.judgement))
    axes.hlines([y for y, _, _ in judged], -0.02, 1.02, color=INK, linewidth=0.3, alpha=0.5, zorder=0)
    _wanted(axes, [(y, finding.entry.claim.criterion.region()) for y, finding, _ in judged])
    for verdict in Verdict:
        _rates(axes, verdict, [(y, judgement) for y, _, judgement in judged if judgement.verdict is verdict], size)


def _wanted(axes: Axes, regions: list[tuple[int, tuple[float, float] | None]]) -> None:
    """Shade the region in which each claim wants its interval."""
    shaded = [(y, *region) for y, region in regions if region is not None]
    widths = [high - low for _, low, high in shaded]
    left = [low for _, low, _ in shaded]
    axes.barh([y for y, _, _ in shaded], widths, left=left, height=0.8, color=INK, alpha=WANTED, linewidth=0, zorder=1)


def _rates(axes: Axes, verdict: Verdict, judged: list[tuple[int, Judgement]], size: float) -> None:
    """The pass rates of all claims with one verdict, with their intervals."""
    intervals = [(y, judgement.interval) for y, judgement in judged if judgement.interval is not None]
    ends = [(y, interval.low, interval.high) for y, interval in intervals]
    axes.hlines([y for y, _, _ in ends], [low for _, low, _ in ends], [high for *_, high in ends], COLOURS[verdict])
    marker: dict[str, Any] = {"marker": MARKERS[verdict], "markersize": 0.8 * size, "markeredgewidth": 0}
    rates, heights = [judgement.rate or 0.0 for _, judgement in judged], [y for y, _ in judged]
    axes.plot(rates, heights, color=COLOURS[verdict], linestyle="", zorder=3, **marker)


def _legend(figure: Figure, size: float, top: float) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = [
        Line2D([], [], color=COLOURS[verdict], marker=MARKERS[verdict], markersize=0.8 * size, label=verdict.value)
        for verdict in Verdict
    ]
    handles.append(Patch(color=INK, alpha=WANTED, linewidth=0, label="wanted"))
    figure.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, top), ncols=4, frameon=False, fontsize=size)


def _shortened(heading: str, most: int = 72) -> str:
    return heading if len(heading) <= most else heading[: most - 1].rstrip() + "…"
