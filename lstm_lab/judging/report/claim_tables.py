"""The claims in tables: one for each section of the text, in its order, and one for the comments below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lstm_lab.judging.claims import Comment, Section
from lstm_lab.judging.criteria import Equivalent, Judgement
from lstm_lab.judging.evidence import CanFail
from lstm_lab.judging.report.formatting import EMPTY_CELL, anchor, escaped, inline_code, row, verdict_label
from lstm_lab.judging.verdicts import Finding, Status
from lstm_lab.text import difference_interval, percent_interval, signed

COLUMNS = (
    "claim",
    "source",
    "verdict",
    "passes / seeds",
    "95 % interval",
    "effect (mean difference)",
    "can fail",
    "published",
)
ALIGNMENT = (":--", ":--", ":--", "--:", "--:", "--:", ":--", ":--")
COMMENTS = "Comments"


def by_section(findings: Sequence[Finding]) -> list[tuple[str, list[Finding]]]:
    """Headings with their findings: the sections by their place in the text, then the comments by their number.

    What has the same place or number keeps the order of the catalogue.
    """
    sections: dict[str, list[Finding]] = {}
    places: dict[str, int] = {}
    comments: list[tuple[int, Finding]] = []
    for finding in findings:
        match finding.entry.claim.source:
            case Section(heading=heading, place=place):
                sections.setdefault(heading, []).append(finding)
                places[heading] = max(place, places.get(heading, 0))
            case Comment(number=number):
                comments.append((number, finding))
    found = [(heading, sections[heading]) for heading in sorted(sections, key=lambda one: places[one])]
    if comments:
        found.append((COMMENTS, [finding for _, finding in sorted(comments, key=lambda pair: pair[0])]))
    return found


def tables(groups: Sequence[tuple[str, list[Finding]]], contested: frozenset[str]) -> Iterator[str]:
    """The lines of all tables.

    Args:
        groups: from `in_order`.
        contested: ids of the claims of which a contradicting one is supported as well.
    """
    for heading, findings in groups:
        yield f"### {escaped(heading)}"
        yield ""
        yield row(COLUMNS)
        yield row(ALIGNMENT)
        for finding in findings:
            yield row(_cells(finding, finding.entry.claim.id in contested))
        yield ""


def _cells(finding: Finding, contested: bool) -> tuple[str, ...]:
    claim, judgement = finding.entry.claim, finding.judgement
    source = "article" if isinstance(claim.source, Section) else escaped(str(claim.source))
    notes = [f"recorded {claim.expect.value}"] if _departs(finding) and claim.expect else []
    notes += ["new"] * (finding.status is Status.NEW) + ["contested"] * contested
    return (
        f"[{escaped(claim.statement)}](#{anchor(claim.id)})<br>{inline_code(claim.id)}",
        source,
        "<br>".join([verdict_label(finding), *notes]),
        passes(finding),
        EMPTY_CELL if judgement is None else interval(finding, judgement),
        EMPTY_CELL if judgement is None else effect(judgement),
        _can_fail(finding),
        escaped(claim.published) or EMPTY_CELL,
    )


def _can_fail(finding: Finding) -> str:
    """Whether the claim has shown that it can fail, and what was left of it: `yes, 0 / 30 untrained`."""
    shown = finding.control
    if shown is None:
        return finding.can_fail.value
    left = shown.verdict.value if shown.passes is None else f"{shown.passes} / {shown.n}"
    answer = f"{finding.can_fail.value}, {left} {shown.control.kind}"
    return answer if finding.can_fail is CanFail.YES else f"**{answer}**"


def _departs(finding: Finding) -> bool:
    return finding.status in {Status.CONTRADICTS_RECORD, Status.DRIFT}


def passes(finding: Finding) -> str:
    """Seeds that hold, or wins, of the seeds judged: `27 / 30`."""
    judgement = finding.judgement
    if judgement is None:
        return f"{EMPTY_CELL} / {len(finding.entry.seeds)}"
    return f"{EMPTY_CELL if judgement.passes is None else judgement.passes} / {judgement.n}"


def interval(finding: Finding, judgement: Judgement) -> str:
    """The interval of what is judged, with its level where that is not the usual one."""
    if judgement.low is None or judgement.high is None:
        return EMPTY_CELL
    if isinstance(finding.entry.claim.criterion, Equivalent):
        return f"{difference_interval(judgement.low, judgement.high)}<br>(90 %, difference)"
    return percent_interval(judgement.low, judgement.high)


def effect(judgement: Judgement) -> str:
    """The mean difference with its interval."""
    if judgement.effect is None:
        return EMPTY_CELL
    if judgement.effect_low is None or judgement.effect_high is None:
        return signed(judgement.effect)
    return f"{signed(judgement.effect)}<br>({difference_interval(judgement.effect_low, judgement.effect_high)})"
