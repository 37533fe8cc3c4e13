"""How a criterion is declared, described and kept, and what it says about single seeds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.criterion import Criterion
from lstm_lab.judging.criteria.equivalence import equivalent
from lstm_lab.judging.criteria.exact import always, possible
from lstm_lab.judging.criteria.intervals import Interval, pass_rate
from lstm_lab.judging.criteria.judgement import Verdict
from lstm_lab.judging.criteria.rates import at_least, at_most
from lstm_lab.judging.evidence.serialization import structure, unstructure

DECLARED = {
    "always()": always(),
    "at_least(0.8)": at_least(0.8),
    "at_most(0.2)": at_most(0.2),
    "beats()": beats(),
    "beats(by=0.1)": beats(by=0.1),
    "equivalent(within=0.05)": equivalent(within=0.05),
    "possible()": possible(),
    "possible(unless=0.2)": possible(unless=0.2),
}
every_criterion = pytest.mark.parametrize(("declared", "criterion"), DECLARED.items(), ids=DECLARED)


@every_criterion
def test_declared_as_in_the_claim_file(declared: str, criterion: Criterion) -> None:
    """A criterion spells itself as a claim file declares it, and describes itself after that."""
    assert declared == criterion.declared()
    assert criterion.describe().startswith(f"{declared}: ")


@every_criterion
def test_json_keeps_a_criterion(declared: str, criterion: Criterion) -> None:
    """A criterion written as JSON is read back equal."""
    assert criterion == structure(unstructure(criterion), Criterion, "criterion")


@every_criterion
def test_smallest_decidable_is_exact(declared: str, criterion: Criterion) -> None:
    """The smallest number of seeds ends in SUPPORTED and in REFUTED (for `possible`: in either), one fewer does not."""

    def reached(n: int) -> set[Verdict]:
        clear = [(1.0, 0.0), (0.0, 0.0)] if criterion.judges_pairs else [True, False]
        return {criterion.judge(range(n), [value] * n, n).verdict for value in clear} - {Verdict.INCONCLUSIVE}

    n = criterion.smallest_decidable()

    assert len(reached(n)) == (1 if criterion.kind == "possible" else 2)
    assert criterion.check(n) == ""
    if n > 1:
        assert len(reached(n - 1)) < 2
        assert criterion.check(n - 1).endswith(f"seeds, wanted at least {n}")


@pytest.mark.parametrize(
    ("criterion", "message"),
    [
        (at_least(0.95), "at_least(0.95) cannot be satisfied by 30 seeds, wanted at least 72"),
        (at_least(0.05), "at_least(0.05) cannot be refuted by 30 seeds, wanted at least 72"),
        (at_most(0.05), "at_most(0.05) cannot be satisfied by 30 seeds, wanted at least 72"),
        (at_most(0.99), "at_most(0.99) cannot be refuted by 30 seeds, wanted at least 368"),
    ],
    ids=lambda value: value.declared() if isinstance(value, Criterion) else "",
)
def test_check_names_the_smallest_sufficient_number(criterion: Criterion, message: str) -> None:
    """Seeds that cannot decide are refused in one line with the number that could."""
    assert message == criterion.check(30)


@pytest.mark.parametrize(
    ("declare", "message"),
    [
        (lambda: at_least(1), "at_least: got p=1, wanted a number above 0 and below 1"),
        (lambda: at_most(True), "at_most: got p=True, wanted a number above 0 and below 1"),
        (lambda: beats(by=-0.1), "beats: got by=-0.1, wanted a number of at least 0"),
        (lambda: equivalent(within=0), "equivalent: got within=0, wanted a number above 0"),
        (lambda: equivalent(within=float("nan")), "equivalent: got within=nan, wanted a number above 0"),
        (lambda: possible(unless="rarely"), "possible: got unless='rarely', wanted a number above 0 and below 1"),  # type: ignore[arg-type]
    ],
    ids=["certain", "bool", "negative", "no-margin", "nan", "text"],
)
def test_bad_parameters(declare: Callable[[], Criterion], message: str) -> None:
    """A parameter that makes no sense is refused in one line with what was got and what is wanted."""
    with pytest.raises(ValueError) as error:  # noqa: PT011  # the whole message is compared
        declare()

    assert message == str(error.value)


def test_judge_wants_one_value_for_each_seed() -> None:
    """Values that do not match the seeds are no evidence, and no seeds are none either."""
    with pytest.raises(ValueError, match="got 2 values for 3 seeds"):
        at_least(0.8).judge([0, 1, 2], [True, True], 3)
    with pytest.raises(ValueError, match="got 0 values for 0 seeds"):
        always().judge([], [], 5)


def test_always_names_the_first_counterexample() -> None:
    """One counterexample refutes and is named; neither interval nor p-value is given."""
    one = always().judge([0, 3, 4, 7], [True, False, True, False], 5)

    assert (one.verdict, one.reason, one.witness) == (Verdict.REFUTED, "seed 3 is a counterexample", 3)
    assert (one.passes, one.rate, one.interval, one.p_value) == (2, 0.5, None, None)


def test_always_with_fewer_seeds_than_declared() -> None:
    """Agreement of fewer seeds than the claim declares supports nothing."""
    one = always().judge([0, 1, 2], [True] * 3, 5)

    assert (one.verdict, one.reason) == (Verdict.INCONCLUSIVE, "too few seeds: 3 of at least 5")


def test_possible_names_its_witness() -> None:
    """The first seed in which it happens is the witness; without any, the reason counts the seeds."""
    seen, unseen = (possible().judge(range(20), [seed in found for seed in range(20)], 20) for found in ((7, 9), ()))

    assert (seen.witness, seen.reason) == (7, "seed 7 is a witness")
    assert (unseen.witness, unseen.reason) == (None, "too few seeds: 20 of at least 29 without a witness")


@pytest.mark.parametrize(
    ("criterion", "replayed"), [(always(), [False]), (possible(), [True]), (at_least(0.8), []), (beats(), [])]
)
def test_what_decides_alone_is_replayed(criterion: Criterion, replayed: list[bool]) -> None:
    """Only a counterexample of `always` and a witness of `possible` decide alone."""
    assert replayed == [value for value in (True, False) if criterion.needs_replay(value)]
    assert not criterion.needs_replay((1.0, 0.0))


def test_first_seed_that_speaks_against() -> None:
    """Each criterion names the first seed that speaks against the claim, None where there is none."""
    seeds = [2, 4, 6]

    assert at_least(0.5).judge(seeds, [True, False, False], 3).witness == 4
    assert at_most(0.5).judge(seeds, [False, False, True], 3).witness == 6
    assert beats().judge(seeds, [(1, 0), (2, 2), (1, 0)], 3).witness == 4
    assert equivalent(within=0.1).judge(seeds, [(1, 1), (1, 1), (2, 1)], 3).witness == 6
    assert at_least(0.5).judge(seeds, [True] * 3, 3).witness is None


def test_reason_of_an_open_verdict() -> None:
    """INCONCLUSIVE says whether more seeds could have decided or the figure is just too near."""
    assert at_least(0.8).judge(range(5), [True] * 5, 5).reason == "too few seeds: 5 of at least 17"
    assert at_least(0.8).judge(range(30), [True] * 25 + [False] * 5, 30).reason == "near the bar"
    assert at_least(0.8).judge(range(30), [True] * 30, 30).reason == ""


@pytest.mark.parametrize(
    ("difference", "finding", "counts"),
    [(0.0, "no difference", (0, 30, 0)), (1e-12, "no difference", (0, 30, 0)), (-1.0, "worse", (0, 0, 30))],
)
def test_ties_are_not_wins(difference: float, finding: str, counts: tuple[int, int, int]) -> None:
    """Equal arms, but for rounding, win and lose nothing; that is another finding than to be worse."""
    one = beats().judge(range(30), [(0.5 + difference, 0.5)] * 30, 30)

    assert ((one.passes, one.ties, one.losses), one.verdict) == (counts, Verdict.REFUTED)
    assert one.finding == finding


def test_beats_by_a_margin() -> None:
    """Pairs within the margin tie, on either side."""
    one = beats(by=0.1).judge(range(8), [(0.31, 0.2)] * 6 + [(0.29, 0.2), (0.2, 0.29)], 8)

    assert (one.passes, one.ties, one.losses, one.finding) == (6, 2, 0, "better")


def test_identical_arms_are_equivalent() -> None:
    """Arms that never differ are supported as equivalent: all seeds lie within, and so does the mean."""
    one = equivalent(within=0.05).judge(range(30), [(0.5, 0.5)] * 30, 30)

    assert (one.verdict, one.passes, one.interval) == (Verdict.SUPPORTED, 30, pass_rate(30, 30))
    assert (one.effect, one.effect_interval) == (0, Interval(0, 0))


@pytest.mark.parametrize("criterion", [beats(by=0.04), equivalent(within=0.04)], ids=["beats", "equivalent"])
@pytest.mark.parametrize("pair", [(0.96, 0.92), (0.92, 0.96), (0.9599999785, 0.9200000167)], ids=str)
def test_a_margin_that_differences_take_is_refused(criterion: Criterion, pair: tuple[float, float]) -> None:
    """Where rounding would decide on which side of the margin a seed lies, one line says so."""
    with pytest.raises(ValueError) as error:  # noqa: PT011  # the whole message is compared
        criterion.judge([3, 5], [(1.0, 1.0), pair], 2)

    assert str(error.value) == (
        f"{criterion.declared()}: got a difference of just the margin with seed 5, "
        "wanted a margin between the values that differences take"
    )


def test_no_margin_is_no_value_to_avoid() -> None:
    """Without a margin equal arms are what a comparison is about."""
    assert beats().judge(range(6), [(1.0, 1.0)] * 6, 6).finding == "no difference"


@pytest.mark.parametrize("n", [4, 10, 30])
def test_no_difference_shown_is_not_equivalence(n: int) -> None:
    """Differences that scatter around zero beyond the margin are no significant difference, and not equivalent."""
    scattered = [(0.5 + (-1) ** seed * 0.2, 0.5) for seed in range(n)]

    expected = Verdict.INCONCLUSIVE if n < 6 else Verdict.REFUTED  # no seed lies within
    assert equivalent(within=0.1).judge(range(n), scattered, n).verdict is expected
    assert beats().judge(range(n), scattered, n).verdict is Verdict.INCONCLUSIVE


def test_collecting_claims_waits_for_nothing() -> None:
    """Declaring claims imports neither SciPy nor TensorFlow, nor what reads and writes JSON."""
    program = """
import sys
from lstm_lab import at_least
from lstm_lab import Section, claim
claim("a/b", "B.", source=Section("A"), criterion=at_least(0.8))
assert at_least(0.8).check(30) == ""
print([name for name in ("scipy", "tensorflow", "keras", "cattrs") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
