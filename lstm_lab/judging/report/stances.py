"""What claims are to the text: how many of each kind hold, the stricter readings, and the answers to questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lstm_lab.judging.claims import Claim, Stance, Voice
from lstm_lab.judging.criteria import Verdict
from lstm_lab.judging.report.editions import then_and_now
from lstm_lab.judging.report.formatting import statement_link, told_by, verdict_label
from lstm_lab.judging.report.sentences import result_sentence
from lstm_lab.judging.verdicts import Finding
from lstm_lab.text import pluralized

Groups = Sequence[tuple[str, list[Finding]]]

STRICTER, QUESTIONS = "Stricter readings", "Questions and their answers"
STATES: dict[Voice, str] = {"text": "the text", "readers": "a reader", "elsewhere": "another text"}
IN_WORDS: dict[Stance, str] = {
    "strict": "a stricter reading, which the text allows and does not need",
    "question": "a reader's question or suggestion; nobody asserts it",
    "probe": "ours, to explain another verdict; the text does not say it",
}
STATED: dict[Voice, str] = {
    "text": "Stated by the text",
    "readers": "Stated by its readers",
    "elsewhere": "Stated elsewhere",
}
TITLES: dict[Stance, str] = {"strict": STRICTER, "question": "Questions of readers", "probe": "Probes of ours"}
HOLDS = {Verdict.SUPPORTED: "hold", Verdict.REFUTED: "refuted", Verdict.INCONCLUSIVE: "open"}
ANSWERS = {Verdict.SUPPORTED: "Yes", Verdict.REFUTED: "No", Verdict.INCONCLUSIVE: "Open"}


def stance_words(claim: Claim) -> str:
    """What a claim is to the text."""
    return IN_WORDS.get(claim.stance) or f"{STATES[claim.source.voice]} states it"


def stance_counts(findings: Sequence[Finding]) -> Iterator[str]:
    """How many claims of each stance hold, one line each: `Stated by the text: 9 claims – 6 hold, ...`."""
    groups: dict[str, list[Finding]] = {title: [] for title in (*STATED.values(), *TITLES.values())}
    for finding in findings:
        claim = finding.entry.claim
        groups[TITLES.get(claim.stance) or STATED[claim.source.voice]].append(finding)
    for title, members in groups.items():
        if members:
            yield f"{title}: {pluralized(len(members), 'claim')} – {_counts(members)}"


def _counts(findings: Sequence[Finding]) -> str:
    counts = Counter(finding.verdict for finding in findings)
    parts = [
        f"{counts[verdict]} {words}{'s' if words == 'hold' and counts[verdict] == 1 else ''}"
        for verdict, words in HOLDS.items()
    ]
    return ", ".join([*parts, *([f"{counts[None]} not judged"] if counts[None] else [])])


def strict_lines(groups: Groups) -> Iterator[str]:
    """One line for each stricter reading: its statement, its verdict and its evidence."""
    for finding in _of_stance(groups, "strict"):
        said = f"{statement_link(finding)}{told_by(finding)}"
        yield f"- {verdict_label(finding)}: {said} Found: {result_sentence(finding)}.{then_and_now(finding)}"


def answer_lines(groups: Groups) -> Iterator[str]:
    """One line for each question: what was asked, and the answer."""
    for finding in _of_stance(groups, "question"):
        answer = ANSWERS[finding.verdict] if finding.verdict else "Not judged"
        found = f"{result_sentence(finding)}.{then_and_now(finding)}"
        yield f"- {statement_link(finding)}{told_by(finding)} **{answer}**: {found}"


def _of_stance(groups: Groups, stance: Stance) -> Iterator[Finding]:
    return (finding for _, findings in groups for finding in findings if finding.entry.claim.stance == stance)
