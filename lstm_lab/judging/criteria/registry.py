"""The criteria by `kind`, the name they are declared and stored under; a new one is listed or registered here."""

from __future__ import annotations

from typing import TypeVar

from lstm_lab.judging.criteria.comparison import Beats
from lstm_lab.judging.criteria.criterion import Criterion
from lstm_lab.judging.criteria.equivalence import Equivalent
from lstm_lab.judging.criteria.exact import Always, Possible
from lstm_lab.judging.criteria.rates import AtLeast, AtMost

C = TypeVar("C", bound=Criterion)

CRITERIA: dict[str, type[Criterion]] = {
    criterion.kind: criterion for criterion in (Always, AtLeast, AtMost, Beats, Equivalent, Possible)
}


def register_criterion(criterion: type[C]) -> type[C]:
    """Make a criterion known by its `kind`, so that claims declared with it can be read back; for use as a decorator.

    Every process that reads claims must have it registered: with xdist, the controller reads the workers' selection
    without importing the claim files. Register it in a module that the suite's conftest.py imports.

    Raises:
        ValueError: another criterion has that name.
    """
    known = CRITERIA.setdefault(criterion.kind, criterion)
    if known is not criterion:
        raise ValueError(f"criterion {criterion.kind}: got {criterion.__qualname__}, wanted a name that is not taken")
    return criterion
