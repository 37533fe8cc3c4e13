"""What a run costs as its seeds grow, the training left aside: collecting, passing on, judging and reporting."""

from __future__ import annotations

import itertools
import re
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from ledgers import entry, ledger_of, mixed, pairs

from lstm_lab.judging.claims import Section
from lstm_lab.judging.criteria import at_least, beats, equivalent
from lstm_lab.judging.evidence import Ledger
from lstm_lab.judging.report import Report, write
from lstm_lab.judging.session.selection import Selection

SEEDS = [30, 100, 300, 1000]
ONE, ALL = "one claim", "150 claims"
COUNTS = {ONE: 1, ALL: 150}


def seconds_since(began: float) -> str:
    """Of this process's processor time."""
    return f"{time.process_time() - began:.2g}"


def made_up(claims: int, seeds: int) -> Ledger:
    """A run of claims of three kinds, each seed with other numbers; nothing is measured."""
    criteria, evidence = itertools.cycle([beats(), at_least(0.5), equivalent(0.1)]), []
    for number in range(claims):
        criterion, source = next(criteria), Section(f"Section {number // 12}")
        one = entry(f"section-{number // 12}/claim-{number}-says-something", criterion, source=source, asked=seeds)
        apart = [(seed * 7919 + number) % 26 / 250 - 0.04 for seed in range(seeds)]
        evidence.append((one, pairs(apart) if criterion.judges_pairs else mixed(2 * seeds // 3, seeds)))
    return ledger_of(*evidence, showing=lambda seed: {"accuracy": seed * 104_729 % 26 / 25}, default_seeds=seeds)


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("run", COUNTS)
def test_after_measuring(run, seeds, tmp_path, note) -> None:
    """Processor time of judging and of writing the report, and the sizes of its files."""
    Report(made_up(3, 30)).findings  # noqa: B018  # SciPy is loaded
    ledger = made_up(COUNTS[run], seeds)
    report, began = Report(ledger), time.process_time()
    report.findings  # noqa: B018  # computed at its first use
    judging, began = seconds_since(began), time.process_time()
    write(report, tmp_path / "REPORT.md")
    reporting = seconds_since(began)
    sizes = {name: f"{(tmp_path / name).stat().st_size / 1000:.0f}" for name in ("REPORT.md", "report.html")}
    cells = {"judging, s": judging, "report, s": reporting, **{f"{name}, kB": size for name, size in sizes.items()}}
    note("run without its training", f"{run}, {seeds} seeds", cells)


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("run", COUNTS)
def test_exchange(run, seeds, tmp_path, note) -> None:
    """Processor time in which a worker writes its selection and the controller reads it."""
    first, began = made_up(COUNTS[run], 1), time.process_time()
    Selection(tuple(replace(one, seeds=tuple(range(seeds))) for one in first.catalogue.values())).write(
        tmp_path / "selection.json"
    )
    tests = len(Selection.read(tmp_path / "selection.json").tests)
    assert COUNTS[run] * seeds == tests
    note("run without its training", f"{run}, {seeds} seeds", {"exchange, s": seconds_since(began)})


@pytest.mark.suite
@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize(("run", "only"), [(ONE, ["--claim", "stateful/k-predicts-b"]), (ALL, [])])
def test_collecting(run, only, seeds, note) -> None:
    """Processor time of a process that collects the claims of the article, and its peak of memory."""
    script = (
        "import resource, sys, pytest; code = pytest.main(sys.argv[1:]); "
        "print('peak', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss); sys.exit(code)"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    command = [sys.executable, "-c", script, "claims", "--collect-only", "-qq", "-n0", "--seeds", f"{seeds}", *only]
    done = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    peak = int(re.findall(r"peak (\d+)", done.stdout)[-1]) // 1024
    note(
        "run without its training", f"{run}, {seeds} seeds", {"collecting, s": f"{used:.2g}", "memory, MiB": f"{peak}"}
    )
