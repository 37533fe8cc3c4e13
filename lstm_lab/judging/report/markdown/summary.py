"""The first file of a report without a front page: what was run, what it came to, and where the details are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lstm_lab.judging.criteria import Verdict
from lstm_lab.judging.report import challenges
from lstm_lab.judging.report.formatting import escaped, file_link, row
from lstm_lab.judging.report.markdown.part import PartOfText
from lstm_lab.judging.report.report import Report


def summary_lines(report: Report, parts: Sequence[PartOfText], more: Sequence[str]) -> Iterator[str]:
    """The lines of the summary.

    Args:
        report: of any run.
        parts: of the text, with their claims.
        more: a list of the other files.
    """
    yield "# The claims and the evidence"
    yield ""
    yield from report.header
    yield from ("<!-- run -->", "```", *report.run, "```", "<!-- /run -->", "")
    contested = list(challenges.chapter(report.contradictions))
    if contested:
        yield from ("## Challenges", "", *contested)
    yield from ("## Section by section", "")
    yield from _table(parts) if parts else ["No claim was measured."]
    yield from ("", "## More", "", *more)


def _table(parts: Sequence[PartOfText]) -> Iterator[str]:
    columns: dict[Verdict | None, str] = {verdict: verdict.value for verdict in Verdict}
    if any(finding.verdict is None for part in parts for finding in part.findings):
        columns[None] = "not judged"
    yield row(["section", *columns.values()])
    yield row([":--", *["--:" for _ in columns]])
    for part in parts:
        counts = Counter(finding.verdict for finding in part.findings)
        yield row([file_link(escaped(part.title), part.name), *(str(counts[verdict]) for verdict in columns)])
