"""How many seeds would probably settle what is not decided."""

import pytest
from ledgers import entry, ledger_of, mixed, pairs

from lstm_lab.judging.criteria.criterion import Criterion
from lstm_lab.judging.criteria.equivalence import equivalent
from lstm_lab.judging.criteria.exact import possible
from lstm_lab.judging.criteria.intervals import pass_rate
from lstm_lab.judging.criteria.judgement import Verdict
from lstm_lab.judging.criteria.rates import at_least, at_most, beats
from lstm_lab.judging.criteria.sample_size import MOST, seeds_to_settle
from lstm_lab.judging.report.sentences import how_to_settle
from lstm_lab.judging.verdicts.findings import Finding, judge


def finding(criterion, outcomes, **details) -> Finding:
    """One claim, judged on these outcomes."""
    (found,) = judge(ledger_of((entry("here/holds", criterion, asked=len(outcomes), **details), outcomes)))
    return found


def test_as_many_as_the_interval_needs() -> None:
    """The number is the first multiple at which the interval of the same rate clears the bar."""
    wanted = finding(at_least(0.8), mixed(27)).seeds_to_settle

    assert wanted is not None
    assert pass_rate(wanted * 27 // 30, wanted).low >= 0.8
    assert pass_rate((wanted - 30) * 27 // 30, wanted - 30).low < 0.8


@pytest.mark.parametrize(
    ("criterion", "outcomes"),
    [(beats(), pairs([0.1] * 18 + [-0.1] * 12)), (equivalent(0.05), pairs([0.04] * 16 + [0.06] * 14))],
    ids=["beats", "equivalent"],
)
def test_every_criterion(criterion, outcomes) -> None:
    """It is the criterion itself that says when it would decide."""
    wanted = finding(criterion, outcomes).seeds_to_settle

    assert wanted is not None
    assert wanted > 30
    assert wanted % 30 == 0


def test_decided_claims_need_none() -> None:
    """Nothing is said about them."""
    decided = finding(at_least(0.8), [True] * 30)

    assert (None, "") == (decided.seeds_to_settle, how_to_settle(decided))


def test_a_rate_on_the_bar_is_never_settled() -> None:
    """More of the same would never do."""
    assert "with seeds like these not even 3000 would settle it" == how_to_settle(finding(at_least(0.8), mixed(24)))


def test_the_command() -> None:
    """It takes the seeds; where the claim declares fewer, its declaration is to be changed too."""
    free = how_to_settle(finding(at_least(0.8), mixed(27)))
    bound = how_to_settle(finding(at_least(0.8), mixed(27), seeds=30, seeds_reason="dear"))

    wanted = finding(at_least(0.8), mixed(27)).seeds_to_settle
    assert free.endswith(f"`pytest claims/ --claim here/holds --seeds {wanted}`")
    assert bound.startswith(free)
    assert bound.endswith("in its declaration")


@pytest.mark.parametrize(
    ("criterion", "outcomes"),
    [
        *((at_least(bar), mixed(passes, 10)) for bar in (0.5, 0.8) for passes in range(11)),
        *((at_most(0.2), mixed(passes, 17)) for passes in range(0, 18, 2)),
        (beats(), pairs([0.1] * 6 + [-0.1] * 4)),
        (equivalent(0.05), pairs([0.04] * 6 + [0.06] * 4)),
        (possible(), [False] * 10),
    ],
)
def test_no_multiple_that_decides_is_skipped(criterion, outcomes) -> None:
    """What is found quickly is what judging each multiple in full finds first."""

    def decides(times: int) -> bool:
        n = times * len(outcomes)
        return criterion.judge(range(n), outcomes * times, n).verdict is not Verdict.INCONCLUSIVE

    in_full = (times * len(outcomes) for times in range(2, 41) if decides(times))
    found = seeds_to_settle(criterion, outcomes)

    assert next(in_full, None) == (found if found and found <= 40 * len(outcomes) else None)


def test_it_is_computed_once(monkeypatch) -> None:
    """The report tells it in two places, and asks the criterion as often as in one."""
    asked = []

    def verdict(self, values) -> Verdict:
        asked.append(len(values))
        return Verdict.INCONCLUSIVE

    monkeypatch.setattr(Criterion, "verdict", verdict)
    open_yet = finding(possible(), [False] * 10)
    first, often = how_to_settle(open_yet), len(asked)

    assert first == how_to_settle(open_yet)
    assert often == len(asked) > 0


def test_a_rate_on_the_bar_is_not_tried_in_full() -> None:
    """Where every interval reaches over the bar, no multiple is promising."""
    assert [] == beats().candidate_repeats(pairs([0.1] * 5 + [-0.1] * 5), range(2, MOST // 10))
