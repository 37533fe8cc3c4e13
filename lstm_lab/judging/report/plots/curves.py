"""Plots of curves: the median of the seeds as a line, their spread as two bands around it, and marked points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lstm_lab.judging.evidence import Curves, CurvesPanel
from lstm_lab.judging.report.plots.style import FIRST, INK, SECOND, WIDTH, new_figure, style_axes, svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


COLUMNS = 2  # of panels
SIZE = 7.5  # points, the size of all text
PANEL = 1.75  # inches, the height of a panel
TOP, GAP, BOTTOM, LEFT, RIGHT, BETWEEN = 0.3, 0.5, 0.42, 0.5, 0.3, 0.35  # inches, around and between panels
ROOM = 1.8  # how far a logarithmic x goes beyond the last point of any panel, as a factor
COLOURS = (FIRST, SECOND)
MAIN, OTHER = 6.0, 2.8  # points, the size of marked points
OUTER, INNER = 0.22, 0.32  # opacity of the band of the middle 80 %, and of that of the middle half, drawn over it


def plot_curves(drawing: Curves) -> str:
    """`drawing` as SVG."""
    return svg(drawing.name, drawing.title, lambda: _draw(drawing))


def _draw(drawing: Curves) -> Figure:
    panels = drawing.panels
    rows = (len(panels) + COLUMNS - 1) // COLUMNS
    height = TOP + rows * PANEL + (rows - 1) * GAP + BOTTOM
    width = (WIDTH - LEFT - BETWEEN * (COLUMNS - 1) - RIGHT) / COLUMNS
    figure = new_figure(WIDTH, height)
    lowest, highest = min(panel.x[0] for panel in panels), max(panel.x[-1] for panel in panels)
    first: Axes | None = None
    for index, panel in enumerate(panels):
        row, column = divmod(index, COLUMNS)
        left, foot = LEFT + column * (width + BETWEEN), height - TOP - PANEL - row * (PANEL + GAP)
        axes = figure.add_axes((left / WIDTH, foot / height, width / WIDTH, PANEL / height), sharex=first, sharey=first)
        first = first or axes
        axes.set_xlim((lowest / 1.1, highest * ROOM) if drawing.logarithmic else (lowest - 0.5, highest + 0.5))
        _panel(axes, panel, drawing, legend=index == 0)
        if column == 0:
            axes.set_ylabel(drawing.y_label, fontsize=SIZE)
        if index + COLUMNS >= len(panels):
            axes.set_xlabel(drawing.x_label, fontsize=SIZE)
    if len(panels) % COLUMNS:
        _key(figure, drawing, ((LEFT + width + BETWEEN) / WIDTH, (BOTTOM + PANEL / 2) / height))
    return figure


def _key(figure: Figure, drawing: Curves, place: tuple[float, float]) -> None:
    """The legend of lines, bands and points, in the place of a missing last panel.

    Args:
        figure: the figure.
        drawing: what is plotted.
        place: the middle of the legend's left edge, in shares of the figure.
    """
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    point: dict[str, Any] = {"marker": "o", "color": FIRST, "linestyle": "", "markeredgewidth": 0}
    handles: list[Any] = [
        Line2D([], [], color=FIRST, label="median of the seeds"),
        Patch(color=FIRST, alpha=OUTER + INNER, linewidth=0, label="the middle half of them"),
        Patch(color=FIRST, alpha=OUTER, linewidth=0, label="the middle 80 % of them"),
    ]
    if drawing.main_mark:
        handles.append(Line2D([], [], markersize=MAIN, label=drawing.main_mark, **point))
    if drawing.other_marks:
        handles.append(Line2D([], [], markersize=OTHER, label=drawing.other_marks, **point))
    figure.legend(handles=handles, loc="center left", bbox_to_anchor=place, frameon=False, fontsize=SIZE)


def _panel(axes: Axes, panel: CurvesPanel, drawing: Curves, *, legend: bool) -> None:
    style_axes(axes, SIZE)
    axes.set_title(panel.title, fontsize=SIZE + 0.5, loc="left", pad=5)
    if drawing.logarithmic:
        axes.set_xscale("log")
    for line, colour in zip(panel.lines, COLOURS, strict=False):
        lowest, low, median, high, highest = line.quantiles
        axes.fill_between(panel.x, lowest, highest, color=colour, alpha=OUTER, linewidth=0)
        axes.fill_between(panel.x, low, high, color=colour, alpha=INNER, linewidth=0)
        axes.plot(panel.x, median, color=colour, label=line.label or None)
    for mark in panel.marks:
        axes.plot([mark.x], [mark.y], "o", color=FIRST, markersize=MAIN if mark.main else OTHER, markeredgewidth=0)
        if mark.text:
            weight, point = "bold" if mark.main else "normal", (mark.x, mark.y)
            axes.annotate(mark.text, point, (3, 4.5), textcoords="offset points", fontsize=SIZE, fontweight=weight)
    axes.set_ylim(bottom=0)
    if drawing.level is not None:
        axes.axhline(drawing.level, color=INK, linewidth=0.8, linestyle=(0, (1, 2)), zorder=1)
    if panel.names:
        axes.set_xticks(panel.x, panel.names)
    else:
        _numbers(axes)
    if legend:
        _legend(axes, panel, drawing)


def _numbers(axes: Axes) -> None:
    """Tick labels along x as plain numbers: 1, 10, 100 rather than powers."""
    from matplotlib.ticker import FuncFormatter, NullFormatter

    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.tick_params(which="minor", length=1, width=0.4)


def _legend(axes: Axes, panel: CurvesPanel, drawing: Curves) -> None:
    handles, labels = axes.get_legend_handles_labels()
    if any(line.label for line in panel.lines):
        axes.legend(handles, labels, loc="best", fontsize=SIZE, frameon=False)
    if drawing.level_text and drawing.level is not None:
        end = (1.0, drawing.level)
        coordinates = axes.get_yaxis_transform()
        axes.annotate(
            drawing.level_text, end, (0, 2), xycoords=coordinates, textcoords="offset points", ha="right", fontsize=SIZE
        )
