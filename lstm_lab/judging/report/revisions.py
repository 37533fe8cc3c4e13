"""Claims that were changed after a verdict on them was seen: how many, which, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lstm_lab.judging.report.formatting import escaped, link, verdict_label
from lstm_lab.judging.verdicts import Finding
from lstm_lab.text import pluralized

TITLE = "Claims that were revised"


def revised(findings: Sequence[Finding]) -> list[Finding]:
    """The claims that were changed after a verdict on them was seen."""
    return [finding for finding in findings if finding.entry.claim.revised]


def revision_sentences(findings: Sequence[Finding]) -> Iterator[str]:
    """How many there are, with a link to the chapter; nothing where there are none."""
    if changed := revised(findings):
        count = f"{pluralized(len(changed), 'claim')} of {len(findings)}"
        yield (
            f"Changed after a verdict was seen: {count}, [each with what changed](#claims-that-were-revised); each is "
            "judged by seeds that were run after its change."
        )


def revision_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """One line for each: its verdict now, what was changed, and the verdict before."""
    for finding in revised(findings):
        claim = finding.entry.claim
        yield f"- {link(claim.id)}, {verdict_label(finding)}: {escaped(claim.revised)}"
