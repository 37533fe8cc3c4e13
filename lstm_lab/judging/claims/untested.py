"""The text by its paragraphs, and what it says that no claim measures, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

import pytest

from lstm_lab.judging.claims.source import Comment, Section, Source
from lstm_lab.serialization import Range

MOST_SENTENCES = 1000  # of a paragraph


@dataclass(frozen=True)
class Paragraphs:
    """The paragraphs of a section, a comment or a reply, by their number and without their words.

    Attributes:
        source: the section, comment or reply.
        sentences: how many sentences each paragraph has, in their order.
    """

    source: Source
    sentences: tuple[Annotated[int, Range(1, MOST_SENTENCES)], ...]


@dataclass(frozen=True)
class Untested:
    """Statements of the text that no claim measures.

    Attributes:
        places: where the text makes them, one place for each statement.
        statement: what they say, in our own words, one sentence.
        reason: why nothing is measured.
    """

    places: tuple[Source, ...]
    statement: str
    reason: str


# In the config's stash, set by the suite.
OUTLINE = pytest.StashKey[tuple[Paragraphs, ...]]()
UNTESTED = pytest.StashKey[tuple[Untested, ...]]()


def place_error(source: Source, outline: Iterable[Paragraphs]) -> str:
    """Why a place is none of a text whose paragraphs are known, "" where it is one, or where they are not known."""
    paragraphs = next((one.sentences for one in outline if one.source == source.whole), None)
    if paragraphs is None or not isinstance(source, Section | Comment) or source == source.whole:
        return ""
    if not 1 <= source.paragraph <= len(paragraphs):
        return f"got {source}, wanted one of its paragraphs 1 to {len(paragraphs)}"
    sentences = paragraphs[source.paragraph - 1]
    if source.sentence <= sentences:
        return ""
    return f"got {source}, wanted one of the sentences 1 to {sentences} of that paragraph"
