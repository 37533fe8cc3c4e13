"""Criteria: the rules that turn the observations of all seeds into a verdict, and the sample sizes they need."""

from lstm_lab.judging.criteria.criterion import Criterion, Value
from lstm_lab.judging.criteria.equivalence import equivalent
from lstm_lab.judging.criteria.exact import always, possible
from lstm_lab.judging.criteria.intervals import EQUIVALENCE_LEVEL, LEVEL, Interval, difference
from lstm_lab.judging.criteria.judgement import Judgement, Region, Verdict
from lstm_lab.judging.criteria.rates import at_least, at_most, beats
from lstm_lab.judging.criteria.registry import CRITERIA, register_criterion
from lstm_lab.judging.criteria.sample_size import MOST, seeds_to_settle
