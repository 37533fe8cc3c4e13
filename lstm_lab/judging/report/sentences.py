"""What the evidence of a claim comes to, in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lstm_lab.judging.claims import DEFAULT_SEEDS
from lstm_lab.judging.criteria import MOST, Always, AtLeast, AtMost, Beats, Equivalent, Judgement, Possible, Verdict
from lstm_lab.judging.report.descriptive import spread
from lstm_lab.judging.report.seed_marks import numbers, reported_values, tally, value_counts
from lstm_lab.text import difference_interval, number, percent, percent_interval, pluralized, seed_ranges, signed

if TYPE_CHECKING:
    from lstm_lab.judging.verdicts import Finding


AGAINST_MARGIN = {
    Verdict.SUPPORTED: "inside",
    Verdict.REFUTED: "outside",
    Verdict.INCONCLUSIVE: "partly outside",
}


def result_sentence(finding: Finding) -> str:
    """What was found, without a full stop."""
    judgement = finding.judgement
    if judgement is None:
        return _unjudged(finding)
    sentence = _judged(finding, judgement)
    if judgement.verdict is not Verdict.INCONCLUSIVE or not judgement.reason:
        return sentence
    return f"{sentence}; {judgement.reason}"


def reported_values_sentence(finding: Finding) -> str:
    """The first figures that the claim shows, in a few words: `accuracy 0.84 in the median, answer C in 28 of 30`."""
    words = []
    for name, values in list(reported_values(finding.observations).items())[:2]:
        figures = numbers(values)
        if figures is not None:
            words.append(f"{name} {number(spread(figures).median)} in the median")
        else:
            text, count = value_counts(values)[0]
            words.append(f"{name} {text} in {count} of {len(values)}")
    return ", ".join(words)


def _judged(finding: Finding, judgement: Judgement) -> str:
    of_seeds = f"{judgement.passes} of {pluralized(judgement.n, 'seed')}"
    match finding.entry.claim.criterion:
        case Always() if judgement.passes == judgement.n:
            return f"holds with every one of {pluralized(judgement.n, 'seed')}"
        case Always():
            return f"holds with {of_seeds}; one counterexample refutes, the first is seed {judgement.witness}"
        case Possible() if judgement.passes:
            return f"happens with {of_seeds}; one witness supports, the first is seed {judgement.witness}"
        case Possible(unless=rate) if judgement.verdict is Verdict.REFUTED:
            return f"happens with {of_seeds}, which rules out a rate above {percent(rate)}"
        case Possible():
            return f"happens with {of_seeds}"
        case AtLeast(p=bar):
            return f"holds with {of_seeds}{_rate(judgement)}{_wanted(judgement, f'{percent(bar)} or more')}"
        case AtMost(p=bar):
            return f"holds with {of_seeds}{_rate(judgement)}{_wanted(judgement, f'{percent(bar)} or less')}"
        case Beats(by=margin):
            lead = f" by more than {number(margin)}" if margin else ""
            share = f"{of_seeds}{_rate(judgement)}{_wanted(judgement, 'more than half')}"
            return f"treatment exceeds control{lead} with {share}; {_mean(judgement)}"
        case Equivalent(within=margin):
            return f"{_median(judgement, margin)}; {_mean(judgement)}"
    return f"holds with {of_seeds}{_rate(judgement)}"


def _rate(judgement: Judgement) -> str:
    """The pass rate and its interval in brackets."""
    if judgement.rate is None or judgement.low is None or judgement.high is None or judgement.level is None:
        return ""
    interval = percent_interval(judgement.low, judgement.high)
    return f" ({percent(judgement.rate)}; {100 * judgement.level:.0f} % interval {interval})"


def _wanted(judgement: Judgement, what: str) -> str:
    return "" if judgement.verdict is Verdict.SUPPORTED else f", wanted {what}"


def _median(judgement: Judgement, margin: float) -> str:
    """Where the median difference lies, against the margin."""
    if judgement.low is None or judgement.high is None or judgement.level is None:
        return f"no interval of the median difference from {pluralized(judgement.n, 'seed')}"
    interval = difference_interval(judgement.low, judgement.high)
    where = f"{AGAINST_MARGIN[judgement.verdict]} ±{number(margin)}"
    return f"median of treatment − control {interval} ({100 * judgement.level:.0f} % interval), {where}"


def _mean(judgement: Judgement) -> str:
    """The mean paired difference with its interval."""
    if judgement.effect is None:
        return "no mean difference"
    mean = f"mean difference {signed(judgement.effect)}"
    if judgement.effect_low is None or judgement.effect_high is None:
        return mean
    return f"{mean} (95 % interval {difference_interval(judgement.effect_low, judgement.effect_high)})"


def _unjudged(finding: Finding) -> str:
    selected = len(finding.entry.seeds)
    lost = list(_lost(finding))
    if lost:
        return f"not judged: of {pluralized(selected, 'seed')}, {' and '.join(lost)}"
    return f"{selected} of {pluralized(finding.entry.declared_seeds, 'seed')} selected, not judged: {tally(finding)}"


def _lost(finding: Finding) -> Iterator[str]:
    if any(failure.seed is None for failure in finding.failures):
        yield "none counts, the test itself failed"
    failed = sorted({failure.seed for failure in finding.failures if failure.seed is not None})
    if failed:
        yield f"{len(failed)} failed ({seed_ranges(failed)})"
    if finding.missing:
        yield f"{len(finding.missing)} left no observation ({seed_ranges(finding.missing)})"


def how_to_settle(finding: Finding) -> str:
    """What would probably decide the claim and how to have it run, "" where it is decided or not judged."""
    if finding.verdict is not Verdict.INCONCLUSIVE:
        return ""
    claim, wanted = finding.entry.claim, finding.seeds_to_settle
    if wanted is None:
        return f"with seeds like these not even {MOST} would settle it"
    most = claim.seeds if claim.seeds is not None else claim.criterion.default_seeds
    declared = "" if most is None or most >= wanted else f" and seeds={wanted} in its declaration"
    option = "" if wanted == DEFAULT_SEEDS else f" --seeds {wanted}"
    return (
        f"if further seeds turn out like these, {wanted} would settle it: "
        f"`pytest claims/ --claim {claim.id}{option}`{declared}"
    )
