"""Links between the files of a report: lines link to an anchor alone, and here the file that has it comes before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

from lstm_lab.judging.report.formatting import CODE, FILE, Place

FRONT = ""  # the name of the file that a report begins with
LINK = re.compile(r"(?<!\\)((?:\\\\)*\]\()#([^)\s]*)\)")
ID = re.compile(r'<a id="([^"]+)">')
HEADING = re.compile(r"#+ (.*)")
FENCE = "```"


class Resolved(NamedTuple):
    """The files of a report, ready to be written.

    Attributes:
        texts: by name, that of the first one is `FRONT`.
        lost: one line for each link that leads nowhere.
    """

    texts: dict[str, str]
    lost: tuple[str, ...]


def resolved(documents: Mapping[str, Sequence[str]], place: Place) -> Resolved:
    """The files with links that lead from one to the other.

    A link stays within its file where that has the anchor; else it leads to the file with an element of that id, or
    with a heading of that name. Texts in code are left alone.

    Args:
        documents: the lines of each file by its name.
        place: where the report stands.
    """
    ids = {name: set(_ids(lines)) for name, lines in documents.items()}
    headings = {name: set(_headings(lines)) for name, lines in documents.items()}
    homes: dict[str, str] = {}
    for anchors in (ids, headings):
        for name, its in anchors.items():
            for anchor in its:
                homes.setdefault(anchor, name)
    texts, lost = {}, []
    for name, lines in documents.items():

        def follow(link: re.Match[str], name: str = name) -> str:
            anchor = link[2]
            whole = anchor.removeprefix(FILE)
            if anchor in ids[name] | headings[name]:
                return link[0]
            if whole != anchor and whole in documents:
                return f"{link[1]}{_path(name, whole, place)})"
            if anchor in homes:
                return f"{link[1]}{_path(name, homes[anchor], place)}#{anchor})"
            lost.append(f"{_path(FRONT, name, place)}: got a link to #{anchor}, wanted an anchor that the report has")
            return link[0]

        followed = (re.sub(LINK, follow, part) if is_text else part for part, is_text in _parts(lines))
        texts[name] = "".join(followed).rstrip() + "\n"
    return Resolved(texts, tuple(dict.fromkeys(lost)))


def _path(source: str, target: str, place: Place) -> str:
    """The path of a file of the report as seen from another one, both by their names."""
    if target == FRONT:
        return quote(place.report if source == FRONT else place.inside.report)
    return f"{quote(place.pictures)}/{target}.md" if source == FRONT else f"{target}.md"


def _parts(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The text of all lines in parts, with whether each is text, and no code."""
    for line, is_fenced in _fenced(lines):
        parts = [line] if is_fenced else CODE.split(line)
        yield from ((part, not is_fenced and index % 2 == 0) for index, part in enumerate(parts))
        yield "\n", False


def _fenced(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The lines, each with whether it belongs to a block of code."""
    is_fenced = False
    for line in lines:
        if line.startswith(FENCE):
            is_fenced = not is_fenced
        yield line, is_fenced or line.startswith(FENCE)


def _ids(lines: Sequence[str]) -> Iterator[str]:
    """The ids of elements."""
    for part, is_text in _parts(lines):
        if is_text:
            yield from ID.findall(part)


def _headings(lines: Sequence[str]) -> Iterator[str]:
    """The anchors that a code host gives to headings."""
    for line, is_fenced in _fenced(lines):
        heading = None if is_fenced else HEADING.fullmatch(line)
        if heading:
            text = re.sub(r"<[^>]*>", "", heading[1]).strip().lower()
            yield re.sub(r"[^\w\- ]", "", text).replace(" ", "-")
