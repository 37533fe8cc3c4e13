"""Where something is said: in a section of the article, in a comment below it, or elsewhere."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A section of the article, by its heading; `place` orders the sections of one text in the report."""

    heading: str
    place: int = 0
    kind = "section"

    def __str__(self) -> str:
        return f"Section “{self.heading}”"


@dataclass(frozen=True)
class Comment:
    """A comment below the article: its number, author and ISO date."""

    number: int
    author: str
    date: str
    kind = "comment"

    def __str__(self) -> str:
        return f"Comment {self.number}, {self.author}, {self.date}"


@dataclass(frozen=True)
class Link:
    """Another text, such as a page of documentation: its address and what it is called."""

    url: str
    title: str
    kind = "link"

    def __str__(self) -> str:
        return f"“{self.title}”, {self.url}"


Source = Section | Comment | Link
# By their tags in files.
SOURCES: dict[str, type[Source]] = {source.kind: source for source in (Section, Comment, Link)}
