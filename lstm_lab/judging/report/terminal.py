"""The claims in the terminal: how many of each verdict, what needs attention, and the list of claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lstm_lab.judging.claims import UNTRAINED
from lstm_lab.judging.criteria import Criterion
from lstm_lab.judging.evidence import Entry
from lstm_lab.judging.report import challenges
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.verdicts import Finding, Status, fails_run
from lstm_lab.text import pluralized

QUIET = {Status.AS_RECORDED, Status.NOT_JUDGED, Status.CAN_FAIL}
CONTROLLED = {Status.CAN_FAIL, Status.CANNOT_FAIL}


def summary(report: Report, strict: bool) -> Iterator[tuple[str, dict[str, bool]]]:
    """The lines, with the markup of pytest's terminal writer; `strict` where drift makes the run fail."""
    findings = report.findings
    if report.ledger.partial:
        yield f"partial run ({report.ledger.partial}): verdicts are not compared with the record", {"yellow": True}
    counts = Counter(_heading(finding) for finding in findings)
    yield ", ".join(f"{count} {heading}" for heading, count in sorted(counts.items())), {}
    for finding in sorted(findings, key=lambda finding: not fails_run(finding, strict)):
        if finding.status not in QUIET:
            yield finding_line(finding), {"red": True} if fails_run(finding, strict) else {"yellow": True}
    if not report.under_control:
        yield from ((line, {}) for line in challenges.challenge_lines(report.contradictions))


def finding_line(finding: Finding) -> str:
    """One claim in one line: where it stands, and why."""
    expect = finding.entry.claim.expect
    recorded = f", recorded as {expect.value}" if expect else ""
    match finding.status:
        case Status.ERROR | Status.INCOMPLETE:
            return f"{finding.status.value}: {finding.entry.claim.id}: {_lost(finding)}"
        case Status.CANNOT_FAIL:
            return f"{finding.status.value}: {finding.entry.claim.id}: {_kept(finding)}"
        case _:
            return f"{finding.status.value}: {finding.entry.claim.id}: {_verdict(finding)}{recorded}"


def listing(entries: Sequence[Entry]) -> list[str]:
    """What `--list-claims` prints: a table without header, one claim a line."""
    if not entries:
        return ["no claims here, wanted a path that has some, as in `pytest claims/ --list-claims`"]
    rows = [
        (
            entry.claim.id,
            entry.claim.expect.value if entry.claim.expect else "new",
            entry.claim.criterion.declared(),
            f"{len(entry.seeds)} seeds",
            str(entry.claim.source),
        )
        for entry in entries
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]


def _heading(finding: Finding) -> str:
    if finding.judgement is None or finding.status in CONTROLLED:
        return finding.status.value
    return finding.judgement.verdict.value


def _verdict(finding: Finding) -> str:
    judgement = finding.judgement
    if judgement is None:
        return "no verdict"
    counted = "" if judgement.passes is None else f", {judgement.passes} of {judgement.n} seeds"
    ends = judgement.interval
    interval = "" if ends is None else f", interval {ends.low:.2f} to {ends.high:.2f}"
    reason = f", {judgement.reason}" if judgement.reason else ""
    return f"{judgement.verdict.value}{counted}{interval}{reason}"


def _kept(finding: Finding) -> str:
    """What a claim was measured with, that it kept its support, and what to do about that."""
    control = finding.entry.claim.control
    if control == UNTRAINED:
        remedy = "mend the measure, or name a variant that it must catch by control='...' and the fixture broken"
    else:
        remedy = "mend the measure, or break more"
    return f"with {control.text}: got {_verdict(finding)}, wanted a verdict other than supported; {remedy}"


def _lost(finding: Finding) -> str:
    """Which seeds are lost, and to what; the first failure speaks for the others."""
    lost = sorted({failure.seed for failure in finding.failures if failure.seed is not None} | set(finding.missing))
    seeds = ", ".join(map(str, lost[:5])) + (", ..." if len(lost) > 5 else "")
    what = f"{len(lost)} of {len(finding.entry.seeds)} seeds without evidence ({seeds})"
    first = finding.failures[0].message.partition("\n")[0] if finding.failures else "no report of them arrived"
    return f"{what}: {first}"


NAMED = 3  # claims named in one line; further ones are counted


def decidable(entries: Sequence[Entry]) -> Iterator[str]:
    """A line for each criterion and number of seeds among the claims, the commonest first, those of few by name."""
    groups: dict[tuple[Criterion, int, int], list[str]] = {}
    for entry in entries:
        claim = entry.claim
        declared = claim.seeds or claim.criterion.default_seeds or entry.declared_seeds
        groups.setdefault((claim.criterion, len(entry.seeds), declared), []).append(claim.id)
    yield f"what {pluralized(len(entries), 'claim')} can come to:"
    for (criterion, n, declared), ids in sorted(groups.items(), key=lambda group: -len(group[1])):
        whose = ", ".join(ids) if len(ids) <= NAMED else f"{len(ids)} claims"
        thresholds = criterion.decision_thresholds(n, declared)
        yield f"  {criterion.declared()} with {pluralized(n, 'seed')}: {thresholds} ({whose})"
