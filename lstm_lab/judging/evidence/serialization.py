"""Claims, criteria and records as plain JSON values and back, by the fields of their dataclasses."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, TypeVar

from lstm_lab import serialization
from lstm_lab.judging.claims import SOURCES, Source
from lstm_lab.judging.criteria import CRITERIA, Criterion
from lstm_lab.judging.evidence.plot_data import PLOTS, PlotData
from lstm_lab.judging.evidence.records import EvidenceError

if TYPE_CHECKING:
    from cattrs import Converter

T = TypeVar("T")


def unstructure(value: object) -> Any:
    """Plain JSON values, read back by `structure`."""
    return _converter().unstructure(value)


def structure(plain: Any, kind: type[T], where: str) -> T:
    """The value of type `kind` that `unstructure` wrote; optional fields may be missing, as in older files.

    Raises:
        EvidenceError: a value of another form; the line begins with the path of the field in question below `where`.
    """
    try:
        return _converter().structure(plain, kind)
    except (ExceptionGroup, ValueError) as error:
        raise EvidenceError(serialization.first_mistake(error, where)) from None


@functools.cache
def _converter() -> Converter:
    converter = serialization.strict_converter()
    serialization.register_tagged(converter, Criterion, CRITERIA)
    serialization.register_tagged(converter, Source, SOURCES)
    serialization.register_tagged(converter, PlotData, PLOTS)
    return converter
