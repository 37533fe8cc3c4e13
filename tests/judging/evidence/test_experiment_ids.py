"""What observations were measured on, and when two of them may be of the same experiments."""

import pytest

from lstm_lab.judging.evidence.experiment_ids import compatible_ids, shared_ids
from lstm_lab.judging.evidence.records import Observation


def observations(*measured_on: str) -> list[Observation]:
    """One for each seed, measured on the experiments that the letters stand for."""
    return [Observation("a/b", seed, holds=True, subjects=tuple(one)) for seed, one in enumerate(measured_on)]


@pytest.mark.parametrize(
    ("measured_on", "expected"),
    [([], ""), (["", ""], ""), (["ab", "ab"], "ab"), (["ab", "a"], "a"), (["ax", "ay"], "a"), (["x", "y"], "")],
)
def test_what_all_seeds_have_in_common(measured_on, expected):
    """What a test asks for with some seeds only names no experiment of the claim."""
    assert frozenset(expected) == shared_ids(observations(*measured_on))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("", "", True),
        ("ab", "ab", True),
        ("ab", "", True),
        ("ab", "a", True),
        ("a", "b", False),
        ("ab", "ac", False),
    ],
    ids=["nothing", "the same", "unknown", "more", "another", "one of two"],
)
def test_compatible_ids(one, other, expected):
    """They differ where each has one that the other has not."""
    assert expected == compatible_ids(frozenset(one), frozenset(other))
    assert expected == compatible_ids(frozenset(other), frozenset(one))


def test_what_was_observed_is_the_same_whatever_it_was_measured_on():
    """Two observations are compared by what they show."""
    assert Observation("a/b", 0, holds=True) == Observation("a/b", 0, holds=True, subjects=("x",))
