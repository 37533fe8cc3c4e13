"""The source code on which something depends, a training or a claim: when it changes, what was found counts no more.

A definition counts, and every one that it refers to, directly or indirectly, in modules that are not installed, so that
editing one definition does not touch what depends on others in the same module. References by a string, as in
`globals()["draw"]`, are not followed.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import functools
import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

EVERYTHING = "*"  # in a place: all names of the module
ALWAYS = ""  # in a place: the statements of the module that bind no name
MOST_TRIES = 5  # at parsing, see `parsed`

Place = tuple[str, str]  # a module and a name in it


def reachable_definitions(
    places: Iterable[Place], followed: Callable[[str], bool] | None = None
) -> dict[str, list[str]]:
    """The definitions at `places` and all that they refer to, directly or indirectly: syntax trees by name.

    They do not contain the module of a definition, so that moving code changes nothing.

    Args:
        places: where to begin.
        followed: whether the definitions of a module count; left out, those of all project code do.
    """
    found: dict[str, list[str]] = {}
    done, left = set[Place](), list(places)
    followed = followed or is_project_code
    while left:
        place = left.pop()
        if place in done or not followed(place[0]):
            continue
        done.add(place)
        dumps, referred = text_of(place[0]).at(place[1])
        if dumps is not None:
            found.setdefault(place[1], []).extend(dumps)
        left += referred
    return {name: sorted(dumps) for name, dumps in found.items()}


@dataclass(frozen=True)
class Text:
    """The source text of a module.

    Attributes:
        module: its name.
        definitions: the statements that bind each name, without docstrings.
        imports: the places from which each name is imported.
    """

    module: str
    definitions: dict[str, list[ast.stmt]]
    imports: dict[str, list[Place]]
    _known: dict[str, tuple[list[str] | None, list[Place]]] = field(default_factory=dict, repr=False, compare=False)

    def at(self, name: str) -> tuple[list[str] | None, list[Place]]:
        """The syntax trees of what `name` binds, None where nothing does here, and the places that it refers to."""
        if name not in self._known:
            self._known[name] = self._at(name)
        return self._known[name]

    def _at(self, name: str) -> tuple[list[str] | None, list[Place]]:
        if name == EVERYTHING:
            names = [(self.module, one) for one in [*self.definitions, *self.imports]]
            return None, [*names, *self.imports.get(EVERYTHING, [])]
        if name in self.imports:
            return None, self.imports[name]
        statements = self.definitions.get(name, [])
        if statements or name == ALWAYS:
            nodes = (node for statement in statements for node in ast.walk(statement))
            return [_dump(one) for one in statements], [(self.module, ALWAYS), *self.named(nodes)]
        return None, [(self.module, ALWAYS), *self.elsewhere(name)]

    def named(self, nodes: Iterable[ast.AST]) -> Iterator[Place]:
        """The places that these nodes refer to, each by itself: in this module, or imported by the nodes."""
        for node in nodes:
            if isinstance(node, ast.Name) and (node.id in self.definitions or node.id in self.imports):
                yield self.module, node.id
            elif isinstance(node, ast.Name):
                yield from self.imports.get(EVERYTHING, [])
            elif isinstance(node, ast.Import | ast.ImportFrom):
                yield from (place for _, place in _imported(node, self.module))

    def elsewhere(self, name: str) -> list[Place]:
        """The places of a name that this module does not bind: a submodule of that name, or else the whole module."""
        below = f"{self.module}.{name}"
        return [(below, EVERYTHING)] if module_file(below) else [(self.module, EVERYTHING)]


def _dump(statement: ast.stmt) -> str:
    """A statement as text; imports from the project's own modules are dumped without the names of the modules."""
    moved = copy.deepcopy(statement)
    for node in ast.walk(moved):
        if isinstance(node, ast.ImportFrom) and (node.level or is_project_code(node.module or "")):
            node.module, node.level = None, 0
    return ast.dump(moved)


@functools.cache
def text_of(module: str) -> Text:
    """The text of a module, which need not be imported."""
    path = module_file(module)
    return text_of_tree(module, without_docstrings(path.read_text(encoding="utf-8") if path else ""))


def text_of_tree(module: str, tree: ast.Module) -> Text:
    """The text of a module with this syntax tree."""
    definitions: dict[str, list[ast.stmt]] = {ALWAYS: []}
    imports: dict[str, list[Place]] = {}
    for statement in _with_imports_on_demand(tree.body):
        if isinstance(statement, ast.Import | ast.ImportFrom):
            for name, place in _imported(statement, module):
                imports.setdefault(name, []).append(place)
        else:
            for name in _bound(statement):
                definitions.setdefault(name, []).append(statement)
    return Text(module, definitions, imports)


def _with_imports_on_demand(statements: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a module; where its `__getattr__` imports a name when it is asked for, that name's import.

    Such imports are written for type checkers only, as in `lstm_lab/__init__.py`.
    """
    on_demand = any(isinstance(one, ast.FunctionDef) and one.name == "__getattr__" for one in statements)
    for one in statements:
        if on_demand and isinstance(one, ast.If) and ast.unparse(one.test) == "TYPE_CHECKING":
            yield from one.body
        else:
            yield one


def without_docstrings(source: str) -> ast.Module:
    """The syntax tree of `source`, docstrings left out."""
    tree = parsed(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            said = first.value if isinstance(first, ast.Expr) else None
            if isinstance(said, ast.Constant) and isinstance(said.value, str):
                node.body = node.body[1:] or [ast.Pass()]
    return tree


def parsed(source: str) -> ast.Module:
    """The syntax tree of `source`.

    Python 3.11 before 3.11.8 and 3.12 before 3.12.2 may fail when two threads parse at once, and the thread that talks
    to a cluster does when it looks at a traceback: then it is parsed again (github.com/python/cpython/issues/106905).
    """
    for _ in range(MOST_TRIES - 1):
        with contextlib.suppress(SystemError):
            return ast.parse(source)
    return ast.parse(source)


@functools.cache
def is_project_code(module: str) -> bool:
    """Whether a module belongs neither to Python nor to an installed package, which have versions."""
    top = module.partition(".")[0]
    if top == __name__.partition(".")[0]:
        return True
    place = None if top in sys.stdlib_module_names else _place_of(top)
    return place is not None and not {"site-packages", "dist-packages"}.intersection(Path(place).parts)


def module_file(module: str) -> Path | None:
    """The Python file of a module; None where it has none."""
    place = _place_of(module)
    return Path(place) if place and place.endswith(".py") else None


def _place_of(module: str) -> str | None:
    """The file of a module, or the folder of a package without `__init__.py`; None where there is no such module.

    Parent packages are not imported: some of them load TensorFlow.
    """
    loaded = getattr(sys.modules.get(module), "__file__", None)
    if loaded is not None:
        return str(loaded)
    top, *below = module.split(".")
    try:
        spec = importlib.util.find_spec(top)
    except (ImportError, ValueError):
        return None
    if spec is None:
        return None
    folders = list(spec.submodule_search_locations or [])
    if not below:
        return spec.origin or next(iter(folders), None)
    paths = [Path(folder, *below) for folder in folders]
    places = [place for path in paths for place in (path / "__init__.py", path.with_suffix(".py"), path)]
    return next((str(place) for place in places if place.exists()), None)


def _bound(statement: ast.stmt) -> set[str]:
    """The names that a statement at the top of a module binds there; ALWAYS where it binds none."""
    if isinstance(statement, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return {statement.name}
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return {name for name, _ in _imported(statement, "")}
    if isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        stored = (node for target in targets for node in ast.walk(target) if isinstance(node, ast.Name))
        return {node.id for node in stored if isinstance(node.ctx, ast.Store)} or {ALWAYS}
    children = list(ast.iter_child_nodes(statement))  # of an `if`, a loop, a `try`: also those of its branches
    children += [
        inner for child in children if not isinstance(child, ast.stmt) for inner in ast.iter_child_nodes(child)
    ]
    inside = [child for child in children if isinstance(child, ast.stmt)]
    return set[str]().union(*map(_bound, inside)) if inside else {ALWAYS}


def _imported(statement: ast.Import | ast.ImportFrom, module: str) -> Iterator[tuple[str, Place]]:
    """Each name that an import binds, and its place."""
    if isinstance(statement, ast.Import):
        for alias in statement.names:
            yield alias.asname or alias.name.partition(".")[0], (alias.name, EVERYTHING)
        return
    source = statement.module or ""
    if statement.level:
        path = module_file(module)
        parts = [*module.split("."), *(["__init__"] if path and path.stem == "__init__" else [])]
        source = ".".join([*parts[: -statement.level], *([source] if source else [])])
    for alias in statement.names:
        yield alias.asname or alias.name, (source, alias.name)
