"""How many seeds would probably settle what is not decided."""

import pytest
from ledgers import entry, ledger_of, mixed, pairs

from lstm_lab.judging.criteria import at_least, beats, equivalent
from lstm_lab.judging.findings import Finding, findings
from lstm_lab.judging.intervals import pass_rate
from lstm_lab.judging.settling import how_to_settle, seeds_to_settle


def finding(criterion, outcomes, **details) -> Finding:
    """One claim, judged on these outcomes."""
    (found,) = findings(ledger_of((entry("here/holds", criterion, asked=len(outcomes), **details), outcomes)))
    return found


def test_as_many_as_the_interval_needs() -> None:
    """The number is the first multiple at which the interval of the same rate clears the bar."""
    wanted = seeds_to_settle(finding(at_least(0.8), mixed(27)))

    assert wanted is not None
    assert pass_rate(wanted * 27 // 30, wanted)[0] >= 0.8
    assert pass_rate((wanted - 30) * 27 // 30, wanted - 30)[0] < 0.8


@pytest.mark.parametrize(
    ("criterion", "outcomes"),
    [(beats(), pairs([0.1] * 18 + [-0.1] * 12)), (equivalent(0.05), pairs([0.04] * 16 + [0.06] * 14))],
    ids=["beats", "equivalent"],
)
def test_every_criterion(criterion, outcomes) -> None:
    """It is the criterion itself that says when it would decide."""
    wanted = seeds_to_settle(finding(criterion, outcomes))

    assert wanted is not None
    assert wanted > 30
    assert wanted % 30 == 0


def test_decided_claims_need_none() -> None:
    """Nothing is said about them."""
    decided = finding(at_least(0.8), [True] * 30)

    assert (None, "") == (seeds_to_settle(decided), how_to_settle(decided))


def test_a_rate_on_the_bar_is_never_settled() -> None:
    """More of the same would never do."""
    assert "with seeds like these not even 3000 would settle it" == how_to_settle(finding(at_least(0.8), mixed(24)))


def test_the_command() -> None:
    """It takes the seeds; where the claim declares fewer, its declaration is to be changed too."""
    free = how_to_settle(finding(at_least(0.8), mixed(27)))
    bound = how_to_settle(finding(at_least(0.8), mixed(27), seeds=30, seeds_reason="dear"))

    wanted = seeds_to_settle(finding(at_least(0.8), mixed(27)))
    assert free.endswith(f"`pytest claims/ --claim here/holds --seeds {wanted}`")
    assert bound.startswith(free)
    assert bound.endswith("in its declaration")
