"""Lists of claims at the top of the report: those refuted, those not decided, those that need attention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lstm_lab.judging.claims import Voice
from lstm_lab.judging.criteria import Verdict
from lstm_lab.judging.evidence import Shown
from lstm_lab.judging.report.editions import then_and_now
from lstm_lab.judging.report.formatting import escaped, group, headline, inline_code, link, statement_link, told_by
from lstm_lab.judging.report.sentences import how_to_settle, reported_values_sentence, result_sentence
from lstm_lab.judging.verdicts import Contradictions, Finding, Status

ATTENTION = {
    Status.CONTRADICTS_RECORD: "Verdicts that contradict the record",
    Status.ERROR: "Tests that failed",
    Status.INCOMPLETE: "Observations that are missing",
    Status.DRIFT: "Drift: verdicts that moved to or from inconclusive",
    Status.NEW: "New claims, without a verdict on record",
}


def refuted_lines(groups: Sequence[tuple[str, list[Finding]]], voice: Voice = "text") -> Iterator[str]:
    """One line for each refuted claim that is stated in this voice: its statement, and its evidence."""
    for _, findings in groups:
        for finding in findings:
            if contradicts(finding, voice):
                yield _line(finding)


def contradicts(finding: Finding, voice: Voice) -> bool:
    """Whether a verdict contradicts what is stated in this voice: stricter readings and questions state nothing."""
    claim = finding.entry.claim
    return finding.verdict is Verdict.REFUTED and claim.stance == "stated" and claim.source.voice == voice


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
    """Differences from the record, failures, claims that cannot fail or hold, uncollected files, contested pairs."""
    ordered = [finding for _, findings in groups for finding in findings]
    for status, title in ATTENTION.items():
        yield from group(title, [_departure(finding) for finding in ordered if finding.status is status])
    yield from group(
        "Claims that cannot fail",
        [
            f"- {link(finding.entry.claim.id)}: supported all the same with {escaped(finding.control.control.text)}"
            for finding in ordered
            if finding.can_fail is Shown.NO and finding.control is not None
        ],
    )
    yield from group(
        "Claims that cannot hold",
        [
            f"- {link(finding.entry.claim.id)}: not supported even with {escaped(finding.planted_control.control.text)}"
            for finding in ordered
            if finding.can_hold is Shown.NO and finding.planted_control is not None
        ],
    )
    yield from group(
        "Not collected", [f"- {inline_code(path)}: {headline(message)}" for path, message in sorted(uncollected)]
    )
    pairs = [
        f"- {link(one)} and {link(other)}" + (f"; the evidence for {link(stronger)} is stronger" if stronger else "")
        for one, other in contradictions.contested_pairs()
        for stronger in [contradictions.stronger(one, other)]
    ]
    yield from group("Contested: claims that cannot hold together, both supported", pairs)


def _line(finding: Finding) -> str:
    words = reported_values_sentence(finding)
    shown = f" Shown: {escaped(words)}." if words else ""
    found = f"Found: {result_sentence(finding)}.{shown}{then_and_now(finding)}"
    return f"- {statement_link(finding)}{told_by(finding)} {found}"


def _departure(finding: Finding) -> str:
    """One line about a claim that departs from the record or was not judged."""
    claim = finding.entry.claim
    recorded = f", recorded {finding.entry.recorded.value.upper()}" if finding.entry.recorded else ""
    verdict = finding.verdict
    if verdict is not None:
        return f"- {link(claim.id)}: {verdict.value.upper()}{recorded}; {result_sentence(finding)}"
    first = f": {headline(finding.failures[0].message)}" if finding.failures else ""
    return f"- {link(claim.id)}: {result_sentence(finding)}{first}"
