"""What the text says that no claim measures, and why."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from lstm_lab.judging.claims.source import Link, Source


@dataclass(frozen=True)
class Untested:
    """Statements of the text that no claim measures.

    Attributes:
        source: where the text makes them.
        statement: what they say, in our own words, one sentence.
        reason: why nothing is measured.
        count: how many they are.
    """

    source: Source
    statement: str
    reason: str
    count: int = 1

    def __post_init__(self) -> None:
        if isinstance(self.source, Link):
            raise ValueError(f"got {self.source} as untested, wanted a part of the text: Section(...) or Comment(...)")


UNTESTED = pytest.StashKey[tuple[Untested, ...]]()  # in the config's stash, set by the suite
