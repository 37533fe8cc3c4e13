"""The report as plain JSON values, for programs."""

from __future__ import annotations

from typing import Any

from lstm_lab.judging.evidence import unstructure
from lstm_lab.judging.report.challenges import challenges_to_json
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.verdicts import Finding


def report_to_json(report: Report) -> dict[str, Any]:
    """The run, its claims with verdicts and evidence, and its challenges, as plain JSON values."""
    ledger = report.ledger
    return {
        "versions": dict(sorted(ledger.versions.items())),
        "seeds": ledger.default_seeds,
        "exploring": ledger.exploring,
        "partial": ledger.partial,
        "untested": unstructure(ledger.untested),
        "uncollected": [{"path": path, "message": message} for path, message in sorted(ledger.uncollected)],
        "claims": [_finding_json(finding) for finding in report.findings],
        "challenges": challenges_to_json(report.contradictions),
        "run": unstructure(ledger.run),
    }


def _finding_json(finding: Finding) -> dict[str, Any]:
    entry, judgement = finding.entry, finding.judgement
    return {
        **unstructure(entry),
        "verdict": judgement.verdict.value if judgement else None,
        "status": finding.status.value,
        "judgement": unstructure(judgement),
        "survives": finding.survives,
        "q": finding.q,
        "q_dependent": finding.q_dependent,
        "can_fail": finding.can_fail.value,
        "editions": {name: unstructure(there.judgement) for name, there in finding.elsewhere.items()},
        "control": unstructure(finding.control),
        "can_hold": finding.can_hold.value,
        "planted_control": unstructure(finding.planted_control),
        "observations": unstructure(finding.observations),
        "failures": unstructure(finding.failures),
        "missing": list(finding.missing),
    }
