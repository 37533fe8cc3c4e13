"""One mistake of a claim fails all its seeds alike: the terminal shows it once, and counts the others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

ALIKE = "alike"  # how the last line of pytest counts them: `1 failed, 29 alike`
SEED = re.compile(r"\bseed ?\d+\b")


def fold_repetitions(stats: dict[str, list[Any]], tests: Mapping[str, tuple[str, int]]) -> None:
    """Of the seeds of a claim that failed in the same way, leave the first among the failures, for the summary.

    Exit status, evidence, JUnit's file and `--lf` have all of them.

    Args:
        stats: the reports of pytest's terminal by outcome, changed in place.
        tests: node id of each selected test, and its claim and seed.
    """
    for outcome in ("failed", "error"):
        groups: dict[tuple[str, str, str], list[pytest.TestReport]] = {}
        for report in stats.get(outcome, ()):
            if report.nodeid in tests:
                kind = (tests[report.nodeid][0], str(report.when), SEED.sub("seed", _first_line(report)))
                groups.setdefault(kind, []).append(report)
        repeated = [one for alike in groups.values() for one in sorted(alike, key=lambda one: tests[one.nodeid][1])[1:]]
        if repeated:
            left_out = set(map(id, repeated))
            stats[outcome] = [report for report in stats[outcome] if id(report) not in left_out]
            stats.setdefault(ALIKE, []).extend(repeated)


def _first_line(report: pytest.TestReport) -> str:
    """What happened, in the words of the exception."""
    crash = getattr(report.longrepr, "reprcrash", None)
    return str(crash.message if crash else report.longrepr).strip().partition("\n")[0]
