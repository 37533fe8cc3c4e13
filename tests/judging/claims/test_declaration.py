"""One declaration for several claims: the same measured of other models or numbers."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from types import FunctionType
from typing import Any

import pytest

from lstm_lab.judging.claims.claim import Claim, ClaimError
from lstm_lab.judging.claims.controls import Control
from lstm_lab.judging.claims.declaration import Declaration, case, claim
from lstm_lab.judging.claims.fingerprint import claim_fingerprint
from lstm_lab.judging.claims.source import Section
from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.criterion import Verdict
from lstm_lab.judging.criteria.rates import at_least, at_most

HERE = Section("Here")


def family(*cases: Any, statement: str = "With {units} units it holds.", **changed: Any) -> tuple[Declaration, ...]:
    """What the decorator keeps of a claim with these cases."""
    arguments: dict[str, Any] = {"source": HERE, "criterion": at_least(0.8), "cases": list(cases), **changed}

    @claim("here/holds", statement, **arguments)
    def test() -> None: ...

    (mark,) = test.pytestmark  # type: ignore[attr-defined]
    assert {} == mark.kwargs
    kept: tuple[Declaration, ...] = mark.args[0]
    return kept


def claims(*cases: Any, **changed: Any) -> list[Claim]:
    """The claims of cases that are right."""
    kept = [one.claim for one in family(*cases, **changed)]
    return [one for one in kept if isinstance(one, Claim)]


def test_each_case_is_a_claim() -> None:
    """Of the family's id and the suffix, with the slots of the statement filled; the same as declared one by one."""
    assert [
        Claim("here/holds", "With 16 units it holds.", HERE, at_least(0.8), Verdict.SUPPORTED),
        Claim("here/holds-50-units", "With 50 units it holds.", HERE, at_least(0.8), Verdict.SUPPORTED),
    ] == claims(case(units=16), case("50-units", units=50), expect="supported")


def test_a_case_replaces_what_the_family_declares() -> None:
    """What is named like an argument of the decorator; everything else is a value of the case."""
    own: dict[str, Any] = {"seeds": 3, "seeds_reason": "dear", "contradicts": ["here/other"], "published": "B"}
    (kept,) = family(
        case(
            "own", units=5, expect="refuted", criterion=at_most(0.2), control="a broken variant", note="Other.", **own
        ),
        expect="supported",
    )

    assert kept == Declaration(
        Claim(
            "here/holds-own",
            "With 5 units it holds.",
            HERE,
            at_most(0.2),
            Verdict.REFUTED,
            3,
            "dear",
            ("here/other",),
            "B",
            Control("broken", "a broken variant"),
        ),
        "own",
        {"units": 5},
        frozenset({"units"}),
        "Other.",
    )


def test_a_case_may_say_it_in_other_words() -> None:
    """A statement of its own has slots, too, also such as format their value."""
    (kept,) = claims(case(share=0.5, statement="At {share:.0%} it holds."))

    assert "At 50% it holds." == kept.statement


def test_braces_are_braces_without_cases() -> None:
    """The statement of a claim that is one is left as it is."""

    @claim("here/holds", "It holds for {A, B}.", source=HERE, criterion=at_least(0.8))
    def test() -> None: ...

    (mark,) = test.pytestmark  # type: ignore[attr-defined]
    assert "It holds for {A, B}." == mark.args[0].statement


@pytest.mark.parametrize(
    ("bad", "statement", "message"),
    [
        (16, "It holds.", "claim here/holds: got the case 16, wanted case('suffix', name=value, ...)"),
        (case("good"), "It holds.", "claim here/holds: got two cases with the suffix 'good', wanted one of its own "),
        (case("x"), "With {units} units.", "claim here/holds-x: got no value for {units} in its statement, wanted "),
        (case("x", units=1), "{units", "claim here/holds-x: got a statement with a slot that cannot be filled (exp"),
        (case("Fifty"), "It holds.", "claim id: got 'here/holds-Fifty', wanted lower-case words like "),
        (case("x", expect="true"), "It holds.", "claim here/holds-x: got expect='true', wanted one of "),
        (case("x", seeds=2), "It holds.", "claim here/holds-x: seeds=2 has no reason; add "),
    ],
    ids=["no case", "twice", "no value", "half a slot", "bad id", "bad verdict", "no reason"],
)
def test_a_bad_case_is_one_line_and_hides_no_other(bad: Any, statement: str, message: str) -> None:
    """The others are claims as if it were not there."""
    good, other = case("good", statement="It holds."), case("other", statement="It holds.")
    kept = family(good, bad, other, statement=statement)

    assert ["here/holds-good", "here/holds-other"] == [one.claim.id for one in kept if isinstance(one.claim, Claim)]
    (error,) = (str(one.claim) for one in kept if isinstance(one.claim, ClaimError))
    assert error.startswith(message)
    assert "\n" not in error


@pytest.mark.parametrize("cases", [[], (), case("x"), "x"])
def test_no_list_of_cases_is_an_error(cases: Any) -> None:
    """Also a case that stands alone."""

    @claim("here/holds", "It holds.", source=HERE, criterion=at_least(0.8), cases=cases)
    def test() -> None: ...

    (mark,) = test.pytestmark  # type: ignore[attr-defined]
    assert isinstance(mark.args[0], ClaimError)
    assert str(mark.args[0]).startswith("claim here/holds: got cases=")
    assert str(mark.args[0]).endswith(", wanted a list of case(...)")


@dataclass(frozen=True)
class Model:
    """What is trained, of which a test knows the name."""

    name: str
    epochs: int


@pytest.mark.parametrize(
    ("values", "others", "same"),
    [
        ({"length": 6}, {"length": 8}, False),
        ({"letters": ["A", "B"]}, {"letters": ["A", "C"]}, False),
        ({"model": Model("one", 5), "baseline": Model("two", 5)}, {"model": Model("two", 5)}, False),
        ({"model": Model("one", 5)}, {"model": Model("one", 9)}, True),
        ({"measure": json.loads}, {"measure": json.dumps}, False),
        ({"of": object()}, {"of": object()}, True),
    ],
    ids=["number", "list", "models", "what a model is", "function", "object"],
)
def test_the_values_of_a_case_are_part_of_its_fingerprint(
    values: dict[str, Any], others: dict[str, Any], *, same: bool
) -> None:
    """Plain ones by their value, others by their name: what was trained is told by the subjects."""
    (holds,) = claims(case(units=16))
    test: FunctionType = test_braces_are_braces_without_cases

    prints = [claim_fingerprint(holds, test, one) for one in (values, others)]
    assert same == (prints[0] == prints[1])
    assert claim_fingerprint(holds, test) == claim_fingerprint(holds, test, {}) != prints[0]


def test_what_sides_and_measure_are_called_is_no_part_of_the_fingerprint() -> None:
    """Readers see them; how a claim is measured and judged they do not touch."""
    plain = Claim("here/beats", "It beats.", HERE, beats())
    named = replace(plain, sides=("with resets", "without"), measure="accuracy on the 25 pairs")
    test: FunctionType = test_braces_are_braces_without_cases

    assert claim_fingerprint(plain, test) == claim_fingerprint(named, test)


def test_each_case_may_name_its_sides() -> None:
    """As it may replace anything that the family declares."""
    named = claims(
        case(units=16), case("8", units=8, sides=("8 units", "32 units")), criterion=beats(), measure="accuracy"
    )

    assert [((), "accuracy"), (("8 units", "32 units"), "accuracy")] == [(one.sides, one.measure) for one in named]
