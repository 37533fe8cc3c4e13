"""Evidence seed by seed."""

import pytest
from ledgers import entry, ledger_of, pairs

from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.equivalence import equivalent
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.evidence.records import Failure
from lstm_lab.judging.report.seed_marks import mark_string, numbers, reported_values, tally, value_counts
from lstm_lab.judging.verdicts.findings import judge


def test_every_seed_has_a_mark():
    """Seeds that hold, do not hold, failed or are missing are told apart, in the order of the seeds."""
    ledger = ledger_of((entry("a/b", at_least(0.5)), [True] * 11 + [False] * 9 + [True] * 2))
    ledger.failures.append(Failure("a/b", 22, "error", "no"))
    ledger.failures.append(Failure("a/b", 23, "missing", "skipped"))
    (finding,) = judge(ledger)

    assert "●●●●●●●●●● ●○○○○○○○○○ ●●!???????" == mark_string(finding)
    assert "holds 13×, does not hold 9×, missing 7×, failed 1×" == tally(finding)


def test_failure_of_the_whole_test_marks_all_its_seeds():
    """A failure without a seed leaves no seed that counts."""
    ledger = ledger_of((entry("a/b", at_least(0.5), asked=4), [True] * 4))
    ledger.failures.append(Failure("a/b", None, "error", "no"))

    assert "!!!!" == mark_string(judge(ledger)[0])


@pytest.mark.parametrize(
    ("criterion", "marks"),
    [(beats(), "-=+++"), (beats(0.11), "====+"), (equivalent(0.11), "====+")],
    ids=["beats", "beats by a margin", "equivalent"],
)
def test_marks_of_pairs_follow_the_margin(criterion, marks):
    """A pair is tied up to the margin that its criterion declares."""
    ledger = ledger_of((entry("a/b", criterion, asked=5), pairs([-0.05, 1e-12, 0.05, 0.1, 0.3], baseline=0.3)))

    assert marks == mark_string(judge(ledger)[0])


def test_shown_values_are_numbers_or_texts():
    """Values are numbers where every seed shows one; otherwise they are counted, the most frequent first."""
    outcomes = [True, False, True, True]
    showing = ({"loss": 0.5, "answer": "B", "right": True}, {"loss": 1, "answer": "C", "right": False}) * 2
    ledger = ledger_of((entry("a/b", at_least(0.5), asked=4), outcomes), showing=lambda seed: showing[seed])
    told = reported_values(judge(ledger)[0].observations)

    assert ["loss", "answer", "right"] == list(told)
    assert [0.5, 1, 0.5, 1] == numbers(told["loss"])
    assert None is numbers(told["right"])
    assert [("no", 2), ("yes", 2)] == value_counts(told["right"])
    assert [("B", 3), ("C", 1)] == value_counts(["C", "B", "B", "B"])
