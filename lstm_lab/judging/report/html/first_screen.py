"""What the page shows first: who states how much of which hold, the findings at a glance, the way in by symptom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote

from lstm_lab.judging.claims import Claim, Voice
from lstm_lab.judging.criteria import Verdict
from lstm_lab.judging.report.formatting import VERDICT_MARKS, anchor
from lstm_lab.judging.report.front_page import FrontTexts
from lstm_lab.judging.report.plots.glance import ANSWERS, GlanceMarks
from lstm_lab.judging.verdicts import Finding

NO_VERDICT = "no verdict"
MARKS = {verdict.value: mark for verdict, mark in VERDICT_MARKS.items()} | {NO_VERDICT: "·"}
WORDS = {
    Verdict.SUPPORTED.value: "hold",
    Verdict.REFUTED.value: "wrong",
    Verdict.INCONCLUSIVE.value: "open",
    NO_VERDICT: "not judged",
}
STATED: dict[Voice, str] = {"text": "The text states", "readers": "Its readers state", "elsewhere": "Other texts state"}


class Share(NamedTuple):
    """The claims of a bar that have one verdict; `start` and `width` are in per cent of the bar, to scale."""

    verdict: str
    mark: str
    word: str
    claims: int
    start: float
    width: float
    address: str  # the fragment of the view that shows these claims alone


class Bar(NamedTuple):
    """All that one voice states, by verdict."""

    name: str
    total: int
    shares: tuple[Share, ...]


class Side(NamedTuple):
    """One side of a finding: its label with the value, where it lies on the scale in per cent, and how it is drawn."""

    label: str
    value: str
    place: float
    is_stronger: bool


class Glance(NamedTuple):
    """One finding at a glance."""

    text: str
    anchor: str
    sides: tuple[Side, ...]
    low: float
    high: float
    answer: str
    told: str  # Markdown
    verdict: str  # the class of its colour


class SymptomLink(NamedTuple):
    """A symptom, the anchor of the claim to read first, and the fragment of the view that opens all that explain it."""

    text: str
    anchor: str
    address: str
    claims: int


def bars(findings: Sequence[Finding]) -> Iterator[Bar]:
    """One bar for each voice that states something, the text first."""
    for voice, name in STATED.items():
        claims = [
            one for one in findings if one.entry.claim.stance == "stated" and one.entry.claim.source.voice == voice
        ]
        if claims:
            yield Bar(name, len(claims), tuple(_shares(claims, voice)))


def _states(claim: Claim, voice: Voice) -> bool:
    return claim.stance == "stated" and claim.source.voice == voice


def _shares(claims: Sequence[Finding], voice: Voice) -> Iterator[Share]:
    counts = Counter(one.verdict.value if one.verdict else NO_VERDICT for one in claims)
    start = 0.0
    for verdict, mark in MARKS.items():
        if counts[verdict]:
            width = 100 * counts[verdict] / len(claims)
            address = f"verdict={quote(verdict)}&stance=stated&voice={voice}"
            yield Share(verdict, mark, WORDS[verdict], counts[verdict], start, width, address)
            start += width


def at_a_glance(rows: Sequence[GlanceMarks]) -> Iterator[Glance]:
    """The rows of the picture at a glance."""
    verdicts = {True: Verdict.SUPPORTED, False: Verdict.REFUTED, None: Verdict.INCONCLUSIVE}
    for row in rows:
        ordered = sorted(row.marks, key=lambda mark: mark.value)
        sides = tuple(
            Side(mark.label, f"{100 * mark.value:.0f} %", 100 * mark.value, is_stronger=mark is ordered[-1])
            for mark in row.marks
        )
        ends = ordered[0].value, ordered[-1].value
        yield Glance(
            row.text,
            anchor(row.claim),
            sides,
            100 * ends[0],
            100 * ends[1],
            ANSWERS[row.is_right],
            row.told,
            verdicts[row.is_right].value,
        )


def symptoms(texts: FrontTexts, known: Sequence[Finding]) -> Iterator[SymptomLink]:
    """The symptoms that some claim of the run explains."""
    ids = {finding.entry.claim.id for finding in known}
    for symptom in texts.front.symptoms:
        claims = [id for id in symptom.claims if id in ids]
        if claims:
            yield SymptomLink(symptom.text, anchor(claims[0]), f"only={','.join(claims)}", len(claims))
