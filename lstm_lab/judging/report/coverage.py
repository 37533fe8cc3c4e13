"""Coverage: how much of each part of the text the claims measure, and what is left out and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lstm_lab.judging.claims import Comment, Section, Source, Untested
from lstm_lab.judging.report.formatting import escaped, row
from lstm_lab.judging.verdicts import Finding
from lstm_lab.text import pluralized


def coverage_lines(findings: Sequence[Finding], untested: Sequence[Untested]) -> Iterator[str]:
    """The lines of the chapter: a table by part of the text, then what is left out of each part and why."""
    parts = sorted({_part(one.entry.claim.source) for one in findings} | {_part(one.source) for one in untested})
    claims = {part: sum(_part(one.entry.claim.source) == part for one in findings) for part in parts}
    left_out = {part: [one for one in untested if _part(one.source) == part] for part in parts}
    yield row(("part of the text", "claims measured", "statements that are not measured"))
    yield row((":--", "--:", "--:"))
    for part in parts:
        yield row((escaped(part[2]), str(claims[part]), str(sum(one.count for one in left_out[part]))))
    yield row(("all", str(len(findings)), str(sum(one.count for one in untested))))
    yield ""
    yield "A statement with several readings is measured as several claims. What is not measured:"
    yield ""
    for part in parts:
        if left_out[part]:
            yield f"- {escaped(part[2])}"
            yield from (f"  - {_line(one)}" for one in left_out[part])


def _part(source: Source) -> tuple[int, int, str]:
    """The sections by their place, then the comments by their number, each with its replies."""
    match source:
        case Section(heading=heading, place=place):
            return 0, place, heading
        case Comment(number=number):
            return 1, number, f"Comment {number} and replies"


def _line(one: Untested) -> str:
    who = f" *{escaped(one.source.author)}.*" if isinstance(one.source, Comment) else ""
    many = f" ({pluralized(one.count, 'statement')})" if one.count > 1 else ""
    return f"{escaped(one.statement)}{who}{many} Not measured: {escaped(one.reason)}."
