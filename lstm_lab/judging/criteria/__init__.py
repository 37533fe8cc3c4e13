"""The rules that turn what every seed showed into a verdict, and what a number of seeds can decide."""

from lstm_lab.judging.criteria.criterion import Criterion, Judgement, Pair, Value, Verdict
from lstm_lab.judging.criteria.equivalence import Equivalent, equivalent
from lstm_lab.judging.criteria.exact import Always, Possible, always, possible
from lstm_lab.judging.criteria.intervals import LEVEL, TIE
from lstm_lab.judging.criteria.rates import AtLeast, AtMost, Beats, at_least, at_most, beats
from lstm_lab.judging.criteria.registry import CRITERIA
from lstm_lab.judging.criteria.sample_size import MOST, decision_thresholds, seeds_to_settle

__all__ = [
    "CRITERIA",
    "LEVEL",
    "MOST",
    "TIE",
    "Always",
    "AtLeast",
    "AtMost",
    "Beats",
    "Criterion",
    "Equivalent",
    "Judgement",
    "Pair",
    "Possible",
    "Value",
    "Verdict",
    "always",
    "at_least",
    "at_most",
    "beats",
    "decision_thresholds",
    "equivalent",
    "possible",
    "seeds_to_settle",
]
