"""Criteria that a single seed can decide: `always` for exact properties, `possible` for what can happen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lstm_lab.judging.criteria.criterion import Criterion, Value, first_marked, set_number
from lstm_lab.judging.criteria.intervals import LEVEL, RISK, seeds_to_rule_out, unseen_rate
from lstm_lab.judging.criteria.judgement import Judgement, Verdict
from lstm_lab.text import percent, whole_percent


@dataclass(frozen=True)
class Always(Criterion):
    """An exact property or a plain fact: one counterexample refutes, and every declared seed must agree.

    It is for what is so by construction or arithmetic, where a seed can only be a counterexample. What a training
    yields takes a rate: a few seeds that agree say little of the next, and `always` gives no interval.
    """

    kind = "always"
    default_seeds = 5
    decisive = False

    def decision_thresholds(self, n: int, declared: int) -> str:
        """Whether `n` seeds are enough for SUPPORTED, and that one counterexample refutes."""
        if n < declared:
            return f"cannot be supported by so few, wanted {declared}, refuted by a single one"
        return f"supported if all {n} agree, refuted by a single one" if n > 1 else "supported or refuted by it"

    def summarize(self, judgement: Judgement) -> str:
        """That it holds with every seed, or the first counterexample."""
        if judgement.passes == judgement.n:
            return f"holds with every one of {judgement.n} seeds" if judgement.n > 1 else "holds with the one seed"
        first = f"one counterexample refutes, the first is seed {judgement.witness}"
        return f"holds with {judgement.of_seeds}; {first}"

    def _demand(self) -> str:
        return "every seed must agree; one counterexample refutes"

    def _seeds_needed(self) -> tuple[int, int]:
        return 1, 1

    def _judge(self, seeds: Sequence[int], values: Sequence[Value], declared: int) -> Judgement:
        n, passes = len(seeds), sum(map(bool, values))
        witness = first_marked(seeds, [not holds for holds in values])
        if witness is not None:
            verdict, reason = Verdict.REFUTED, f"seed {witness} is a counterexample"
        elif n < declared:
            verdict, reason = Verdict.INCONCLUSIVE, f"too few seeds: {n} of at least {declared}"
        else:
            verdict, reason = Verdict.SUPPORTED, ""
        return Judgement(verdict, n, passes, passes / n, reason=reason, witness=witness)


@dataclass(frozen=True)
class Possible(Criterion):
    """Something that can happen: one witness supports; without any, the upper bound of its rate may refute."""

    unless: float = 0.1
    kind = "possible"
    decisive = True
    witness_noun = "witness"

    def __post_init__(self) -> None:
        set_number(self, "unless", above=0, below=1)

    def smallest_decidable(self) -> int:
        """One: a single seed can be the witness."""
        return 1

    def decision_thresholds(self, n: int, declared: int) -> str:
        """That one witness supports, and the verdict of `n` seeds without any."""
        without = self.judge(range(n), [False] * n, declared)
        return f"supported by a single one, without any {without.verdict.value} ({without.reason})"

    def summarize(self, judgement: Judgement) -> str:
        """With how many seeds it happens, and the first witness or the rate that their absence rules out."""
        sentence = f"happens with {judgement.of_seeds}"
        if judgement.passes:
            return f"{sentence}; one witness supports, the first is seed {judgement.witness}"
        refuted = judgement.verdict is Verdict.REFUTED
        return f"{sentence}, which rules out a rate above {percent(self.unless)}" if refuted else sentence

    def _demand(self) -> str:
        return (
            f"one witness supports, once it has come out again; refuted: there is none, and the {whole_percent(LEVEL)} "
            f"upper bound of its rate is {percent(self.unless)} or less"
        )

    def _seeds_needed(self) -> tuple[int, int]:
        return 1, seeds_to_rule_out(1 - self.unless, RISK)

    def _judge(self, seeds: Sequence[int], values: Sequence[Value], declared: int) -> Judgement:
        n, passes = len(seeds), sum(map(bool, values))
        witness = first_marked(seeds, [bool(holds) for holds in values])
        if witness is not None:
            verdict, reason = Verdict.SUPPORTED, f"seed {witness} is a witness"
        elif unseen_rate(n) <= self.unless:
            verdict, reason = Verdict.REFUTED, f"no witness in {n} seeds"
        else:
            _, wanted = self._seeds_needed()
            verdict, reason = Verdict.INCONCLUSIVE, f"too few seeds: {n} of at least {wanted} without a witness"
        return Judgement(verdict, n, passes, passes / n, reason=reason, witness=witness)


def always() -> Criterion:
    """Every seed agrees; one counterexample refutes. For exact properties; what a training yields takes a rate."""
    return Always()


def possible(unless: float = 0.1) -> Criterion:
    """Happens in at least one seed; refuted when its rate is shown to be at most `unless`."""
    return Possible(unless)
