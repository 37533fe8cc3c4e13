"""The negative control of a claim: what is taken away from it under `--control`, so that it must lose its support.

A claim that is still supported by untrained models, or by a variant that is broken on purpose, cannot fail.
"""

from __future__ import annotations

import inspect
from collections.abc import Collection
from dataclasses import dataclass
from types import FunctionType
from typing import Literal

from lstm_lab.judging.criteria import Verdict

WORDS = 3  # the least number in the text of a control: one or two words name no variant

Kind = Literal["untrained", "broken", "exempt"]


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
