"""Data of plots made by hand, for the tests of plots and of their JSON."""

from __future__ import annotations

from typing import Any

from lstm_lab.judging.evidence.plot_data import SHARES, Curves, CurvesPanel, HeatmapPanel, Heatmaps, Line, Mark


def line(label: str = "", medians: tuple[float, ...] = (3.0, 2.0, 0.5)) -> Line:
    """A line through these medians; 10 and 90 % of the seeds are 0.1 away from it, 25 and 75 % half of that."""
    offsets = [(share - 50) / 400 for share in SHARES]
    return Line(label, tuple(tuple(one + offset for one in medians) for offset in offsets))


def curves(name: str = "losses", **details: Any) -> Curves:
    """Two panels of curves with points pointed out, and a third one without."""
    marks = (Mark(10, 2.0, "84 %", main=True), Mark(100, 0.5))
    panels = (
        CurvesPanel("a first model", (1.0, 10.0, 100.0), (line(),), marks),
        CurvesPanel("a second model", (1.0, 10.0, 100.0), (line(),), marks),
        CurvesPanel("a third model", (1.0, 10.0, 30.0), (line(),)),
    )
    defaults = {"claims": ("state/warm-up", "elsewhere/not-in-the-run"), "panels": panels, "main_mark": "here it stops"}
    return Curves(
        **{
            "name": name,
            "title": "How they learn",
            "caption": "The loss falls.",
            "x_label": "epochs",
            "y_label": "loss",
            "logarithmic": True,
            "level": 3.26,
            "level_text": "guessing",
            **defaults,
            **details,
        }
    )


def named_curves() -> Curves:
    """One panel of two curves over letters."""
    panel = CurvesPanel("letters", (1.0, 2.0, 3.0), (line("up"), line("down", (0.1, 0.2, 0.3))), names=("K", "L", "M"))
    return curves("path", panels=(panel,), logarithmic=False, level=None, level_text="", main_mark="")


def heatmaps(name: str = "answers", **details: Any) -> Heatmaps:
    """Two panels of three letters each."""
    shares = ((0.0, None, None), (0.5, 1.0, None), (0.04, 0.96, 1.0))
    panels = tuple(HeatmapPanel(title, ("A", "B", "C"), ("0", "1", "2"), shares) for title in ("right", "as counted"))
    defaults = {"claims": ("state/k-predicts-b",), "panels": panels}
    return Heatmaps(
        **{
            "name": name,
            "title": "What it answers",
            "caption": "The edge is full.",
            "x_label": "before it",
            "y_label": "asked",
            **defaults,
            **details,
        }
    )
