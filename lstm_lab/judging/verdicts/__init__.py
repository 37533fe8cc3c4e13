"""Verdicts on all claims of a run, compared with the recorded verdicts and with those of contradicting claims."""

from lstm_lab.judging.verdicts.contradictions import Contradictions, Outcome, outcome
from lstm_lab.judging.verdicts.editions import Elsewhere, with_recorded_verdicts
from lstm_lab.judging.verdicts.findings import (
    FALSE_DISCOVERIES,
    Finding,
    Status,
    fails_run,
    failure_of,
    judge,
    judge_under_control,
)
