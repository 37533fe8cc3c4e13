"""What a claim's evidence and its negative control hang on: its wording, its measurement, its criterion."""

from __future__ import annotations

import ast
import functools
import hashlib
import inspect
import json
from collections.abc import Mapping
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lstm_lab.judging.claims.claim import Claim


def claim_fingerprint(claim: Claim, function: FunctionType, values: Mapping[str, Any] | None = None) -> str:
    """What the control of a claim hangs on: what it says, how it is measured and how it is judged.

    How it is measured: the source of its test, and of all in its file that is no test: fixtures, helpers, constants.
    Its verdict on record, the published figure and which claims contradict it do not count.

    Args:
        claim: the claim.
        function: its test.
        values: what its case gives to the test. Numbers, texts and lists of them count; of anything else its name or
            class: what an experiment is, the subjects of the observations say.
    """
    said: dict[str, Any] = {
        "id": claim.id,
        "statement": claim.statement,
        "criterion": {"kind": claim.criterion.kind, **vars(claim.criterion)},
        "seeds": claim.seeds,
        "control": vars(claim.control),
    }
    if values:
        said["case"] = json.dumps(values, default=_name)
    text = json.dumps([said, *_sources(function)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _name(value: object) -> str:
    """What a value goes by: a name of its own, of a function that in the code, or else its class."""
    return str(getattr(value, "name", None) or getattr(value, "__qualname__", type(value).__name__))


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
