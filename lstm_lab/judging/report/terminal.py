"""Lines for the terminal: verdict counts, claims that need attention, the list of claims, what seeds can decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lstm_lab.judging.claims import DECLARE_PLANTED, UNTRAINED
from lstm_lab.judging.criteria import Criterion
from lstm_lab.judging.evidence import TODAY, Entry
from lstm_lab.judging.report import challenges, final_criteria, one_claim, replications, scoreboard
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.verdicts import Finding, Status, fails_run
from lstm_lab.text import MOST_NAMED, pluralized

QUIET = {Status.AS_RECORDED, Status.NOT_JUDGED, Status.CAN_FAIL, Status.CAN_HOLD}
MOST_TOLD = 5  # claims of a partial run that are told one by one
CONTROLLED = {Status.CAN_FAIL, Status.CANNOT_FAIL, Status.CAN_HOLD, Status.CANNOT_HOLD}


def summary(report: Report, strict: bool) -> Iterator[tuple[str, dict[str, bool]]]:
    """The lines after a run, with the markup of pytest's terminal writer; `strict`: whether drift fails the run."""
    findings = report.findings
    if report.ledger.exploring:
        yield "exploration: no verdict rests on these seeds", {"yellow": True}
    if report.ledger.partial:
        compared = "" if report.ledger.exploring else ": verdicts are not compared with the record"
        yield f"partial run ({report.ledger.partial}){compared}", {"yellow": True}
    for line in _told(report):
        yield line, {}
    for line in final_criteria.open_criteria(report.ledger.catalogue.values(), report.ledger.finals):
        yield line, {"red": True} if strict else {"yellow": True}
    failed = [] if report.under_control else [finding for finding in findings if finding.overruled]
    for finding in failed:
        line = replications.line(finding, for_the_record=replications.is_for_the_record(report.ledger))
        yield line, {"red": True} if fails_run(finding, strict) else {"yellow": True}
    for finding in sorted(findings, key=lambda finding: not fails_run(finding, strict)):
        if finding.status not in QUIET and finding not in failed:
            yield finding_line(finding), {"red": True} if fails_run(finding, strict) else {"yellow": True}
    if not report.under_control:
        yield from ((line, {}) for line in challenges.challenge_lines(report.contradictions))


def _told(report: Report) -> Iterator[str]:
    """What came out: of a few claims each in two lines, of many their counts, of all of them a table as well.

    With the exploration seeds, in another edition and under control the counts stand in any case.
    """
    ledger, findings = report.ledger, report.findings
    special = report.under_control or ledger.exploring or ledger.edition != TODAY
    few = bool(ledger.partial) and not report.under_control and len(findings) <= MOST_TOLD
    told = [one for one in findings if few and not one.failures and not one.missing]
    for finding in told:
        yield from one_claim.claim_lines(finding)
    counts = Counter(_heading(finding) for finding in findings if special or finding not in told)
    if counts:
        yield ", ".join(f"{count} {heading}" for heading, count in sorted(counts.items()))
    if not special and not ledger.partial:
        yield from scoreboard.scoreboard(report)
        yield scoreboard.measured(report)


def finding_line(finding: Finding) -> str:
    """One claim in one line: its status, and why."""
    recorded = f", recorded as {finding.entry.recorded.value}" if finding.entry.recorded else ""
    about = f"{finding.status.value}: {finding.entry.claim.id}"
    match finding.status:
        case Status.ERROR | Status.INCOMPLETE:
            return f"{about}{' (planted)' if finding.planted else ''}: {_without_evidence(finding)}"
        case Status.CANNOT_FAIL:
            return f"{about}: {_still_supported(finding)}"
        case Status.CANNOT_HOLD:
            control = finding.entry.claim.holds_with
            remedy = "mend the measure, or plant more"
            return f"{about}: with {control}: got {_verdict(finding)}, wanted supported; {remedy}"
        case Status.UNSHOWN:
            return f"{about}: refuted on record, wanted {DECLARE_PLANTED} and the fixture planted"
        case _:
            return f"{about}: {_verdict(finding)}{recorded}"


def listing(entries: Sequence[Entry]) -> list[str]:
    """The lines of `--list-claims`: a table without header, one claim a line."""
    if not entries:
        return ["no claims here, wanted a path that has some, as in `pytest claims/ --list-claims`"]
    rows = [
        (
            entry.claim.id,
            entry.recorded.value if entry.recorded else "new",
            entry.claim.criterion.declared(),
            f"{len(entry.seeds)} seeds" + (f" from {entry.first_seed}" if entry.claim.judged_from is not None else ""),
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


def _still_supported(finding: Finding) -> str:
    """By which negative control a claim is still supported, and what to do about that."""
    control = finding.entry.claim.control
    if control == UNTRAINED:
        remedy = "mend the measure, or name a variant that it must catch by control='...' and the fixture broken"
    else:
        remedy = "mend the measure, or break more"
    return f"with {control.text}: got {_verdict(finding)}, wanted a verdict other than supported; {remedy}"


def _without_evidence(finding: Finding) -> str:
    """Which seeds have no evidence, and the message of the first failure."""
    lost = sorted({failure.seed for failure in finding.failures if failure.seed is not None} | set(finding.missing))
    seeds = ", ".join(map(str, lost[:5])) + (", ..." if len(lost) > 5 else "")
    count = f"{len(lost)} of {len(finding.entry.seeds)} seeds without evidence ({seeds})"
    first = finding.failures[0].message.partition("\n")[0] if finding.failures else "no report of them arrived"
    return f"{count}: {first}" if lost else first


def decidable(entries: Sequence[Entry]) -> Iterator[str]:
    """What each criterion can decide with its number of seeds, the most frequent first; few claims are named."""
    groups: dict[tuple[Criterion, int, int], list[str]] = {}
    for entry in entries:
        claim = entry.claim
        declared = claim.seeds or claim.criterion.default_seeds or entry.declared_seeds
        groups.setdefault((claim.criterion, len(entry.seeds), declared), []).append(claim.id)
    yield f"what {pluralized(len(entries), 'claim')} can come to:"
    for (criterion, n, declared), ids in sorted(groups.items(), key=lambda group: -len(group[1])):
        claims = ", ".join(ids) if len(ids) <= MOST_NAMED else f"{len(ids)} claims"
        thresholds = criterion.decision_thresholds(n, declared)
        yield f"  {criterion.declared()} with {pluralized(n, 'seed')}: {thresholds} ({claims})"
