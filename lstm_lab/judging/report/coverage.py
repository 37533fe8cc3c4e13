"""Coverage: which paragraphs of the text are measured, by which claims, and which are not and why."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lstm_lab.judging.claims import Claim, Comment, Paragraphs, Section, Source, Untested
from lstm_lab.judging.report.formatting import escaped, link, row

Text = Section | Comment


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the text, or, with the number 0, a section or comment as a whole.

    Attributes:
        place: the paragraph.
        claims: ids of the claims that measure something in it, in the order of the catalogue.
        untested: what it says that none measures.
    """

    place: Text
    claims: tuple[str, ...]
    untested: tuple[Untested, ...]


def paragraphs(
    claims: Sequence[Claim], untested: Sequence[Untested], outline: Sequence[Paragraphs]
) -> Iterator[Paragraph]:
    """All paragraphs that are known, and every other place that a claim or an untested statement points to."""
    texts = ((text.source, len(text.sentences)) for text in outline if isinstance(text.source, Text))
    measured: dict[Text, dict[str, None]] = {
        source.at(number): {} for source, last in texts for number in range(1, last + 1)
    }
    left_out: dict[Text, dict[Untested, None]] = {}
    for claim in claims:
        for place in _paragraphs_of((claim.source, *claim.also)):
            measured.setdefault(place, {})[claim.id] = None
    for statement in untested:
        for place in _paragraphs_of(statement.places):
            left_out.setdefault(place, {})[statement] = None
    for place in sorted({*measured, *left_out}, key=_order):
        yield Paragraph(place, tuple(measured.get(place, ())), tuple(left_out.get(place, ())))


def coverage_lines(
    claims: Sequence[Claim], untested: Sequence[Untested], outline: Sequence[Paragraphs]
) -> Iterator[str]:
    """The lines of the chapter: a table by part of the text, then its paragraphs."""
    parts: dict[tuple[int, int, str], list[Paragraph]] = {}
    for paragraph in paragraphs(claims, untested, outline):
        parts.setdefault(_part(paragraph.place), []).append(paragraph)
    begun = Counter(_part(claim.source) for claim in claims if isinstance(claim.source, Text))
    left_out = Counter(_part(place) for one in untested for place in one.places if isinstance(place, Text))
    yield row(("part of the text", "claims", "paragraphs", "of them measured", "statements that are not measured"))
    yield row((":--", "--:", "--:", "--:", "--:"))
    counts = Counter[str]()
    for part, its in parts.items():
        inside = [paragraph for paragraph in its if paragraph.place.paragraph]
        numbers = {
            "claims": begun[part],
            "paragraphs": len(inside),
            "measured": sum(bool(paragraph.claims) for paragraph in inside),
            "untested": left_out[part],
        }
        counts.update(numbers)
        yield row((escaped(part[2]), *map(str, numbers.values())))
    yield row(("all", *(str(counts[name]) for name in ("claims", "paragraphs", "measured", "untested"))))
    yield ""
    yield "A claim counts where its first place is. By paragraph:"
    yield ""
    for part, its in parts.items():
        yield f"- {escaped(part[2])}"
        for _, alike in itertools.groupby(its, lambda one: (one.place.whole, one.claims, one.untested)):
            yield f"  - {_line(tuple(alike))}"


def _paragraphs_of(sources: Sequence[Source]) -> Iterator[Text]:
    """The paragraphs of the text that these places are in."""
    return (place.at(place.paragraph) for place in sources if isinstance(place, Text))


def _order(place: Text) -> tuple[tuple[int, int, str], int, int]:
    return _part(place), place.reply if isinstance(place, Comment) else 0, place.paragraph


def _part(source: Text) -> tuple[int, int, str]:
    """The part of the text that a source belongs to, sortable: sections by place, then comments by number."""
    if isinstance(source, Section):
        return 0, source.place, source.heading
    return 1, source.number, f"Comment {source.number} and replies"


def _line(alike: Sequence[Paragraph]) -> str:
    """Paragraphs in a row of which the same is said."""
    first, last = alike[0].place, alike[-1].place
    numbers = f"paragraph {first.paragraph}" if first == last else f"paragraphs {first.paragraph} to {last.paragraph}"
    where = numbers if first.paragraph else "as a whole"
    if isinstance(first, Comment):
        reply = f"reply {first.reply}, " if first.reply else ""
        where = f"{reply}{where}, *{escaped(first.author)}*"
    links = ", ".join(link(id) for id in alike[0].claims)
    reasons = (f"{escaped(one.statement)} Not measured: {escaped(one.reason)}." for one in alike[0].untested)
    said = " ".join(filter(None, [f"{links}." if links else "", *reasons]))
    return f"{where[0].upper()}{where[1:]}: {said or 'neither measured nor is there a reason why not.'}"
