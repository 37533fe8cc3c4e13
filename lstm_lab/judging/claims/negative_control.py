"""The negative control of a claim: what is taken away from it under `--control`, so that it must lose its support.

A claim that is still supported by untrained models, or by a variant that is broken on purpose, cannot fail.
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

OF_THE_SUITE = ("seed", "control", "broken", "planted", "observe")  # fixtures on which all evidence rests
ASKS = re.compile(
    r"""getfixturevalue\(\s*["']control["']|getoption\(\s*["'](?:--)?control["']|\boption\.control\b"""
    r"""|\bparams(?:\.get\(|\[)\s*["']control["']"""
)

Kind = Literal["untrained", "broken", "exempt", "planted"]


@dataclass(frozen=True)
class NegativeControl:
    """A declared negative control.

    Attributes:
        kind: what is taken away. "untrained": the training; "broken": a property, in the variant that `text` names;
            "exempt": nothing.
        text: the control in one line; of an exempt claim, why it has none.
    """

    kind: Kind
    text: str


UNTRAINED = NegativeControl("untrained", "the initial weights instead of the trained ones")


def exempt(reason: str) -> NegativeControl:
    """No control, for a plain fact about the data that neither training nor a layer has a part in."""
    return NegativeControl("exempt", reason)


def declared_control(declared: str | NegativeControl | None) -> NegativeControl:
    """The control that `@claim(..., control=declared)` means."""
    if declared is None:
        return UNTRAINED
    return declared if isinstance(declared, NegativeControl) else NegativeControl("broken", declared)


def validation_error(control: NegativeControl, function: FunctionType, fixtures: Collection[str]) -> str:
    """Why a claim cannot have this control, "" where it can.

    Args:
        control: the control.
        function: its test.
        fixtures: all fixtures of the test, also indirect ones, which other claims with another kind of control may use.
    """
    if control.kind != "broken" and "broken" in inspect.signature(function).parameters:
        return "got a test with the fixture broken, wanted control='the broken variant in a few words' beside it"
    if control.kind == "broken" and "broken" not in fixtures:
        return f"got control={control.text!r}, wanted a test with the fixture broken that measures that variant"
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


def wording_error(control: object) -> str:
    """Why this is no control with a usable text, "" where it is one."""
    if not isinstance(control, NegativeControl) or not isinstance(control.text, str):
        return f"got control {control!r}, wanted a few words that name a broken variant, or exempt('reason')"
    if len(control.text.split()) < WORDS or "\n" in control.text:
        what = "exempt" if control.kind == "exempt" else "control"
        return f"got {what} {control.text!r}, wanted one line of at least {WORDS} words; untrained needs no word"
    return ""


def reason_not_run(control: NegativeControl, expect: Verdict | None) -> str:
    """Why a claim is not run under `--control`, "" where it is."""
    if control.kind == "exempt":
        return f"exempt, {control.text}"
    return "refuted on record, it fails as it stands" if expect is Verdict.REFUTED else ""
