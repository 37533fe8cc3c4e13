"""The plots of a report: which there are, with caption, claims and chapter."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from lstm_lab.judging.criteria import LEVEL
from lstm_lab.judging.evidence import Curves, Heatmaps, PlotData
from lstm_lab.judging.report.formatting import escaped
from lstm_lab.judging.report.plots import curves, forest, glance, heatmaps, paired_differences
from lstm_lab.judging.report.plots.glance import GlanceMarks
from lstm_lab.judging.report.plots.style import notice
from lstm_lab.judging.verdicts import Finding
from lstm_lab.text import one_line, whole_percent

MOST_TOLD = 150  # characters of an error
GLANCE = "At a glance"
MODELS, RATES, COMPARISONS = "Pictures", "Pass rates", "Paired differences"  # chapters of the report

GLANCE_CAPTION = (
    "Open circle: the lower result; full circle: the higher. Each is a median over the seeds. Blue: the text is right. "
    "Orange: it is wrong. Grey: it depends on the reading, or is open."
)

RATES_CAPTION = (
    f"The share of seeds with which each claim holds, with its {whole_percent(LEVEL)} interval; of a comparison the "
    "share of wins among the pairs that do not tie, of `equivalent` that of the seeds within the margin. In the shaded "
    "range the share is as the claim wants it. A comparison in which most pairs tie can be refuted wherever its "
    "interval is. Claims that one seed decides have no interval."
)
COMPARISONS_CAPTION = (
    "For each comparison a strip of its seeds: the side that is named first minus the other. A higher stroke stands "
    f"for more seeds. The mean is below the strip, with its {whole_percent(LEVEL)} interval. In the shaded range the "
    "difference is as the claim wants it: above its margin, or within it on either side. The axis is wider around 0; "
    "a row that ends at other figures than 1 says so. What to see: strokes on both sides of a margin are seeds that "
    "disagree."
)


@dataclass(frozen=True)
class Plot:
    """One plot of the report; drawn on the first use of `svg` or `trouble`.

    Attributes:
        name: of its file, without suffix; the same in every run.
        title: its heading, and its text for screen readers.
        caption: what it shows, one paragraph of Markdown.
        claims: ids of the claims that it belongs to, in the order of the report.
        chapter: the chapter of the report that shows it.
        draw: returns the SVG.
    """

    name: str
    title: str
    caption: str
    claims: tuple[str, ...]
    chapter: str
    draw: Callable[[], str] = field(repr=False, compare=False)

    @property
    def svg(self) -> str:
        """The SVG: the same bytes for the same evidence, readable on light and on dark backgrounds."""
        return self._drawn[0]

    @property
    def trouble(self) -> str:
        """Why it could not be drawn, one line, which is all that the SVG then shows; "" where it could."""
        return self._drawn[1]

    @functools.cached_property
    def _drawn(self) -> tuple[str, str]:
        try:
            return self.draw(), ""
        except Exception as error:  # whatever Matplotlib makes of the data: the report has more than this picture
            line = one_line(f"{self.title}: cannot be drawn: {type(error).__name__}: {error}")[:MOST_TOLD]
            return notice(self.name, line), line


def plots(
    drawings: Sequence[PlotData],
    groups: Sequence[tuple[str, list[Finding]]],
    at_a_glance: Sequence[GlanceMarks] = (),
) -> tuple[Plot, ...]:
    """The plots of a report, in its order; only those that have data.

    Args:
        drawings: the data of the plots of trained models.
        groups: headings with the findings below them, in the order of the report.
        at_a_glance: the rows of the picture that the front page shows.
    """
    run_claims = [finding.entry.claim.id for _, findings in groups for finding in findings]
    rates, pairs = forest.rows(groups), paired_differences.rows(groups)
    plots = [_model_plot(drawing, run_claims) for drawing in drawings]
    if at_a_glance:
        draw = functools.partial(glance.plot_glance, at_a_glance)
        plots.insert(0, Plot("at_a_glance", "The findings at a glance", GLANCE_CAPTION, (), GLANCE, draw))
    if rates:
        alternative = "The pass rate of each claim with its interval"
        claims, draw = _claims(rates), functools.partial(forest.plot_forest, groups)
        plots.append(Plot("pass_rates", alternative, RATES_CAPTION, claims, RATES, draw))
    if pairs:
        name, title = "paired_differences", "The differences of each comparison, seed by seed"
        draw = functools.partial(paired_differences.plot_paired_differences, name, title, groups)
        plots.append(Plot(name, title, COMPARISONS_CAPTION, _claims(pairs), COMPARISONS, draw))
    return tuple(plots)


def _model_plot(drawing: PlotData, run_claims: Sequence[str]) -> Plot:
    claims = tuple(claim for claim in run_claims if claim in drawing.claims)
    draw = functools.partial(_svg, drawing)
    return Plot(drawing.name, drawing.title, escaped(drawing.caption), claims, MODELS, draw)


def _svg(drawing: PlotData) -> str:
    match drawing:
        case Curves():
            return curves.plot_curves(drawing)
        case Heatmaps():
            return heatmaps.plot_heatmaps(drawing)
    raise TypeError(f"drawing {drawing.name}: got a {type(drawing).__name__}, wanted curves or heatmaps")


def _claims(rows: Sequence[str | Finding]) -> tuple[str, ...]:
    return tuple(row.entry.claim.id for row in rows if not isinstance(row, str))
