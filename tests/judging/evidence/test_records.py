"""An observation takes the form its criterion judges, in builtin types, or is refused in one line."""

from __future__ import annotations

import enum
import json

import numpy as np
import pytest

from lstm_lab.judging.claims.claim import Claim
from lstm_lab.judging.claims.source import Section
from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.criterion import Criterion
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.evidence.records import Entry, EvidenceError, Failure, Observation, Run, observed
from lstm_lab.judging.evidence.serialization import structure, unstructure


class Letter(enum.StrEnum):
    """A subclass of a builtin type, as worker and controller do not exchange it."""

    K = "K"


def claim(criterion: Criterion) -> Claim:
    """A claim judged by `criterion`."""
    return Claim("here/holds", "It holds.", Section("Here"), criterion)


HOLDS, PAIR = claim(at_least(0.8)), claim(beats())


@pytest.mark.parametrize(
    "holds", [True, np.True_, np.array(True), np.float64(1) == 1], ids=["bool", "np", "0-d", "equal"]
)
def test_holds_is_a_builtin_bool(holds: object) -> None:
    """NumPy's truth values become Python's."""
    one = observed(HOLDS, 3, holds, None, {})

    assert one == Observation("here/holds", 3, holds=True)
    assert one.holds is True
    assert one.outcome is True


@pytest.mark.parametrize(
    "figure", [0.5, np.float64(0.5), np.float32(0.5), np.array(0.5)], ids=["py", "f64", "f32", "0-d"]
)
def test_pair_is_two_builtin_floats(figure: object) -> None:
    """NumPy's numbers and 0-d arrays become Python's, whole numbers become floats."""
    one = observed(PAIR, 3, figure, np.int64(1), {})

    assert one == Observation("here/holds", 3, value=0.5, against=1.0)
    assert one.outcome == (0.5, 1.0)
    assert [type(number) for number in one.outcome] == [float, float]


def test_shown_is_kept_in_builtin_types() -> None:
    """Figures for the reader survive JSON unchanged, whatever they were made of."""
    shown = {
        "letter": Letter.K,
        "text": np.str_("B"),
        "loss": np.float32(0.5),
        "right": np.int64(3),
        "ok": np.bool_(True),
    }
    one = observed(HOLDS, 0, True, None, shown)

    assert one.shown == {"letter": "K", "text": "B", "loss": 0.5, "right": 3, "ok": True}
    assert [type(value) for value in one.shown.values()] == [str, str, float, int, bool]
    assert one == structure(json.loads(json.dumps(unstructure(one))), Observation, "observation")


@pytest.mark.parametrize(
    ("measured", "first", "against", "message"),
    [
        (HOLDS, 0.9, None, "got 0.9 (float), wanted True or False for at_least(0.8)"),
        (HOLDS, 1, None, "got 1 (int), wanted True or False for at_least(0.8)"),
        (HOLDS, None, None, "got None (NoneType), wanted True or False for at_least(0.8)"),
        (HOLDS, np.array([True]), None, "got an array of shape (1,), wanted True or False for at_least(0.8)"),
        (HOLDS, True, 0.5, "got against=0.5 (float), wanted none: at_least(0.8) judges True or False"),
        (PAIR, 0.9, None, "got 0.9 (float) alone, wanted observe(x, against=y) for beats()"),
        (PAIR, True, 0.5, "x: got True (bool), wanted one number"),
        (PAIR, np.zeros((2, 3)), 0.5, "x: got an array of shape (2, 3), wanted one number"),
        (PAIR, 0.5, "0.5", "against: got '0.5' (str), wanted one number"),
        (PAIR, float("nan"), 0.5, "x: got nan (float), wanted a finite number"),
        (PAIR, 0.5, np.float32("inf"), "against: got inf (float), wanted a finite number"),
        (PAIR, 10**400, 0.5, f"x: got {'1' + 56 * '0'}... (int), wanted a finite number"),
    ],
)
def test_observation_of_the_wrong_form(measured: Claim, first: object, against: object, message: str) -> None:
    """What the criterion cannot judge is refused in one line: claim, seed, what was got and what is wanted."""
    with pytest.raises(EvidenceError) as error:
        observed(measured, 7, first, against, {})

    assert str(error.value).removeprefix("claim here/holds, seed 7: ") == message


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([1, 2], "got [1, 2] (list), wanted a bool, a number or a text"),
        (np.zeros(3), "got an array of shape (3,), wanted a bool, a number or a text"),
        (float("nan"), "got nan (float), wanted a finite number"),
        (None, "got None (NoneType), wanted a bool, a number or a text"),
        ("a" * 100_001, f"got '{56 * 'a'}... (str), wanted a text of at most 100000 characters"),
    ],
    ids=["list", "array", "nan", "none", "long"],
)
def test_shown_that_is_no_single_figure(value: object, message: str) -> None:
    """What the report cannot show is refused by name."""
    with pytest.raises(EvidenceError) as error:
        observed(HOLDS, 7, True, None, {"answer": value})

    assert str(error.value) == f"claim here/holds, seed 7: answer: {message}"


@pytest.mark.parametrize(
    "record",
    [
        Failure("here/holds", None, "error", "ValueError: no\nmore lines"),
        Entry(HOLDS, "claims/test_here.py::test_holds", 7, "A note.", (0, 1, 2), 30),
        Run("2024-05-06T07:08:09+00:00", 61.5, "pytest claims/", "abc1234 (modified)", 2, 6, 1, {"refused": ["a"]}),
    ],
    ids=["failure", "entry", "run"],
)
def test_json_keeps_a_record(record: Failure | Entry | Run) -> None:
    """Every record written as JSON is read back equal."""
    assert record == structure(json.loads(json.dumps(unstructure(record))), type(record), "record")
