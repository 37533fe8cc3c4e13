"""Which seeds a run measures, how many a claim takes by default and at most, and how a seed is named in a test's id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from lstm_lab.serialization import LONGEST, Range

DEFAULT_SEEDS = 30
MOST_SEEDS = LONGEST  # the longest list that evidence may have

Seed = Annotated[int, Range(0, MOST_SEEDS - 1)]
SeedCount = Annotated[int, Range(1, MOST_SEEDS)]


@dataclass(frozen=True)
class Seeds:
    """The seeds of a run: those that were looked at while claims were written, or those that verdicts rest on.

    Attributes:
        count: how many.
        exploration: so many, from 0 on, were looked at; 0 where the suite makes no difference.
        exploring: whether these are measured; no verdict rests on them.
    """

    count: int
    exploration: int = 0
    exploring: bool = False

    @property
    def first(self) -> int:
        """The first of them."""
        return 0 if self.exploring else self.exploration

    @property
    def all(self) -> range:
        """Those of a claim that takes as many as the run has and does not say where its own begin."""
        return range(self.first, self.first + self.count)


def seeds_error(asked: int | None, exploration: int, exploring: bool) -> str:
    """Why a run cannot measure so many seeds, "" where it can.

    Args:
        asked: how many, None for the default.
        exploration: how many of the suite are for exploration.
        exploring: whether those are asked for.
    """
    if not 0 <= exploration < MOST_SEEDS:
        return f"exploration_seeds: got {exploration}, wanted at least 0 and less than {MOST_SEEDS}"
    if exploring and not exploration:
        return "--explore: got no exploration seeds, wanted exploration_seeds = 30, say, among the settings of pytest"
    if exploring and asked is not None and asked > exploration:
        return f"--explore --seeds {asked}: wanted at most {exploration}, the exploration seeds"
    if asked is not None and exploration + asked > MOST_SEEDS:
        return f"--seeds {asked}: wanted at most {MOST_SEEDS - exploration}, as the first is seed {exploration}"
    return ""


def seed_name(seed: int) -> str:
    """A seed in a node id; of fixed width, so that `-k seed001` means one seed."""
    return f"seed{seed:03d}"


def control_part(control: str | None, part: str) -> str:
    """`part`, a seed or a word, under a control; in capitals, which no case has in its name."""
    return f"PLANTED-{part}" if control == "planted" else part


def node_part(case: str, part: str) -> str:
    """The bracketed part of a node id: `part`, a seed or a word, after the suffix of the case where it has one."""
    return f"{case}-{part}" if case else part
