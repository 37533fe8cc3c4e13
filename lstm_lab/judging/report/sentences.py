"""The evidence of a claim in a sentence, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lstm_lab.judging.claims import DEFAULT_SEEDS, with_sides
from lstm_lab.judging.criteria import ENOUGH, MOST, Verdict
from lstm_lab.judging.report.descriptive import spread
from lstm_lab.judging.report.formatting import escaped
from lstm_lab.judging.report.seed_marks import numbers, reported_values, tally, value_counts
from lstm_lab.text import figure, percent, pluralized, seed_ranges, whole_percent, words_of

if TYPE_CHECKING:
    from lstm_lab.judging.evidence import ReportedValue
    from lstm_lab.judging.verdicts import Finding


def result_sentence(finding: Finding) -> str:
    """The result of the criterion, or why there is none, as Markdown; without a full stop."""
    return escaped(result_text(finding))


def result_text(finding: Finding) -> str:
    """The result of the criterion, or why there is none; without a full stop."""
    judgement, claim = finding.judgement, finding.entry.claim
    if judgement is None:
        return _unjudged(finding)
    sentence = with_sides(claim.criterion.summarize(judgement), claim.arms)
    if judgement.verdict is not Verdict.INCONCLUSIVE or not judgement.reason:
        return sentence
    return f"{sentence}; {judgement.reason}"


def reported_values_sentence(finding: Finding) -> str:
    """The first two values that the claim reports: `accuracy 84 % (median); answer: C in 28 of 30 seeds`."""
    first = list(reported_values(finding.observations).items())[:2]
    return "; ".join(f"{words_of(name)}{_told(name, values)}" for name, values in first)


def _told(name: str, values: Sequence[ReportedValue]) -> str:
    """What follows the name of a value: that of the one seed or of each, the median, or the most frequent."""
    numeric = numbers(values)
    if numeric is None:
        text, count = value_counts(values)[0]
        return f": {text}" + (f" in {count} of {len(values)} seeds" if len(values) > 1 else "")
    if len(set(numeric)) > 1:
        return f" {figure(spread(numeric).median, name)} (median)"
    return f" {figure(numeric[0], name)}" + (f" in each of {len(values)} seeds" if len(values) > 1 else "")


def _unjudged(finding: Finding) -> str:
    """Why there is no verdict."""
    selected = len(finding.entry.seeds)
    losses = list(_lost_seeds(finding))
    if losses:
        return f"not judged: of {pluralized(selected, 'seed')}, {' and '.join(losses)}"
    return f"{selected} of {pluralized(finding.entry.declared_seeds, 'seed')} selected, not judged: {tally(finding)}"


def _lost_seeds(finding: Finding) -> Iterator[str]:
    """Which seeds have no evidence: those that failed, and those without an observation."""
    if any(failure.seed is None for failure in finding.failures):
        yield "none counts, the test itself failed"
    failed = sorted({failure.seed for failure in finding.failures if failure.seed is not None})
    if failed:
        yield f"{len(failed)} failed ({seed_ranges(failed)})"
    if finding.missing:
        yield f"{len(finding.missing)} left no observation ({seed_ranges(finding.missing)})"


def how_to_settle(finding: Finding) -> str:
    """How many seeds would probably decide the claim, and the command; "" where it is decided or not judged."""
    if finding.verdict is not Verdict.INCONCLUSIVE:
        return ""
    claim, wanted = finding.entry.claim, finding.seeds_to_settle
    if wanted is None:
        return f"with seeds like these, probably not even {MOST} would settle it"
    most = claim.seeds if claim.seeds is not None else claim.criterion.default_seeds
    declared = "" if most is None or most >= wanted else f" and seeds={wanted} in its declaration"
    if finding.entry.exploring:
        return f"if the judged seeds turn out like these, {wanted} of them would settle it"
    option = "" if wanted == DEFAULT_SEEDS else f" --seeds {wanted}"
    look, risk = finding.second_look, ""
    if look is not None:
        risk = f"; looking twice raises the risk of a wrong verdict from {percent(look.once)} to {percent(look.twice)}"
    return (
        f"{wanted} seeds in all would settle it with a chance of {whole_percent(ENOUGH)} or more{risk}: "
        f"`pytest claims/ --claim {claim.id}{option}`{declared}"
    )
