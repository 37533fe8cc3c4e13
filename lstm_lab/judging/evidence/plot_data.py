"""Data of the plots of trained models: plain numbers, computed in the run that has the models.

They are part of a run's file, in builtin types; the plots are drawn from it without training anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from lstm_lab.judging.evidence.records import EvidenceError
from lstm_lab.serialization import is_number
from lstm_lab.text import describe_value

SHARES = (10, 25, 50, 75, 90)  # per cent of the seeds: the quantiles that a line has, from the lowest to the highest
NAME = re.compile(r"[a-z0-9_]{1,100}")  # it becomes the name of a file
OWN_NAMES = ("pass_rates", "paired_differences")  # of the plots that reports draw of their verdicts
MOST_PANELS, MOST_CELLS = 50, 500  # panels, and rows or columns of one
LARGEST = 1e30  # the largest figure that is drawn


@dataclass(frozen=True)
class Line:
    """One quantity over x: its quantiles over the seeds.

    Attributes:
        label: what it is, "" where it stands alone.
        quantiles: of 10, 25, 50, 75 and 90 % of the seeds, each with one figure for each x.
    """

    label: str
    quantiles: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Mark:
    """A marked point.

    Attributes:
        x: where it is.
        y: in the unit of the lines.
        text: beside it, "" for a point alone.
        main: whether it is the point that the text is about.
    """

    x: float
    y: float
    text: str = ""
    main: bool = False


@dataclass(frozen=True)
class CurvesPanel:
    """Lines over one x.

    Attributes:
        title: what it shows, one line.
        x: rising.
        lines: each with one figure for each x.
        marks: marked points.
        names: of x, one for each, where they are no numbers.
    """

    title: str
    x: tuple[float, ...]
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...] = ()
    names: tuple[str, ...] = ()

    def validation_error(self) -> str:
        """What is wrong with it, "" where nothing is."""
        for line in self.lines:
            if [len(self.x)] * len(SHARES) != [len(row) for row in line.quantiles]:
                return f"line {line.label!r}: wanted {len(SHARES)} quantiles of {len(self.x)} figures"
        if self.names and len(self.names) != len(self.x):
            return f"wanted {len(self.x)} names"
        figures = [*self.x, *(value for line in self.lines for row in line.quantiles for value in row)]
        figures += [value for mark in self.marks for value in (mark.x, mark.y)]
        if not all(map(is_number, figures)):
            return "wanted finite numbers"
        if not self.x or list(self.x) != sorted(self.x):
            return "wanted x rising"
        return f"wanted numbers up to {LARGEST:g}" if max(map(abs, figures)) > LARGEST else ""


@dataclass(frozen=True)
class HeatmapPanel:
    """Shares of seeds in rows and columns.

    Attributes:
        title: what it shows, one line.
        rows: their names, from top to bottom.
        columns: their names, from left to right.
        shares: row by row, 0 to 1; None for an empty cell.
    """

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    shares: tuple[tuple[float | None, ...], ...]

    def validation_error(self) -> str:
        """What is wrong with it, "" where nothing is."""
        if not 0 < len(self.columns) <= MOST_CELLS or not 0 < len(self.rows) <= MOST_CELLS:
            return f"wanted 1 to {MOST_CELLS} rows and columns"
        if [len(self.columns)] * len(self.rows) != [len(row) for row in self.shares]:
            return f"wanted {len(self.rows)} rows of {len(self.columns)} shares"
        shares = [share for row in self.shares for share in row if share is not None]
        return "" if all(is_number(share) and 0 <= share <= 1 for share in shares) else "wanted shares from 0 to 1"


@dataclass(frozen=True)
class PlotData:
    """A plot of trained models before it is drawn.

    Attributes:
        name: of its file, small letters, digits and underscores.
        title: its heading.
        caption: what it shows, in plain words.
        claims: ids of the claims that it belongs to.
        x_label: below the panels.
        y_label: left of them.
        panels: from left to right, then down; all of one kind.
    """

    name: str
    title: str
    caption: str
    claims: tuple[str, ...]
    x_label: str
    y_label: str
    panels: tuple[Any, ...]
    kind: ClassVar[str]
    panel: ClassVar[type[CurvesPanel] | type[HeatmapPanel]]

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise EvidenceError(
                f"drawing: got the name {describe_value(self.name)}, wanted small letters, digits, underscores"
            )
        if self.name in OWN_NAMES:
            raise EvidenceError(f"drawing {self.name}: got the name of a plot that reports draw, wanted another")
        if not self.panels:
            raise EvidenceError(f"drawing {self.name}: got no panel, wanted at least one")
        if len(self.panels) > MOST_PANELS:
            raise EvidenceError(f"drawing {self.name}: got {len(self.panels)} panels, wanted at most {MOST_PANELS}")
        for panel in self.panels:
            error = panel.validation_error() if isinstance(panel, self.panel) else f"wanted a {self.panel.__name__}"
            if error:
                raise EvidenceError(
                    f"drawing {self.name}, panel {describe_value(getattr(panel, 'title', panel))}: {error}"
                )


@dataclass(frozen=True)
class Curves(PlotData):
    """Lines with the spread of the seeds around them.

    Attributes:
        logarithmic: whether x is.
        level: the y of a horizontal reference line, None for none.
        level_text: the label of that line.
        main_mark: the legend of the marks that are `main`.
        other_marks: the legend of the other marks.
    """

    logarithmic: bool = False
    level: float | None = None
    level_text: str = ""
    main_mark: str = ""
    other_marks: str = ""
    panels: tuple[CurvesPanel, ...]
    kind = "curves"
    panel = CurvesPanel

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.logarithmic and min(panel.x[0] for panel in self.panels) <= 0:
            raise EvidenceError(f"drawing {self.name}: got x up to 0 on a logarithmic axis, wanted x above 0")
        if self.level is not None and not (is_number(self.level) and abs(self.level) <= LARGEST):
            raise EvidenceError(f"drawing {self.name}: got level {self.level}, wanted a number up to {LARGEST:g}")


@dataclass(frozen=True)
class Heatmaps(PlotData):
    """Shares of seeds as cells, darker for larger shares."""

    panels: tuple[HeatmapPanel, ...]
    kind = "matrices"
    panel = HeatmapPanel


PLOTS: dict[str, type[PlotData]] = {plot.kind: plot for plot in (Curves, Heatmaps)}
