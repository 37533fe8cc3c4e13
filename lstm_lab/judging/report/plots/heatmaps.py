"""Heatmaps: one cell for each share of seeds, the more opaque the larger the share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lstm_lab.judging.evidence import HeatmapPanel, Heatmaps
from lstm_lab.judging.report.plots.style import FIRST, INK, WIDTH, new_figure, style_axes, svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


COLUMNS = 2  # of panels
SIZE = 7.0  # points, the size of all text
TOP, GAP, BOTTOM, LEFT, BETWEEN, SCALE = 0.3, 0.45, 0.45, 0.45, 0.35, 0.45  # inches, around and between panels
LEVELS = 10  # of opacity; all cells of a level are one shape
GROUND = 0.1  # opacity of a cell with the share 0, which differs from a cell that does not exist


def plot_heatmaps(drawing: Heatmaps) -> str:
    """`drawing` as SVG."""
    return svg(drawing.name, drawing.title, lambda: _draw(drawing))


def _draw(drawing: Heatmaps) -> Figure:
    panels = drawing.panels
    rows = (len(panels) + COLUMNS - 1) // COLUMNS
    side = (WIDTH - LEFT - BETWEEN * (COLUMNS - 1) - 0.1) / COLUMNS
    tall = side * max(len(panel.rows) / len(panel.columns) for panel in panels)
    height = TOP + rows * tall + (rows - 1) * GAP + BOTTOM + SCALE
    figure = new_figure(WIDTH, height)
    for index, panel in enumerate(panels):
        row, column = divmod(index, COLUMNS)
        left, foot = LEFT + column * (side + BETWEEN), height - TOP - tall - row * (tall + GAP)
        axes = figure.add_axes((left / WIDTH, foot / height, side / WIDTH, tall / height))
        _panel(axes, panel)
        if column == 0:
            axes.set_ylabel(drawing.y_label, fontsize=SIZE)
        if index + COLUMNS >= len(panels):
            axes.set_xlabel(drawing.x_label, fontsize=SIZE)
    scale_width = 2.4
    _scale(figure.add_axes(((WIDTH - scale_width) / 2 / WIDTH, 0.22 / height, scale_width / WIDTH, 0.12 / height)))
    return figure


def _panel(axes: Axes, panel: HeatmapPanel) -> None:
    style_axes(axes, SIZE)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_title(panel.title, fontsize=SIZE + 1, loc="left", pad=5)
    axes.set_xlim(-0.5, len(panel.columns) - 0.5)
    axes.set_ylim(len(panel.rows) - 0.5, -0.5)
    axes.set_xticks(range(len(panel.columns)), panel.columns)
    axes.set_yticks(range(len(panel.rows)), panel.rows)
    axes.tick_params(length=0, pad=2)
    cells: dict[int, list[tuple[float, float]]] = {}
    for y, row in enumerate(panel.shares):
        for x, share in enumerate(row):
            if share is not None:
                cells.setdefault(opacity_level(share), []).append((x, y))
    for level, places in sorted(cells.items()):
        _fill(axes, level, places)


def opacity_level(share: float) -> int:
    """The level of a share: 0 for no seed alone, `LEVELS` for every seed alone."""
    if share in (0, 1):
        return LEVELS * int(share)
    return min(LEVELS - 1, max(1, round(LEVELS * share)))


def _fill(axes: Axes, level: int, places: list[tuple[float, float]], side: float = 0.9) -> None:
    """Draw all cells of one level as one shape."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    half = side / 2
    corners = ((-half, -half), (half, -half), (half, half), (-half, half), (-half, -half))
    codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    outline = [(x + right, y + down) for x, y in places for right, down in corners]
    colour, opacity = (FIRST, level / LEVELS) if level else (INK, GROUND)
    axes.add_patch(PathPatch(Path(outline, codes * len(places)), facecolor=colour, alpha=opacity, linewidth=0))


def _scale(axes: Axes) -> None:
    """The legend of the opacities."""
    style_axes(axes, SIZE)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_xlim(-0.5, LEVELS + 0.5)
    axes.set_ylim(-0.5, 0.5)
    axes.set_yticks([])
    axes.set_xticks([0, LEVELS / 2, LEVELS], ["no seed", "half of them", "every seed"])
    axes.tick_params(length=0, pad=2)
    for level in range(LEVELS + 1):
        _fill(axes, level, [(level, 0)])
