"""The pictures of a report: which there are, what each says, and where it stands."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from lstm_lab.judging.criteria import EQUIVALENCE_LEVEL, LEVEL
from lstm_lab.judging.evidence import Curves, Heatmaps, PlotData
from lstm_lab.judging.report.plots import curves, forest, heatmaps, paired_differences
from lstm_lab.judging.verdicts import Finding
from lstm_lab.text import whole_percent

FOLDER = "report"  # beside the report
MODELS, RATES, COMPARISONS = "Pictures", "Pass rates", "Paired differences"  # chapters of the report

RATES_CAPTION = (
    "The share of seeds with which each claim holds (for pairs: treatment exceeds baseline), with the "
    f"{whole_percent(LEVEL)} interval. The shaded range is where the claim wants it. Claims that one seed decides have "
    "no interval."
)
COMPARISONS_CAPTION = (
    "For each comparison a strip of its seeds: treatment minus baseline, the higher the stroke the more seeds share "
    f"the difference. Below the strip lies the mean with its {whole_percent(LEVEL)} interval, for `equivalent` the "
    f"{whole_percent(EQUIVALENCE_LEVEL)} interval of the median. The shaded range is where the claim wants the "
    "difference: above its margin, or within it on either side. The axis is widened around 0; where a row ends at "
    "other figures than 1 it says so. What to see: strokes on both sides of a margin are seeds that disagree."
)


@dataclass(frozen=True)
class Plot:
    """One picture of the report; drawn when first asked for its `svg`.

    Attributes:
        name: of its file, without ending; stable over runs.
        title: its heading, and what stands for it where it cannot be seen.
        caption: what to see in it, Markdown in one paragraph.
        claims: ids of the claims that it belongs to, in the order of the report.
        chapter: of the report in which it stands.
        draw: gives the SVG.
    """

    name: str
    title: str
    caption: str
    claims: tuple[str, ...]
    chapter: str
    draw: Callable[[], str] = field(repr=False, compare=False)

    @functools.cached_property
    def svg(self) -> str:
        """The picture: the same bytes for the same evidence, readable on light and on dark ground."""
        return self.draw()

    @property
    def path(self) -> str:
        """Its file, relative to the report."""
        return f"{FOLDER}/{self.name}.svg"


def plots(drawings: Sequence[PlotData], groups: Sequence[tuple[str, list[Finding]]]) -> tuple[Plot, ...]:
    """The pictures of a report in the order in which they stand there; only those that have something to show.

    Args:
        drawings: of trained models.
        groups: headings with the findings below them, in the order of the report.
    """
    known = [finding.entry.claim.id for _, findings in groups for finding in findings]
    rates, pairs = forest.rows(groups), paired_differences.rows(groups)
    shown = [_of_models(drawing, known) for drawing in drawings]
    if rates:
        alternative = "The pass rate of each claim with its interval"
        claims, draw = _claims(rates), functools.partial(forest.plot_forest, groups)
        shown.append(Plot("pass_rates", alternative, RATES_CAPTION, claims, RATES, draw))
    if pairs:
        name, title = "paired_differences", "The differences of each comparison, seed by seed"
        draw = functools.partial(paired_differences.plot_paired_differences, name, title, groups)
        shown.append(Plot(name, title, COMPARISONS_CAPTION, _claims(pairs), COMPARISONS, draw))
    return tuple(shown)


def _of_models(drawing: PlotData, known: Sequence[str]) -> Plot:
    claims = tuple(claim for claim in known if claim in drawing.claims)
    draw = functools.partial(_drawn, drawing)
    return Plot(drawing.name, drawing.title, drawing.caption, claims, MODELS, draw)


def _drawn(drawing: PlotData) -> str:
    match drawing:
        case Curves():
            return curves.plot_curves(drawing)
        case Heatmaps():
            return heatmaps.plot_heatmaps(drawing)
    raise TypeError(f"drawing {drawing.name}: got a {type(drawing).__name__}, wanted curves or matrices")


def _claims(rows: Sequence[str | Finding]) -> tuple[str, ...]:
    return tuple(row.entry.claim.id for row in rows if not isinstance(row, str))
