"""The fingerprint of a claim: a digest of its wording, the code that measures it, and its criterion."""

from __future__ import annotations

import ast
import functools
import hashlib
import inspect
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any

from lstm_lab.source_code import Place, is_project_code, module_file, parsed, reachable_definitions, text_of_tree

if TYPE_CHECKING:
    from lstm_lab.judging.claims.claim import Claim

LAB = __name__.partition(".")[0]


def claim_fingerprint(
    claim: Claim,
    function: FunctionType,
    values: Mapping[str, Any] | None = None,
    fixtures: Iterable[Callable[..., Any]] = (),
) -> str:
    """A digest of what a claim says, how it is measured and how it is judged.

    A recorded control result applies, and runs can be merged, as long as it is the same. How a claim is measured: the
    source of its test, of all in its file that is no test: fixtures, helpers, constants, and of every definition
    outside the lab that these refer to. Left out is what it is to the text and to other claims (source, stance,
    published figure, contradictions), what its sides and its measure are called, and what is said of its verdicts:
    `expect`, `found`, `revised` and `judged_from`.

    Args:
        claim: the claim.
        function: its test.
        values: the values of its case. Numbers, texts and lists of them go in as they are, anything else by its name or
            class: experiments are compared by the `subjects` of the observations.
        fixtures: the functions of the fixtures behind the test.
    """
    declared: dict[str, Any] = {
        "id": claim.id,
        "statement": claim.statement,
        "criterion": {"kind": claim.criterion.kind, **vars(claim.criterion)},
        "seeds": claim.seeds,
        "control": vars(claim.control),
    }
    if claim.holds_with:
        declared["holds_with"] = claim.holds_with
    if values:
        declared["case"] = json.dumps(values, default=_name)
    named: list[Callable[..., Any]] = [*fixtures, type(claim.criterion), *_functions(list((values or {}).values()))]
    text = json.dumps([declared, *_sources(function, named)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _name(value: object) -> str:
    """The attribute `name` of a value, else its qualified name as a function or class, else its class."""
    return str(getattr(value, "name", None) or getattr(value, "__qualname__", type(value).__name__))


def _functions(value: object) -> Iterator[FunctionType | type]:
    """The functions and classes in a value of a case."""
    if isinstance(value, FunctionType | type):
        yield value
    for part in value if isinstance(value, list | tuple) else value.values() if isinstance(value, dict) else ():
        yield from _functions(part)


def _sources(function: FunctionType, named: Iterable[Callable[..., Any]]) -> Iterator[str]:
    """The source of a test without decorators (they hold the recorded verdict), of its file outside of tests, and of
    what both refer to outside of the file, as `named` and all that these refer to.
    """
    file = _file(inspect.getsourcefile(function) or "", function.__module__)
    begin = function.__code__.co_firstlineno
    yield file.own.get(begin, "")
    yield file.rest(begin)
    places = set(file.places | file.places_of.get(begin, frozenset()))
    for one in (one for one in named if _is_followed(one.__module__)):
        source = Path(inspect.getsourcefile(one) or "")
        if module_file(one.__module__) == source:
            places.add((one.__module__, one.__qualname__.partition(".")[0]))
        else:  # of several files conftest.py only the last has that name
            yield source.read_text(encoding="utf-8")
    code = _code(frozenset(place for place in places if place[0] != function.__module__), function.__module__)
    if code:
        yield code


@functools.lru_cache(maxsize=64)  # the claims of a file come one after the other, and refer to nearly the same
def _code(places: frozenset[Place], test: str) -> str:
    """A digest of the definitions at `places` and of what they refer to, but for the lab and the module `test`.

    "" for none, so that a claim that stands for itself has the fingerprint of its file alone.
    """
    found = reachable_definitions(places, lambda module: module != test and _is_followed(module))
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest() if any(found.values()) else ""


def _is_followed(module: str) -> bool:
    return module.partition(".")[0] != LAB and is_project_code(module)


@dataclass(frozen=True)
class File:
    """A file of claims.

    Attributes:
        lines: its text.
        left_out: numbers of the lines of its docstring and of its tests.
        own: by the first line of its decorators, the source of each function without them.
        spans: by the same, the lines of each function with them.
        places: what all but the tests refers to in other modules.
        places_of: by the first line of its decorators, what each test refers to in other modules.
    """

    lines: list[str]
    left_out: frozenset[int]
    own: dict[int, str]
    spans: dict[int, range]
    places: frozenset[Place]
    places_of: dict[int, frozenset[Place]]

    def rest(self, begin: int) -> str:
        """All lines but for the docstring, the tests, and the function that begins there."""
        left_out = self.left_out.union(self.spans.get(begin, ()))
        return "\n".join(
            line for number, line in enumerate(self.lines, start=1) if number not in left_out and line.strip()
        )


@functools.lru_cache(maxsize=1)  # the claims of a file come one after the other
def _file(path: str, module: str) -> File:
    """What the fingerprints of the claims of a file take from it."""
    source = Path(path).read_text(encoding="utf-8") if path else ""
    tree, lines = parsed(source), source.splitlines()
    text = text_of_tree(module, tree)
    last = (tree.body[0].end_lineno or 0) if ast.get_docstring(tree) is not None else 0
    left_out = set(range(tree.body[0].lineno if last else 1, last + 1))
    own, spans, places_of, beside = {}, {}, {}, list[ast.AST]()

    def elsewhere(nodes: Iterable[ast.AST]) -> frozenset[Place]:
        here = set(text.named(nodes))
        imported = (place for _, name in here if name in text.imports for place in text.imports[name])
        return frozenset({place for place in here if place[0] != module}.union(imported))

    left: list[ast.AST] = [node for node in tree.body if not isinstance(node, ast.Import | ast.ImportFrom)]
    while left:
        node = left.pop()
        if isinstance(node, ast.FunctionDef):
            begin = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            spans[begin] = range(begin, (node.end_lineno or node.lineno) + 1)
            own[begin] = "\n".join(lines[node.lineno - 1 : node.end_lineno])
            if node.name.startswith("test"):
                left_out.update(spans[begin])
                places_of[begin] = elsewhere(part for one in (node.args, *node.body) for part in ast.walk(one))
                continue
        beside.append(node)
        left += ast.iter_child_nodes(node)
    return File(lines, frozenset(left_out), own, spans, elsewhere(beside), places_of)
