"""The criteria by the names they are declared and stored under: a new one has its line here."""

from __future__ import annotations

from lstm_lab.judging.criteria.criterion import Criterion
from lstm_lab.judging.criteria.equivalence import Equivalent
from lstm_lab.judging.criteria.exact import Always, Possible
from lstm_lab.judging.criteria.rates import AtLeast, AtMost, Beats

CRITERIA: dict[str, type[Criterion]] = {one.kind: one for one in (Always, AtLeast, AtMost, Beats, Equivalent, Possible)}
