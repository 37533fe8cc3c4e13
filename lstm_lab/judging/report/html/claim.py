"""What the page shows of one claim: in the line that says where it stands, and in what opens below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lstm_lab.judging.claims import Comment
from lstm_lab.judging.criteria import Criterion, Equivalent, Verdict
from lstm_lab.judging.evidence import CanFail, Observation
from lstm_lab.judging.report.claim_section import Fact, Table, against_record, declared, facts, figures
from lstm_lab.judging.report.claim_tables import effect, interval, passes
from lstm_lab.judging.report.formatting import EMPTY_CELL, anchor, verdict_label
from lstm_lab.judging.report.html.markup import slug
from lstm_lab.judging.report.overview import ATTENTION, is_fragile
from lstm_lab.judging.report.plots.catalogue import Plot
from lstm_lab.judging.report.seed_marks import MEANING, marks, reported_values, tally, value_counts
from lstm_lab.judging.report.sentences import result_sentence
from lstm_lab.judging.verdicts import Contradictions, Finding, Status
from lstm_lab.text import number, seed_ranges

NO_VERDICT = "no verdict"
CHART = 100.0  # width of the small drawing of an interval
MARGIN_SHARE = 0.25  # of that width, from the middle to the margin of `equivalent`
# The class of each mark; the most frequent has none, there are thousands.
MARK_CLASSES = dict(zip(MEANING, ("", "not", "ahead", "tied", "behind", "lost", "lost"), strict=True))


class Picture(NamedTuple):
    """A picture of the page."""

    plot: Plot
    name: str  # the id of its drawing
    shape: tuple[float, float]  # width and height
    is_high: bool  # too high to be met unasked
    linked: bool  # by its claims, which show the others: it is high, or most claims share it


class Chart(NamedTuple):
    """An interval as a small drawing; all places lie from 0 to `CHART`."""

    low: float
    high: float
    wanted: tuple[float, float] | None  # where the claim wants it
    rate: float | None  # the share of seeds, None for a difference


class SeedView(NamedTuple):
    """One seed: its mark, and a cell for each column of the table of seeds, none without an observation."""

    seed: int
    mark: str
    meaning: str
    mark_class: str
    cells: tuple[str, ...]


class ClaimView(NamedTuple):
    """One claim as the template `claim.html` shows it; what is "" or empty is left out."""

    finding: Finding
    verdict: str
    part: tuple[str, str]
    kind: str
    topics: tuple[str, ...]
    label: str  # the verdict with its mark
    is_new: bool  # without a verdict on record
    passes: str
    interval: str
    chart: Chart | None
    effect: str
    anchor: str
    evidence: str  # the result, a sentence of Markdown
    declared: tuple[Fact, ...]
    tally: str
    columns: tuple[str, ...]
    seeds: tuple[SeedView, ...]
    tables: Sequence[Table]
    pictures: Sequence[Picture]
    facts: tuple[Fact, ...]


def kind(criterion: Criterion) -> str:
    """What a criterion judges by: exact, rate, pair or possibility."""
    if criterion.form == "pair":
        return "pair"
    return {None: "rate", False: "exact", True: "possibility"}[criterion.decisive]


def verdict(finding: Finding) -> str:
    """The verdict in a word, or that there is none."""
    return finding.judgement.verdict.value if finding.judgement else NO_VERDICT


def part(finding: Finding) -> tuple[str, str]:
    """Where the text says it: `article` or `comments`, and the id of the section or the comment."""
    source = finding.entry.claim.source
    if isinstance(source, Comment):
        return "comments", f"comment-{source.number}"
    return "article", slug(source.heading)


def topics(finding: Finding, disputes: Contradictions) -> Iterator[str]:
    """What else a reader may look for."""
    claim = finding.entry.claim.id
    if verdict(finding) == Verdict.REFUTED.value:
        yield "contradicts-the-text"
    if disputes.rivals.get(claim):
        yield "has-a-rival"
    if disputes.contested(claim):
        yield "contested"
    if finding.status in ATTENTION or finding.can_fail is CanFail.NO:
        yield "needs-attention"
    if is_fragile(finding):
        yield "may-be-chance"


def claim_view(
    finding: Finding, disputes: Contradictions, default_seeds: int, pictures: Sequence[Picture]
) -> ClaimView:
    """One claim as the page shows it.

    Args:
        finding: the claim, judged.
        disputes: who contradicts whom.
        default_seeds: the number of seeds of the run.
        pictures: those of the page.
    """
    claim, judgement = finding.entry.claim, finding.judgement
    columns, seeds = _seeds(finding)
    return ClaimView(
        finding=finding,
        verdict=verdict(finding),
        part=part(finding),
        kind=kind(claim.criterion),
        topics=tuple(topics(finding, disputes)),
        label=verdict_label(finding),
        is_new=finding.status is Status.NEW,
        passes=passes(finding),
        interval=_cell(interval(finding, judgement)) if judgement else "",
        chart=_chart(finding),
        effect=_cell(effect(judgement)) if judgement else "",
        anchor=anchor(claim.id),
        evidence=f"{result_sentence(finding)}.{against_record(finding)}",
        declared=tuple(declared(finding)),
        tally=f"{seed_ranges(finding.entry.seeds).capitalize()}: {tally(finding)}",
        columns=columns,
        seeds=seeds,
        tables=figures(finding),
        pictures=[one for one in pictures if claim.id in one.plot.claims],
        facts=tuple(facts(finding, disputes, default_seeds)),
    )


def _cell(markdown: str) -> str:
    """A cell of the report's table on one line, "" for an empty one."""
    return "" if markdown == EMPTY_CELL else markdown.replace("<br>", " ")


def _chart(finding: Finding) -> Chart | None:
    judgement, criterion = finding.judgement, finding.entry.claim.criterion
    if judgement is None or judgement.low is None or judgement.high is None:
        return None
    if isinstance(criterion, Equivalent):
        unit, zero = MARGIN_SHARE * CHART / criterion.within, CHART / 2
    else:
        unit, zero = CHART, 0.0

    def placed(ends: tuple[float, float]) -> tuple[float, float]:
        low, high = (min(max(zero + unit * end, 0.0), CHART) for end in ends)
        return low, high

    region = criterion.region()
    rate = None if judgement.rate is None else unit * judgement.rate
    return Chart(*placed((judgement.low, judgement.high)), wanted=region and placed(region), rate=rate)


def _seeds(finding: Finding) -> tuple[tuple[str, ...], tuple[SeedView, ...]]:
    """The heads of the table of all seeds, none where there is nothing to show, and its rows."""
    observed = {one.seed: one for one in finding.observations}
    names = tuple(reported_values(finding.observations))
    arms = ("treatment", "control") if observed and finding.entry.claim.criterion.form == "pair" else ()
    seeds = tuple(
        SeedView(seed, mark, MEANING[mark], MARK_CLASSES[mark], _cells(observed.get(seed), names))
        for seed, mark in zip(sorted(finding.entry.seeds), marks(finding), strict=True)
    )
    return ("seed", "outcome", *arms, *names) if arms or names else (), seeds


def _cells(observation: Observation | None, names: Sequence[str]) -> tuple[str, ...]:
    """Both arms of a pair, and the values shown."""
    if observation is None:
        return ()
    arms = [number(figure) for figure in (observation.value, observation.against) if figure is not None]
    shown = observation.shown
    return *arms, *(value_counts([shown[name]])[0][0] if name in shown else EMPTY_CELL for name in names)
