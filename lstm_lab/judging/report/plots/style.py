"""What all plots of the report share: colours for light and dark backgrounds, settings, and the export as SVG."""

from __future__ import annotations

import html
import io
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from lstm_lab.judging.criteria import Verdict
from lstm_lab.text import printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


INK = "#757a80"  # text and lines: a grey that is readable on white and on black
COLOURS = {Verdict.SUPPORTED: "#2a85c9", Verdict.REFUTED: "#d9622b", Verdict.INCONCLUSIVE: "#8a8d93"}
FIRST, SECOND = COLOURS[Verdict.SUPPORTED], COLOURS[Verdict.REFUTED]  # of two curves in one plot
SETTINGS: dict[Any, Any] = {
    "text.parse_math": False,  # a dollar is a dollar
    "svg.fonttype": "none",  # text stays text: small files, and searchable
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "sans-serif"],
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "lines.linewidth": 1.2,
}
WIDTH = 9.0  # inches, the width of a plot
LETTER = 0.58  # the mean width of a letter, in font sizes
WANTED = 0.25  # opacity of the region that a claim wants
MADE_HERE = "the-claims-and-the-evidence"  # in the metadata of each SVG: a later report may remove files that have it


def svg(name: str, title: str, draw: Callable[[], Figure]) -> str:
    """The figure that `draw` makes as SVG: the same bytes in every process, whatever the user's settings.

    Args:
        name: of the plot; seeds the ids in the file, which are random otherwise.
        title: in the metadata.
        draw: makes the figure; called under the settings of the report.
    """
    import matplotlib

    with matplotlib.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph ", UserWarning)  # the browser has fonts that this machine has not
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({**SETTINGS, "svg.hashsalt": name})
        file = io.StringIO()
        metadata = {"Date": None, "Creator": None, "Title": title, "Identifier": f"{MADE_HERE}/{name}"}
        draw().savefig(file, format="svg", metadata=metadata)
        return printable(file.getvalue())


def notice(name: str, line: str) -> str:
    """An SVG that shows one line of text, in the place of the plot of this name."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="648pt" height="36pt" viewBox="0 0 648 36">\n'
        f" <metadata>{MADE_HERE}/{name}</metadata>\n"
        f' <text x="8" y="22" style="font-size: 9px; fill: {INK}">{html.escape(line)}</text>\n</svg>\n'
    )


def new_figure(width: float, height: float) -> Figure:
    """A figure of this size in inches, with a transparent background."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), facecolor="none")


def style_axes(axes: Axes, size: float) -> None:
    """Make the background of axes transparent, hide their right and top spines, and set their font size in points."""
    axes.set_facecolor("none")
    axes.spines[["right", "top"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_linewidth(0.6)
    axes.tick_params(length=2, width=0.6, labelsize=size)
