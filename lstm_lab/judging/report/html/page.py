"""The report as one page to filter and to open claims on: a single HTML file that fetches nothing. Pure.

What it says is what the Markdown says; without JavaScript it lacks the filters and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from lstm_lab.judging.claims import Comment
from lstm_lab.judging.evidence import CanFail, Ledger
from lstm_lab.judging.report import challenges
from lstm_lab.judging.report.claim_tables import COMMENTS, by_section
from lstm_lab.judging.report.coverage import coverage
from lstm_lab.judging.report.formatting import VERDICT_MARKS
from lstm_lab.judging.report.html.claim import NO_VERDICT, ClaimView, PicturePart, claim_view
from lstm_lab.judging.report.html.markup import embed_svg, shape, slug
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


class Picture(NamedTuple):
    """A picture where it stands on the page.

    Attributes:
        part: what its claims show of it.
        drawing: the picture.
        caption: what to see in it, Markdown.
        folded: whether it is opened by those who want it.
        claims: ids of those that it belongs to.
    """

    part: PicturePart
    drawing: Markup
    caption: str
    folded: bool
    claims: frozenset[str]


class VerdictCount(NamedTuple):
    """How many claims have a verdict."""

    name: str
    mark: str
    claims: int


class Facet(NamedTuple):
    """A choice that filters the claims.

    Attributes:
        name: of the facet.
        label: what it is called on the page.
        everything: the choice that filters nothing.
        groups: names of the other choices by their values, in groups with a title, "" for one group alone.
    """

    name: str
    label: str
    everything: str
    groups: list[tuple[str, dict[str, str]]]


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
    drawn = [_picture(picture, len(found)) for picture in pictures]
    claims = [(heading, _claims(members, disputes, ledger.default_seeds, drawn)) for heading, members in groups]
    counts = Counter(claim.verdict for _, members in claims for claim in members)
    script = asset("page.js")
    return fill(
        "page.html",
        title=TITLE,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        script=script,
        style=asset("page.css"),
        verdicts=[VerdictCount(name, mark, counts[name]) for name, mark in MARKS.items() if counts[name]],
        introduction=introduction,
        header=header,
        run=run,
        challenges=[line.replace("<br>", " ") for line in challenges.chapter(disputes)],
        attention=list(attention(groups, disputes, ledger.uncollected)),
        facets=list(_facets(claims)),
        number_of_claims=pluralized(len(found), "claim"),
        groups=claims,
        pictures=drawn,
        coverage=list(coverage(found, ledger.untested)) if ledger.untested and not ledger.partial else [],
    )


def _claims(
    members: Sequence[Finding], disputes: Contradictions, default_seeds: int, pictures: Sequence[Picture]
) -> list[ClaimView]:
    """The claims of one section."""
    views = []
    for finding in members:
        own = [one.part for one in pictures if finding.entry.claim.id in one.claims]
        views.append(claim_view(finding, disputes, default_seeds, own))
    return views


def _facets(groups: Sequence[tuple[str, Sequence[ClaimView]]]) -> Iterator[Facet]:
    """What filters the claims, beside the verdict; each with the values that some claim has."""
    claims = [claim for _, members in groups for claim in members]
    yield Facet("part", "Section or comment", "all of the text", list(_parts(groups)))
    kinds = {claim.kind for claim in claims}
    yield Facet("kind", "Kind of criterion", "all kinds", [("", _among(KINDS, kinds))])
    fails = {claim.can_fail for claim in claims}
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
        source = claim.claim.source
        if isinstance(source, Comment):
            comments.setdefault(claim.part[1], f"Comment {source.number}, {source.author}")
    if sections:
        yield "Article", {"article": "the whole article"} | sections
    if comments:
        yield "Comments", {"comments": "all comments"} | comments


def _picture(picture: Plot, claims: int) -> Picture:
    """A picture on a page of so many claims."""
    id = f"picture-{slug(picture.name)}"
    width, height = shape(picture.svg)
    high = height > 1.3 * width  # too high to be met unasked
    shared = 2 * len(picture.claims) > claims
    part = PicturePart(id, picture.title, (width, height), linked=shared or high)
    drawing = embed_svg(picture.svg, id, picture.title)
    return Picture(part, drawing, picture.caption, folded=high, claims=frozenset(picture.claims))
