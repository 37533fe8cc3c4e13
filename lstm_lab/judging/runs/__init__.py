"""Several runs: merged into one ledger, compared, or listed side by side."""

from lstm_lab.judging.runs.compatibility import Source
from lstm_lab.judging.runs.diff import differences
from lstm_lab.judging.runs.side_by_side import compare_side_by_side
