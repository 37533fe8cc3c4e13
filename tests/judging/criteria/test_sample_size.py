"""How many seeds would probably settle what is not decided."""

import numpy as np
import pytest
from ledgers import entry, ledger_of, mixed, pairs
from scipy.stats import betabinom, binom

from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.criterion import Criterion
from lstm_lab.judging.criteria.equivalence import equivalent
from lstm_lab.judging.criteria.exact import possible
from lstm_lab.judging.criteria.intervals import pass_rate
from lstm_lab.judging.criteria.judgement import Verdict
from lstm_lab.judging.criteria.prediction import MOST
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.criteria.sample_size import second_look
from lstm_lab.judging.report.sentences import how_to_settle
from lstm_lab.judging.verdicts.findings import Finding, judge
from lstm_lab.text import percent


def finding(criterion, outcomes, **details) -> Finding:
    """One claim, judged on these outcomes."""
    (found,) = judge(ledger_of((entry("here/holds", criterion, asked=len(outcomes), **details), outcomes)))
    return found


def test_as_many_as_give_a_chance_of_four_in_five() -> None:
    """The number is the first at which the beta-binomial says so, counted out here over all that may come."""
    wanted = finding(at_least(0.8), mixed(27)).seeds_to_settle

    def chance(total: int) -> float:
        further = np.arange(total - 29)
        decided = [
            not pass_rate(27 + int(more), total).low < 0.8 < pass_rate(27 + int(more), total).high for more in further
        ]
        return float(betabinom.pmf(further, total - 30, 27.5, 3.5)[decided].sum())

    assert wanted is not None
    assert at_least(0.8).chance_decided(mixed(27), wanted) == pytest.approx(chance(wanted))
    assert chance(wanted) >= 0.8
    assert all(at_least(0.8).chance_decided(mixed(27), total) < 0.8 for total in range(40, wanted - 20, 10))


def test_wins_ties_and_losses_to_come() -> None:
    """Of a comparison without ties it is that of a rate; of one that ties throughout, no difference is near."""
    split = pairs([0.1] * 18 + [-0.1] * 12)

    for total in (60, 200):
        wanted = at_least(0.5).chance_decided(mixed(18), total)
        assert beats().chance_decided(split, total) == pytest.approx(wanted, abs=0.04)
    assert beats().chance_decided(pairs([0.0] * 5), 10) > 0.8
    assert finding(beats(), pairs([0.0] * 5)).seeds_to_settle == 10


def test_differences_to_come() -> None:
    """Of differences that leave no doubt of the mean it is the share that decides, as in a rate of one half."""
    values = pairs([0.0] * 19 + [0.11] * 5 + [-0.11] * 6)

    wanted = at_least(0.5).chance_decided(mixed(19), 90)
    assert equivalent(0.1).chance_decided(values, 90) == pytest.approx(wanted, abs=0.05)


def test_a_mean_outside_the_margin_is_not_settled_by_more_seeds() -> None:
    """Most seeds lie inside, the mean does not: however many there are, neither verdict follows."""
    assert finding(equivalent(0.1), pairs([0.0] * 22 + [-0.8] * 8)).seeds_to_settle is None


def test_decided_claims_need_none() -> None:
    """Nothing is said about them."""
    decided = finding(at_least(0.8), [True] * 30)

    assert (None, "") == (decided.seeds_to_settle, how_to_settle(decided))


def test_not_even_the_most() -> None:
    """Where most that may come leaves the rate at the bar."""
    told = how_to_settle(finding(at_least(0.8), mixed(240, 300)))

    assert told == f"with seeds like these, probably not even {MOST} would settle it"


def test_the_command() -> None:
    """It takes the seeds; where the claim declares fewer, its declaration is to be changed too."""
    free = how_to_settle(finding(at_least(0.8), mixed(27)))
    bound = how_to_settle(finding(at_least(0.8), mixed(27), seeds=30, seeds_reason="dear"))

    wanted = finding(at_least(0.8), mixed(27)).seeds_to_settle
    assert free.endswith(f"`pytest claims/ --claim here/holds --seeds {wanted}`")
    assert bound.startswith(free)
    assert bound.endswith("in its declaration")


def test_nothing_but_a_witness_or_enough_seeds_settles_what_is_possible() -> None:
    """A criterion that counts by itself is asked for its verdict on what may come."""
    assert finding(possible(), [False] * 10).seeds_to_settle == 30


def test_a_second_look() -> None:
    """The error at the bar of both looks together, counted out over all outcomes of the first."""
    look = second_look(at_least(0.5), 10, 30)

    def wrong(further: int) -> float:
        first = pass_rate(further, 10)
        if not first.low < 0.5 < first.high:
            return float(first.low > 0.5)
        return sum(binom.pmf(more, 20, 0.5) for more in range(21) if pass_rate(further + more, 30).low > 0.5)

    assert look is not None
    assert look.once == pytest.approx(binom.sf(8, 10, 0.5))
    assert look.twice == pytest.approx(sum(binom.pmf(seen, 10, 0.5) * wrong(seen) for seen in range(11)))
    assert look.once <= 0.025 < look.twice
    assert second_look(beats(), 10, 30) == second_look(equivalent(0.1), 10, 30) == look
    assert second_look(possible(), 10, 30) is None


def test_a_second_look_is_told() -> None:
    """By how much it raises the error, beside the number of seeds."""
    told = how_to_settle(finding(at_least(0.8), mixed(27)))
    look = second_look(at_least(0.8), 30, 260)

    assert look is not None
    assert told.startswith(
        "260 seeds in all would settle it with a chance of 80 % or more; looking twice raises the risk of a wrong "
        f"verdict from {percent(look.once)} to {percent(look.twice)}: "
    )


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
