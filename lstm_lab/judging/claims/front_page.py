"""The front page of a report: what the text is, and the sentences that tell its reader what was found.

A suite declares it beside its claims. Every sentence names the verdicts that carry it: a run with other verdicts does
not print it, and says which verdict has moved.
"""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pytest

from lstm_lab.judging.claims.source import Source
from lstm_lab.judging.criteria import Verdict

# What a sentence may tell in numbers, as `{stated_hold}`; each is counted in the evidence.
COUNTS = (
    "stated",
    "stated_hold",
    "stated_wrong",
    "stated_open",
    "readers",
    "readers_hold",
    "readers_wrong",
    "readers_open",
    "printed",
    "printed_hold",
    "printed_wrong",
    "printed_open",
    "statistical",
    "expected_wrong",
    "exact",
    "others",  # than those that the text states
    "then",  # stated by the text, and measured with the software of its time, which is the earliest edition
    "then_hold",
    "then_wrong",
    "then_open",
)


@dataclass(frozen=True)
class Carried:
    """A sentence of Markdown, and the verdicts that carry it; at least one, unless it only counts.

    Attributes:
        text: the sentence; `{stated_hold}` and the other `COUNTS` are filled in, `[why](#section--claim)` is a link to
            a claim.
        supported: ids of the claims that have to be supported.
        refuted: ids of those that have to be refuted.
        undecided: ids of those that have to be inconclusive.
    """

    text: str
    supported: tuple[str, ...] = ()
    refuted: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()

    @property
    def wanted(self) -> Iterator[tuple[str, Verdict]]:
        """The claims that carry it, with the verdict that each must have."""
        sides = (
            (self.supported, Verdict.SUPPORTED),
            (self.refuted, Verdict.REFUTED),
            (self.undecided, Verdict.INCONCLUSIVE),
        )
        return ((id, verdict) for ids, verdict in sides for id in ids)

    @property
    def slots(self) -> frozenset[str]:
        """The names of the counts in its text."""
        return frozenset(name for _, name, _, _ in string.Formatter().parse(self.text) if name is not None)


@dataclass(frozen=True)
class Question:
    """What a reader asks, and the short answer."""

    question: str
    answer: Carried


@dataclass(frozen=True)
class Side:
    """One side of a row of the picture: a median over the seeds.

    Attributes:
        label: of the side, in a few words.
        claim: id of the claim that measured it.
        value: "treatment" or "baseline" of its pairs, "holds" for the share of seeds, or the name of a reported value.
    """

    label: str
    claim: str
    value: str


@dataclass(frozen=True)
class GlanceRow:
    """One finding of the picture at a glance.

    Attributes:
        text: what is compared, in words that the reader of the text knows.
        claim: id of the claim whose verdict says whether the text is right.
        sides: one or two, each between 0 and 1.
        told: what follows, in a few words.
    """

    text: str
    claim: str
    sides: tuple[Side, ...]
    told: Carried


@dataclass(frozen=True)
class PrintedFigure:
    """A figure that the text prints of one run, and where it is measured with all seeds.

    Attributes:
        model: the model, in a few words.
        printed: the figure as printed.
        claim: id of the claim that reports the value.
        value: name of the reported value, "treatment" or "baseline".
        form: a share is told in per cent; of texts the most frequent one.
        again: id of the claim that the one run comes out again in the text's own arithmetic.
    """

    model: str
    printed: str
    claim: str
    value: str
    again: str
    form: Literal["share", "text"] = "share"


@dataclass(frozen=True)
class Part:
    """Sections of the text, or its comments.

    Attributes:
        sections: of the text; none for the comments.
        name: of the file with its claims, without suffix.
        title: in a few words.
        line: what was found, in one line.
    """

    sections: tuple[Source, ...]
    name: str
    title: str
    line: Carried


@dataclass(frozen=True)
class Symptom:
    """What somebody sees who comes with a problem, and the claims that explain it.

    Attributes:
        text: the symptom, in words that one searches for; code between backticks.
        claims: ids of the claims, the first one to read first.
    """

    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class FrontPage:
    """The front page of the report on one text; its order is that of the page."""

    title: str
    author: str
    year: int
    url: str
    answer: Carried
    questions: tuple[Question, ...]
    glance: tuple[GlanceRow, ...]
    printed: tuple[PrintedFigure, ...]
    lessons: tuple[Carried, ...]
    parts: tuple[Part, ...]
    symptoms: tuple[Symptom, ...] = ()

    @property
    def sentences(self) -> Iterator[Carried]:
        """All its sentences, in their order."""
        yield self.answer
        yield from (question.answer for question in self.questions)
        yield from (row.told for row in self.glance)
        yield from self.lessons
        yield from (part.line for part in self.parts)

    @property
    def claims(self) -> Iterator[str]:
        """The ids of all claims that it names."""
        yield from (id for sentence in self.sentences for id, _ in sentence.wanted)
        yield from (id for row in self.glance for id in (row.claim, *(side.claim for side in row.sides)))
        yield from (id for figure in self.printed for id in (figure.claim, figure.again))
        yield from (id for symptom in self.symptoms for id in symptom.claims)


FRONT_PAGE = pytest.StashKey[FrontPage]()  # in the config's stash, set by the suite


def front_page_error(front: FrontPage) -> str:
    """What is wrong with the sentences of a front page, "" for nothing."""
    for sentence in front.sentences:
        try:
            unknown = sorted(sentence.slots - set(COUNTS))
        except ValueError as error:
            return f"got {sentence.text!r:.80}, whose slots cannot be read ({error}), wanted {{name}}"
        if unknown:
            return f"got {{{unknown[0]}}} in {sentence.text!r:.80}, wanted one of {', '.join(COUNTS)}"
        if not sentence.slots and not any(sentence.wanted):
            return f"got {sentence.text!r:.80}, which no verdict carries, wanted the ids of the claims that do"
    for symptom in front.symptoms:
        if not symptom.text.strip() or not symptom.claims:
            return f"got {symptom!r:.80}, wanted a text and the claims that explain it"
    return ""
