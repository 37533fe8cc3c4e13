"""What opens the report."""

from ledgers import everything

from lstm_lab.judging.report.header import verdict_counts
from lstm_lab.judging.verdicts.findings import judge


def test_verdicts_are_counted():
    """Every claim is counted once, those without a verdict as well."""
    counts = verdict_counts(judge(everything()))

    assert "15 claims: 6 supported, 4 refuted, 3 inconclusive, 2 not judged" == counts
