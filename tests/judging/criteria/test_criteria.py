"""The criteria decide as declared, and what they may get wrong is known exactly: by enumeration, not by simulation."""

from __future__ import annotations

import functools

import numpy as np
import pytest
from scipy.stats import binom, binomtest

from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.criterion import Criterion
from lstm_lab.judging.criteria.equivalence import equivalent
from lstm_lab.judging.criteria.exact import always, possible
from lstm_lab.judging.criteria.intervals import RISK, pass_rate
from lstm_lab.judging.criteria.judgement import Judgement, Verdict
from lstm_lab.judging.criteria.rates import at_least, at_most

SUPPORTED, REFUTED, INCONCLUSIVE = Verdict.SUPPORTED, Verdict.REFUTED, Verdict.INCONCLUSIVE

MOST = 60  # seeds up to which everything is enumerated
BARS = {
    "at_least(0.5)": (at_least(0.5), 0.5),
    "at_least(0.8)": (at_least(0.8), 0.8),
    "at_least(0.9)": (at_least(0.9), 0.9),
    "at_least(0.95)": (at_least(0.95), 0.95),
    "at_most(0.2)": (at_most(0.2), 0.2),
    "at_most(0.1)": (at_most(0.1), 0.1),
}
every_bar = pytest.mark.parametrize(("criterion", "bar"), BARS.values(), ids=BARS)


def judged(criterion: Criterion, passes: int, n: int) -> Judgement:
    """The judgement on `passes` of `n` seeds that hold or win; for `equivalent`, that lie inside the margin."""
    yes, no = ((1.0, 0.0), (0.0, 1.0)) if criterion.judges_pairs else (True, False)
    if criterion.kind == "equivalent":
        yes, no = (0.0, 0.0), (0.51, 0.0)  # of which as many as half bring the mean nowhere near the margin
    return criterion.judge(range(n), [yes] * passes + [no] * (n - passes), n)


@functools.cache
def table(criterion: Criterion, n: int) -> tuple[Judgement, ...]:
    """The judgements on 0 ... n of n seeds."""
    return tuple(judged(criterion, passes, n) for passes in range(n + 1))


def chance(criterion: Criterion, n: int, rate: float, verdict: Verdict) -> float:
    """The exact probability of `verdict` from `n` seeds that each pass with probability `rate`."""
    reached = [one.verdict is verdict for one in table(criterion, n)]
    return float(binom.pmf(np.arange(n + 1), n, rate)[reached].sum())


@every_bar
def test_wrong_verdicts_of_a_rate(criterion: Criterion, bar: float) -> None:
    """Whatever the true rate and up to 60 seeds, either wrong verdict has a probability of at most 2.5 %."""
    low, high = criterion.region() or (0.0, 0.0)
    for n in range(1, MOST + 1):
        # Both tend to their worst at the bar, SUPPORTED from outside the region and REFUTED from inside.
        for wrong in (SUPPORTED, REFUTED):
            assert chance(criterion, n, bar, wrong) <= 0.025 + 1e-12
        for rate in np.linspace(0, 1, 21):
            wrong = REFUTED if low <= rate <= high else SUPPORTED

            assert chance(criterion, n, rate, wrong) <= 0.025 + 1e-12


@every_bar
def test_interval_p_value_and_verdict_agree(criterion: Criterion, bar: float) -> None:
    """For every outcome of up to 60 seeds: decided exactly if p <= 5 %, supported exactly if the interval is inside."""
    low, high = criterion.region() or (0.0, 0.0)
    for n in range(1, MOST + 1):
        passes = np.arange(n + 1)
        doubled = np.minimum(1, 2 * np.minimum(binom.cdf(passes, n, bar), binom.sf(passes - 1, n, bar)))
        for one, p_value in zip(table(criterion, n), doubled, strict=True):
            assert one.p_value == pytest.approx(p_value, rel=1e-9)
            assert (one.p_value <= RISK) == (one.verdict is not INCONCLUSIVE)
            assert (low <= one.interval.low and one.interval.high <= high) == (one.verdict is SUPPORTED)
            assert (one.interval.high < low or high < one.interval.low) == (one.verdict is REFUTED)
            assert 0 <= one.interval.low <= one.rate <= one.interval.high <= 1
            assert one.interval.low < one.interval.high


@pytest.mark.parametrize("n", [5, 6, 13, 20])
def test_interval_p_value_and_verdict_of_a_comparison_agree(n: int) -> None:
    """Whatever the wins, ties and losses, finding, verdict, interval and p-value of `beats` say the same."""
    for wins in range(n + 1):
        for losses in range(n + 1 - wins):
            ties = n - wins - losses
            one = beats().judge(range(n), [(1, 0)] * wins + [(0, 0)] * ties + [(0, 1)] * losses, n)
            low, high = (one.interval.low, one.interval.high) if one.interval else (0, 1)
            few = pass_rate(wins + losses, n).high < 0.5

            assert (one.passes, one.ties, one.losses) == (wins, ties, losses)
            assert (one.interval is None) == (one.rate is None) == (wins + losses == 0)
            assert (one.finding == "better") == (low > 0.5)
            assert (one.finding == "worse") == (high < 0.5)
            assert (one.finding == "no difference") == (few and low <= 0.5 <= high)
            assert (one.verdict is SUPPORTED) == (one.finding == "better")
            assert (one.verdict is INCONCLUSIVE) == (one.finding == "")
            assert (one.p_value <= RISK) == (one.verdict is not INCONCLUSIVE)


@pytest.mark.parametrize("n", [5, 6, 13, 20])
def test_interval_p_value_and_verdict_of_equivalent_agree(n: int) -> None:
    """Whatever lies below, inside and above the margin: share and mean both support, the share alone refutes."""
    for below in range(n + 1):
        for inside in range(n + 1 - below):
            differences = [-0.8] * below + [0.0] * inside + [0.8] * (n - below - inside)
            one = equivalent(0.5).judge(range(n), [(difference, 0.0) for difference in differences], n)
            mean_inside = -0.5 <= one.effect_interval.low and one.effect_interval.high <= 0.5

            assert (one.passes, one.interval) == (inside, pass_rate(inside, n))
            assert (one.verdict is SUPPORTED) == (one.interval.low > 0.5 and mean_inside)
            assert (one.verdict is REFUTED) == (one.interval.high < 0.5)
            assert (one.p_value <= RISK) == (one.verdict is not INCONCLUSIVE)


def test_ten_up_ten_down_ten_equal_is_no_equivalence() -> None:
    """The median and the mean are 0, but most seeds lie outside the margin."""
    scattered = [(difference, 0.0) for difference in [0.08] * 10 + [-0.08] * 10 + [0.0] * 10]

    assert equivalent(0.06).judge(range(30), scattered, 30).verdict is not SUPPORTED
    assert equivalent(0.06).judge(range(90), scattered * 3, 90).verdict is REFUTED


def test_seeds_that_all_fail_on_one_side_take_support_away() -> None:
    """Most seeds lie inside the margin, but the mean does not: no verdict, and the reason says why."""
    collapsed = [(difference, 0.0) for difference in [0.0] * 45 + [-0.5] * 15]
    one = equivalent(0.06).judge(range(60), collapsed, 60)

    assert (one.verdict, one.reason) == (INCONCLUSIVE, "the mean is outside the margin")
    assert one.interval.low > 0.5


@pytest.mark.parametrize(
    ("criterion", "passes", "n", "verdict"),
    [
        (at_least(0.8), 29, 30, SUPPORTED),
        (at_least(0.8), 28, 30, INCONCLUSIVE),
        (at_least(0.9), 36, 36, SUPPORTED),
        (at_least(0.9), 35, 35, INCONCLUSIVE),
        (at_least(0.5), 21, 30, SUPPORTED),
        (at_least(0.5), 20, 30, INCONCLUSIVE),
        (at_least(0.5), 10, 30, INCONCLUSIVE),
        (at_least(0.5), 9, 30, REFUTED),
        (at_most(0.2), 1, 30, SUPPORTED),
        (at_most(0.2), 2, 30, INCONCLUSIVE),
        (beats(), 21, 30, SUPPORTED),
        (beats(), 20, 30, INCONCLUSIVE),
        (beats(), 9, 30, REFUTED),
        (beats(), 10, 30, INCONCLUSIVE),
        (equivalent(0.5), 21, 30, SUPPORTED),
        (equivalent(0.5), 20, 30, INCONCLUSIVE),
        (equivalent(0.5), 10, 30, INCONCLUSIVE),
        (equivalent(0.5), 9, 30, REFUTED),
        (possible(), 0, 29, REFUTED),
        (possible(), 0, 28, INCONCLUSIVE),
        (possible(), 1, 30, SUPPORTED),
        (always(), 5, 5, SUPPORTED),
        (always(), 4, 5, REFUTED),
    ],
    ids=lambda value: value.declared() if isinstance(value, Criterion) else getattr(value, "value", None),
)
def test_verdict_switches(criterion: Criterion, passes: int, n: int, verdict: Verdict) -> None:
    """The verdict switches at exactly this number of seeds."""
    assert verdict is judged(criterion, passes, n).verdict


@pytest.mark.parametrize(
    ("bar", "smallest"),
    [(0.5, (6, 9, 12, 15)), (0.75, (13, 20, 27, 33)), (0.8, (17, 26, 34, 41)), (0.9, (36, 54, 70, 85))],
)
def test_smallest_number_of_seeds(bar: float, smallest: tuple[int, ...]) -> None:
    """These many seeds are the fewest that support with 0, 1, 2 and 3 failures."""
    for failures, n in enumerate(smallest):
        assert judged(at_least(bar), n - failures, n).verdict is SUPPORTED
        assert judged(at_least(bar), n - 1 - failures, n - 1).verdict is not SUPPORTED


@pytest.mark.parametrize("n", [1, 5, 30, 60])
def test_interval_does_not_collapse(n: int) -> None:
    """With no seed or every seed passing, the interval is still one."""
    none, every = judged(at_least(0.5), 0, n), judged(at_least(0.5), n, n)

    assert none.interval.low == 0
    assert every.interval.high == 1
    assert none.interval.high > 0.025
    assert every.interval.low < 0.975


def test_planted_controls() -> None:
    """A fair coin is no majority, what always fails is refuted, and a rate at its bar is hardly ever supported."""
    assert chance(at_least(0.5), 30, 0.5, INCONCLUSIVE) >= 0.95
    assert chance(at_least(0.5), 30, 0.0, REFUTED) == 1
    assert chance(at_least(0.8), 30, 0.8, SUPPORTED) <= 0.025


@pytest.mark.parametrize(
    ("n", "rate", "power"), [(20, 0.95, 0.36), (30, 0.95, 0.55), (30, 0.99, 0.96), (50, 0.95, 0.90)]
)
def test_power(n: int, rate: float, power: float) -> None:
    """at_least(0.8) supports a true rate as often as promised."""
    assert power == pytest.approx(chance(at_least(0.8), n, rate, SUPPORTED), abs=0.005)


def test_wrong_refutation_of_possible() -> None:
    """What happens in a tenth of the seeds is refuted with a probability of at most 5 %."""
    for n in range(1, MOST + 1):
        assert chance(possible(unless=0.1), n, 0.1, REFUTED) <= 0.05


@pytest.mark.parametrize("n", [17, 29, 30])
def test_bar_at_the_very_end_of_an_interval(n: int) -> None:
    """A bar equal to an end of the interval to the last digit still gives one answer, not two."""
    interval = binomtest(n - 1, n).proportion_ci(0.95, "exact")
    for bar in (interval.low, interval.high, np.nextafter(interval.low, 0), np.nextafter(interval.low, 1)):
        one = judged(at_least(float(bar)), n - 1, n)

        assert (one.p_value <= RISK) == (one.verdict is not INCONCLUSIVE)
