"""The names in Keras's packages, read from its files: importing Keras loads TensorFlow, which takes seconds."""

from __future__ import annotations

import ast
import difflib
import functools
import importlib.util
from collections.abc import Collection
from pathlib import Path

from lstm_lab.source_code import parsed


@functools.cache
def names_in(package: str) -> frozenset[str]:
    """The names in `keras.layers`, say; none where the files are others than expected."""
    spec = importlib.util.find_spec("keras")
    folders = (spec.submodule_search_locations if spec else None) or []
    try:
        trees = [parsed(Path(folder, package, "__init__.py").read_text(encoding="utf-8")) for folder in folders]
    except (OSError, ValueError, SyntaxError):
        return frozenset()
    imports = [node for tree in trees for node in tree.body if isinstance(node, ast.ImportFrom)]
    return frozenset(alias.asname or alias.name for node in imports for alias in node.names)


def spelt(name: str, known: Collection[str]) -> str:
    """The known name that differs from `name` in upper and lower case only; `name` where there is none."""
    return name if name in known else next((one for one in sorted(known) if one.lower() == name.lower()), name)


def perhaps(name: str, known: Collection[str]) -> str:
    """The known name that is nearest to a misspelt one, as the end of a sentence; "" where none is near."""
    lower = {one.lower(): one for one in sorted(known)}
    near = difflib.get_close_matches(name.lower(), lower, 1)
    return f", perhaps {lower[near[0]]}" if near else ""
