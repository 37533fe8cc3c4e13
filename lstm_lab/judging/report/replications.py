"""Failed replications: verdicts that the judged seeds do not share with the exploration seeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lstm_lab.judging.claims import DEFAULT_SEEDS
from lstm_lab.judging.criteria import Verdict
from lstm_lab.judging.evidence import TODAY, Ledger
from lstm_lab.judging.report.formatting import group, inline_code, statement_link
from lstm_lab.judging.report.sentences import result_sentence, result_text
from lstm_lab.judging.verdicts import Finding

TITLE = "What did not replicate"
REVERSED = "Reversed: one supports what the other refutes"
MOVED = "Moved: one decides what the other leaves open"


def is_for_the_record(ledger: Ledger) -> bool:
    """Whether the verdicts of a run belong into the declarations: those of other editions, or of more seeds, do not."""
    return ledger.edition == TODAY and ledger.default_seeds <= DEFAULT_SEEDS


def sentences(findings: Sequence[Finding]) -> Iterator[str]:
    """How many verdicts came out as the exploration seeds said, for the header; none where nothing is known of them."""
    known = [finding for finding in findings if finding.entry.explored and finding.verdict]
    if known:
        same = sum(finding.overruled is None for finding in known)
        yield (
            "Claims were written while looking at earlier seeds, the exploration seeds; on these "
            f"{same} of {len(known)} verdicts came out as expected."
        )


def chapter(groups: Sequence[tuple[str, list[Finding]]], *, for_the_record: bool) -> Iterator[str]:
    """The claims whose verdict is not that of the exploration seeds, by how it differs; nothing without any.

    Args:
        groups: the claims by section.
        for_the_record: see `is_for_the_record`.
    """
    failed = [finding for _, findings in groups for finding in findings if finding.overruled]
    if failed:
        yield (
            "We looked at some seeds while we wrote the claims; the verdicts rest on others. Here the two give "
            "different verdicts. The second counts."
        )
        yield ""
    for title, wanted in ((REVERSED, True), (MOVED, False)):
        members = (finding for finding in failed if is_reversed(finding) is wanted)
        yield from group(title, (_item(finding, for_the_record) for finding in members))


def line(finding: Finding, *, for_the_record: bool) -> str:
    """A failed replication in one line, for the terminal."""
    explored, verdict = _verdicts(finding)
    kind = "reversed" if is_reversed(finding) else "moved"
    told = f"exploration {explored.value}, now {verdict.value}, {result_text(finding)}"
    return f"failed replication, {kind}: {finding.entry.claim.id}: {told}{_record(finding, for_the_record)}"


def is_reversed(finding: Finding) -> bool:
    """Of a failed replication, whether both verdicts are decided."""
    return Verdict.INCONCLUSIVE not in _verdicts(finding)


def _item(finding: Finding, for_the_record: bool) -> str:
    explored, verdict = _verdicts(finding)
    record = _record(finding, for_the_record)
    told = record.replace(f'found="{verdict.value}"', inline_code(f'found="{verdict.value}"'))
    return (
        f"- {statement_link(finding)} Exploration {explored.value.upper()}, "
        f"now {verdict.value.upper()}: {result_sentence(finding)}{told}."
    )


def _record(finding: Finding, for_the_record: bool) -> str:
    """What is on record of a failed replication, and what to do where that is not what was found."""
    _, verdict = _verdicts(finding)
    if finding.entry.recorded is verdict:
        return ""
    return f'; examine it, then record found="{verdict.value}"' if for_the_record else ""


def _verdicts(finding: Finding) -> tuple[Verdict, Verdict]:
    """Of a failed replication the verdict of the exploration seeds, and that of the judged ones."""
    assert finding.overruled is not None
    assert finding.verdict is not None
    return finding.overruled, finding.verdict
