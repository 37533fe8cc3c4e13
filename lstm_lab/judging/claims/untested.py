"""What the text says that no claim measures, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from lstm_lab.judging.claims.source import Source, source_from_json, source_to_json


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

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, read back by `from_json`."""
        return {**vars(self), "source": source_to_json(self.source)}

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Untested:
        """What `to_json` wrote."""
        return cls(**{**plain, "source": source_from_json(plain["source"])})


UNTESTED = pytest.StashKey[tuple[Untested, ...]]()  # what a suite says of its text, in the stash of the config
