"""Coverage: how many statements of each part of the text are measured, and which are not and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lstm_lab.judging.claims import Comment, Link, Section, Untested
from lstm_lab.judging.report.formatting import escaped, row
from lstm_lab.judging.verdicts import Finding
from lstm_lab.text import pluralized


def coverage_lines(findings: Sequence[Finding], untested: Sequence[Untested]) -> Iterator[str]:
    """The lines of the chapter: a table by part of the text, then the statements not measured, with the reason."""
    sources = [finding.entry.claim.source for finding in findings]
    claims = Counter(_part(source) for source in sources if not isinstance(source, Link))
    left_out: dict[tuple[int, int, str], list[Untested]] = {}
    for statement in untested:
        if not isinstance(statement.source, Link):
            left_out.setdefault(_part(statement.source), []).append(statement)
    parts = sorted({*claims, *left_out})
    yield row(("part of the text", "claims measured", "statements that are not measured"))
    yield row((":--", "--:", "--:"))
    for part in parts:
        yield row((escaped(part[2]), str(claims[part]), _count(left_out.get(part, ()))))
    yield row(("all", str(claims.total()), _count(untested)))
    yield ""
    yield "A statement with several readings is measured as several claims. What is not measured:"
    yield ""
    for part in parts:
        if part in left_out:
            yield f"- {escaped(part[2])}"
            yield from (f"  - {_line(statement)}" for statement in left_out[part])


def _count(untested: Sequence[Untested]) -> str:
    """How many statements these entries stand for."""
    return str(sum(entry.count for entry in untested))


def _part(source: Section | Comment) -> tuple[int, int, str]:
    """The part of the text that a source belongs to, sortable: sections by place, then comments by number."""
    match source:
        case Section(heading=heading, place=place):
            return 0, place, heading
        case Comment(number=number):
            return 1, number, f"Comment {number} and replies"


def _line(untested: Untested) -> str:
    author = f" *{escaped(untested.source.author)}.*" if isinstance(untested.source, Comment) else ""
    count = f" ({pluralized(untested.count, 'statement')})" if untested.count > 1 else ""
    return f"{escaped(untested.statement)}{author}{count} Not measured: {escaped(untested.reason)}."
