"""The front page of a full run: its declared sentences, filled with counts and held to the verdicts that carry them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lstm_lab.judging.claims import Carried, Comment, FrontPage, GlanceRow, Part, PrintedFigure, Side
from lstm_lab.judging.criteria import Verdict
from lstm_lab.judging.evidence import TODAY, Ledger
from lstm_lab.judging.report import family
from lstm_lab.judging.report.descriptive import spread
from lstm_lab.judging.report.editions import then_verdicts
from lstm_lab.judging.report.formatting import EMPTY_CELL, anchor, escaped, inline_code, verdict_text
from lstm_lab.judging.report.plots.glance import GlanceMarks, Mark
from lstm_lab.judging.report.seed_marks import numbers, reported_values, value_counts
from lstm_lab.judging.verdicts import Finding

Findings = Mapping[str, Finding]


@dataclass(frozen=True)
class PrintedRow:
    """A figure that the text prints beside what was found; `link` leads to the claim that measured it."""

    model: str
    printed: str
    again: str  # the one run in the text's own arithmetic
    found: str
    link: str


@dataclass(frozen=True)
class PartRow:
    """A part of the text: what was found in one line, and the verdicts on what the text states there."""

    part: Part
    line: str
    counts: Mapping[Verdict, int]
    then: Mapping[Verdict, int]  # those that were asked with the software of the text's time; empty where none was

    @property
    def then_counts(self) -> str:
        """What was said then, in the order of the columns: `9 / 2 / 2`."""
        return " / ".join(str(self.then.get(verdict, 0)) for verdict in Verdict) if self.then else EMPTY_CELL


@dataclass(frozen=True)
class FrontTexts:
    """What the front page says, sentences of Markdown."""

    front: FrontPage
    answer: str
    questions: tuple[tuple[str, str], ...]
    glance: tuple[GlanceMarks, ...]
    printed: tuple[PrintedRow, ...]
    lessons: tuple[str, ...]
    parts: tuple[PartRow, ...]
    then_name: str  # of the edition of the text's time, "" where none is on record

    @property
    def then(self) -> str:
        """What the column about the software of the text's time tells; "" where no part has it."""
        if not any(part.then for part in self.parts):
            return ""
        return (
            f"In {self.then_name}: holds / wrong / open as the software of that year computes, of the claims that "
            "train a model; [which differ](#true-then-not-now-and-the-reverse)."
        )


def front_texts(ledger: Ledger, findings: Sequence[Finding]) -> FrontTexts | None:
    """The front page of a run; None where the suite declares none, and where the run says nothing of the whole text."""
    front = ledger.front_page
    if front is None or ledger.partial or ledger.exploring or ledger.edition != TODAY:
        return None
    known, counts = {finding.entry.claim.id: finding for finding in findings}, counted(findings)

    def filled(sentence: Carried) -> str:
        return _filled(sentence, known, counts)

    return FrontTexts(
        front,
        filled(front.answer),
        tuple((question.question, filled(question.answer)) for question in front.questions),
        tuple(filter(None, (_glance(row, known, filled(row.told)) for row in front.glance))),
        tuple(_printed(figure, known) for figure in front.printed),
        tuple(map(filled, front.lessons)),
        tuple(_part(part, filled(part.line), findings) for part in front.parts),
        min(ledger.editions, default=""),
    )


def not_carried(front: FrontPage, findings: Iterable[Finding]) -> Iterator[str]:
    """One bullet for each sentence that the verdicts of a run do not carry."""
    known = {finding.entry.claim.id: finding for finding in findings}
    for sentence in front.sentences:
        moved = _moved(sentence, known)
        if moved:
            yield f"- “{escaped(sentence.text)}” {moved}"


def counted(findings: Sequence[Finding]) -> dict[str, str]:
    """The numbers that sentences may tell; `COUNTS` names them."""
    stated = [one for one in findings if one.entry.claim.is_stated_by_the_text]
    readers = [one for one in findings if one.entry.claim.source.voice == "readers"]
    groups = {
        "stated": stated,
        "readers": [one for one in readers if one.entry.claim.stance == "stated"],
        "printed": [one for one in stated if one.entry.claim.published],
    }
    verdicts = {name: [one.verdict for one in members] for name, members in groups.items()}
    verdicts["then"] = [*then_verdicts(stated)]
    counts: dict[str, str] = {}
    for name, members in verdicts.items():
        of = Counter(members)
        counts[name] = str(len(members))
        counts[f"{name}_hold"] = str(of[Verdict.SUPPORTED])
        counts[f"{name}_wrong"] = str(of[Verdict.REFUTED])
        counts[f"{name}_open"] = str(of[Verdict.INCONCLUSIVE] + of[None])
    statistical = [one for one in findings if one.p is not None]
    counts["statistical"] = str(len(statistical))
    counts["expected_wrong"] = f"{family.expected_wrong(statistical):.2g}"
    counts["others"] = str(len(findings) - len(stated))
    counts["exact"] = str(sum(one.verdict is not None and one.p is None for one in findings))
    return counts


def _filled(sentence: Carried, known: Findings, counts: Mapping[str, str]) -> str:
    moved = _moved(sentence, known)
    return f"*{moved}*" if moved else sentence.text.format(**counts)


def _moved(sentence: Carried, known: Findings) -> str:
    """Which verdicts no longer carry a sentence, "" where all do."""
    verdicts = {id: known[id].verdict if id in known else None for id, _ in sentence.wanted}
    wrong = [
        f"{inline_code(id)} is {verdict.value if (verdict := verdicts[id]) else 'not judged'}, not {wanted.value}"
        for id, wanted in sentence.wanted
        if verdicts[id] is not wanted
    ]
    return f"Not carried by this run: {'; '.join(wrong)}." if wrong else ""


def _values(finding: Finding, name: str) -> list[object]:
    """What the seeds of a claim gave for one side of a pair, for whether it holds, or for a reported value."""
    match name:
        case "treatment":
            return [one.value for one in finding.observations if one.value is not None]
        case "baseline":
            return [one.against for one in finding.observations if one.against is not None]
        case "holds":
            return [float(one.holds) for one in finding.observations if one.holds is not None]
    return list(reported_values(finding.observations).get(name, ()))


def _glance(row: GlanceRow, known: Findings, told: str) -> GlanceMarks | None:
    marks = [mark for side in row.sides if (mark := _mark(side, known)) is not None]
    if len(marks) < len(row.sides) or row.claim not in known:
        return None
    finding = known[row.claim]
    stated = finding.entry.claim.is_stated_by_the_text
    decided = {Verdict.SUPPORTED: True, Verdict.REFUTED: False}
    is_right = decided.get(finding.verdict) if stated and finding.verdict else None
    return GlanceMarks(row.text, tuple(marks), is_right, told, row.claim)


def _mark(side: Side, known: Findings) -> Mark | None:
    """The median of a side; of a share of seeds its mean. None where nothing was measured."""
    finding = known.get(side.claim)
    values = numbers(_values(finding, side.value)) if finding else None  # type: ignore[arg-type]
    if not values:
        return None
    return Mark(side.label, sum(values) / len(values) if side.value == "holds" else spread(values).median)


def _printed(figure: PrintedFigure, known: Findings) -> PrintedRow:
    finding, again = known.get(figure.claim), known.get(figure.again)
    same = "the same" if again and again.verdict is Verdict.SUPPORTED else EMPTY_CELL
    if again and again.verdict not in (None, Verdict.SUPPORTED):
        same = verdict_text(again.verdict)
    values = _values(finding, figure.value) if finding else []
    found = _found(figure, values) if values else EMPTY_CELL
    return PrintedRow(figure.model, figure.printed, same, found, f"#{anchor(figure.claim)}")


def _found(figure: PrintedFigure, values: Sequence[object]) -> str:
    """Median and range of the seeds, or the most frequent text."""
    if figure.form == "text":
        text, count = value_counts(values)[0]  # type: ignore[arg-type]
        return f"{escaped(text)} in {count} of {len(values)}"
    over = spread(numbers(values) or [])  # type: ignore[arg-type]
    low, high = (f"{100 * end:.3g}" for end in (over.minimum, over.maximum))
    return f"{100 * over.median:.3g} % ({low} to {high} %)"


def _part(part: Part, line: str, findings: Sequence[Finding]) -> PartRow:
    members = [
        one
        for one in findings
        if one.entry.claim.is_stated_by_the_text
        and (
            one.entry.claim.source.whole in part.sections
            if part.sections
            else isinstance(one.entry.claim.source, Comment)
        )
    ]
    counts = Counter(one.verdict or Verdict.INCONCLUSIVE for one in members)
    return PartRow(part, line, counts, Counter(then_verdicts(members)))
