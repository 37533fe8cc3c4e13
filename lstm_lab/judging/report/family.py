"""The statistical verdicts taken together: how many may be wrong, which may be chance, and why wrong ones clump."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lstm_lab.judging.criteria import CRITERIA, LEVEL, Verdict
from lstm_lab.judging.report.formatting import inline_code, link, verdict_label
from lstm_lab.judging.verdicts import FALSE_DISCOVERIES, Finding
from lstm_lab.text import chance

TITLE = "Verdicts that may be chance"
MOST_FRAGILE = 2  # that are named where not all are


def family_view(findings: Sequence[Finding]) -> Iterator[str]:
    """Sentences on the error rates of the statistical verdicts, taken together."""
    family = [one for one in findings if one.p is not None]
    if not family:
        yield "No verdict of this report is statistical."
        return
    others = [one for one in CRITERIA.values() if one.level != LEVEL]
    exceptions = ", ".join(f"{100 * _wrong(one.level):.3g} % for {inline_code(one.kind)}" for one in others)
    yield (
        f"Verdicts that rest on statistics: {len(family)}. Each is wrong with a chance of at most "
        f"{100 * _wrong(LEVEL):.3g} %{f' ({exceptions})' if exceptions else ''}, "
        f"so at most {expected_wrong(family):.2g} wrong ones are expected."
    )
    yield from _clumps(family)
    if all(one.survives is None for one in family):  # of a partial run, whose family is incomplete
        return
    decided = [one for one in family if one.verdict is not Verdict.INCONCLUSIVE]
    independent = sum(one.q is not None and one.q <= FALSE_DISCOVERIES for one in decided)
    fragile = sum(one.may_be_chance for one in decided)
    yield (
        f"Of {len(decided)} decided verdicts {len(decided) - fragile} survive the strict correction for so many at "
        f"once (Benjamini-Yekutieli, at most {100 * FALSE_DISCOVERIES:.0f} % false discoveries), {independent} the "
        f"mild one (Benjamini-Hochberg)"
    ) + (f". {_named(_by_fragility(decided))}" if fragile else ".")


def expected_wrong(family: Sequence[Finding]) -> float:
    """How many of these statistical verdicts are wrong at most, in expectation."""
    return sum(_wrong(one.entry.claim.criterion.level) for one in family)


def fragile_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """One line for each decided verdict that does not survive among all others, the most fragile first."""
    for one in _by_fragility(findings):
        assert one.q_dependent is not None
        yield f"- {link(one.entry.claim.id)}, {verdict_label(one)}: q-value {chance(one.q_dependent)}"


def _by_fragility(findings: Sequence[Finding]) -> list[Finding]:
    """The verdicts that may be chance, the most fragile first."""
    fragile = [one for one in findings if one.may_be_chance]
    return sorted(fragile, key=lambda one: -(one.q_dependent or 0.0))


def _named(fragile: Sequence[Finding]) -> str:
    """The most fragile verdicts, and where all of them stand."""
    names = ", ".join(link(one.entry.claim.id) for one in fragile[:MOST_FRAGILE])
    return f"The other {len(fragile)} [may be chance](#{TITLE.lower().replace(' ', '-')}), the first of all {names}."


def _clumps(family: Sequence[Finding]) -> Iterator[str]:
    """How many of the verdicts rest on the same trained models; nothing where no two do."""
    rest_on = Counter(subject for one in family for subject in one.subjects)
    most = max(rest_on.values(), default=0)
    if most > 1:
        shared = sum(any(rest_on[subject] > 1 for subject in one.subjects) for one in family)
        yield (
            f"{shared} of the {len(family)} share an experiment with another verdict; one experiment serves {most}. If "
            "it misleads, they are wrong together."
        )


def _wrong(level: float) -> float:
    """The chance of a wrong verdict by an interval of `level`: only one of its two ends can be wrong."""
    return (1 - level) / 2
