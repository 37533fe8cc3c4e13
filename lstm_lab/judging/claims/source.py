"""Where a text says something: a section of the article, or a comment below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Section:
    """A section of the article, by its heading; `place` orders the sections of one text in the report."""

    heading: str
    place: int = 0

    def __str__(self) -> str:
        return f"Section “{self.heading}”"


@dataclass(frozen=True)
class Comment:
    """A comment below the article: its number, author and ISO date."""

    number: int
    author: str
    date: str

    def __str__(self) -> str:
        return f"Comment {self.number}, {self.author}, {self.date}"


Source = Section | Comment


def source_to_json(source: Source) -> dict[str, Any]:
    """Plain JSON values, read back by `source_from_json`."""
    return {"kind": "section" if isinstance(source, Section) else "comment", **vars(source)}


def source_from_json(plain: dict[str, Any]) -> Source:
    """The source that `source_to_json` wrote."""
    fields = {name: value for name, value in plain.items() if name != "kind"}
    return Section(**fields) if plain["kind"] == "section" else Comment(**fields)
