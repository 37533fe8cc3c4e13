"""The decorator that declares what a test measures: one claim, or several of one statement, a `case(...)` for each."""

from __future__ import annotations

import builtins
import string
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest

from lstm_lab.judging.claims.claim import Claim, ClaimError
from lstm_lab.judging.claims.controls import Control, declared_control
from lstm_lab.judging.claims.source import Source
from lstm_lab.judging.claims.validation import declaration_error, id_error, shown, text_error
from lstm_lab.judging.criteria import Criterion, Verdict
from lstm_lab.text import describe_value

Test = TypeVar("Test", bound=Callable[..., None])


@dataclass(frozen=True)
class Case:
    """One of several claims that a test measures; see `case`."""

    suffix: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Declaration:
    """One claim that a test measures.

    Attributes:
        claim: the claim, or why it cannot be tested.
        case: its suffix among the cases of the test, "" for the first or only one.
        values: by name, the values of this case for the statement, the test and its fixtures.
        slots: those of `values` that the statement has a slot for.
        note: what the report says of this case in place of the test's docstring, "" for that.
    """

    claim: Claim | ClaimError
    case: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    slots: frozenset[str] = frozenset()
    note: str = ""


Content = Claim | ClaimError | tuple[Declaration, ...]  # of the mark that `claim` makes


@dataclass(frozen=True)
class Declared:
    """One use of `claim`: what its mark holds, the id, and where in the code it stands."""

    content: Content
    id: str
    file: str
    line: int


# All that this process has declared and of which no test was collected yet, by the identity of its content.
UNCOLLECTED: dict[int, Declared] = {}


def forget_collected(content: object) -> None:
    """A test was collected whose mark has this content."""
    UNCOLLECTED.pop(id(content), None)


def case(suffix: str = "", /, **values: Any) -> Case:
    """One case of a claim: a claim of its own, with the id of the family, "-" and `suffix`.

    A value named like an argument of `claim` replaces that argument, and `note` the docstring of the test. All others
    fill the slots of the statement, `{units}`, and go to the test and its fixtures where they have such a parameter.
    """
    return Case(suffix, values)


def claim(
    id: str = "",
    statement: str = "",
    *,
    source: Source | list[Source] | None = None,
    stance: str = "probe",
    criterion: Criterion | None = None,
    expect: str | None = None,
    found: str | None = None,
    seeds: int | None = None,
    seeds_reason: str = "",
    contradicts: tuple[str, ...] | list[str] = (),
    published: str = "",
    control: str | Control | None = None,
    holds_with: str = "",
    revised: str = "",
    judged_from: int | None = None,
    sides: tuple[str, str] | tuple[()] = (),
    measure: str = "",
    challenges: str = "",
    asks: tuple[str, ...] | list[str] = (),
    cases: list[Case] | tuple[Case, ...] | None = None,
    **unknown: object,
) -> Callable[[Test], Test]:
    """Declare a test as the measurement of one claim, or of one for each of its cases; the arguments are `Claim`'s.

    `source` is one place or, where the text says it several times, a list of them, of which the first is the claim's
    own.

    `control` says how the claim shows that it can fail: left out, the models are untrained; a text names the broken
    variant that the test measures where the fixture `broken` is true; `exempt("why")` is for plain facts.

    `holds_with` names the variant with the property planted, which the test measures where the fixture `planted` is
    true; a claim that is refuted needs one, to show that it could have been supported.

    `sides` names treatment and baseline of a comparison, `measure` what is measured, both in words that readers of the
    text know: `sides=("with resets", "without"), measure="accuracy on the 25 pairs"`. They are presentation alone.

    `challenges` names the claim that this one disputes. It contradicts that claim, is measured together with it where
    it is measured alone, and stands beside it in the report.

    `asks` names questions of `python -m lstm_lab semantics`: the report says what other versions of Keras, and other
    backends, answer to them.

    `cases` are the variants of which the same is claimed and measured:
    `case("50-units", units=50, model=STATEFUL_ONE_CHAR_50)`.

    Mistakes are reported at collection, one line each, so that one bad claim does not hide the others:
    the mark keeps either the claim or the error, of several cases one declaration each.
    """
    declared = {name: value for name, value in locals().items() if name not in ("id", "cases", "unknown")}
    content: Content
    if id_error(id):
        content = ClaimError(id_error(id))
    elif unknown:
        content = ClaimError(f"claim {id}: got {min(unknown)}=..., wanted one of {', '.join(declared)}, cases")
    elif cases is None:
        content = _claim(id, declared)
    elif not isinstance(cases, list | tuple) or not cases:
        content = ClaimError(f"claim {id}: got cases={describe_value(cases)}, wanted a list of case(...)")
    else:
        suffixes: set[str] = set()
        content = tuple(_declaration_of(item, id, declared, suffixes) for item in cases)
    caller = sys._getframe(1)
    UNCOLLECTED[builtins.id(content)] = Declared(content, str(id), caller.f_code.co_filename, caller.f_lineno)
    # The keyword `id` is what `-m 'claim(id="...")'` selects by; each test of a case gets a mark with its own id.
    return pytest.mark.claim(content, **({} if isinstance(content, tuple) else {"id": id}))


def _claim(id: str, declared: Mapping[str, Any]) -> Claim | ClaimError:
    """The claim of these arguments, or what is wrong with it."""
    try:
        verdicts = {name: _verdict(id, name, declared[name]) for name in ("expect", "found")}
        places = declared["source"] if isinstance(declared["source"], list) else [declared["source"]]
        declared = {**declared, "source": next(iter(places), None), "also": tuple(places[1:])}
        error = declaration_error(declared) or _found_error(**verdicts)
        if error:
            raise ClaimError(f"claim {id}: {error}")
        converted = {
            **verdicts,
            "contradicts": tuple(declared["contradicts"]),
            "asks": tuple(declared["asks"]),
            "control": declared_control(declared["control"]),
            "sides": tuple(declared["sides"]) if isinstance(declared["sides"], list) else declared["sides"],
        }
        return Claim(id=id, **{**declared, **converted})
    except ClaimError as mistake:
        return mistake


def _found_error(expect: Verdict | None, found: Verdict | None) -> str:
    """What is wrong with the verdict of the judged seeds, "" for nothing."""
    if found is None or (expect is not None and found is not expect):
        return ""
    if expect is None:
        return f"got found={found.value!r} without expect, wanted expect={found.value!r}, or both where they differ"
    return f"got found={found.value!r}, the same as expect, wanted found= only where the judged seeds differ"


def _verdict(id: str, name: str, value: object) -> Verdict | None:
    """The verdict that an argument names."""
    if value is None:
        return None
    known = {verdict.value: verdict for verdict in Verdict}
    if not isinstance(value, str) or value not in known:
        wanted = ", ".join(map(repr, known))
        raise ClaimError(f"claim {id}: got {name}={shown(value)}, wanted one of {wanted}")
    return known[value]


def _declaration_of(item: object, id: str, declared: Mapping[str, Any], suffixes: set[str]) -> Declaration:
    """The declaration of one case; its suffix must not be among `suffixes` and is added to them."""
    if not isinstance(item, Case):
        return Declaration(ClaimError(f"claim {id}: got the case {item!r}, wanted case('suffix', name=value, ...)"))
    if not isinstance(item.suffix, str):
        message = f"claim {id}: got a case with the suffix {describe_value(item.suffix)}, wanted a text"
        return Declaration(ClaimError(message))
    if item.suffix in suffixes:
        message = f"claim {id}: got two cases with the suffix {item.suffix!r}, wanted one of its own for each"
        return Declaration(ClaimError(message))
    suffixes.add(item.suffix)
    claim_id = f"{id}-{item.suffix}" if item.suffix else id
    replaced = {name: value for name, value in item.values.items() if name in declared}
    values = {name: value for name, value in item.values.items() if name not in declared}
    note = values.pop("note", "")
    fields = {**declared, **replaced}
    try:
        unfit = text_error("a note", note, empty=True) or text_error("a statement", fields["statement"])
        if unfit:
            raise ClaimError(f"claim {claim_id}: {unfit}")
        fields["statement"], slots = _fill_slots(claim_id, fields["statement"], values)
    except ClaimError as error:
        return Declaration(error, item.suffix)
    return Declaration(_claim(claim_id, fields), item.suffix, values, slots, note)


def _fill_slots(id: str, statement: str, values: Mapping[str, Any]) -> tuple[str, frozenset[str]]:
    """The statement with its slots filled from `values`, and the names of the slots."""
    try:
        slots = frozenset(name for _, name, _, _ in string.Formatter().parse(statement) if name is not None)
        missing = sorted(slots - values.keys())
        if missing:
            raise ClaimError(f"claim {id}: got no value for {{{missing[0]}}} in its statement, wanted one in its case")
        return statement.format(**values), slots
    except ClaimError:
        raise
    except Exception as error:  # of an unmatched brace, or whatever a value says to the format that its slot asks for
        raise ClaimError(f"claim {id}: got a statement with a slot that cannot be filled ({error})") from None
