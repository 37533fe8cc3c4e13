"""Criteria: the rules that turn the observations of all seeds into a verdict, and the sample sizes they need."""

from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.criterion import Criterion, Value
from lstm_lab.judging.criteria.equivalence import equivalent
from lstm_lab.judging.criteria.exact import always, possible
from lstm_lab.judging.criteria.intervals import LEVEL, Interval, difference
from lstm_lab.judging.criteria.judgement import Direction, Judgement, Region, Verdict
from lstm_lab.judging.criteria.prediction import MOST
from lstm_lab.judging.criteria.rates import at_least, at_most
from lstm_lab.judging.criteria.registry import CRITERIA, register_criterion
from lstm_lab.judging.criteria.sample_size import ENOUGH, SecondLook, second_look, seeds_to_settle
