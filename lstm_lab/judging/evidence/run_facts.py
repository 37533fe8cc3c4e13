"""Facts of a run: numbers and lists that its processes record, by name.

Facts of one name are combined, within a process and over processes: numbers are added, lists are joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Facts = dict[str, "int | float | list[str]"]

PROCESSOR = "processor"  # the name of the fact with the processor's name: float results may differ between processors


def add_facts(total: Facts, facts: Mapping[str, int | float | Iterable[str]]) -> None:
    """Add numbers and join lists, name by name, into `total`."""
    for name, fact in facts.items():
        known = total.get(name)
        if isinstance(fact, int | float):
            total[name] = fact + (known if isinstance(known, int | float) else 0)
        else:
            total[name] = [*(known if isinstance(known, list) else []), *fact]
