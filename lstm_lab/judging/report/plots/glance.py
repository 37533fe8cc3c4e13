"""The picture at a glance: one row for each finding that matters, its two sides on a scale from 0 to 100 %."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lstm_lab.judging.criteria import Verdict
from lstm_lab.judging.report.plots.style import COLOURS, INK, WIDTH, new_figure, svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ANSWERS = {True: "right", False: "wrong", None: "depends"}
OF_ANSWERS = {True: COLOURS[Verdict.SUPPORTED], False: COLOURS[Verdict.REFUTED], None: COLOURS[Verdict.INCONCLUSIVE]}
SIZE, PITCH = 8.0, 0.46  # points of the text, and inches for each row
LEFT, RIGHT = 3.35, 2.6  # inches for the texts beside the scale
NEAR = 0.25  # of the scale: labels that are nearer stand on either side of their marks


@dataclass(frozen=True)
class Mark:
    """One side of a row: its name, and its value from 0 to 1."""

    label: str
    value: float


@dataclass(frozen=True)
class GlanceMarks:
    """A row of the picture: its sides, whether the text is right (None where that depends), and what follows."""

    text: str
    marks: tuple[Mark, ...]
    is_right: bool | None
    told: str


def plot_glance(rows: Sequence[GlanceMarks]) -> str:
    """The picture as SVG; the same bytes for the same rows."""
    return svg("at_a_glance", "The findings at a glance", lambda: _draw(rows))


def _draw(rows: Sequence[GlanceMarks]) -> Figure:
    height = PITCH * (len(rows) + 0.6)
    figure = new_figure(WIDTH, height)
    axes = figure.add_axes((LEFT / WIDTH, 0.0, (WIDTH - LEFT - RIGHT) / WIDTH, 1 - 0.6 * PITCH / height))
    axes.set_axis_off()
    axes.set_xlim(-0.03, 1.03)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    for x in (0.0, 0.5, 1.0):
        axes.axvline(x, color=INK, linewidth=0.4, alpha=0.5, zorder=0)
        axes.annotate(f"{100 * x:.0f} %", (x, -0.5), (0, 2), textcoords="offset points", ha="center", fontsize=SIZE)
    for y, row in enumerate(rows):
        _row(axes, y, row)
    return figure


def _row(axes: Axes, y: int, row: GlanceMarks) -> None:
    """One finding: what is compared, its sides, and what follows."""
    colour = OF_ANSWERS[row.is_right]
    beside: dict[str, Any] = {"va": "center", "fontsize": SIZE, "textcoords": "offset points", "annotation_clip": False}
    axes.annotate(row.text, (-0.03, y), (-6, 0), ha="right", **beside)
    said = f"{ANSWERS[row.is_right]}: {row.told}"
    axes.annotate(said, (1.03, y), (6, 0), ha="left", color=colour, fontweight="bold", **beside)
    ordered = sorted(row.marks, key=lambda mark: mark.value)
    axes.hlines(y, ordered[0].value, ordered[-1].value, color=colour, linewidth=2.5, zorder=1)
    near = len(ordered) > 1 and ordered[-1].value - ordered[0].value < NEAR
    for place, mark in enumerate(ordered):
        is_stronger = place == len(ordered) - 1
        axes.plot(
            [mark.value], [y], marker="o", markersize=7, color=colour, zorder=2, markeredgewidth=1.6,
            markerfacecolor=colour if is_stronger else "white",
        )  # fmt: skip
        side = _alignment(mark.value, near, is_stronger)
        text = f"{mark.label} {100 * mark.value:.3g} %"
        axes.annotate(
            text, (mark.value, y), (0, 6), ha=side, va="bottom", fontsize=0.85 * SIZE, textcoords="offset points"
        )


def _alignment(value: float, near: bool, is_stronger: bool) -> str:
    """On which side of its mark a label stands, so that two labels do not meet and none leaves the scale."""
    if near:
        return "left" if is_stronger and value < 1 - NEAR else "right"
    return "left" if value < NEAR / 2 else "right" if value > 1 - NEAR / 2 else "center"
