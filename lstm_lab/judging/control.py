"""Every claim shows that it can fail: what is taken away from it under `--control`, and what was left of it then.

A claim that its own measure supports without the training, or of a variant that is broken on purpose, says nothing.
"""

from __future__ import annotations

import ast
import enum
import functools
import hashlib
import inspect
import json
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any, Literal

from lstm_lab.judging.criterion import Verdict
from lstm_lab.judging.subjects import alike
from lstm_lab.judging.whole import write_text

if TYPE_CHECKING:
    from lstm_lab.judging.claim import Claim

FORMAT = 1  # of the file; another one is refused
FILE = "control.json"  # in the folder of the evidence, unless the option `controls` in pyproject.toml names another
WORDS = 3  # that a control needs at least: one or two name no variant

Kind = Literal["untrained", "broken", "exempt"]


class ControlError(ValueError):
    """A file of controls that cannot be read; the message is one line saying what, got, wanted."""


@dataclass(frozen=True)
class Control:
    """What is taken away from a claim, so that it must lose its support.

    Attributes:
        kind: "untrained": the training; "broken": a property, in the variant that `text` names; "exempt": nothing.
        text: the control in one line; of an exempt claim, why it has none.
    """

    kind: Kind
    text: str

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, read back by `Control(**plain)`."""
        return dict(vars(self))


UNTRAINED = Control("untrained", "the initial weights instead of the trained ones")


def exempt(reason: str) -> Control:
    """No control, for a plain fact about the data that neither training nor a layer has a part in."""
    return Control("exempt", reason)


def control_of(declared: str | Control | None) -> Control:
    """The control that `@claim(..., control=declared)` means."""
    if declared is None:
        return UNTRAINED
    return declared if isinstance(declared, Control) else Control("broken", declared)


def flaw(control: Control, function: FunctionType, fixtures: Collection[str]) -> str:
    """Why a claim cannot have this control, "" where it can.

    Args:
        control: the control.
        function: its test.
        fixtures: all that the test takes, also by way of others, which it may share with claims that name a variant.
    """
    if control.kind != "broken" and "broken" in inspect.signature(function).parameters:
        return "got a test with the fixture broken, wanted control='the broken variant in a few words' beside it"
    if control.kind == "broken" and "broken" not in fixtures:
        return f"got control={control.text!r}, wanted a test with the fixture broken that measures that variant"
    return ""


def wording_flaw(control: object) -> str:
    """Why this is no control that tells a reader something, "" where it is one."""
    if not isinstance(control, Control) or not isinstance(control.text, str):
        return f"got control {control!r}, wanted a few words that name a broken variant, or exempt('reason')"
    if len(control.text.split()) < WORDS or "\n" in control.text:
        what = "exempt" if control.kind == "exempt" else "control"
        return f"got {what} {control.text!r}, wanted one line of at least {WORDS} words; untrained needs no word"
    return ""


def digest(claim: Claim, function: FunctionType) -> str:
    """What the control of a claim hangs on: what it says, how it is measured and how it is judged.

    How it is measured: the source of its test, and of all in its file that is no test: fixtures, helpers, constants.
    Its verdict on record, the published figure and which claims contradict it do not count.
    """
    plain = claim.to_json()
    said = {name: plain[name] for name in ("id", "statement", "criterion", "seeds", "control")}
    text = json.dumps([said, *_sources(function)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _sources(function: FunctionType) -> tuple[str, str]:
    """A test from its `def` on (decorators hold the verdict on record), and what its file says outside of tests."""
    path = inspect.getsourcefile(function)
    text = Path(path).read_text(encoding="utf-8") if path else ""
    first, lines = function.__code__.co_firstlineno, text.splitlines()
    docstring, functions = _outline(text)
    own, left_out = "", set(docstring)
    for begin, node in functions:
        if begin == first:
            own = "\n".join(lines[node.lineno - 1 : node.end_lineno])
        if begin == first or node.name.startswith("test"):
            left_out.update(range(begin, (node.end_lineno or node.lineno) + 1))
    rest = [line for number, line in enumerate(lines, start=1) if number not in left_out and line.strip()]
    return own, "\n".join(rest)


@functools.lru_cache(maxsize=1)  # the claims of a file come one after the other
def _outline(text: str) -> tuple[range, list[tuple[int, ast.FunctionDef]]]:
    """The lines of a file's docstring, and its functions, each with the line that its decorators begin in."""
    tree = ast.parse(text)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    begins = [min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)]) for node in functions]
    last = (tree.body[0].end_lineno or 0) if ast.get_docstring(tree) is not None else 0
    return range(tree.body[0].lineno if last else 1, last + 1), list(zip(begins, functions, strict=True))


@dataclass(frozen=True)
class Shown:
    """What a claim came to under its control.

    Attributes:
        control: what was taken away.
        verdict: the verdict by the claim's own criterion.
        passes: seeds that held all the same, or wins; None for `equivalent`.
        n: seeds judged.
        seeds: the seeds.
        digest: of the claim as it was then.
        subjects: what it asked to be measured on, with its training taken away or not.
    """

    control: Control
    verdict: Verdict
    passes: int | None
    n: int
    seeds: tuple[int, ...]
    digest: str
    subjects: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, read back by `from_json`."""
        own = {"control": self.control.to_json(), "verdict": self.verdict.value, "seeds": list(self.seeds)}
        return {**vars(self), **own}

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Shown:
        """What `to_json` wrote."""
        own = {"control": Control(**plain["control"]), "verdict": Verdict(plain["verdict"])}
        lists = {"seeds": tuple(plain["seeds"]), "subjects": tuple(plain.get("subjects", ()))}
        return cls(**{**plain, **own, **lists})


class CanFail(enum.Enum):
    """Whether a claim has shown that it can fail."""

    YES = "yes"
    NO = "no"
    AS_IT_STANDS = "fails as it stands"
    EXEMPT = "exempt"
    NOT_SHOWN = "not shown"  # never run, or before the claim or its experiments were changed


def can_fail(
    claim: Claim, now: Verdict | None, claim_digest: str, shown: Shown | None, subjects: Set[str] = frozenset()
) -> CanFail:
    """Whether a claim has shown that it can fail.

    Args:
        claim: the claim.
        now: its verdict in this run, None without one.
        claim_digest: see `digest`.
        shown: what it came to under its control, None where that was never run.
        subjects: what it was measured on in this run.
    """
    if claim.control.kind == "exempt":
        return CanFail.EXEMPT
    if now is Verdict.REFUTED or (now is not Verdict.SUPPORTED and claim.expect is Verdict.REFUTED):
        return CanFail.AS_IT_STANDS
    if shown is None or not claim_digest or shown.digest != claim_digest:
        return CanFail.NOT_SHOWN
    # A broken variant may be of other experiments; what is only untrained is of the same.
    if claim.control == UNTRAINED and not alike(frozenset(shown.subjects), subjects):
        return CanFail.NOT_SHOWN
    return CanFail.NO if shown.verdict is Verdict.SUPPORTED else CanFail.YES


def no_run(claim: Claim) -> str:
    """Why a claim is not run under `--control`, "" where it is."""
    if claim.control.kind == "exempt":
        return f"exempt, {claim.control.text}"
    return "refuted on record, it fails as it stands" if claim.expect is Verdict.REFUTED else ""


def read(path: Path) -> dict[str, Shown]:
    """What each claim came to under its control; nothing where no control was run yet.

    Raises:
        ControlError: a file that is not what `write` writes.
    """
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        if plain["format"] != FORMAT:
            raise ValueError(f"format {plain['format']!r}")
        return {id: Shown.from_json(one) for id, one in plain["claims"].items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        wanted = "wanted what `pytest claims/ --control` writes; delete it and run that"
        raise ControlError(f"{path}: got {type(error).__name__} {error}, {wanted}") from error


def write(path: Path, claims: Mapping[str, Shown]) -> None:
    """Write what `read` reads, one claim a line, so that versions of it can be compared; never seen half-written."""
    lines = [f"{json.dumps(id)}: {json.dumps(claims[id].to_json(), sort_keys=True)}" for id in sorted(claims)]
    write_text(path, "\n".join([f'{{"format": {FORMAT}, "claims": {{', ",\n".join(lines), "}}\n"]))
