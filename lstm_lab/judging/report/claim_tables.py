"""The tables of claims: one for each section of the text, in its order, one for the comments, one for other texts."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lstm_lab.judging.claims import Comment, Link, Section
from lstm_lab.judging.criteria import LEVEL
from lstm_lab.judging.evidence import ControlResult, Shown
from lstm_lab.judging.report.editions import edition_cell
from lstm_lab.judging.report.formatting import EMPTY_CELL, anchor, escaped, inline_code, row, source_line, verdict_label
from lstm_lab.judging.verdicts import Finding, Status
from lstm_lab.text import difference_interval, mean_with_interval, percent_interval, signed, whole_percent

COMMENTS, ELSEWHERE = "Comments", "Elsewhere"


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


def tables(groups: Sequence[tuple[str, list[Finding]]], contested: frozenset[str]) -> Iterator[str]:
    """The lines of all tables.

    Args:
        groups: from `by_section`.
        contested: ids of the claims of which a contradicting one is supported as well.
    """
    recorded = sorted({name for _, findings in groups for finding in findings for name in finding.elsewhere})
    columns = (
        Column("claim", claim_link),
        Column("source", _source),
        Column("verdict", lambda finding: "<br>".join([verdict_label(finding), *_notes(finding, contested)])),
        *MEASURED,
        *(Column(f"in {name}", functools.partial(edition_cell, name=name)) for name in recorded),
        Column("can fail", lambda finding: _shown(finding.can_fail, finding.control)),
        Column("can hold", lambda finding: _shown(finding.can_hold, finding.planted_control)),
        Column("published", lambda finding: escaped(finding.entry.claim.published) or EMPTY_CELL),
    )
    for heading, findings in groups:
        yield f"### {escaped(heading)}"
        yield ""
        yield row([column.title for column in columns])
        yield row([column.alignment for column in columns])
        for finding in findings:
            yield row([column.cell(finding) for column in columns])
        yield ""


def claim_link(finding: Finding) -> str:
    """The statement as a link to the claim's section, and the id below it."""
    claim = finding.entry.claim
    return f"[{escaped(claim.statement)}](#{anchor(claim.id)})<br>{inline_code(claim.id)}"


def _source(finding: Finding) -> str:
    source = finding.entry.claim.source
    return "article" if isinstance(source, Section) else source_line(source)


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


def _shown(shown: Shown, result: ControlResult | None) -> str:
    """Whether a claim can fail, or hold, and its passes under that control: `yes, 0 / 30 untrained`."""
    if result is None:
        return EMPTY_CELL if shown is Shown.NOT_ASKED else shown.value
    passes = result.verdict.value if result.passes is None else f"{result.passes} / {result.n}"
    answer = f"{shown.value}, {passes} {result.control.kind}"
    return answer if shown is Shown.YES else f"**{answer}**"


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
