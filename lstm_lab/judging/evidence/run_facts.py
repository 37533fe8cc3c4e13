"""Facts of a run: what its processes say about themselves, by name.

A fact is a number or a list. Numbers are added and lists are joined, within a process and over processes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Facts = dict[str, "int | float | list[str]"]

PROCESSOR = "processor"  # the fact that names it: of two processors one may move a verdict near its bar


def add_facts(total: Facts, facts: Mapping[str, int | float | Iterable[str]]) -> None:
    """Add numbers and join lists, name by name, into `total`."""
    for name, fact in facts.items():
        known = total.get(name)
        if isinstance(fact, int | float):
            total[name] = fact + (known if isinstance(known, int | float) else 0)
        else:
            total[name] = [*(known if isinstance(known, list) else []), *fact]
