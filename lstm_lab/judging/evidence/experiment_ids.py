"""Ids of the experiments behind observations, opaque here: those they share, and whether two sets agree. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lstm_lab.judging.evidence.records import Observation


def shared_ids(observations: Iterable[Observation]) -> frozenset[str]:
    """The ids that all of these observations have; a test may ask for further experiments with some seeds."""
    measured_on = [frozenset(observation.subjects) for observation in observations]
    return frozenset.intersection(*measured_on) if measured_on else frozenset()


def compatible_ids(one: Set[str], other: Set[str]) -> bool:
    """Whether two sets may be of the same experiments: False where each has an id that the other has not.

    A test may ask for more with some seeds than with others, and evidence without ids is not known to differ.
    """
    return one <= other or other <= one
