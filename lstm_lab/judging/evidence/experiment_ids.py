"""What observations were measured on: opaque names of experiments, and when two of them are of the same ones. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lstm_lab.judging.evidence.records import Observation


def shared_ids(observations: Iterable[Observation]) -> frozenset[str]:
    """What all of these observations were measured on; of a test that asks for more with some seeds, the rest."""
    measured_on = [frozenset(one.subjects) for one in observations]
    return frozenset.intersection(*measured_on) if measured_on else frozenset()


def compatible_ids(one: Set[str], other: Set[str]) -> bool:
    """Whether these may be of the same experiments: not where each names one that the other does not.

    A test may ask for more with some seeds than with others, and evidence that names none is not known to differ.
    """
    return one <= other or other <= one
