"""How many seeds a claim takes by default and at most, and how a seed is named in a test's id."""

from __future__ import annotations

from typing import Annotated

from lstm_lab.serialization import LONGEST, Range

DEFAULT_SEEDS = 30
MOST_SEEDS = LONGEST  # the longest list that evidence may have

Seed = Annotated[int, Range(0, MOST_SEEDS - 1)]
SeedCount = Annotated[int, Range(1, MOST_SEEDS)]


def seed_name(seed: int) -> str:
    """A seed in a node id; of fixed width, so that `-k seed001` means one seed."""
    return f"seed{seed:03d}"


def control_part(control: str | None, part: str) -> str:
    """`part`, a seed or a word, under a control; in capitals, which no case has in its name."""
    return f"PLANTED-{part}" if control == "planted" else part


def node_part(case: str, part: str) -> str:
    """The bracketed part of a node id: `part`, a seed or a word, after the suffix of the case where it has one."""
    return f"{case}-{part}" if case else part
