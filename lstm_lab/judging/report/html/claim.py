"""One claim as the HTML page shows it: its line in the list, and the details that open below it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lstm_lab.judging.claims import Comment, Link
from lstm_lab.judging.evidence import Observation, Shown
from lstm_lab.judging.report import claim_tables
from lstm_lab.judging.report.claim_section import Fact, against_record, declared, facts, figures, repetition
from lstm_lab.judging.report.claim_tables import Column
from lstm_lab.judging.report.formatting import (
    EMPTY_CELL,
    IN_THE_ROOT,
    Place,
    anchor,
    escaped,
    inline_code,
    source_line,
    verdict_label,
)
from lstm_lab.judging.report.html.first_screen import NO_VERDICT
from lstm_lab.judging.report.html.markup import slug
from lstm_lab.judging.report.html.strip import Strip, strip
from lstm_lab.judging.report.overview import ATTENTION, contradicts
from lstm_lab.judging.report.plots.catalogue import Plot
from lstm_lab.judging.report.seed_marks import mark_string, marks, reported_values, tally, told_one_by_one, value_text
from lstm_lab.judging.report.sentences import result_sentence
from lstm_lab.judging.verdicts import Contradictions, Finding, Status
from lstm_lab.text import figure, one_line, seed_ranges, words_of

CHART = 100.0  # width of the chart of an interval
MARGIN_SHARE = 0.25  # of that width, from the middle to the margin of `equivalent`
LONGEST_CELL = 28  # characters of a column of the table of seeds that has others behind it


class Picture(NamedTuple):
    """A plot on the page."""

    plot: Plot
    name: str  # the id of its SVG element
    shape: tuple[float, float]  # width and height
    linked: bool  # its claims link to it and do not show it again: most claims share it


class Chart(NamedTuple):
    """An interval as a small chart; all positions are from 0 to `CHART`."""

    low: float
    high: float
    wanted: tuple[float, float] | None  # where the claim wants it
    rate: float | None  # the share of seeds, None for a difference


class SeedTable(NamedTuple):
    """What each seed showed, as text: a line for each seed, its cells between tabs.

    A table of elements would be ten times as many nodes; so thousands of rows stay one each claim.
    """

    text: str
    tab: int  # the distance of tab stops, in characters


class ClaimView(NamedTuple):
    """The values of the template `claim.html`; it leaves out those that are "" or empty."""

    finding: Finding
    verdict: str
    part: tuple[str, str]
    source: str  # Markdown
    stance: str  # what the claim is to the text
    kind: str
    topics: tuple[str, ...]
    label: str  # the verdict with its mark
    is_new: bool  # without a verdict on record
    measured: tuple[tuple[Column, str], ...]  # its numeric results, with their columns
    chart: Chart | None  # of its interval
    anchor: str
    evidence: str  # the result, a sentence of Markdown
    declared: tuple[Fact, ...]
    tally: str
    marks: str  # one for each seed
    strip: Strip | None  # of the differences of a comparison
    seeds: SeedTable | None  # None where all seeds showed the same
    figures: tuple[Fact, ...]  # what was measured, over all seeds
    keras: tuple[Fact, ...]  # what was asked of Keras itself, and what it says where it raises
    pictures: Sequence[Picture]
    facts: tuple[Fact, ...]


def verdict(finding: Finding) -> str:
    """The verdict as a word, or `NO_VERDICT`."""
    return finding.judgement.verdict.value if finding.judgement else NO_VERDICT


def part(finding: Finding) -> tuple[str, str]:
    """Where the claim is from: `article`, `comments` or `elsewhere`, and the id of section, comment or other text."""
    source = finding.entry.claim.source
    if isinstance(source, Comment):
        return "comments", f"comment-{source.number}"
    if isinstance(source, Link):
        return "elsewhere", f"link-{slug(source.title)}"
    return "article", slug(source.heading)


def topics(finding: Finding, contradictions: Contradictions) -> Iterator[str]:
    """The values of the filter by topic that select this claim."""
    claim = finding.entry.claim.id
    if contradicts(finding, "text"):
        yield "contradicts-the-text"
    if contradictions.rivals.get(claim):
        yield "has-a-rival"
    if contradictions.contested(claim):
        yield "contested"
    if finding.status in ATTENTION or Shown.NO in (finding.can_fail, finding.can_hold):
        yield "needs-attention"
    if finding.may_be_chance:
        yield "may-be-chance"


def claim_view(
    finding: Finding,
    contradictions: Contradictions,
    default_seeds: int,
    pictures: Sequence[Picture],
    place: Place = IN_THE_ROOT,
) -> ClaimView:
    """The view of one claim.

    Args:
        finding: the claim, judged.
        contradictions: who contradicts whom.
        default_seeds: the number of seeds of the run.
        pictures: all of the page.
        place: where the page stands.
    """
    claim = finding.entry.claim
    to_the_text, *others = declared(finding)
    return ClaimView(
        finding=finding,
        verdict=verdict(finding),
        part=part(finding),
        source=source_line(claim.source),
        stance=to_the_text.text,
        kind=claim.criterion.facet,
        topics=tuple(topics(finding, contradictions)),
        label=verdict_label(finding),
        is_new=finding.status is Status.NEW,
        measured=tuple(_measured(finding)),
        chart=_chart(finding),
        anchor=anchor(claim.id),
        evidence=f"{result_sentence(finding)}.{against_record(finding)}",
        declared=tuple(others),
        tally=f"{seed_ranges(finding.entry.seeds).capitalize()}: {tally(finding)}",
        marks=mark_string(finding),
        strip=strip(finding),
        seeds=_seeds(finding),
        figures=tuple(_figures(finding)),
        keras=tuple(_keras(finding)),
        pictures=[picture for picture in pictures if claim.id in picture.plot.claims],
        facts=(*facts(finding, contradictions), *repetition(finding, default_seeds, place)),
    )


def _measured(finding: Finding) -> Iterator[tuple[Column, str]]:
    """The cells of `MEASURED`, each on one line; "" where there is no value, so that the next keeps its place."""
    for column in claim_tables.MEASURED:
        cell = column.cell(finding)
        yield column, "" if cell == EMPTY_CELL else cell.replace("<br>", " ")


def _chart(finding: Finding) -> Chart | None:
    """The chart of the judged interval, None without one."""
    judgement, criterion = finding.judgement, finding.entry.claim.criterion
    if judgement is None or judgement.interval is None:
        return None
    region, unit, zero = criterion.region(), CHART, 0.0
    if criterion.judged_quantity == "difference":
        margin = max((abs(edge) for edge in region or () if math.isfinite(edge)), default=0.0)
        unit, zero = min(MARGIN_SHARE * CHART / (margin or 1.0), 1e99), CHART / 2  # 0 times infinity is nowhere

    def scaled(ends: tuple[float, float]) -> tuple[float, float]:
        low, high = (min(max(zero + unit * end, 0.0), CHART) for end in ends)
        return low, high

    rate = None if judgement.rate is None else unit * judgement.rate
    return Chart(
        *scaled((judgement.interval.low, judgement.interval.high)), wanted=region and scaled(region), rate=rate
    )


def _figures(finding: Finding) -> Iterator[Fact]:
    """The rows of the tables of figures as lines, each figure behind the name of its column."""
    for table in figures(finding):
        for name, *cells in table.rows:
            named = zip(table.columns[1:], cells, strict=True)
            yield Fact(name, " · ".join(f"{column} {cell}" for column, cell in named if cell != EMPTY_CELL))


def _keras(finding: Finding) -> Iterator[Fact]:
    """The questions to Keras that the claim is about, and the texts of the errors, as one searches for them."""
    if finding.in_keras is None:
        return
    if finding.in_keras.questions:
        yield Fact("Asked of Keras:", " ".join(map(escaped, finding.in_keras.questions)))
    if finding.in_keras.errors:
        yield Fact("Where it raises, it says:", "; ".join(map(inline_code, finding.in_keras.errors)))


def _seeds(finding: Finding) -> SeedTable | None:
    """What each seed showed; columns that are the same for all seeds are left out, since the figures have them.

    None of many seeds: the data have them.
    """
    if not told_one_by_one(finding):
        return None
    observations = {observation.seed: observation for observation in finding.observations}
    names = tuple(reported_values(finding.observations))
    claim = finding.entry.claim
    arms = claim.arms if observations and claim.criterion.judges_pairs else ()
    seeds = sorted(finding.entry.seeds)
    rows = [
        (mark, *_cells(observations.get(seed), len(arms), names, claim.measure))
        for seed, mark in zip(seeds, marks(finding), strict=True)
    ]
    varying = [index for index in range(len(arms) + len(names) + 1) if len({row[index] for row in rows}) > 1]
    # Long texts come last: what stands behind one would be out of line.
    varying.sort(key=lambda index: max(len(row[index]) for row in rows) > LONGEST_CELL)
    if not any(varying):  # nothing but the marks, which the claim shows
        return None
    head = ("outcome", *arms, *map(words_of, names))
    lines = [["seed", *(head[index] for index in varying)]]
    lines += [[str(seed), *(row[index] for index in varying)] for seed, row in zip(seeds, rows, strict=True)]
    tab = 2 + max(len(cell) for line in lines for cell in line[:-1])
    return SeedTable("\n".join("\t".join(line) for line in lines), min(tab, LONGEST_CELL))


def _cells(observation: Observation | None, arms: int, names: Sequence[str], measure: str) -> tuple[str, ...]:
    """Both sides of a pair, and the reported values."""
    if observation is None:
        return (EMPTY_CELL,) * (arms + len(names))
    pair = [figure(value, measure) for value in (observation.value, observation.against) if value is not None]
    values = observation.shown
    return *pair, *(one_line(value_text(values[name], name)) if name in values else EMPTY_CELL for name in names)
