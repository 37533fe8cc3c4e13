"""Ledgers made by hand, with every kind of verdict and of trouble, for the tests of what reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from lstm_lab.judging.claims.claim import Claim
from lstm_lab.judging.claims.source import Comment, Section, Source
from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.criterion import Criterion
from lstm_lab.judging.criteria.equivalence import equivalent
from lstm_lab.judging.criteria.exact import always, possible
from lstm_lab.judging.criteria.judgement import Verdict
from lstm_lab.judging.criteria.rates import at_least, at_most
from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.evidence.records import Entry, Failure, Observation, Run

ONE_CHAR = Section("Learning One Letter at a Time")
WINDOWS = Section("Windows of Three Letters")
STATE = Section("Keeping State | Between Batches")
ADA = Comment(12, "Ada", "2016-09-01")
BOB = Comment(4, "Bob <b>", "2016-08-24")

SUPPORTED, REFUTED, INCONCLUSIVE = Verdict.SUPPORTED, Verdict.REFUTED, Verdict.INCONCLUSIVE
VERSIONS = {"python": "3.11.9", "tensorflow": "2.21.0", "keras": "3.15.1", "numpy": "2.3.1", "scipy": "1.17.1"}
RUN = Run(
    "2025-01-02T03:04:05+00:00", 312.4, "pytest claims/ -n auto", "abc1234 (modified)", 2, 6, 1, {"refused": ["x"]}
)

Outcome = bool | tuple[float, float]
Showing = Callable[[int], dict[str, Any]]


def entry(id: str, criterion: Criterion, *, source: Source = ONE_CHAR, asked: int = 30, **details: Any) -> Entry:
    """A claim of the catalogue with its test, `asked` for so many seeds; `docstring` is that of the test."""
    docstring = details.pop("docstring", "")
    details.setdefault("stance", "stated")
    details.setdefault("statement", f"What {id.partition('/')[2].replace('-', ' ')} says.")
    claim = Claim(id=id, source=source, criterion=criterion, **details)
    section, _, name = id.replace("-", "_").partition("/")
    wanted = claim.seeds_wanted(asked)
    return Entry(claim, f"claims/test_{section}.py::test_{name}", 12, docstring, tuple(range(wanted)), wanted)


def ledger_of(*evidence: tuple[Entry, Sequence[Outcome]], showing: Showing = lambda seed: {}, **details: Any) -> Ledger:
    """A full run in which the claims showed these outcomes, one for each seed from 0 on; fewer leave seeds missing."""
    ledger = Ledger({one.claim.id: one for one, _ in evidence}, VERSIONS, run=RUN, **details)
    for one, outcomes in evidence:
        record(ledger, one, outcomes, showing)
    return ledger


def record(ledger: Ledger, one: Entry, outcomes: Sequence[Outcome], showing: Showing = lambda seed: {}) -> None:
    """Add the outcomes of a claim, one for each of its seeds in their order."""
    for seed, outcome in zip(one.seeds, outcomes, strict=False):
        if isinstance(outcome, bool):
            ledger.add(Observation(one.claim.id, seed, holds=outcome, shown=showing(seed)))
        else:
            value, against = outcome
            ledger.add(Observation(one.claim.id, seed, value=value, against=against, shown=showing(seed)))


def measured_on(ledger: Ledger, *subjects: str) -> Ledger:
    """The same run, its observations measured on these experiments."""
    for where, observation in ledger.observations.items():
        ledger.observations[where] = replace(observation, subjects=subjects)
    return ledger


def mixed(passes: int, n: int = 30) -> list[bool]:
    """`passes` seeds that hold, the others spread evenly between them."""
    return [(seed + 1) * passes // n > seed * passes // n for seed in range(n)]


def pairs(differences: Sequence[float], baseline: float = 0.75) -> list[tuple[float, float]]:
    """Pairs with these differences, around a baseline that moves a little."""
    return [(baseline + seed % 3 / 100 + one, baseline + seed % 3 / 100) for seed, one in enumerate(differences)]


def everything() -> Ledger:
    """A run with every verdict, every status, a contested pair, and a file that was not collected."""
    k_to_b = entry(
        "state/k-predicts-b",
        at_least(0.9),
        source=STATE,
        asked=36,
        statement="After a reset, the model answers B to the letter K.",
        expect=SUPPORTED,
        published="K → B",
        contradicts=("comment-12/k-predicts-l",),
    )
    ledger = ledger_of(
        (
            entry(
                "one-char/does-not-learn",
                at_most(0.2),
                statement="One letter at a time is not learned: the model gives some wrong answers.",
                expect=SUPPORTED,
                published="84.00 %",
                docstring="Not learned means that at least one of the 25 letters\nis answered wrongly, see `a < b`.",
            ),
            mixed(1),
        ),
        (
            entry(
                "one-char/is-a-multilayer-perceptron",
                always(),
                statement="Without state the network is a plain multilayer perceptron.",
                expect=REFUTED,
            ),
            [True, True, True, False, True],
        ),
        (entry("one-char/state-is-reset", always(), expect=SUPPORTED, contradicts=("comment-4/no-reset",)), [True] * 5),
        (
            entry(
                "windows/steps-beat-features",
                beats(),
                source=WINDOWS,
                statement="Three letters as time steps are learned better than the same three as features.",
                expect=SUPPORTED,
                published="100.00 % against 86.96 %",
            ),
            pairs([0.13, 0.09, 0.17] * 9 + [0.0] * 2 + [-0.04]),
        ),
        (
            entry("windows/features-lift", beats(0.05), source=WINDOWS, expect=SUPPORTED),
            pairs([0.02, 0.07, -0.06] * 10),
        ),
        (
            entry("windows/shuffling-is-the-same", equivalent(0.05), source=WINDOWS, expect=SUPPORTED),
            pairs([0.01, -0.02, 0.0] * 10),
        ),
        (
            entry("windows/order-does-not-matter", equivalent(0.05), source=WINDOWS, expect=SUPPORTED),
            pairs([0.3, 0.2, 0.25] * 10),
        ),
        (entry("windows/new-idea", at_least(0.5), source=WINDOWS), mixed(17)),
        (k_to_b, [True] * 36),
        (
            entry(
                "state/few-units-suffice",
                at_least(0.8),
                source=STATE,
                statement="Few units and few epochs suffice.",
                expect=REFUTED,
                published="100.00 %",
                seeds=20,
                seeds_reason="its 5000 epochs are dear.",
            ),
            mixed(2, 20),
        ),
        (
            entry("state/warm-up", at_least(0.8), source=STATE, expect=SUPPORTED, statement="A warm-up suffices."),
            mixed(26),
        ),
        (entry("state/fails", at_least(0.5), source=STATE, expect=SUPPORTED), mixed(20)[:26]),
        (entry("state/vanishes", at_least(0.5), source=STATE, expect=SUPPORTED), mixed(28)[:25]),
        (
            entry("comment-12/k-predicts-l", possible(), source=ADA, expect=SUPPORTED, statement="K can give L."),
            [False] * 7 + [True] + [False] * 22,
        ),
        (entry("comment-4/no-reset", possible(), source=BOB, expect=REFUTED), [False] * 30),
        showing=lambda seed: {
            "accuracy": round(0.8 + seed % 5 / 25, 4),
            "answer": "L" if seed % 7 == 3 else "B",
            "right": seed % 2 == 0,
        },
    )
    ledger.failures += [
        Failure("state/fails", seed, "error", "ValueError: got shape (3,), wanted (3, 1)\na long traceback")
        for seed in (26, 27, 29)
    ]
    ledger.failures.append(Failure("state/fails", 28, "crash", "worker 'gw0' crashed"))
    ledger.add_uncollected("claims/test_broken.py", "ImportError: no module named 'x'")
    return ledger


def partial() -> Ledger:
    """A run of a few claims and seeds only."""
    few = replace(entry("one-char/does-not-learn", at_most(0.2), expect=SUPPORTED), seeds=(0, 1, 2, 7))
    whole = entry("one-char/state-is-reset", always(), expect=REFUTED, contradicts=("comment-4/no-reset",))
    return ledger_of((few, [False, False, True, False]), (whole, [True] * 5), partial="2 of 15 claims selected")


def many(claims: int) -> Ledger:
    """A full run of many claims."""
    evidence: list[tuple[Entry, Sequence[Outcome]]] = []
    for index in range(claims):
        section = Section(f"Section Number {index // 12} with a Heading of the Usual Length, Rather Long")
        evidence.append(
            (
                entry(f"section-{index // 12}/claim-number-{index}-says-something", at_least(0.8), source=section),
                mixed(index % 31),
            )
        )
    return ledger_of(*evidence, showing=lambda seed: {"accuracy": seed / 30})
