"""The benchmarks stay runnable: all are collected, and the cheapest of each kind are run once, without timing."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
# A network beside hand-written C, one of the growth, the collecting of the first claims, and what takes minutes.
CHEAPEST = "hand_written and 16 or test_rows[1-1] or bench_suite and not all"


def test_the_cheapest_run():
    """Each kind leaves its row in a table as the README has it; what takes minutes is left out, and says so."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "benchmarks", "-n0", "--benchmark-disable", "-k", CHEAPEST]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider"], cwd=ROOT, env=outside, capture_output=True, text=True, check=False
    )
    rows = [line.partition(" |")[0] for line in done.stdout.splitlines() if line.startswith("| ")]

    assert 0 == done.returncode, done.stdout + done.stderr
    assert "| rows in a batch, T = 1" in rows
    assert "| the first 27" in rows
    assert "| stateful, T = 1, 16 units" in rows or "no C compiler" in done.stdout
    assert 2 == done.stdout.count("takes minutes: ask for it by -m suite")
