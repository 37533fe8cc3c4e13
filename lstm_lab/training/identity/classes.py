"""The classes that a frozen value is made of, and where they are defined."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from lstm_lab.source_code import Place


def classes_of(value: Any) -> frozenset[type]:
    """The class of a frozen value and of every value that it holds."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        held = (getattr(value, field.name) for field in dataclasses.fields(value))
        return frozenset({type(value)}).union(*map(classes_of, held))
    if isinstance(value, tuple | list):
        return frozenset[type]().union(*map(classes_of, value))
    return frozenset()


def places_of_classes(classes: Iterable[type]) -> list[Place]:
    """The places where these classes are defined."""
    return [(one.__module__, one.__qualname__.partition(".")[0]) for one in classes]
