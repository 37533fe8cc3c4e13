"""The criteria by the names they are declared and stored under: a new one of the lab has its line here."""

from __future__ import annotations

from typing import Any, TypeVar

from lstm_lab.judging.criteria.criterion import Criterion
from lstm_lab.judging.criteria.equivalence import Equivalent
from lstm_lab.judging.criteria.exact import Always, Possible
from lstm_lab.judging.criteria.rates import AtLeast, AtMost, Beats

C = TypeVar("C", bound=Criterion)

_KINDS: dict[str, type[Criterion]] = {one.kind: one for one in (Always, AtLeast, AtMost, Beats, Equivalent, Possible)}


def register_criterion(criterion: type[C]) -> type[C]:
    """Make a criterion known by its `kind`, so that claims declared with it can be read back; for use as a decorator.

    Every process that reads claims must know it: where there are workers, the one that judges reads what they
    collected without importing their files. A module that the suite's conftest.py imports is the place.

    Raises:
        ValueError: another criterion has that name.
    """
    known = _KINDS.setdefault(criterion.kind, criterion)
    if known is not criterion:
        raise ValueError(f"criterion {criterion.kind}: got {criterion.__qualname__}, wanted a name that is not taken")
    return criterion


def registered_criteria() -> tuple[type[Criterion], ...]:
    """All criteria that are known, those of the lab first."""
    return tuple(_KINDS.values())


def criterion_from_json(plain: dict[str, Any]) -> Criterion:
    """The criterion written by `Criterion.to_json`.

    Raises:
        ValueError: none of that name is registered.
    """
    if plain["kind"] not in _KINDS:
        wanted = f"wanted one of {', '.join(_KINDS)}, or register_criterion where conftest.py imports it"
        raise ValueError(f"criterion {plain['kind']}: got one that is not registered, {wanted}")
    return _KINDS[plain["kind"]](**{name: value for name, value in plain.items() if name != "kind"})
