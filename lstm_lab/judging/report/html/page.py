"""The report as one HTML page with filters and claims to open: a single file that loads no other.

Its content is that of the Markdown; without JavaScript it lacks the filters and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lstm_lab.judging.claims import Comment, Link
from lstm_lab.judging.evidence import Shown
from lstm_lab.judging.report import challenges, claim_tables, editions, family, replications, revisions, your_keras
from lstm_lab.judging.report.formatting import IN_THE_ROOT, VERDICT_MARKS, Place
from lstm_lab.judging.report.header import INTRODUCTION
from lstm_lab.judging.report.html.claim import NO_VERDICT, ClaimView, Picture, claim_view
from lstm_lab.judging.report.html.markup import shape, slug
from lstm_lab.judging.report.html.templates import asset, fill
from lstm_lab.judging.report.plots.catalogue import Plot
from lstm_lab.judging.report.report import Report
from lstm_lab.text import pluralized

TITLE = "The claims and the evidence"
KINDS = {
    "exact": "exact: every seed must agree",
    "rate": "rate: the share of seeds",
    "pair": "pair: two models compared",
    "possibility": "possibility: one seed suffices",
}
SHOWN = {
    Shown.YES: "yes, shown under its control",
    Shown.NO: "no",
    Shown.EXEMPT: "exempt",
    Shown.NOT_SHOWN: "not shown",
    Shown.NOT_ASKED: "not asked",
}
STANCES = {
    "stated": "stated",
    "strict": "a stricter reading",
    "question": "a question",
    "probe": "a probe of ours",
}
TOPICS = {
    "contradicts-the-text": "contradicts the text",
    "needs-attention": "needs attention",
    "may-be-chance": "may be chance",
    "has-a-rival": "contradicts another claim",
    "contested": "contested: both supported",
}
MARKS = {verdict.value: mark for verdict, mark in VERDICT_MARKS.items()} | {NO_VERDICT: "·"}


class Facet(NamedTuple):
    """A selection that filters the claims."""

    name: str
    label: str
    everything: str  # the label of the option that filters nothing
    groups: list[tuple[str, dict[str, str]]]  # a title or "", and below it options: labels by values


def render(report: Report, place: Place = IN_THE_ROOT) -> str:
    """The page of a report at this place; the same evidence gives the same text, except between the run marks."""
    contradictions, default_seeds = report.contradictions, report.ledger.default_seeds
    pictures = [_picture(plot, len(report.findings)) for plot in report.plots]
    claims = [
        (heading, [claim_view(finding, contradictions, default_seeds, pictures, place) for finding in members])
        for heading, members in report.sections
    ]
    counts = Counter(claim.verdict for _, members in claims for claim in members)
    script = asset("page.js")
    return fill(
        "page.html",
        title=TITLE,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        script=script,
        style=asset("page.css"),
        verdicts=[(name, mark, counts[name]) for name, mark in MARKS.items() if counts[name]],
        introduction=INTRODUCTION,
        header=report.header,
        run=report.run,
        replications_title=replications.TITLE,
        replications=report.replications,
        fragile_title=family.TITLE,
        fragile=report.fragile,
        revisions_title=revisions.TITLE,
        revisions=report.revisions,
        challenges=[line.replace("<br>", " ") for line in challenges.chapter(contradictions)],
        attention=report.attention,
        your_keras_title=your_keras.TITLE,
        your_keras=report.your_keras,
        editions_title=editions.TITLE,
        editions=report.editions,
        facets=list(_facets(claims)),
        number_of_claims=pluralized(len(report.findings), "claim"),
        columns=claim_tables.MEASURED,
        groups=claims,
        pictures=pictures,
        coverage=report.coverage,
    )


def _facets(groups: Sequence[tuple[str, Sequence[ClaimView]]]) -> Iterator[Facet]:
    """The filters beside that by verdict, each with the values that some claim has."""
    claims = [claim for _, members in groups for claim in members]
    yield Facet("part", "Section or comment", "all of the text", list(_parts(groups)))
    used = {claim.finding.entry.claim.stance for claim in claims}
    yield Facet("stance", "What it is to the text", "whatever it is", [("", _among(STANCES, set(used)))])
    kinds = {claim.kind for claim in claims}
    yield Facet("kind", "Kind of criterion", "all kinds", [("", _among(KINDS, kinds))])
    names = {answer.value: name for answer, name in SHOWN.items()}
    fails = {claim.finding.can_fail.value for claim in claims}
    yield Facet("fail", "Can it fail?", "whether or not", [("", _among(names, fails))])
    holds = {claim.finding.can_hold.value for claim in claims}
    yield Facet("hold", "Can it hold?", "whether or not", [("", _among(names, holds))])
    used_topics = {topic for claim in claims for topic in claim.topics}
    yield Facet("topic", "Only what …", "everything", [("", _among(TOPICS, used_topics))])


def _among(names: dict[str, str], used: set[str]) -> dict[str, str]:
    return {value: name for value, name in names.items() if value in used}


def _parts(groups: Sequence[tuple[str, Sequence[ClaimView]]]) -> Iterator[tuple[str, dict[str, str]]]:
    """The options of the filter by part of the text, in groups."""
    sections = {members[0].part[1]: heading for heading, members in groups if members[0].part[0] == "article"}
    comments: dict[str, str] = {}
    links: dict[str, str] = {}
    for claim in (claim for _, members in groups for claim in members):
        source = claim.finding.entry.claim.source
        if isinstance(source, Comment):
            comments.setdefault(claim.part[1], f"Comment {source.number}, {source.author}")
        elif isinstance(source, Link):
            links.setdefault(claim.part[1], source.title)
    if sections:
        yield "Article", {"article": "the whole article"} | sections
    if comments:
        yield "Comments", {"comments": "all comments"} | comments
    if links:
        yield "Elsewhere", {"elsewhere": "all other texts"} | links


def _picture(plot: Plot, claims: int) -> Picture:
    """A plot as a picture of a page with so many claims."""
    width, height = shape(plot.svg)
    high = height > 1.3 * width
    shared = 2 * len(plot.claims) > claims
    return Picture(plot, f"picture-{slug(plot.name)}", (width, height), is_high=high, linked=high or shared)
