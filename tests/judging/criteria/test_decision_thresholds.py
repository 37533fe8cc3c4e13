"""What a number of seeds can decide is foretold as the criteria decide."""

import pytest
from ledgers import entry

from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.equivalence import equivalent
from lstm_lab.judging.criteria.exact import always, possible
from lstm_lab.judging.criteria.judgement import Verdict
from lstm_lab.judging.criteria.rates import at_least, at_most
from lstm_lab.judging.report.terminal import decidable

SUPPORTED, REFUTED, INCONCLUSIVE = Verdict.SUPPORTED, Verdict.REFUTED, Verdict.INCONCLUSIVE


@pytest.mark.parametrize(
    ("criterion", "n", "text"),
    [
        (at_least(0.8), 30, "supported with at least 29 of 30 passes, refuted with at most 18 of 30 passes"),
        (at_least(0.9), 30, "cannot be supported by so few, wanted 36, refuted with at most 22 of 30 passes"),
        (at_most(0.2), 30, "supported with at most 1 of 30 passes, refuted with at least 12 of 30 passes"),
        (
            beats(),
            30,
            "if none ties supported with at least 21 of 30 wins, refuted with at most 9; "
            "with at most 9 of 30 untied and no direction no difference",
        ),
        (beats(by=0.1), 3, "cannot be decided by so few, wanted 6"),
        (always(), 5, "supported if all 5 agree, refuted by a single one"),
        (always(), 3, "cannot be supported by so few, wanted 5, refuted by a single one"),
        (possible(), 30, "supported by a single one, without any refuted (no witness in 30 seeds)"),
        (
            possible(),
            5,
            "supported by a single one, without any inconclusive (too few seeds: 5 of at least 29 without a witness)",
        ),
        (
            equivalent(0.05),
            30,
            "supported with at least 21 of 30 within the margin and the mean there, too, "
            "refuted with at most 9 of 30 within",
        ),
        (equivalent(0.05), 3, "cannot be decided by so few, wanted 6"),
    ],
    ids=lambda value: value.declared() if hasattr(value, "declared") else str(value)[:12],
)
def test_limits(criterion, n, text):
    """In words, for each criterion, with enough seeds and with too few."""
    assert text == criterion.decision_thresholds(n, 5)


@pytest.mark.parametrize("n", [7, 17, 30, 60])
@pytest.mark.parametrize("criterion", [at_least(0.5), at_least(0.8), at_most(0.2)], ids=lambda one: one.declared())
def test_limits_are_those_of_the_criterion(criterion, n):
    """One pass more or less than said has another verdict."""
    text = criterion.decision_thresholds(n, n)
    verdicts = [criterion.judge(range(n), [True] * k + [False] * (n - k), n).verdict for k in range(n + 1)]
    for verdict in (SUPPORTED, REFUTED):
        counts = [k for k, one in enumerate(verdicts) if one is verdict]
        if counts:
            edge = f"at most {counts[-1]} of" if counts[0] == 0 else f"at least {counts[0]} of"
            assert f"{verdict.value} with {edge} {n} passes" in text
        else:
            assert f"cannot be {verdict.value} by so few" in text


@pytest.mark.parametrize("n", [6, 12, 30])
@pytest.mark.parametrize("criterion", [beats(), equivalent(0.1)], ids=["beats", "equivalent"])
def test_counts_are_those_of_the_criterion(criterion, n):
    """As many wins, or seeds within the margin, as said decide, one less or more does not."""
    yes, no = ((1.0, 0.0), (0.0, 1.0)) if criterion.kind == "beats" else ((0.0, 0.0), (0.11, 0.0))
    words = criterion.decision_thresholds(n, n).replace(";", "").split()
    least, most = int(words[words.index("least") + 1]), int(words[words.index("most") + 1])

    def verdict(count):
        return criterion.judge(range(n), [yes] * count + [no] * (n - count), n).verdict

    assert [SUPPORTED, INCONCLUSIVE] == [verdict(least), verdict(least - 1)]
    assert [REFUTED, INCONCLUSIVE] == [verdict(most), verdict(most + 1)]


def test_claims_alike_share_a_line():
    """The commonest first; few claims are named, many are counted."""
    entries = [entry(f"a/many-{number}", at_least(0.8)) for number in range(4)]
    entries += [entry("b/one", always()), entry("b/few", at_least(0.8), seeds=20, seeds_reason="dear")]
    lines = list(decidable(entries))

    assert "what 6 claims can come to:" == lines[0]
    assert [
        "  at_least(0.8) with 30 seeds: supported with at least 29 of 30 passes, "
        "refuted with at most 18 of 30 passes (4 claims)",
        "  always() with 5 seeds: supported if all 5 agree, refuted by a single one (b/one)",
        "  at_least(0.8) with 20 seeds: supported with at least 20 of 20 passes, "
        "refuted with at most 11 of 20 passes (b/few)",
    ] == lines[1:]
