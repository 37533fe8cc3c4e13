"""The report as one page to filter and to open claims on: a single HTML file that fetches nothing. Pure.

What it says is what the Markdown says; without JavaScript it lacks the filters and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from html import escape
from importlib import resources
from string import Template

from lstm_lab.judging.claims import Comment
from lstm_lab.judging.evidence import CanFail
from lstm_lab.judging.report import challenges
from lstm_lab.judging.report.claim_tables import COMMENTS
from lstm_lab.judging.report.formatting import VERDICT_MARKS
from lstm_lab.judging.report.header import INTRODUCTION
from lstm_lab.judging.report.html.claim import NO_VERDICT, PicturePart, claim_details, part, topics, verdict
from lstm_lab.judging.report.html.markup import blocks, embed_svg, inline, shape, slug, text
from lstm_lab.judging.report.plots.catalogue import Plot
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.verdicts import Contradictions, Finding
from lstm_lab.text import pluralized

TITLE = "The claims and the evidence"
KINDS = {
    "exact": "exact: every seed must agree",
    "rate": "rate: the share of seeds",
    "pair": "pair: treatment against baseline",
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


def render(report: Report) -> str:
    """The page; the same evidence gives the same text, but for what stands between the run marks."""
    found, groups, disputes, pictures = report.findings, report.sections, report.contradictions, report.plots
    concerns, left_out = report.attention, report.coverage
    script, style = _asset("page.js"), _asset("page.css")
    chapters = {"Claims": "claims", "What needs attention": "what-needs-attention" if concerns else ""}
    if disputes.challenges:
        chapters = {"Challenges": "challenges"} | chapters
    chapters |= {"Pictures": "pictures" if pictures else "", "What is not measured": "coverage" if left_out else ""}
    return Template(_asset("page.html")).substitute(
        title=escape(TITLE),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        script=script,
        style=style,
        bar="".join(_bar(found)),
        introduction=inline(INTRODUCTION),
        header=blocks(report.header),
        run=escape("\n".join(report.run)),
        chapters="".join(f'<li><a href="#{id}">{title}</a></li>' for title, id in chapters.items() if id),
        challenges=_chapter("Challenges", "challenges", _challenges(disputes)),
        attention=_chapter("What needs attention", "what-needs-attention", blocks(concerns)),
        filters="\n".join(_filters(groups, disputes)),
        shown=f"{pluralized(len(found), 'claim')}.",
        claims="\n".join(_claims(groups, disputes, report.ledger.default_seeds, pictures)),
        pictures=_chapter("Pictures", "pictures", "\n".join(map(_figure, pictures))),
        coverage=_chapter("What is measured and what is not", "coverage", blocks(left_out)),
    )


def _asset(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _chapter(title: str, id: str, body: str) -> str:
    return (
        f'<section class="chapter" aria-labelledby="{id}">\n<h2 id="{id}">{title}</h2>\n{body}\n</section>'
        if body
        else ""
    )


def _challenges(disputes: Contradictions) -> str:
    """Each challenge beside what it challenges; the table scrolls where it is too wide."""
    if not disputes.challenges:
        return ""
    told = blocks([line.replace("<br>", " ") for line in challenges.chapter(disputes)])
    return f'<div class="wide" role="group" tabindex="0" aria-label="Challenges">{told}</div>'


def _bar(found: Sequence[Finding]) -> Iterator[str]:
    """How many claims have which verdict, as parts of a bar."""
    counts = Counter(map(verdict, found))
    for name, mark in MARKS.items():
        if counts[name]:
            told = f'<span aria-hidden="true">{mark}</span> {counts[name]} {name}'
            yield f'<li class="{slug(name)}" style="flex-grow:{counts[name]}">{told}'


def _filters(groups: Sequence[tuple[str, list[Finding]]], disputes: Contradictions) -> Iterator[str]:
    """The controls of all facets, each with the values that some claim has."""
    found = [finding for _, members in groups for finding in members]
    verdicts = {verdict(finding) for finding in found}
    yield "<fieldset><legend>Verdict</legend>"
    for name, mark in MARKS.items():
        if name in verdicts:
            yield (
                f'<label class="{slug(name)}"><input type="checkbox" name="verdict" value="{name}">'
                f' <span aria-hidden="true">{mark}</span> {name} <span class="count"></span></label>'
            )
    yield "</fieldset>"
    yield from _select("part", "Section or comment", "all of the text", _parts(groups))
    kinds = {finding.entry.claim.criterion.facet for finding in found}
    yield from _select("kind", "Kind of criterion", "all kinds", [("", _among(KINDS, kinds))])
    fails = {finding.can_fail for finding in found}
    names = {one.value: name for one, name in CAN_FAIL.items() if one in fails}
    yield from _select("fail", "Can it fail?", "whether or not", [("", names)])
    known = {topic for finding in found for topic in topics(finding, disputes)}
    yield from _select("topic", "Only what …", "everything", [("", _among(TOPICS, known))])


def _among(names: dict[str, str], used: Collection[str]) -> dict[str, str]:
    return {value: name for value, name in names.items() if value in used}


def _parts(groups: Sequence[tuple[str, list[Finding]]]) -> Iterator[tuple[str, dict[str, str]]]:
    """The parts of the text, as groups of options."""
    sections = {part(members[0])[1]: heading for heading, members in groups if heading != COMMENTS}
    comments: dict[str, str] = {}
    for finding in (one for _, members in groups for one in members):
        source = finding.entry.claim.source
        if isinstance(source, Comment):
            comments.setdefault(part(finding)[1], f"Comment {source.number}, {source.author}")
    if sections:
        yield "Article", {"article": "the whole article"} | sections
    if comments:
        yield "Comments", {"comments": "all comments"} | comments


def _select(
    name: str,
    label: str,
    all_of_them: str,
    groups: Iterator[tuple[str, dict[str, str]]] | Sequence[tuple[str, dict[str, str]]],
) -> Iterator[str]:
    yield f'<label>{label}<select name="{name}"><option value="">{all_of_them}</option>'
    for title, options in groups:
        if title:
            yield f'<optgroup label="{title}">'
        yield from (f'<option value="{escape(value)}">{escape(told)}</option>' for value, told in options.items())
        if title:
            yield "</optgroup>"
    yield "</select></label>"


def _claims(
    groups: Sequence[tuple[str, list[Finding]]], disputes: Contradictions, default_seeds: int, pictures: Sequence[Plot]
) -> Iterator[str]:
    parts = [(frozenset(one.claims), _part(one, sum(len(members) for _, members in groups))) for one in pictures]
    for heading, members in groups:
        id = slug(heading)
        yield f'<section class="group" aria-labelledby="part-{id}">'
        yield f'<h3 id="part-{id}">{text(heading)}</h3>'
        for finding in members:
            own = [picture for claims, picture in parts if finding.entry.claim.id in claims]
            yield from claim_details(finding, disputes, default_seeds, own)
        yield "</section>"


def _id(picture: Plot) -> str:
    return f"picture-{slug(picture.name)}"


def _is_high(picture: Plot) -> bool:
    """Whether it is too high to be met unasked."""
    width, height = shape(picture.svg)
    return height > 1.3 * width


def _part(picture: Plot, claims: int) -> PicturePart:
    """What a claim, one of so many, shows of a picture."""
    of_most = 2 * len(picture.claims) > claims
    return PicturePart(_id(picture), picture.title, shape(picture.svg), linked=of_most or _is_high(picture))


def _figure(picture: Plot) -> str:
    """A picture; a high one is opened by those who want it."""
    opened = "" if _is_high(picture) else " open"
    return (
        f'<details class="picture"{opened}><summary><h3>{escape(picture.title)}</h3></summary>\n'
        f"<figure>{embed_svg(picture.svg, _id(picture), picture.title)}\n"
        f"<figcaption>{inline(picture.caption)}</figcaption></figure></details>"
    )
