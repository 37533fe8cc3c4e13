"""Claims in tables, with their verdicts and numeric results; and by the section of the text that they are in."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lstm_lab.judging.claims import Comment, Link, Section
from lstm_lab.judging.criteria import LEVEL
from lstm_lab.judging.report.editions import edition_cell
from lstm_lab.judging.report.formatting import (
    EMPTY_CELL,
    anchor,
    escaped,
    inline_code,
    row,
    statement_link,
    verdict_label,
)
from lstm_lab.judging.verdicts import Finding, Status
from lstm_lab.text import difference_interval, mean_with_interval, percent_interval, signed, whole_percent

COMMENTS, ELSEWHERE = "Comments", "Elsewhere"
STANCE_NOTES = {"strict": "a stricter reading", "question": "a question", "probe": "a probe of ours"}


@dataclass(frozen=True)
class Column:
    """One column of the tables of claims.

    Attributes:
        title: the heading of the column.
        cell: gives the cell of a claim, in Markdown; EMPTY_CELL where it has no value.
        alignment: of the cells, in Markdown.
        name: CSS class of the value on the line of a claim on the HTML page; "" for a column of the tables alone.
        label: text before the value on that line, for screen readers.
        head: the heading above those lines; "" for the title.
        width: of the column on the page, as CSS writes it.
    """

    title: str
    cell: Callable[[Finding], str]
    alignment: str = ":--"
    name: str = ""
    label: str = ""
    head: str = ""
    width: str = "7.5rem"


def by_section(findings: Sequence[Finding]) -> list[tuple[str, list[Finding]]]:
    """Headings with their findings: sections by their place in the text, comments by their number, then other texts.

    Findings of the same place or number keep the order of the catalogue.
    """
    sections: dict[str, list[Finding]] = {}
    places: dict[str, int] = {}
    comments: list[tuple[int, Finding]] = []
    elsewhere: list[Finding] = []
    for finding in findings:
        match finding.entry.claim.source:
            case Section(heading=heading, place=place):
                sections.setdefault(heading, []).append(finding)
                places[heading] = max(place, places.get(heading, 0))
            case Comment(number=number):
                comments.append((number, finding))
            case Link():
                elsewhere.append(finding)
    groups = [(heading, sections[heading]) for heading in sorted(sections, key=lambda heading: places[heading])]
    if comments:
        groups.append((COMMENTS, [finding for _, finding in sorted(comments, key=lambda pair: pair[0])]))
    if elsewhere:
        groups.append((ELSEWHERE, elsewhere))
    return groups


def table(findings: Sequence[Finding], contested: frozenset[str]) -> Iterator[str]:
    """The lines of one table: a row for each claim; columns in which no claim has a value are left out.

    Args:
        findings: the claims, at least one.
        contested: ids of the claims of which a contradicting one is supported as well.
    """
    recorded = sorted({name for finding in findings for name in finding.elsewhere})
    columns = (
        Column("claim", _claim_here),
        Column("verdict", lambda finding: "<br>".join([verdict_label(finding), *_notes(finding, contested)])),
        *MEASURED,
        *(Column(f"in {name}", functools.partial(edition_cell, name=name)) for name in recorded),
        Column("published", lambda finding: escaped(finding.entry.claim.published) or EMPTY_CELL),
    )
    cells = [[column.cell(finding) for finding in findings] for column in columns]
    told = [index for index, its in enumerate(cells) if set(its) != {EMPTY_CELL}]
    yield row([columns[index].title for index in told])
    yield row([columns[index].alignment for index in told])
    for place in range(len(findings)):
        yield row([cells[index][place] for index in told])


def claim_link(finding: Finding) -> str:
    """The statement as a link to the claim's section, and the id below it."""
    return f"{statement_link(finding)}<br>{inline_code(finding.entry.claim.id)}"


def _claim_here(finding: Finding) -> str:
    """The statement with the anchor of the claim, and below it the id and what it is to the text."""
    claim = finding.entry.claim
    stance = "" if claim.stance == "stated" else f", *{STANCE_NOTES[claim.stance]}*"
    return f'<a id="{anchor(claim.id)}"></a>{escaped(claim.statement)}<br>{inline_code(claim.id)}{stance}'


def _notes(finding: Finding, contested: frozenset[str]) -> Iterator[str]:
    """Remarks on a verdict: that there is no difference, that it departs from the record, is new, or is contested."""
    claim = finding.entry.claim
    recorded, overruled = finding.entry.recorded, finding.overruled
    if finding.judgement is not None and finding.judgement.finding == "no difference":
        yield "no difference"
    if overruled:
        yield f"exploration {overruled.value}"
    if finding.status in {Status.CONTRADICTS_RECORD, Status.DRIFT} and recorded:
        yield f"recorded {recorded.value}"
    if finding.status is Status.NEW:
        yield "new"
    if claim.id in contested:
        yield "contested"


def _passes(finding: Finding) -> str:
    """Seeds that hold, or wins, of the seeds judged, and the ties among them: `27 / 30`."""
    judgement = finding.judgement
    if judgement is None:
        return f"{EMPTY_CELL} / {len(finding.entry.seeds)}"
    tied = f"<br>({judgement.ties} tied)" if judgement.ties else ""
    return f"{EMPTY_CELL if judgement.passes is None else judgement.passes} / {judgement.n}{tied}"


def _interval(finding: Finding) -> str:
    """The interval of the judged quantity; with its level unless that is `LEVEL`, and marked if of a difference."""
    interval = finding.judgement.interval if finding.judgement else None
    if interval is None:
        return EMPTY_CELL
    is_difference = finding.entry.claim.criterion.judged_quantity == "difference"
    text = (difference_interval if is_difference else percent_interval)(interval.low, interval.high)
    notes = [whole_percent(interval.level)] * (interval.level != LEVEL) + ["difference"] * is_difference
    return f"{text}<br>({', '.join(notes)})" if notes else text


def _effect(finding: Finding) -> str:
    """The mean difference with its interval."""
    judgement = finding.judgement
    if judgement is None or judgement.effect is None:
        return EMPTY_CELL
    interval = judgement.effect_interval
    if interval is None:
        return signed(judgement.effect)
    margin = finding.entry.claim.criterion.margin
    mean, ends = mean_with_interval(judgement.effect, interval.low, interval.high, margin)
    return f"{mean}<br>({ends})" if ends else mean


# The numeric result of a claim: in the tables, in the table of a challenge, and on its line on the HTML page.
MEASURED = (
    Column("passes / seeds", _passes, "--:", "passes", "passes of seeds", width="4.6rem"),
    Column(
        f"{whole_percent(LEVEL)} interval",
        _interval,
        alignment="--:",
        name="interval",
        label="interval",
        head=f"{whole_percent(LEVEL)} interval, wanted range shaded",
        width="9.5rem",
    ),
    Column("effect (mean difference)", _effect, "--:", "effect", "mean difference", "mean difference"),
)
