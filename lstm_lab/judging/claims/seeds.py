"""How many seeds a claim takes by default and at most, and how a seed is named in a test's id."""

from __future__ import annotations

from typing import Annotated

from lstm_lab.serialization import LONGEST, Range

DEFAULT_SEEDS = 30
MOST_SEEDS = LONGEST  # evidence lists them

Seed = Annotated[int, Range(0, MOST_SEEDS - 1)]
SeedCount = Annotated[int, Range(1, MOST_SEEDS)]


def seed_name(seed: int) -> str:
    """A seed in a node id; of fixed width, so that `-k seed001` means one seed."""
    return f"seed{seed:03d}"


def node_part(case: str, part: str) -> str:
    """What a node id has in brackets: `part`, a seed or a word, behind the suffix of a case that has one."""
    return f"{case}-{part}" if case else part
