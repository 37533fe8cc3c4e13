"""What the criteria may get wrong, on the page for readers, is what they do."""

from __future__ import annotations

import characteristics
import numpy as np
import pytest

from lstm_lab.judging.criteria.comparison import shown
from lstm_lab.judging.criteria.equivalence import equivalent
from lstm_lab.judging.criteria.judgement import Verdict


def test_the_page_is_what_the_code_gives() -> None:
    """Otherwise write it again: `python tests/judging/criteria/characteristics.py`."""
    assert characteristics.PAGE.read_text(encoding="utf-8") == characteristics.page()


@pytest.mark.parametrize("n", characteristics.SEEDS)
def test_wrong_findings_of_a_comparison(n: int) -> None:
    """Each finding is wrong in at most 2.5 %, whatever the shares of wins, ties and losses."""
    better, worse, no_difference, _ = characteristics.worst_of_comparison(n)

    assert max(better, worse, no_difference) <= 0.025


@pytest.mark.parametrize("wins", [0.5, 0.6, 0.8, 1.0])
@pytest.mark.parametrize("untied", [0.5, 0.7, 1.0])
@pytest.mark.parametrize("n", [10, 30, 60])
def test_wrong_refutations_of_a_comparison(n: int, untied: float, wins: float) -> None:
    """Where at least half of the pairs differ and most of these are wins, neither refuting finding is likely."""
    found = characteristics.of_comparison(n, untied, wins)

    assert max(found["worse"], found["no difference"]) <= 0.025


def test_wrong_verdicts_on_equivalence() -> None:
    """On the lattice of accuracies, of the rules tried only the share, alone or guarded, is right in 97.5 %."""
    wrong = {name: characteristics.worst_of_rule(rule) for name, rule in characteristics.RULES.items()}
    exact = [name for name, (support, refute, _) in wrong.items() if max(support, refute) <= 0.025]

    assert exact == ["share of seeds", "**share, guarded by the mean: `equivalent`**"]
    assert wrong[exact[1]][2] < wrong[exact[0]][2]


@pytest.mark.parametrize("n", [5, 10, 24])
@pytest.mark.parametrize("steps", [(0, 2, -2), (1, 2, -25), (0, 5, -13)], ids=str)
def test_the_rule_that_is_measured_is_that_of_the_criterion(steps: tuple[int, ...], n: int) -> None:
    """Outcome by outcome, in steps of 1/25 as in whole ones."""
    outcomes = characteristics.outcomes(n, 3)
    supports, refutes = characteristics.of_guarded_share(outcomes, np.array(steps, dtype=float), n)
    for counts, supported, refuted in zip(outcomes[::3], supports[::3], refutes[::3], strict=True):
        values = [(step / 25, 0.0) for step, count in zip(steps, counts, strict=True) for _ in range(count)]
        verdict = equivalent(1.5 / 25).judge(range(n), values, n).verdict

        assert (verdict is Verdict.SUPPORTED, verdict is Verdict.REFUTED) == (supported, refuted)


@pytest.mark.parametrize("n", [5, 6, 30])
def test_the_findings_that_are_measured_are_those_of_the_criterion(n: int) -> None:
    """Outcome by outcome."""
    outcomes = characteristics.outcomes(n, 3)

    assert [shown(wins, losses, n) for wins, losses, _ in outcomes.tolist()] == characteristics.findings(n).tolist()
