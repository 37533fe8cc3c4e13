"""A part of the text as Markdown: every statement in it, the claims that test it in a table, and their evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote

from lstm_lab.judging.claims import STANCES, Comment, Section, Source
from lstm_lab.judging.criteria import Verdict
from lstm_lab.judging.report.claim_section import claim_section
from lstm_lab.judging.report.claim_tables import table
from lstm_lab.judging.report.formatting import Place, escaped, file_link, file_name, row, source_line
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.report.seed_marks import MEANING
from lstm_lab.judging.verdicts import Finding


class PartOfText(NamedTuple):
    """A section of the text, its comments, or one of them.

    Attributes:
        name: of its file, without suffix.
        title: of the part.
        line: what was found in it, Markdown; "" for nothing.
        findings: the claims that have their place in it, at least one.
    """

    name: str
    title: str
    line: str
    findings: Sequence[Finding]


def part_lines(part: PartOfText, report: Report, place: Place) -> Iterator[str]:
    """The lines of the file on one part of the text.

    Args:
        part: the part.
        report: of the run.
        place: the folder of the details.
    """
    yield from _head(part, place)
    marks = ", ".join(f"`{mark}` {meaning}" for mark, meaning in MEANING.items())
    yield (
        "By the place in the text. Folded below each claim: its criterion, its numbers and its seeds, one mark for "
        f"each: {marks}."
    )
    yield ""
    contested = report.contradictions.contested_claims()
    places = _by_place(part.findings)
    is_one = len({source.whole for source in places}) == 1
    for source, findings in places.items():
        yield f"## {_heading(source) if is_one else source_line(source)}"
        yield ""
        yield from table(findings, contested)
        yield ""
        for finding in findings:
            yield from claim_section(finding, report.contradictions)


def back(place: Place) -> str:
    """The line that leads back to the first file, and to the page."""
    return f"[The report]({quote(place.report)}) · [the page]({quote(place.page)})"


def free_name(text: str, taken: set[str]) -> str:
    """A text as the name of a file, with a number where another file has it; it is taken from now on."""
    base = name = file_name(text)
    count = 1
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    taken.add(name)
    return name


def comment_parts(part: PartOfText, taken: set[str]) -> list[PartOfText]:
    """The comments of a part, each with a file of its own; none of any other part.

    Args:
        part: a part of the text.
        taken: the names that other files have.
    """
    comments: dict[int, list[Finding]] = {}
    for finding in part.findings:
        if isinstance(finding.entry.claim.source, Comment):
            comments.setdefault(finding.entry.claim.source.number, []).append(finding)
    return [
        PartOfText(free_name(f"comment-{number:02}", taken), f"Comment {number} and replies", "", findings)
        for number, findings in comments.items()
    ]


def comments_lines(part: PartOfText, comments: Sequence[PartOfText], place: Place) -> Iterator[str]:
    """The lines of the file that leads to the comments."""
    yield from _head(part, place)
    yield row(["comment", "claims", *(verdict.value for verdict in Verdict)])
    yield row([":--", "--:", *("--:" for _ in Verdict)])
    for one in comments:
        counts = Counter(finding.verdict for finding in one.findings)
        numbers = (len(one.findings), *(counts[verdict] for verdict in Verdict))
        yield row([file_link(escaped(one.title), one.name), *map(str, numbers)])


def _head(part: PartOfText, place: Place) -> Iterator[str]:
    yield f"# {escaped(part.title)}"
    yield ""
    yield back(place)
    yield ""
    if part.line:
        yield f"In one line: {part.line}."
        yield ""


def _by_place(findings: Sequence[Finding]) -> dict[Source, list[Finding]]:
    """The claims by their place in the text; what the text states comes before other readings of it."""
    places: dict[Source, list[Finding]] = {}
    for finding in sorted(findings, key=lambda one: _order(one.entry.claim.source)):
        places.setdefault(finding.entry.claim.source, []).append(finding)
    return {
        source: sorted(members, key=lambda one: STANCES.index(one.entry.claim.stance))
        for source, members in places.items()
    }


def _order(source: Source) -> tuple[int, ...]:
    match source:
        case Section():
            return source.place, source.paragraph, source.sentence
        case Comment():
            return source.number, source.reply, source.paragraph, source.sentence
    return ()  # other texts stay in the order of the catalogue


def _heading(source: Source) -> str:
    """A place in the text without the name of its section, Markdown."""
    if not isinstance(source, Section):
        return source_line(source)
    within = str(source).removeprefix(str(source.whole)).removeprefix(", ")
    return f"{within[0].upper()}{within[1:]}" if within else "The section as a whole"
