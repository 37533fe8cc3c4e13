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
NEAR, MARGIN = 0.4, 0.15  # of the scale: where two labels would meet, and where one would leave it


@dataclass(frozen=True)
class Mark:
    """One side of a row: its name, and its value from 0 to 1."""

    label: str
    value: float


@dataclass(frozen=True)
class GlanceMarks:
    """A row of the picture: its sides, whether the text is right (None where that depends), and what follows.

    `claim` is the id of the claim whose verdict says whether the text is right.
    """

    text: str
    marks: tuple[Mark, ...]
    is_right: bool | None
    told: str
    claim: str = ""


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
        axes.annotate(_told(x), (x, -0.5), (0, 2), textcoords="offset points", ha="center", fontsize=SIZE)
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
    weaker, stronger = min(row.marks, key=_value), max(row.marks, key=_value)
    axes.hlines(y, weaker.value, stronger.value, color=colour, linewidth=2.5, zorder=1)
    for mark, face in ((weaker, "white"), (stronger, colour)):
        axes.plot(
            [mark.value],
            [y],
            marker="o",
            markersize=7,
            markeredgewidth=1.6,
            color=colour,
            markerfacecolor=face,
            zorder=2,
        )
    if len(row.marks) == 1:
        _label(axes, y, stronger.label, stronger.value)
    elif _told(weaker.value) == _told(stronger.value):
        _label(axes, y, "both", stronger.value)
    else:
        _label(axes, y, stronger.label, stronger.value)
        is_near = stronger.value - weaker.value < NEAR
        _label(axes, y, weaker.label, weaker.value, below=is_near)


def _value(mark: Mark) -> float:
    return mark.value


def _told(value: float) -> str:
    return f"{100 * value:.0f} %"


def _label(axes: Axes, y: int, label: str, value: float, *, below: bool = False) -> None:
    """The name and the value of a side above its mark, or below it; none leaves the scale."""
    side = "left" if value < MARGIN else "right" if value > 1 - MARGIN else "center"
    place: dict[str, Any] = {"ha": side, "va": "top" if below else "bottom", "textcoords": "offset points"}
    axes.annotate(f"{label} {_told(value)}", (value, y), (0, -6 if below else 6), fontsize=0.85 * SIZE, **place)
