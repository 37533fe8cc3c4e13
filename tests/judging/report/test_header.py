"""What opens the report."""

from ledgers import entry, everything, ledger_of, mixed, partial

from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.report.header import family_view, verdict_counts
from lstm_lab.judging.verdicts.findings import judge


def test_verdicts_are_counted():
    """Every claim is counted once, those without a verdict as well."""
    counts = verdict_counts(judge(everything()))

    assert "15 claims: 6 supported, 4 refuted, 3 inconclusive, 2 not judged" == counts


def test_family_view_names_each_verdict_that_may_be_chance():
    """The decided verdicts that do not survive are linked, beside the number of wrong ones to expect."""
    expected, together = family_view(judge(everything()))

    assert expected.startswith("Verdicts that rest on statistics: 9. ")
    assert expected.endswith("so at most 0.23 wrong ones are expected.")
    assert together.endswith(
        " false discoveries): 5 of 6; under any dependence between claims (Benjamini-Yekutieli) 4 of 6; "
        "[`state/k-predicts-b`](#state--k-predicts-b) may be chance."
    )


def test_family_in_which_all_survive_names_none():
    """Where no decided verdict is lost, only their number is told."""
    expected, together = family_view(judge(ledger_of((entry("a/b", at_least(0.5)), mixed(30)))))

    assert expected.endswith("so at most 0.025 wrong ones are expected.")
    assert together.endswith(": 1 of 1; under any dependence between claims (Benjamini-Yekutieli) 1 of 1.")


def test_claims_outside_the_family_have_no_family_view():
    """Verdicts that one seed decides are no statistical ones."""
    assert ["No verdict of this report is statistical."] == list(family_view(judge(partial())))
