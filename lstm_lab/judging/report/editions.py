"""What the report says of other editions of the software: a chapter, a column, and a line for each claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lstm_lab.judging.claims import Link
from lstm_lab.judging.criteria import Judgement, Verdict
from lstm_lab.judging.evidence import TODAY, RecordedEdition
from lstm_lab.judging.report.formatting import (
    EMPTY_CELL,
    escaped,
    group,
    inline_code,
    row,
    statement_link,
    verdict_text,
)
from lstm_lab.judging.verdicts import Elsewhere, Finding
from lstm_lab.text import pluralized

Groups = Sequence[tuple[str, list[Finding]]]

TITLE = "True then, not now, and the reverse"
NOT_ASKED = "not asked"
MOVES = {
    (Verdict.SUPPORTED, Verdict.REFUTED): "True then, false now",
    (Verdict.REFUTED, Verdict.SUPPORTED): "False then, true now",
}
OPEN_NOW, OPEN_THEN = "Decided then, open now", "Open then, decided now"


def edition_cell(finding: Finding, name: str) -> str:
    """The verdict of a claim in an edition, with its passes: `SUPPORTED, 28 / 30`."""
    there = finding.elsewhere.get(name)
    if there is None:
        return EMPTY_CELL
    return _with_passes(there.judgement) if there.judgement else NOT_ASKED


def edition_sentence(finding: Finding, there: Elsewhere) -> str:
    """The verdict of a claim in an edition, for its section."""
    if there.judgement is None:
        return f"{NOT_ASKED} since the claim was changed"
    same = not finding.judgement or not _moved(there.judgement, finding.judgement)
    return _with_passes(there.judgement) + ("" if same else ", **not as today**")


def then_and_now(finding: Finding) -> str:
    """The verdicts of a claim in all editions that asked it and today, a sentence after a blank; "" without others."""
    then = [f"{name}: {edition_cell(finding, name)}" for name in finding.elsewhere if _judgement(finding, name)]
    return f" {'; '.join([*then, f'today: {_with_passes(finding.judgement)}'])}." if then and finding.judgement else ""


def moved_from(finding: Finding) -> Iterator[tuple[str, Verdict]]:
    """The editions in which a claim has another verdict than today, with that verdict."""
    for name, there in finding.elsewhere.items():
        if there.judgement and finding.judgement and _moved(there.judgement, finding.judgement):
            yield name, there.judgement.verdict


def then_verdicts(findings: Iterable[Finding]) -> Iterator[Verdict]:
    """The verdicts of these claims with the software of the text's time, of those that were asked there."""
    for finding in findings:
        judgement = _judgement(finding, min(finding.elsewhere)) if finding.elsewhere else None
        if judgement is not None:
            yield judgement.verdict


def chapter(groups: Groups, editions: Mapping[str, RecordedEdition]) -> Iterator[str]:
    """How many claims of each section have which verdict in each edition, and which claims differ; Markdown."""
    if not editions:
        return
    said = [f"{name} ({escaped(edition.software)})" for name, edition in editions.items()]
    yield (
        f"The claims about trained models were measured once more with the defaults that Keras's layers had in other "
        f"years: {', '.join(said)}. An edition changes the activation of the gates, the initial weights and Adam's "
        f"epsilon, and nothing else. {_not_asked(groups)}"
        f"Repeat with {inline_code(f'pytest claims/ -n auto --edition {min(editions)}')}."
    )
    yield ""
    names = [*editions, TODAY]
    yield row(["section", "claims asked", *(f"{name}: supported / refuted / open" for name in names)])
    yield row([":--", "--:", *["--:" for _ in names]])
    for heading, findings in groups:
        asked = [one for one in findings if one.judgement and all(_judgement(one, name) for name in editions)]
        if asked:
            yield row([escaped(heading), str(len(asked)), *(_counts(asked, name) for name in names)])
    yield ""
    for name in editions:
        yield from _moves(groups, name)


def _not_asked(groups: Groups) -> str:
    """How many claims no other edition was asked; one sentence, "" for none."""
    count = sum(not finding.elsewhere for _, findings in groups for finding in findings)
    why = "about what calls of Keras do, about data, or newer than the record"
    return f"Not asked there: {pluralized(count, 'claim')}, {why}. " if count else ""


def _moves(groups: Groups, name: str) -> Iterator[str]:
    """The claims whose verdict differs between an edition and today, by how it differs."""
    moved: dict[str, list[Finding]] = {title: [] for title in (*MOVES.values(), OPEN_NOW, OPEN_THEN)}
    for _, findings in groups:
        for finding in findings:
            then = _judgement(finding, name)
            if then and finding.judgement and finding.verdict and _moved(then, finding.judgement):
                otherwise = OPEN_NOW if finding.verdict is Verdict.INCONCLUSIVE else OPEN_THEN
                moved[MOVES.get((then.verdict, finding.verdict), otherwise)].append(finding)
    for title, findings in moved.items():
        yield from group(f"{title} ({name}, {pluralized(len(findings), 'claim')})", _rows(findings, name))


def _rows(findings: Sequence[Finding], name: str) -> Iterator[str]:
    """The table of claims that moved; nothing without any."""
    if findings:
        yield row(["claim", name, TODAY])
        yield row([":--", ":--", ":--"])
    for finding in findings:
        assert finding.judgement is not None
        elsewhere = " (another text)" if isinstance(finding.entry.claim.source, Link) else ""
        yield row(
            [f"{statement_link(finding)}{elsewhere}", edition_cell(finding, name), _with_passes(finding.judgement)]
        )


def _moved(then: Judgement, now: Judgement) -> bool:
    """Whether verdicts differ by more than the number of seeds."""
    return then.verdict is not now.verdict and then.n == now.n


def _judgement(finding: Finding, name: str) -> Judgement | None:
    there = finding.elsewhere.get(name)
    return there.judgement if there else None


def _counts(findings: Sequence[Finding], name: str) -> str:
    judged = [finding.judgement if name == TODAY else _judgement(finding, name) for finding in findings]
    counts = Counter(judgement.verdict for judgement in judged if judgement)
    return " / ".join(str(counts[verdict]) for verdict in Verdict)


def _with_passes(judgement: Judgement) -> str:
    passes = "" if judgement.passes is None else f", {judgement.passes} / {judgement.n}"
    return f"{verdict_text(judgement.verdict)}{passes}"
