"""Where something is said: in a section of the article, in a comment below it, or elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

Voice = Literal["text", "readers", "elsewhere"]  # who says it: the article or its author, another reader, another text


@dataclass(frozen=True)
class Section:
    """A section of the article, by its heading, or a place in it.

    Attributes:
        heading: its heading.
        place: orders the sections of one text in the report.
        paragraph: counted from 1, 0 for the section as a whole.
        sentence: of the paragraph, counted from 1, 0 for the paragraph as a whole.
    """

    heading: str
    place: int = 0
    paragraph: int = 0
    sentence: int = 0
    kind = "section"
    voice: ClassVar[Voice] = "text"

    def at(self, paragraph: int, sentence: int = 0) -> Section:
        """A paragraph of the section, or a sentence of it."""
        return replace(self, paragraph=paragraph, sentence=sentence)

    @property
    def whole(self) -> Section:
        """The section that this is a place in."""
        return replace(self, paragraph=0, sentence=0)

    def __str__(self) -> str:
        return f"Section “{self.heading}”{_within(self.paragraph, self.sentence)}"


@dataclass(frozen=True)
class Comment:
    """A comment below the article, or a reply to one, or a place in it.

    Attributes:
        number: of the comment.
        author: who wrote the comment or the reply.
        date: ISO date of it.
        reply: of the comment, counted from 1; 0 for the comment itself.
        paragraph: of the comment or reply, counted from 1, 0 for all of it.
        sentence: of the paragraph, counted from 1, 0 for the paragraph as a whole.
        by_author: whether the author of the article wrote it.
    """

    number: int
    author: str
    date: str
    reply: int = 0
    paragraph: int = 0
    sentence: int = 0
    by_author: bool = False
    kind = "comment"

    @property
    def voice(self) -> Voice:
        """Who says it."""
        return "text" if self.by_author else "readers"

    def at(self, paragraph: int, sentence: int = 0) -> Comment:
        """A paragraph of the comment or reply, or a sentence of it."""
        return replace(self, paragraph=paragraph, sentence=sentence)

    @property
    def whole(self) -> Comment:
        """The comment or reply that this is a place in."""
        return replace(self, paragraph=0, sentence=0)

    def __str__(self) -> str:
        reply = f", reply {self.reply}" if self.reply else ""
        return f"Comment {self.number}{reply}, {self.author}, {self.date}{_within(self.paragraph, self.sentence)}"


@dataclass(frozen=True)
class Link:
    """Another text, such as a page of documentation: its address and what it is called."""

    url: str
    title: str
    kind = "link"
    voice: ClassVar[Voice] = "elsewhere"

    @property
    def whole(self) -> Link:
        """The text."""
        return self

    def __str__(self) -> str:
        return f"“{self.title}”, {self.url}"


Source = Section | Comment | Link
# By their tags in files.
SOURCES: dict[str, type[Source]] = {source.kind: source for source in (Section, Comment, Link)}


def _within(paragraph: int, sentence: int) -> str:
    """A place in a text, to append to its name; "" for all of it."""
    if not paragraph:
        return ""
    return f", paragraph {paragraph}" + (f", sentence {sentence}" if sentence else "")
