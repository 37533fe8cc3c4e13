"""The controls of a claim: what is taken away from it under `--control`, or planted, and what it must come to then.

A claim that is still supported by untrained models, or by a variant that is broken on purpose, cannot fail. One that is
refuted all the same where its property is planted cannot hold.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType
from typing import Any, Literal

from lstm_lab.judging.criteria import Verdict

LAB = __name__.partition(".")[0]
WORDS = 3  # the least number in the text of a control: one or two words name no variant
DECLARE_PLANTED = "holds_with='the variant with the property planted'"

OF_THE_SUITE = ("seed", "control", "broken", "planted", "observe")  # fixtures on which all evidence rests
ASKS = re.compile(
    r"""getfixturevalue\(\s*["']control["']|getoption\(\s*["'](?:--)?control["']|\boption\.control\b"""
    r"""|\bparams(?:\.get\(|\[)\s*["']control["']"""
)

Kind = Literal["untrained", "broken", "exempt", "planted"]


@dataclass(frozen=True)
class Control:
    """A declared control.

    Attributes:
        kind: what is taken away. "untrained": the training; "broken": a property, in the variant that `text` names;
            "exempt": nothing. Or, of a positive control, "planted": the property is there, in the variant that `text`
            names.
        text: the control in one line; of an exempt claim, why it has none.
    """

    kind: Kind
    text: str


UNTRAINED = Control("untrained", "the initial weights instead of the trained ones")


def exempt(reason: str) -> Control:
    """No control, for a plain fact about the data that neither training nor a layer has a part in."""
    return Control("exempt", reason)


def declared_control(declared: str | Control | None) -> Control:
    """The control that `@claim(..., control=declared)` means."""
    if declared is None:
        return UNTRAINED
    return declared if isinstance(declared, Control) else Control("broken", declared)


def planted_control(holds_with: str) -> Control | None:
    """The positive control of a claim with this `holds_with`, None without one."""
    return Control("planted", holds_with) if holds_with else None


def validation_error(control: Control, holds_with: str, function: FunctionType, fixtures: Collection[str]) -> str:
    """Why a claim cannot have these controls, "" where it can.

    Args:
        control: the negative control.
        holds_with: the positive control, "" for none.
        function: its test.
        fixtures: all fixtures of the test, also indirect ones, which other claims with another kind of control may use.
    """
    own = inspect.signature(function).parameters
    if control.kind != "broken" and "broken" in own:
        return "got a test with the fixture broken, wanted control='the broken variant in a few words' beside it"
    if control.kind == "broken" and "broken" not in fixtures:
        return f"got control={control.text!r}, wanted a test with the fixture broken that measures that variant"
    if not holds_with and "planted" in own:
        return f"got a test with the fixture planted, wanted {DECLARE_PLANTED} beside it"
    if holds_with and "planted" not in fixtures:
        return f"got holds_with={holds_with!r}, wanted a test with the fixture planted that measures that variant"
    return ""


def peeking_error(function: FunctionType, fixtures: Mapping[str, Callable[..., Any]]) -> str:
    """Why a test can know whether it runs under `--control`, "" where it cannot: such a test could fail just there.

    Args:
        function: the test.
        fixtures: by name, the functions of all its fixtures, also indirect ones.
    """
    wanted = "wanted control='the broken variant in a few words' and the fixture broken"
    if "control" in inspect.signature(function).parameters:
        return f"got a test with the fixture control, {wanted}"
    own = {name: fixture for name, fixture in fixtures.items() if not str(fixture.__module__).startswith(f"{LAB}.")}
    for name, fixture in own.items():
        if name in OF_THE_SUITE:
            return f"got a fixture {name} of its own, wanted that of the suite"
        if "control" in inspect.signature(fixture).parameters:
            return f"got a fixture {name} that takes the fixture control, {wanted}"
    functions: list[Callable[..., Any]] = [function, *own.values()]
    asked = next(filter(None, (_asks_for_control(inspect.getsourcefile(one) or "") for one in functions)), "")
    return f"got {asked}, which asks for the control, {wanted}" if asked else ""


@functools.cache
def _asks_for_control(path: str) -> str:
    """The line of a file that asks whether it runs under `--control`, "" where none does."""
    text = Path(path).read_text(encoding="utf-8") if path else ""
    found = ASKS.search(text)
    return f"{Path(path).name}:{text.count(chr(10), 0, found.start()) + 1}" if found else ""


def wording_error(control: object, holds_with: str) -> str:
    """Why these are no controls with usable texts, "" where they are."""
    if not isinstance(control, Control) or not isinstance(control.text, str):
        return f"got control {control!r}, wanted a few words that name a broken variant, or exempt('reason')"
    if _says_nothing(control.text):
        what = "exempt" if control.kind == "exempt" else "control"
        return f"got {what} {control.text!r}, wanted one line of at least {WORDS} words; untrained needs no word"
    if holds_with and _says_nothing(holds_with):
        return f"got holds_with {holds_with!r}, wanted one line of at least {WORDS} words"
    return ""


def _says_nothing(text: str) -> bool:
    return len(text.split()) < WORDS or "\n" in text


def reason_not_broken(control: Control, on_record: Verdict | None) -> str:
    """Why a claim is not measured under its negative control, "" where it is."""
    if control.kind == "exempt":
        return f"exempt, {control.text}"
    return "refuted on record" if on_record is Verdict.REFUTED else ""


def must_hold(control: Control, on_record: Verdict | None) -> bool:
    """Whether a claim must show by a positive control that it can hold."""
    return on_record is Verdict.REFUTED and control.kind != "exempt"
