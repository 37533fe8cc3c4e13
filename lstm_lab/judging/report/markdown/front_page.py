"""The front page of a full run as Markdown: what a reader learns in three minutes, and where the rest stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from lstm_lab.judging.criteria import Verdict
from lstm_lab.judging.report import challenges
from lstm_lab.judging.report.formatting import (
    Place,
    chapter,
    escaped,
    file_link,
    file_name,
    link,
    picture,
    row,
    statement_link,
    verdict_label,
)
from lstm_lab.judging.report.front_page import FrontTexts
from lstm_lab.judging.report.plots.catalogue import GLANCE
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.verdicts import Finding
from lstm_lab.text import pluralized

MOST_LISTED = 5  # of the claims that are undecided or not replicated; all stand in another file


def front_lines(report: Report, texts: FrontTexts, place: Place, more: Iterable[str] = ()) -> Iterator[str]:
    """The lines of the front page.

    Args:
        report: of a full run.
        texts: what the suite declares, held to the evidence.
        place: where the report stands.
        more: a list of the other files.
    """
    front = texts.front
    yield f"# Is it true? “{escaped(front.title)}” ({front.year}), checked"
    yield ""
    keras = report.ledger.versions.get("keras", "")
    yield (
        f"{texts.answer} Every statement that can be tested was tested on Keras {escaped(keras)} with up to "
        f"{pluralized(report.ledger.default_seeds, 'random seed')}, and in the arithmetic of the software of its time."
    )
    yield ""
    doubt = f" · [Doubt one?]({quote(place.guide)})" if place.guide else ""
    page = f"[The page with filters]({quote(place.page)})"
    yield f"[The article]({front.url}), by {escaped(front.author)} · {page}{doubt}"
    yield ""
    yield row(["You ask", "Short answer"])
    yield row([":--", ":--"])
    yield from (row([escaped(question), answer]) for question, answer in texts.questions)
    yield ""
    for plot in report.plots:
        if plot.chapter == GLANCE:
            yield picture(plot.name, plot.title, place)
            yield ""
            yield f"*{plot.caption}*"
            yield ""
    yield from chapter("Published and found", _printed(report, texts))
    yield from chapter("What to teach", (f"{number}. {lesson}" for number, lesson in enumerate(texts.lessons, 1)))
    yield from chapter("Section by section", _parts(texts))
    yield from chapter("How sure", report.how_sure)
    yield from chapter("Challenges", challenges.chapter(report.contradictions))
    yield from chapter("Open, not replicated", _open(report))
    yield from chapter("Your Keras", report.your_keras)
    yield from chapter("More", more)
    yield "## The run"
    yield ""
    yield from report.repeat
    yield ""
    yield from ("<!-- run -->", "```", *report.run, "```", "<!-- /run -->")


def _printed(report: Report, texts: FrontTexts) -> Iterator[str]:
    seeds = pluralized(report.ledger.default_seeds, "seed")
    yield row(["model", "printed, one run", "run again as in its time", f"found today: median of {seeds} (range)"])
    yield row([":--", ":--", ":--", ":--"])
    for figure in texts.printed:
        yield row([escaped(figure.model), escaped(figure.printed), figure.again, f"[{figure.found}]({figure.link})"])


def _parts(texts: FrontTexts) -> Iterator[str]:
    """What the text states: its verdicts today, and in the software of its time where that was asked."""
    yield row(["section", "in one line", "holds", "wrong", "open", *([f"in {texts.then_name}"] if texts.then else [])])
    yield row([":--", ":--", "--:", "--:", "--:", *(["--:"] if texts.then else [])])
    for part in texts.parts:
        counts = [str(part.counts.get(verdict, 0)) for verdict in Verdict]
        name = file_link(escaped(part.part.title), file_name(part.part.name))
        yield row([name, part.line, *counts, *([part.then_counts] if texts.then else [])])
    if texts.then:
        yield ""
        yield f"*{texts.then}*"


def _open(report: Report) -> Iterator[str]:
    """The first few of the verdicts that are not the last word, and where all of them stand."""
    undecided = [one for one in report.findings if one.verdict is Verdict.INCONCLUSIVE]
    overruled = [one for one in report.findings if one.overruled]
    if report.attention:
        yield "- Some verdicts [need attention](#what-needs-attention)."
    if overruled:
        yield (
            f"- Not replicated: {pluralized(len(overruled), 'verdict')} came out otherwise than with the exploration "
            "seeds, among them ([all](#what-did-not-replicate)):"
        )
        yield from (f"  - {_overruled(one)}" for one in overruled[:MOST_LISTED])
    if undecided:
        yield f"- Undecided: {pluralized(len(undecided), 'claim')}, among them ([all](#what-is-not-decided)):"
        yield from map(_item, sorted(undecided, key=_is_not_stated)[:MOST_LISTED])
    if report.more_seeds:
        settled = sum(one.settled_with_more_seeds for one in report.findings)
        yield f"- Settled with more seeds: {pluralized(settled, 'claim')} ([all](#settled-with-more-seeds))."


def _is_not_stated(finding: Finding) -> bool:
    return not finding.entry.claim.is_stated_by_the_text


def _overruled(finding: Finding) -> str:
    """A verdict beside that of the exploration seeds."""
    assert finding.overruled is not None
    return f"{link(finding.entry.claim.id)}: {finding.overruled.value} then, {verdict_label(finding)}"


def _item(finding: Finding) -> str:
    return f"  - {statement_link(finding)}"
