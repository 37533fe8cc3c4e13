"""Every argument of a declaration is looked at before anything runs: one line says what is wrong with it."""

from __future__ import annotations

from typing import Any

import pytest

from lstm_lab import Comment, Section, Untested, at_least, beats, case, claim, exempt
from lstm_lab.judging.claims import Claim, ClaimError, untested_error

HERE = Section("Here")
GOOD: dict[str, Any] = {"source": HERE, "criterion": at_least(0.8)}
HALF = "\ud800"
SIDES = 'wanted the names of treatment and baseline, like ("with resets", "without")'
ID = "wanted lower-case words like 'section/what-is-claimed'"
WRITTEN = "wanted characters that can be written"
ARGUMENTS: list[tuple[dict[str, Any], str]] = [
    ({"id": None}, f"claim id: got None (NoneType), {ID}"),
    ({"id": print}, f"claim id: got <built-in function print> (builtin_function_or_method), {ID}"),
    ({"id": "a/" + "b" * 300}, f"claim id: got 'a/{'b' * 54}... (str), {ID}"),
    ({"id": f"a/{HALF}"}, rf"claim id: got 'a/\ud800', {ID}"),
    ({"statement": None}, "got a statement None (NoneType), wanted a text"),
    ({"statement": ""}, "got a statement '', wanted some words"),
    ({"statement": " \n "}, r"got a statement ' \n ', wanted some words"),
    ({"statement": "x" * 5001}, "got a statement of 5001 characters, wanted at most 5000"),
    ({"statement": f"It {HALF}"}, rf"got a statement 'It \ud800' with '\ud800', {WRITTEN}"),
    ({"statement": "It\0"}, rf"got a statement 'It\x00' with '\x00', {WRITTEN}"),
    ({"statement": None, "cases": [case()]}, "got a statement None (NoneType), wanted a text"),
    ({"published": 0.87}, "got published 0.87 (float), wanted a text"),
    ({"published": "x" * 200_000}, "got published of 200000 characters, wanted at most 300"),
    ({"source": None}, "got source None (NoneType), wanted Section(...), Comment(...) or Link(url, title)"),
    ({"source": Section(7)}, "got a heading 7 (int), wanted a text"),  # type: ignore[arg-type]
    ({"source": Section("")}, "got a heading '', wanted some words"),
    ({"source": Section("Here", -1)}, "got place -1 (int), wanted a whole number, at least 0"),
    ({"source": Section("Here", True)}, "got place True (bool), wanted a whole number, at least 0"),
    ({"source": Comment("12", "Ada", "2016")}, "got the number of a comment '12' (str), wanted a whole"),  # type: ignore[arg-type]
    ({"source": Comment(12, "", "2016-08-24")}, "got an author '', wanted some words"),
    ({"source": Comment(12, "Ada", 2016)}, "got a date 2016 (int), wanted a text"),  # type: ignore[arg-type]
    ({"expect": ["supported"]}, "got expect=['supported'] (list), wanted one of 'supported', "),
    ({"seeds": True, "seeds_reason": "dear"}, "got seeds=True, wanted a whole number, at least 1"),
    ({"seeds": 2.5, "seeds_reason": "dear"}, "got seeds=2.5, wanted a whole number, at least 1"),
    ({"seeds": 0, "seeds_reason": "dear"}, "got seeds=0, wanted at least 1 and at most 100000"),
    ({"seeds": 5}, "seeds=5 has no reason; add seeds_reason='why not more'"),
    ({"seeds": 5, "seeds_reason": 7}, "got seeds_reason 7 (int), wanted a text"),
    ({"contradicts": "there/other"}, "got contradicts='there/other' (str), wanted a list of ids of claims"),
    (
        {"asks": "fit_batch"},
        "got asks='fit_batch' (str), wanted a list of ids of questions, like ['fit_batch_to_batch']",
    ),
    ({"asks": [7]}, "got asks=[7] (list), wanted a list of ids of questions, like ['fit_batch_to_batch']"),
    ({"contradicts": [7]}, "got contradicts=[7 (int)], wanted ids of claims, like 'section/what'"),
    ({"contradicts": ["Other"]}, "got contradicts=['Other'], wanted ids of claims, like 'section/what'"),
    ({"contradicts": ["here/holds"]}, "got contradicts='here/holds', itself, wanted ids of other claims"),
    ({"control": 7}, "got control Control("),
    ({"control": f"some broken variant {HALF}"}, "got a control "),
    ({"control": exempt("x " * 3000)}, "got a control of 6000 characters, wanted at most 5000"),
    ({"measure": 7}, "got a measure 7 (int), wanted a text"),
    ({"measure": "x" * 121}, "got a measure of 121 characters, wanted at most 120"),
    ({"criterion": beats(), "sides": "with"}, f"got sides='with', {SIDES}"),
    ({"criterion": beats(), "sides": None}, f"got sides=None (NoneType), {SIDES}"),
    ({"criterion": beats(), "sides": ("with",)}, f"got sides=('with',) (tuple), {SIDES}"),
    ({"criterion": beats(), "sides": ("a", "b", "c")}, f"got sides=('a', 'b', 'c') (tuple), {SIDES}"),
    ({"criterion": beats(), "sides": ("with", 7)}, "got a side 7 (int), wanted a text"),
    ({"criterion": beats(), "sides": ("with", " ")}, "got a side ' ', wanted some words"),
    ({"criterion": beats(), "sides": ("with", "x" * 41)}, "got a side of 41 characters, wanted at most 40"),
    ({"criterion": beats(), "sides": ("with", HALF)}, rf"got a side '\ud800' with '\ud800', {WRITTEN}"),
    (
        {"criterion": beats(), "sides": ("with", "with")},
        "got sides=('with', 'with') (tuple), twice the same, wanted two different names",
    ),
    (
        {"sides": ("with", "without")},
        "got sides=('with', 'without') (tuple), wanted a criterion that compares pairs, as ",
    ),
    ({"cases": [case(sides=("with", "without"))]}, "got sides=('with', 'without') (tuple), wanted a criterion that "),
    ({"publishd": "0.87"}, "got publishd=..., wanted one of statement, source, stance, criterion, expect, found, "),
    ({"cases": case()}, "got cases=Case("),
    ({"cases": [case(7)]}, "got a case with the suffix 7 (int), wanted a text"),  # type: ignore[arg-type]
    ({"cases": [case([])]}, "got a case with the suffix [] (list), wanted a text"),  # type: ignore[arg-type]
    ({"cases": [case(note=7)]}, "got a note 7 (int), wanted a text"),
    ({"cases": [case(note=HALF)]}, rf"got a note '\ud800' with '\ud800', {WRITTEN}"),
    ({"statement": "{units:d}", "cases": [case(units="x")]}, "got a statement with a slot that cannot be filled"),
    ({"statement": "{units:d}", "cases": [case(units=HERE)]}, "got a statement with a slot that cannot be filled"),
    ({"statement": "{units:{wide}}", "cases": [case(units=1)]}, "got a statement with a slot that cannot be filled"),
    ({"statement": "$_{units.size}$", "cases": [case(units=1)]}, "got no value for {units.size} in its statement"),
]


@pytest.mark.parametrize(("arguments", "line"), ARGUMENTS, ids=map(str, range(len(ARGUMENTS))))
def test_what_cannot_be_meant_is_refused(arguments: dict[str, Any], line: str) -> None:
    """The decorator keeps the mistake, in one line that names the claim, and raises nothing."""
    given = {"id": "here/holds", "statement": "It holds.", **GOOD, **arguments}

    @claim(**given)
    def test() -> None: ...

    kept = test.pytestmark[0].args[0]  # type: ignore[attr-defined]
    mistake = kept[0].claim if isinstance(kept, tuple) else kept

    assert isinstance(mistake, ClaimError)
    assert str(mistake).startswith(line if line.startswith("claim id") else f"claim here/holds: {line}")
    assert "\n" not in str(mistake)
    str(mistake).encode()


@pytest.mark.parametrize(
    "statement",
    ["$_{1}$ is {not} a slot", "a | b <c> `d` *e* [f](g) ~~h~~", "ünï 😀\nnext"],
    ids=("braces", "marks", "letters"),
)
def test_what_may_be_meant_is_kept(statement: str) -> None:
    """Whatever looks like Markdown or HTML is for the report to write as it stands."""

    @claim("here/holds", statement, published=statement, **GOOD)
    def test() -> None: ...

    kept = test.pytestmark[0].args[0]  # type: ignore[attr-defined]
    assert isinstance(kept, Claim)
    assert statement == kept.statement == kept.published


def test_sides_of_a_comparison_have_names() -> None:
    """Of a list as of a tuple; without any they are called what criteria call them."""
    named, plain = (
        Claim("here/beats", "It beats.", HERE, beats(), sides=sides) for sides in (("with resets", "without"), ())
    )

    @claim("here/beats", "It beats.", source=HERE, criterion=beats(), sides=["with resets", "without"])  # type: ignore[arg-type]
    def test() -> None: ...

    assert named == test.pytestmark[0].args[0]  # type: ignore[attr-defined]
    assert [("with resets", "without"), ("treatment", "baseline")] == [named.arms, plain.arms]


@pytest.mark.parametrize(
    ("untested", "line"),
    [
        ("It is so.", "got 'It is so.', wanted Untested(...)"),
        (
            Untested(("Here",), "It is so.", "an opinion"),  # type: ignore[arg-type]
            "got source 'Here', wanted Section(...), Comment(...) or Link(url, title)",
        ),
        (Untested((HERE,), "", "an opinion"), "got a statement '', wanted some words"),
        (Untested((HERE,), "It is so.", HALF), rf"got a reason '\ud800' with '\ud800', {WRITTEN}"),
        (Untested((), "It is so.", "an opinion"), "got () (tuple) as untested, wanted places of the text: "),
        (Untested((HERE.at(-1),), "It is so.", "an opinion"), "got paragraph -1 (int), wanted a whole number, at "),
        (Untested((HERE, HERE.at(2, 1)), "It is so.", "an opinion"), ""),
    ],
    ids=map(str, range(7)),
)
def test_what_is_not_tested_is_looked_at_too(untested: Any, line: str) -> None:
    """The same texts and numbers, in the same words."""
    assert line == untested_error(untested)[: len(line)]
    assert bool(line) == bool(untested_error(untested))
