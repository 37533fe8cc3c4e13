"""Whether every claim that a file declares was collected: one that pytest does not find is measured by no run."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from lstm_lab.judging.claims import UNCOLLECTED, ClaimError
from lstm_lab.judging.session.collection import Inventory
from lstm_lab.source_code import parsed

FUNCTION = "wanted a function test_* that pytest collects, of a name that no other of its file has"
FILE = "wanted a name like test_*.py, which pytest collects"


def lost_claims(inventory: Inventory, config: pytest.Config) -> Iterator[tuple[str, str]]:
    """Node id and line of each claim that was declared, but of which no test was collected, nor left out on purpose."""
    partial = inventory.uncollected_files(config)
    by_node = any("::" in argument for argument in config.args)  # tests that were named: of a class only that one
    for declared in UNCOLLECTED.values():
        path = Path(declared.file).resolve()
        if by_node:
            inventory.not_selected.add(declared.id)
        elif path not in partial:
            where, mistake = _relative(path, config), declared.content
            lost = f"claim {declared.id}: declared, but no test of it collected, {FUNCTION}"
            yield where, f"{mistake if isinstance(mistake, ClaimError) else lost} ({where}:{declared.line})"
    UNCOLLECTED.clear()
    if not partial:
        for path in sorted(inventory.folder_files(config) - inventory.files):
            for line in itertools.islice(claim_lines(path), 1):
                where = _relative(path, config)
                yield where, f"{where}: got a claim in a file that is not collected, {FILE} ({where}:{line})"


def forget_file(path: Path) -> None:
    """Of a file that could not be collected the error is told, and not each claim before it."""
    for content, declared in list(UNCOLLECTED.items()):
        if Path(declared.file).resolve() == path.resolve():
            del UNCOLLECTED[content]


def claim_lines(path: Path) -> Iterator[int]:
    """The lines of a file in which a claim is declared; the file is not imported."""
    try:
        text = path.read_text(encoding="utf-8")
        tree = parsed(text if "claim" in text else "")
    except (OSError, ValueError, SyntaxError):  # whoever imports it is told
        return
    nodes = list(ast.walk(tree))
    imports = (node for node in nodes if isinstance(node, ast.ImportFrom))
    names = {alias.asname or alias.name for node in imports for alias in node.names if alias.name == "claim"}
    for node in (node for node in nodes if isinstance(node, ast.Call)):
        called = node.func
        if (isinstance(called, ast.Name) and called.id in names) or getattr(called, "attr", "") == "claim":
            yield node.lineno


def _relative(path: Path, config: pytest.Config) -> str:
    return path.relative_to(config.rootpath).as_posix() if path.is_relative_to(config.rootpath) else str(path)
