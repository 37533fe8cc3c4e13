"""The report as one page to filter and to open claims on: a single HTML file that fetches nothing. Pure.

What it says is what the Markdown says; without JavaScript it lacks the filters and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lstm_lab.judging.claims import Comment
from lstm_lab.judging.evidence import CanFail, Ledger
from lstm_lab.judging.report import challenges
from lstm_lab.judging.report.claim_tables import COMMENTS, by_section
from lstm_lab.judging.report.coverage import coverage
from lstm_lab.judging.report.formatting import VERDICT_MARKS
from lstm_lab.judging.report.html.claim import NO_VERDICT, ClaimView, Picture, claim_view
from lstm_lab.judging.report.html.markup import shape, slug
from lstm_lab.judging.report.html.templates import asset, fill
from lstm_lab.judging.report.overview import attention
from lstm_lab.judging.report.plots.catalogue import Plot
from lstm_lab.judging.verdicts import Contradictions, Finding
from lstm_lab.text import pluralized

TITLE = "The claims and the evidence"
KINDS = {
    "exact": "exact: every seed must agree",
    "rate": "rate: the share of seeds",
    "pair": "pair: treatment against control",
    "possibility": "possibility: one seed suffices",
}
CAN_FAIL = {
    CanFail.YES: "yes, shown under its control",
    CanFail.AS_IT_STANDS: "fails as it stands",
    CanFail.NO: "no",
    CanFail.EXEMPT: "exempt",
    CanFail.NOT_SHOWN: "not shown",
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
    """A choice that filters the claims."""

    name: str
    label: str
    everything: str  # the option that filters nothing
    groups: list[tuple[str, dict[str, str]]]  # the other options, names by values, under a title or under ""


def render(
    ledger: Ledger,
    found: Sequence[Finding],
    pictures: Sequence[Plot],
    *,
    introduction: str,
    header: Sequence[str],
    run: Sequence[str],
) -> str:
    """The page; the same evidence gives the same text, but for what stands between the run marks.

    Args:
        ledger: the evidence.
        found: its findings.
        pictures: in their order on the page.
        introduction: how to read it, a paragraph of Markdown.
        header: how sure it is and how it was measured, as Markdown.
        run: how the run went, lines of plain text.
    """
    groups = by_section(found)
    disputes = Contradictions.among(found)
    concerns = list(attention(groups, disputes, ledger.uncollected))
    left_out = list(coverage(found, ledger.untested)) if ledger.untested and not ledger.partial else []
    drawn = [_picture(plot, len(found)) for plot in pictures]
    claims = [
        (heading, [claim_view(finding, disputes, ledger.default_seeds, drawn) for finding in members])
        for heading, members in groups
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
        introduction=introduction,
        header=header,
        run=run,
        challenges=[line.replace("<br>", " ") for line in challenges.chapter(disputes)],
        attention=concerns,
        facets=list(_facets(claims)),
        number_of_claims=pluralized(len(found), "claim"),
        groups=claims,
        pictures=drawn,
        coverage=left_out,
    )


def _facets(groups: Sequence[tuple[str, Sequence[ClaimView]]]) -> Iterator[Facet]:
    """What filters the claims, beside the verdict; each with the values that some claim has."""
    claims = [claim for _, members in groups for claim in members]
    yield Facet("part", "Section or comment", "all of the text", list(_parts(groups)))
    kinds = {claim.kind for claim in claims}
    yield Facet("kind", "Kind of criterion", "all kinds", [("", _among(KINDS, kinds))])
    fails = {claim.finding.can_fail.value for claim in claims}
    names = {one.value: name for one, name in CAN_FAIL.items()}
    yield Facet("fail", "Can it fail?", "whether or not", [("", _among(names, fails))])
    known = {topic for claim in claims for topic in claim.topics}
    yield Facet("topic", "Only what …", "everything", [("", _among(TOPICS, known))])


def _among(names: dict[str, str], used: set[str]) -> dict[str, str]:
    return {value: name for value, name in names.items() if value in used}


def _parts(groups: Sequence[tuple[str, Sequence[ClaimView]]]) -> Iterator[tuple[str, dict[str, str]]]:
    """The parts of the text, as groups of choices."""
    sections = {members[0].part[1]: heading for heading, members in groups if heading != COMMENTS}
    comments: dict[str, str] = {}
    for claim in (one for _, members in groups for one in members):
        source = claim.finding.entry.claim.source
        if isinstance(source, Comment):
            comments.setdefault(claim.part[1], f"Comment {source.number}, {source.author}")
    if sections:
        yield "Article", {"article": "the whole article"} | sections
    if comments:
        yield "Comments", {"comments": "all comments"} | comments


def _picture(plot: Plot, claims: int) -> Picture:
    """A picture on a page of so many claims."""
    width, height = shape(plot.svg)
    high = height > 1.3 * width
    shared = 2 * len(plot.claims) > claims
    return Picture(plot, f"picture-{slug(plot.name)}", (width, height), is_high=high, linked=high or shared)
