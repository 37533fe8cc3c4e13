"""The files of the report in Markdown: the first one, and the details that it leads to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lstm_lab.judging.report import editions, family, more_seeds, replications, revisions, stances, your_keras
from lstm_lab.judging.report.claim_tables import COMMENTS
from lstm_lab.judging.report.data import CSV, JSON
from lstm_lab.judging.report.formatting import (
    IN_THE_ROOT,
    Place,
    chapter,
    escaped,
    file_link,
    link,
    picture,
    verdict_label,
)
from lstm_lab.judging.report.header import INTRODUCTION
from lstm_lab.judging.report.markdown.front_page import front_lines
from lstm_lab.judging.report.markdown.links import FRONT, Resolved, resolved
from lstm_lab.judging.report.markdown.part import PartOfText, back, comment_parts, comments_lines, free_name, part_lines
from lstm_lab.judging.report.markdown.summary import summary_lines
from lstm_lab.judging.report.overview import refuted_lines, undecided_lines
from lstm_lab.judging.report.plots.catalogue import GLANCE, MODELS, RATES, Plot
from lstm_lab.judging.report.plots.style import MADE_HERE
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.verdicts import Finding

# Of the files that are about the whole text: their names and titles.
TITLES = {
    "contradicted": "What is contradicted",
    "readings": "Stricter readings and questions",
    "how-sure": "How sure",
    "not-measured": "What is measured and what is not",
    "editions": "Other editions",
    "your-keras": "What Keras itself does",
    "pictures": "All pictures",
}


def documents(report: Report, place: Place = IN_THE_ROOT) -> Resolved:
    """All files of the report by their names; the same evidence gives the same texts, except between the run marks.

    Args:
        report: the report.
        place: where the first file stands; the others are in the folder of its pictures.
    """
    inside = place.inside
    chapters = {
        "contradicted": _contradicted(report),
        "readings": _readings(report),
        "how-sure": _how_sure(report),
        "not-measured": report.coverage,
        "editions": chapter(editions.TITLE, report.editions),
        "your-keras": _your_keras(report),
        "pictures": _pictures(report.plots, inside),
    }
    whole = {name: list(lines) for name, lines in chapters.items()}
    more = list(_more([name for name, lines in whole.items() if lines], place))
    taken = set(TITLES)
    parts = list(_parts(report, taken))
    files: dict[str, list[str]] = {}
    for part in parts:
        comments = comment_parts(part, taken)
        if comments:
            files[part.name] = list(comments_lines(part, comments, inside))
        for one in comments or [part]:
            files[one.name] = list(part_lines(one, report, inside))
    for name, lines in whole.items():
        if lines:
            files[name] = [f"# {TITLES[name]}", "", back(inside), "", *lines]
    if report.front_page is not None:
        front = front_lines(report, report.front_page, place, more)
    else:
        front = summary_lines(report, parts, more)
    marked = {name: [f"<!-- {MADE_HERE}/{name} -->", "", *lines] for name, lines in files.items()}
    return resolved({FRONT: list(front), **marked}, place)


def _parts(report: Report, taken: set[str]) -> Iterator[PartOfText]:
    """The parts of the text that have claims, each with a name that no other file has.

    They are those of the front page where that has one for a section, else the section itself.
    """
    rows = report.front_page.parts if report.front_page else ()
    titles: dict[str, list[str]] = {}
    found: dict[str, list[Finding]] = {}
    lines: dict[str, str] = {}
    for heading, findings in report.sections:
        source = findings[0].entry.claim.source
        row = next((row for row in rows if source.whole in row.part.sections), None)
        if row is None and heading == COMMENTS:
            row = next((row for row in rows if not row.part.sections), None)
        key = row.part.name if row else heading
        titles.setdefault(key, []).append(heading)
        found.setdefault(key, []).extend(findings)
        lines[key] = row.line if row else ""
    for key, headings in titles.items():
        yield PartOfText(free_name(key, taken), ", ".join(headings), lines[key], found[key])


def _more(names: Sequence[str], place: Place) -> Iterator[str]:
    """A list of the files that are about the whole text, and of the data."""
    for name in names:
        yield f"- {file_link(TITLES[name], name)}"
    yield f"- Data: [by claim and seed]({place.seen(CSV)}), [by claim]({place.seen(JSON)})"


def _contradicted(report: Report) -> Iterator[str]:
    nothing = "Nothing that the text states is refuted in this run."
    yield from chapter("What contradicts the text", refuted_lines(report.sections), nothing)
    yield from chapter("What contradicts its readers", refuted_lines(report.sections, "readers"))
    yield from chapter("What contradicts other texts", refuted_lines(report.sections, "elsewhere"))


def _readings(report: Report) -> Iterator[str]:
    yield from chapter(stances.STRICTER, stances.strict_lines(report.sections))
    yield from chapter(stances.QUESTIONS, stances.answer_lines(report.sections))


def _how_sure(report: Report) -> Iterator[str]:
    yield INTRODUCTION
    yield ""
    yield from report.how_sure
    yield ""
    yield from chapter(replications.TITLE, report.replications)
    yield from chapter("What needs attention", report.attention)
    yield from chapter("What is not decided", undecided_lines(report.sections), "Every judged claim is decided.")
    yield from chapter(more_seeds.TITLE, report.more_seeds)
    yield from chapter(family.TITLE, report.fragile)
    yield from chapter(revisions.TITLE, report.revisions)


def _your_keras(report: Report) -> Iterator[str]:
    yield from chapter(your_keras.TITLE, report.your_keras)
    about = [finding for finding in report.findings if finding.in_keras is not None]
    lines = (
        f"- {link(one.entry.claim.id)}, {verdict_label(one)}: {your_keras.sentence(one.in_keras)}"
        for one in about
        if one.in_keras is not None
    )
    yield from chapter("Claims about Keras itself", lines)


def _pictures(plots: Sequence[Plot], place: Place) -> Iterator[str]:
    """The pictures by their chapters; that at a glance is on the front page."""
    shown = [plot for plot in plots if plot.chapter != GLANCE]
    for title in dict.fromkeys([MODELS, RATES, *(plot.chapter for plot in shown)]):
        its = [plot for plot in shown if plot.chapter == title]
        lines = (line for plot in its for line in _picture(plot, place))
        yield from chapter(title, lines, "No claim of this run has a pass rate." if title == RATES else "")


def _picture(plot: Plot, place: Place) -> Iterator[str]:
    """A picture with its caption; one of trained models with its title and the claims that it belongs to."""
    if plot.chapter == MODELS:
        yield f"### {escaped(plot.title)}"
        yield ""
    yield plot.caption
    yield ""
    yield picture(plot.name, plot.title, place)
    yield ""
    if plot.chapter == MODELS:
        yield f"Belongs to {', '.join(map(link, plot.claims))}."
        yield ""
