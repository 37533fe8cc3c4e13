"""The report as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lstm_lab.judging.report import (
    challenges,
    editions,
    family,
    more_seeds,
    replications,
    revisions,
    stances,
    your_keras,
)
from lstm_lab.judging.report.claim_section import claim_section
from lstm_lab.judging.report.claim_tables import tables
from lstm_lab.judging.report.formatting import IN_THE_ROOT, Place, escaped, link, picture
from lstm_lab.judging.report.header import INTRODUCTION
from lstm_lab.judging.report.markdown.front_page import front_lines
from lstm_lab.judging.report.overview import refuted_lines, undecided_lines
from lstm_lab.judging.report.plots.catalogue import GLANCE, MODELS, RATES, Plot
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.report.seed_marks import MEANING


def render(report: Report, place: Place = IN_THE_ROOT) -> str:
    """The report as Markdown at this place; the same evidence gives the same text, except between the run marks."""
    return "\n".join(_lines(report, place)).rstrip() + "\n"


def _lines(report: Report, place: Place) -> Iterator[str]:
    contradictions, sections = report.contradictions, report.sections
    if report.front_page is not None:
        yield from front_lines(report, report.front_page, place)
        yield ""
    yield "# The claims and the evidence"
    yield ""
    yield INTRODUCTION
    yield ""
    yield from report.header
    yield from ("<!-- run -->", "```", *report.run, "```", "<!-- /run -->", "")
    yield from _chapter(replications.TITLE, report.replications)
    yield from _chapter("Challenges", challenges.chapter(contradictions))
    nothing = "Nothing that the text states is refuted in this run."
    yield from _chapter("What contradicts the text", refuted_lines(sections), nothing)
    yield from _chapter("What contradicts its readers", refuted_lines(sections, "readers"))
    yield from _chapter("What contradicts other texts", refuted_lines(sections, "elsewhere"))
    yield from _chapter(stances.STRICTER, stances.strict_lines(sections))
    yield from _chapter(stances.QUESTIONS, stances.answer_lines(sections))
    yield from _chapter("What needs attention", report.attention)
    yield from _chapter("What is not decided", undecided_lines(sections), "Every judged claim is decided.")
    yield from _chapter(family.TITLE, report.fragile)
    yield from _chapter(more_seeds.TITLE, report.more_seeds)
    yield from _chapter(revisions.TITLE, report.revisions)
    yield from _chapter(your_keras.TITLE, report.your_keras)
    yield from _chapter(editions.TITLE, report.editions)
    for chapter in dict.fromkeys([MODELS, RATES, *(plot.chapter for plot in report.plots if plot.chapter != GLANCE)]):
        plots = [plot for plot in report.plots if plot.chapter == chapter]
        pictures = (_of_models if chapter == MODELS else _of_claims)(plots, place)
        yield from _chapter(chapter, pictures, "No claim of this run has a pass rate." if chapter == RATES else "")
    yield from _chapter(
        "Section by section", tables(sections, contradictions.contested_claims()), "No claim was measured."
    )
    yield from _chapter("What is measured and what is not", report.coverage)
    marks = ", ".join(f"`{mark}` {meaning}" for mark, meaning in MEANING.items())
    yield from _chapter("Claim by claim", [f"One mark for each seed: {marks}."])
    for _, findings in sections:
        for finding in findings:
            yield from claim_section(finding, contradictions, report.ledger.default_seeds, place)


def _chapter(title: str, lines: Iterable[str], otherwise: str = "") -> Iterator[str]:
    """A chapter of these lines; without any it says `otherwise`, or is left out where that is empty."""
    body = list(lines) or [otherwise]
    if any(body):
        yield f"## {title}"
        yield ""
        yield from body
        if body[-1]:
            yield ""


def _of_models(plots: Sequence[Plot], place: Place) -> Iterator[str]:
    """The pictures of trained models, each with its title, its caption, and the claims that it belongs to."""
    for plot in plots:
        yield f"### {escaped(plot.title)}"
        yield ""
        yield plot.caption
        yield ""
        yield picture(plot.name, plot.title, place)
        yield ""
        yield f"Belongs to {', '.join(map(link, plot.claims))}."
        yield ""


def _of_claims(plots: Sequence[Plot], place: Place) -> Iterator[str]:
    """The pictures of a chapter that is about claims."""
    for plot in plots:
        yield plot.caption
        yield ""
        yield picture(plot.name, plot.title, place)
