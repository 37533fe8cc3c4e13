"""What the evidence of each claim comes to, against the record and against claims that contradict it."""

from lstm_lab.judging.verdicts.contradictions import Contradictions, Outcome, outcome
from lstm_lab.judging.verdicts.findings import FALSE_DISCOVERIES, Finding, Status, fails_run, judge, judge_under_control
