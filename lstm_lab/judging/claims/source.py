"""Where something is said: in a section of the article, in a comment below it, or elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lstm_lab.text import describe_value, one_line

URL = re.compile(r"https?://[^\s/?#<>\"`\\^{|}]+[^\s<>\"`\\^{|}]{0,2000}", re.IGNORECASE)


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


def source_error(source: object) -> str:
    """Why this is no source, "" where it is one."""
    if not isinstance(source, Source):
        return f"got source {describe_value(source)}, wanted Section(...), Comment(...) or Link(url, title)"
    if not isinstance(source, Link):
        return ""
    if not isinstance(source.url, str) or not URL.fullmatch(source.url) or one_line(source.url) != source.url:
        return f"got the link {describe_value(source.url)}, wanted an address that begins with https:// or http://"
    if not isinstance(source.title, str) or not source.title.strip():
        return f"got the title {describe_value(source.title)} of a link, wanted what the text behind it is called"
    return ""
