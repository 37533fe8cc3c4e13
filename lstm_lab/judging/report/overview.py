"""Which claims contradict the text, which are not decided, and what needs attention: one line for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lstm_lab.judging.claims import Comment
from lstm_lab.judging.criteria import Verdict
from lstm_lab.judging.evidence import CanFail
from lstm_lab.judging.report.formatting import anchor, escaped, headline, inline_code, link
from lstm_lab.judging.report.sentences import how_to_settle, reported_values_sentence, result_sentence
from lstm_lab.judging.verdicts import Contradictions, Finding, Status

ATTENTION = {
    Status.CONTRADICTS_RECORD: "Verdicts that contradict the record",
    Status.ERROR: "Tests that failed",
    Status.INCOMPLETE: "Observations that are missing",
    Status.DRIFT: "Drift: verdicts that moved to or from inconclusive",
    Status.NEW: "New claims, without a verdict on record",
}


def refuted_lines(groups: Sequence[tuple[str, list[Finding]]]) -> Iterator[str]:
    """One line for each refuted claim: what the text says, and what was found."""
    for _, findings in groups:
        for finding in findings:
            if finding.verdict is Verdict.REFUTED:
                yield _line(finding)


def undecided_lines(groups: Sequence[tuple[str, list[Finding]]]) -> Iterator[str]:
    """One line for each inconclusive claim."""
    for _, findings in groups:
        for finding in findings:
            if finding.verdict is Verdict.INCONCLUSIVE:
                settle = how_to_settle(finding)
                yield f"{_line(finding)} {settle[0].upper()}{settle[1:]}."


def attention_lines(
    groups: Sequence[tuple[str, list[Finding]]], contradictions: Contradictions, uncollected: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """Everything that is not as recorded, or not as it should be; nothing where all is well."""
    ordered = [finding for _, findings in groups for finding in findings]
    for status, title in ATTENTION.items():
        yield from _bullets(title, [_departure(one) for one in ordered if one.status is status])
    yield from _bullets(
        "Claims that cannot fail",
        [
            f"- {link(one.entry.claim.id)}: supported all the same with {escaped(one.control.control.text)}"
            for one in ordered
            if one.can_fail is CanFail.NO and one.control is not None
        ],
    )
    yield from _bullets(
        "Not collected", [f"- {inline_code(path)}: {headline(message)}" for path, message in sorted(uncollected)]
    )
    pairs = [
        f"- {link(one)} and {link(other)}" + (f"; the evidence for {link(whose)} is stronger" if whose else "")
        for one, other in contradictions.contested_pairs()
        for whose in [contradictions.stronger(one, other)]
    ]
    yield from _bullets("Contested: claims that cannot hold together, both supported", pairs)


def _bullets(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"**{title}**"
        yield ""
        yield from lines
        yield ""


def _line(finding: Finding) -> str:
    claim = finding.entry.claim
    words = reported_values_sentence(finding)
    shown = f" Shown: {escaped(words)}." if words else ""
    author = f" *{escaped(str(claim.source))}.*" if isinstance(claim.source, Comment) else ""
    return f"- [{escaped(claim.statement)}](#{anchor(claim.id)}){author} Found: {result_sentence(finding)}.{shown}"


def _departure(finding: Finding) -> str:
    """One line about a claim that needs attention."""
    claim = finding.entry.claim
    recorded = f", recorded {claim.expect.value.upper()}" if claim.expect else ""
    verdict = finding.verdict
    if verdict is not None:
        return f"- {link(claim.id)}: {verdict.value.upper()}{recorded}; {result_sentence(finding)}"
    first = f": {headline(finding.failures[0].message)}" if finding.failures else ""
    return f"- {link(claim.id)}: {result_sentence(finding)}{first}"
