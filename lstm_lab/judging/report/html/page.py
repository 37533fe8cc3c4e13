"""The report as one HTML page with filters and claims to open: a single file that loads no other, and links the data.

Its content is that of the Markdown; without JavaScript it lacks search and filters and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lstm_lab.judging.claims import Comment, Link, Section
from lstm_lab.judging.criteria import Verdict
from lstm_lab.judging.evidence import Shown
from lstm_lab.judging.report import challenges, claim_tables, editions, family, replications, revisions, your_keras
from lstm_lab.judging.report.data import CSV, JSON
from lstm_lab.judging.report.formatting import IN_THE_ROOT, Place, source_line
from lstm_lab.judging.report.front_page import FrontTexts, PartRow
from lstm_lab.judging.report.header import INTRODUCTION
from lstm_lab.judging.report.html.claim import ClaimView, Picture, claim_view
from lstm_lab.judging.report.html.first_screen import MARKS, at_a_glance, bars, symptoms
from lstm_lab.judging.report.html.markup import shape, slug
from lstm_lab.judging.report.html.templates import asset, fill
from lstm_lab.judging.report.plots.catalogue import MODELS, Plot
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
VOICES = {"text": "the text", "readers": "its readers", "elsewhere": "other texts"}


class Facet(NamedTuple):
    """A selection that filters the claims."""

    name: str
    label: str
    everything: str  # the label of the option that filters nothing
    groups: list[tuple[str, dict[str, str]]]  # a title or "", and below it options: labels by values


def render(report: Report, place: Place = IN_THE_ROOT) -> str:
    """The page of a report at this place; the same evidence gives the same text, except between the run marks."""
    contradictions, default_seeds = report.contradictions, report.ledger.default_seeds
    # Only pictures of models: of each rate and each comparison its claim has a drawing, in letters one can read.
    pictures = [_picture(plot, len(report.findings)) for plot in report.plots if plot.chapter == MODELS]
    claims = [
        (heading, [claim_view(finding, contradictions, default_seeds, pictures, place) for finding in members])
        for heading, members in report.sections
    ]
    counts = Counter(claim.verdict for _, members in claims for claim in members)
    script, texts = asset("page.js"), report.front_page
    return fill(
        "page.html",
        title=TITLE if texts is None else _title(texts),
        texts=texts,
        text_link=source_line(Link(texts.front.url, f"“{texts.front.title}”")) if texts else "",
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        script=script,
        style=asset("page.css"),
        bars=list(bars(report.findings)),
        glance=list(at_a_glance(texts.glance)) if texts else [],
        symptoms=list(symptoms(texts, report.findings)) if texts else [],
        then=texts.then if texts else "",
        parts=list(_part_rows(texts, [heading for heading, _ in claims])) if texts else [],
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
        data=[(name, place.seen(name)) for name in (CSV, JSON)],
        facets=list(_facets(claims)),
        number_of_claims=pluralized(len(report.findings), "claim"),
        seeds=pluralized(default_seeds, "seed"),
        columns=claim_tables.MEASURED,
        groups=claims,
        pictures=pictures,
        coverage=report.coverage,
    )


def _title(texts: FrontTexts) -> str:
    return f"Is it true? “{texts.front.title}” ({texts.front.year}), checked"


def _part_rows(texts: FrontTexts, headings: Sequence[str]) -> Iterator[tuple[PartRow, list[int], str]]:
    """The parts of the text, each with its counts by verdict, and the id of its claims on the page, "" for none."""
    for row in texts.parts:
        its = [one.heading for one in row.part.sections if isinstance(one, Section)] or [claim_tables.COMMENTS]
        id = next((f"part-{slug(heading)}" for heading in its if heading in headings), "")
        yield row, [row.counts.get(verdict, 0) for verdict in Verdict], id


def _facets(groups: Sequence[tuple[str, Sequence[ClaimView]]]) -> Iterator[Facet]:
    """The filters beside that by verdict, each with the values that some claim has."""
    claims = [claim for _, members in groups for claim in members]
    yield Facet("part", "Section or comment", "all of the text", list(_parts(groups)))
    voices = {claim.finding.entry.claim.source.voice for claim in claims}
    yield Facet("voice", "Who says it", "whoever says it", [("", _among(VOICES, set(voices)))])
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
    return Picture(plot, f"picture-{slug(plot.name)}", shape(plot.svg), linked=2 * len(plot.claims) > claims)
