"""A claim in two lines of the terminal."""

from dataclasses import replace

import pytest
from ledgers import ADA, entry, ledger_of, mixed, pairs

from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.exact import always, possible
from lstm_lab.judging.criteria.rates import at_least, at_most
from lstm_lab.judging.report.one_claim import claim_lines
from lstm_lab.judging.report.report import Report


def lines(one, outcomes, **details):
    """What is told of one claim."""
    (finding,) = Report(ledger_of((one, outcomes), **details)).findings
    return list(claim_lines(finding))


def test_verdict_bar_answer_and_what_was_printed():
    """Seeds, the interval in whole percents and the bar; then the most frequent answer beside the printed one."""
    one = entry("stateful/k-predicts-b", at_least(0.8), published="B")

    assert [
        "SUPPORTED stateful/k-predicts-b: 30 of 30 seeds, 95 % interval 88 to 100 %, needs 80 %",
        "  answer B 30x; the article printed B",
    ] == lines(one, [True] * 30, showing=lambda seed: {"answer": "B"})


@pytest.mark.parametrize(
    ("criterion", "outcomes", "told"),
    [
        (at_most(0.2), mixed(1), "SUPPORTED a/b: 1 of 30 seeds, 95 % interval 0 to 17 %, needs at most 20 %"),
        (always(), [True, False, True, True, True], "REFUTED a/b: 4 of 5 seeds, needs every seed"),
        (possible(), [False] * 29 + [True], "SUPPORTED a/b: 1 of 30 seeds, needs one seed"),
        (
            beats(),
            pairs([0.1] * 29 + [0.0]),
            "SUPPORTED a/b: ahead in 29 of 30 seeds, tied in 1, 95 % interval 88 to 100 % of those that differ, "
            "needs more than 50 %",
        ),
    ],
)
def test_each_criterion_says_what_it_needs(criterion, outcomes, told):
    """Whatever its kind."""
    assert told == lines(entry("a/b", criterion), outcomes)[0]


def test_a_comparison_tells_both_sides():
    """Their medians; a value is cut, an underscore is a space, a comment printed it."""
    one = entry("a/b", beats(), source=ADA, published="about 90 %")
    _, second = lines(one, pairs([0.1] * 30), showing=lambda seed: {"said_from_a": "x" * 99})

    assert f"  0.86 against 0.76 in the median, said from a {'x' * 60} 30x; the comment printed about 90 %" == second

    named = replace(one, claim=replace(one.claim, sides=("with resets", "without"), measure="accuracy on the letters"))

    assert (
        "  with resets 86 % against without 76 % in the median" == lines(named, pairs([0.1] * 30))[1].partition(";")[0]
    )


def test_of_one_seed_there_is_no_median():
    """Nor a count."""
    one = replace(entry("a/b", always(), asked=1, seeds=1, seeds_reason="one is enough."), seeds=(0,))

    assert "  accuracy 84 %, answer B" == lines(one, [True], showing=lambda seed: {"accuracy": 0.84, "answer": "B"})[1]


def test_fewer_seeds_than_it_takes_are_no_verdict():
    """It says what they gave, and nothing of a bar."""
    few = replace(entry("a/b", at_least(0.8)), seeds=(0, 1, 7))

    assert ["NOT JUDGED a/b: holds 2×, does not hold 1×; 3 of 30 seeds selected"] == lines(
        few, [True, False, True], partial="3 of 30 observations selected"
    )
