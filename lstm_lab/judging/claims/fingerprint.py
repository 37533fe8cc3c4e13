"""The fingerprint of a claim: a digest of its wording, the source of its test, and its criterion."""

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
    """A digest of what a claim says, how it is measured and how it is judged.

    A recorded control result applies, and runs can be merged, as long as it is the same. How a claim is measured: the
    source of its test, and of all in its file that is no test: fixtures, helpers, constants. The recorded verdict, the
    published figure and which claims contradict it are left out.

    Args:
        claim: the claim.
        function: its test.
        values: the values of its case. Numbers, texts and lists of them go in as they are, anything else by its name or
            class: experiments are compared by the `subjects` of the observations.
    """
    declared: dict[str, Any] = {
        "id": claim.id,
        "statement": claim.statement,
        "criterion": {"kind": claim.criterion.kind, **vars(claim.criterion)},
        "seeds": claim.seeds,
        "control": vars(claim.control),
    }
    if values:
        declared["case"] = json.dumps(values, default=_name)
    text = json.dumps([declared, *_sources(function)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _name(value: object) -> str:
    """The attribute `name` of a value, else its qualified name as a function or class, else its class."""
    return str(getattr(value, "name", None) or getattr(value, "__qualname__", type(value).__name__))


def _sources(function: FunctionType) -> tuple[str, str]:
    """The source of a test without decorators (they hold the recorded verdict), and of its file outside of tests."""
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
    """The lines of a file's docstring, and its functions, each with the first line of its decorators."""
    tree = ast.parse(text)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    begins = [min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)]) for node in functions]
    last = (tree.body[0].end_lineno or 0) if ast.get_docstring(tree) is not None else 0
    return range(tree.body[0].lineno if last else 1, last + 1), list(zip(begins, functions, strict=True))
