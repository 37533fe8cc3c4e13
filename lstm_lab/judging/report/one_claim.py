"""One claim in two lines of the terminal: its verdict with what it rests on, and what was observed and printed."""

from __future__ import annotations

from collections.abc import Iterator

from lstm_lab.judging.criteria import Criterion, Judgement
from lstm_lab.judging.report.descriptive import spread
from lstm_lab.judging.report.seed_marks import numbers, reported_values, tally, value_counts
from lstm_lab.judging.verdicts import Finding
from lstm_lab.text import figure, one_line, pluralized, signed, whole_percent

MOST_VALUES = 2  # that the second line tells
LONGEST = 60  # characters of a value


def claim_lines(finding: Finding) -> Iterator[str]:
    """The verdict, and below it what the seeds gave and what was printed; of the second line nothing without either."""
    yield f"{_label(finding)} {finding.entry.claim.id}: {_rests_on(finding)}"
    told = "; ".join(filter(None, [_observed(finding), _printed(finding)]))
    if told:
        yield f"  {told}"


def _label(finding: Finding) -> str:
    return (finding.verdict.value if finding.verdict else finding.status.value).upper()


def _rests_on(finding: Finding) -> str:
    """Seeds, interval and what the claim needs; of a claim that is not judged, what its seeds gave so far."""
    judgement, criterion = finding.judgement, finding.entry.claim.criterion
    if judgement is None:
        return f"{tally(finding)}; {len(finding.entry.seeds)} of {finding.entry.declared_seeds} seeds selected"
    return ", ".join(filter(None, [_counted(judgement), _interval(judgement, criterion), _needs(criterion)]))


def _counted(judgement: Judgement) -> str:
    """How many seeds agree; of a comparison, how many are ahead and how many tie."""
    if judgement.passes is None:
        return pluralized(judgement.n, "seed")
    if judgement.ties is None:
        return judgement.of_seeds
    return f"ahead in {judgement.of_seeds}{f', tied in {judgement.ties}' if judgement.ties else ''}"


def _interval(judgement: Judgement, criterion: Criterion) -> str:
    ends = judgement.interval
    if ends is None:
        return ""
    if criterion.judged_quantity == "difference":
        told = f"{signed(ends.low)} to {signed(ends.high)}"
    else:
        told = f"{100 * ends.low:.0f} to {whole_percent(ends.high)}"
    which = " of those that differ" if judgement.ties else ""
    return f"{whole_percent(ends.level)} interval {told}{which}"


def _needs(criterion: Criterion) -> str:
    """The bar in a few words."""
    match criterion.facet:
        case "exact":
            return "needs every seed"
        case "possibility":
            return "needs one seed"
    if criterion.bar is None:
        return f"needs {criterion.declared()}"
    if criterion.judges_pairs:
        return f"needs more than {whole_percent(criterion.bar)}"
    region = criterion.region()
    at_most = region is not None and region[1] < 1
    return f"needs {'at most ' if at_most else ''}{whole_percent(criterion.bar)}"


def _observed(finding: Finding) -> str:
    """What the seeds gave: both sides of a comparison, and the first values reported."""
    words, median = [], " in the median" if len(finding.observations) > 1 else ""
    claim = finding.entry.claim
    pairs = [(one.value, one.against) for one in finding.observations if one.value is not None]
    if pairs:
        medians = (spread([pair[side] or 0.0 for pair in pairs]).median for side in (0, 1))
        figures = (figure(value, claim.measure) for value in medians)
        told = (" ".join(side) for side in zip(claim.sides, figures, strict=True)) if claim.sides else figures
        words.append(f"{' against '.join(told)}{median}")
    for title, values in list(reported_values(finding.observations).items())[:MOST_VALUES]:
        name = title.replace("_", " ")
        numeric = numbers(values)
        if numeric is not None:
            words.append(f"{name} {figure(spread(numeric).median, title)}{median}")
        else:
            text, count = value_counts(values)[0]
            words.append(f"{name} {one_line(text):.{LONGEST}}{f' {count}x' if median else ''}")
    return ", ".join(words)


def _printed(finding: Finding) -> str:
    """The figure that the text, or the comment, printed; "" where it printed none."""
    claim = finding.entry.claim
    who = "the article" if claim.source.voice == "text" else "the comment"
    return f"{who} printed {one_line(claim.published)}" if claim.published else ""
