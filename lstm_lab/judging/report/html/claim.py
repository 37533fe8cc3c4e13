"""One claim on the page: a line that tells where it stands, and what opens below it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from lstm_lab.judging.claims import Comment
from lstm_lab.judging.criteria import Verdict
from lstm_lab.judging.evidence import CanFail
from lstm_lab.judging.report.claim_section import Fact, Table, against_record, declared, facts, figures
from lstm_lab.judging.report.claim_tables import MEASURED
from lstm_lab.judging.report.formatting import EMPTY_CELL, anchor, verdict_label
from lstm_lab.judging.report.html.markup import inline, slug, text
from lstm_lab.judging.report.overview import ATTENTION
from lstm_lab.judging.report.seed_marks import MEANING, marks, reported_values, tally, value_counts
from lstm_lab.judging.report.sentences import result_sentence
from lstm_lab.judging.verdicts import Contradictions, Finding, Status
from lstm_lab.text import number, seed_ranges

NO_VERDICT = "no verdict"
CHART = 100.0  # width of the small drawing of an interval
MARGIN_SHARE = 0.25  # of that width, from the middle to the margin of `equivalent`
MARK_CLASSES = dict(zip(MEANING, ("", "not", "ahead", "tied", "behind", "lost", "lost"), strict=True))


class PicturePart(NamedTuple):
    """A picture of the page, as the claims that it belongs to show it.

    Attributes:
        name: the id of its drawing.
        title: what it shows.
        shape: width and height.
        linked: whether a claim only links to it: it is high, or most claims share it.
    """

    name: str
    title: str
    shape: tuple[float, float]
    linked: bool = False


def verdict(finding: Finding) -> str:
    """The verdict in a word, or that there is none."""
    return finding.judgement.verdict.value if finding.judgement else NO_VERDICT


def part(finding: Finding) -> tuple[str, str]:
    """Where the text says it: `article` or `comments`, and the id of the section or the comment."""
    source = finding.entry.claim.source
    if isinstance(source, Comment):
        return "comments", f"comment-{source.number}"
    return "article", slug(source.heading)


def topics(finding: Finding, disputes: Contradictions) -> Iterator[str]:
    """What else a reader may look for."""
    claim = finding.entry.claim.id
    if verdict(finding) == Verdict.REFUTED.value:
        yield "contradicts-the-text"
    if disputes.rivals.get(claim):
        yield "has-a-rival"
    if disputes.contested(claim):
        yield "contested"
    if finding.status in ATTENTION or finding.can_fail is CanFail.NO:
        yield "needs-attention"
    if finding.may_be_chance:
        yield "may-be-chance"


def claim_details(
    finding: Finding, disputes: Contradictions, default_seeds: int, pictures: Sequence[PicturePart]
) -> Iterator[str]:
    """The lines of one claim.

    Args:
        finding: the claim, judged.
        disputes: who contradicts whom.
        default_seeds: the number of seeds of the run.
        pictures: those that belong to it.
    """
    claim = finding.entry.claim
    facets = {
        "id": claim.id,
        "verdict": verdict(finding),
        "part": " ".join(part(finding)),
        "kind": claim.criterion.facet,
        "fail": finding.can_fail.value,
        "topic": " ".join(topics(finding, disputes)),
    }
    told = "".join(f' data-{name}="{escape(value)}"' for name, value in facets.items())
    yield f'<details class="claim {slug(verdict(finding))}"{told}>'
    yield "<summary>"
    yield from _line(finding)
    yield "</summary>"
    yield f'<div class="told" id="{anchor(claim.id)}">'
    evidence = inline(f"{result_sentence(finding)}.{against_record(finding)}")
    yield f'<p class="found"><strong>{verdict_label(finding)}</strong>: {evidence}</p>'
    yield f'<p class="source">{text(str(claim.source))}</p>'
    if finding.entry.docstring:
        yield f'<p class="note"><b>Note:</b> {text(finding.entry.docstring)}</p>'
    yield from _facts(declared(finding))
    yield from _seeds(finding)
    for table in figures(finding):
        yield from _table(table)
    yield from (_picture(picture) for picture in pictures if not picture.linked)
    links = [f'<a href="#{one.name}">{escape(one.title)}</a>' for one in pictures if one.linked]
    if links:
        yield f"<p><b>See also:</b> {', '.join(links)}</p>"
    yield from _facts(facts(finding, disputes, default_seeds))
    yield f'<p class="permanent"><a href="#claim={claim.id}">Link to this claim</a></p>'
    yield "</div>"
    yield "</details>"


def _line(finding: Finding) -> Iterator[str]:
    claim = finding.entry.claim
    author = f' · <span class="who">{text(str(claim.source))}</span>' if isinstance(claim.source, Comment) else ""
    new = ' · <span class="new">new</span>' if finding.status is Status.NEW else ""
    yield f'<span class="verdict">{verdict_label(finding)}</span>'
    yield f'<span class="claimed"><h4>{text(claim.statement)}</h4><code>{claim.id}</code>{author}{new}</span>'
    for column in MEASURED:
        cell = column.cell(finding).replace("<br>", " ")
        if cell != EMPTY_CELL:
            chart = _chart(finding) if column.name == "interval" else ""
            yield f'<span class="{column.name}"><span class="unseen">{column.label}: </span>{cell}{chart}</span>'


def _chart(finding: Finding) -> str:
    """The interval, and where the claim wants it, as a small drawing; the figures stand beside it."""
    judgement, criterion = finding.judgement, finding.entry.claim.criterion
    if judgement is None or judgement.interval is None:
        return ""
    region = criterion.region()
    unit, zero = CHART, 0.0
    if criterion.judged_quantity == "difference":
        margin = max((abs(edge) for edge in region or () if math.isfinite(edge)), default=0.0)
        unit, zero = MARGIN_SHARE * CHART / (margin or 1.0), CHART / 2
    low, high = (_place(zero + unit * end) for end in (judgement.interval.low, judgement.interval.high))
    drawn = [f'<line x1="{low:.4g}" x2="{high:.4g}" y1="6" y2="6"/>']
    if region is not None:
        left, right = (_place(zero + unit * end) for end in region)
        drawn.insert(0, f'<rect x="{left:.4g}" y="1" width="{right - left:.4g}" height="10"/>')
    if judgement.rate is not None:
        drawn.append(f'<circle cx="{unit * judgement.rate:.4g}" cy="6" r="2.5"/>')
    return f'<svg class="chart" viewBox="-3 0 106 12" aria-hidden="true">{"".join(drawn)}</svg>'


def _place(x: float) -> float:
    return min(max(x, 0.0), CHART)


def _facts(told: Iterator[Fact]) -> Iterator[str]:
    lines = [f"<li><b>{inline(one.about)}</b> {inline(one.text)}".rstrip() for one in told]
    if lines:
        yield '<ul class="facts">'
        yield from lines
        yield "</ul>"


def _seeds(finding: Finding) -> Iterator[str]:
    """One mark for each seed, and below it what each of them showed."""
    seeds, every = sorted(finding.entry.seeds), marks(finding)
    yield f"<h5>{seed_ranges(seeds).capitalize()}: {tally(finding)}</h5>"
    yield '<ol class="seeds">'
    yield "".join(
        f'<li><i{_marked(mark)} role=img title="seed {seed}: {MEANING[mark]}">{mark}</i>'
        for seed, mark in zip(seeds, every, strict=True)
    )
    yield "</ol>"
    observed = {one.seed: one for one in finding.observations}
    names = list(reported_values(finding.observations))
    arms = ["treatment", "baseline"] if finding.entry.claim.criterion.judges_pairs else []
    if not observed or not (names or arms):
        return
    rows = []
    for seed, mark in zip(seeds, every, strict=True):
        cells = [f"<th>{seed}<td>{MEANING[mark]}"]
        one = observed.get(seed)
        if one is not None:
            cells += [f"<td>{number(figure)}" for figure in (one.value, one.against) if figure is not None]
            cells += [
                f"<td>{escape(value_counts([one.shown[name]])[0][0]) if name in one.shown else EMPTY_CELL}"
                for name in names
            ]
        rows.append(f"<tr>{''.join(cells)}")
    yield '<details class="seedwise"><summary>Seed by seed</summary>'
    heads = "".join(f"<th scope=col>{escape(name)}" for name in ("seed", "outcome", *arms, *names))
    yield from _scrolling("Seed by seed", [f"<thead><tr>{heads}<tbody>", *rows])
    yield "</details>"


def _marked(mark: str) -> str:
    """The class of a mark; the most frequent has none, there are thousands."""
    return f" class={MARK_CLASSES[mark]}" if MARK_CLASSES[mark] else ""


def _table(table: Table) -> Iterator[str]:
    sides = ["" if side == ":--" else " class=n" for side in table.alignment]
    heads = "".join(f"<th scope=col{side}>{name}" for name, side in zip(table.columns, sides, strict=True))
    rows = []
    for name, *cells in table.rows:
        others = "".join(f"<td{side}>{inline(cell)}" for cell, side in zip(cells, sides[1:], strict=True))
        rows.append(f"<tr><th>{inline(name)}{others}")
    yield from _scrolling(f"What was {table.columns[0]}", [f"<thead><tr>{heads}<tbody>", *rows])


def _scrolling(label: str, rows: Sequence[str]) -> Iterator[str]:
    """A table that scrolls by itself where it is too wide, by keyboard as well."""
    yield f'<div class="wide" role="group" tabindex="0" aria-label="{escape(label)}"><table>'
    yield from rows
    yield "</table></div>"


def _picture(picture: PicturePart) -> str:
    """The drawing of another place of the page once more, without its bytes."""
    width, height = picture.shape
    return (
        f'<figure><svg viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(picture.title)}">'
        f'<use href="#{picture.name}"/></svg>'
        f'<figcaption><a href="#{picture.name}">{escape(picture.title)}</a></figcaption></figure>'
    )
