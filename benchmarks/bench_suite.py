"""The duration and memory of a run of the suite: collecting, with an empty store, and with a full store."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.conftest import TARGETS, median, target

ROOT = Path(__file__).parents[1]
# A fixed subset of the claims: every model of the article, and some of the comments.
FIRST_CLAIMS = (
    "comment-04/epochs-are-enough",
    "comment-04/no-state-reuse-within-batch",
    "comment-04/shuffle-true-same-performance",
    "comment-06/only-this-one-time-step",
    "feature-window/lift",
    "feature-window/still-not-learned",
    "naive-one-char/does-not-learn",
    "naive-one-char/is-a-multilayer-perceptron",
    "problem/numpy-seed-alone-suffices",
    "stateful/half-the-units",
    "stateful/k-predicts-b",
    "stateful/memorised-perfectly",
    "stateful/needs-same-batch-size",
    "stateful/regurgitates-alphabet",
    "stateful/reset-each-epoch-matters",
    "stateful/used-carried-state",
    "stateful/warm-up-needed-in-full",
    "time-steps/any-random-triple",
    "time-steps/learns-perfectly",
    "time-steps/time-steps-beat-features",
    "variable-length/did-very-well",
    "variable-length/not-perfect",
    "within-batch/achieves-100-percent",
    "within-batch/batch-gives-context",
    "within-batch/bigger-batch-learns-better",
    "within-batch/gradient-ignores-the-order-of-rows",
    "within-batch/resets-after-each-batch",
)
FIRST, ALL = f"the first {len(FIRST_CLAIMS)}", "all"
CHOSEN = {FIRST: [f"--claim={id}" for id in FIRST_CLAIMS], ALL: []}

pytestmark = pytest.mark.usefixtures("every_core")


def suite(*arguments: str) -> None:
    """Run `pytest claims/` in a subprocess; it must succeed."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "claims/", "-q", "-p", "no:cacheprovider", *arguments]
    completed = subprocess.run(command, cwd=ROOT, env=outside, capture_output=True, text=True, check=False)
    if completed.returncode:
        pytest.fail(
            f"{' '.join(command)}: got exit status {completed.returncode}\n{completed.stdout}{completed.stderr}",
            pytrace=False,
        )


@pytest.mark.benchmark(group="collecting claims")
@pytest.mark.parametrize("claims", CHOSEN)
def test_collecting(claims, benchmark, note) -> None:
    """Collecting loads no TensorFlow."""
    benchmark.pedantic(suite, args=("--collect-only", *CHOSEN[claims]), rounds=3)
    seconds = f"{median(benchmark):.1f} s"
    note("claims", claims, {"collected": seconds})
    if claims == FIRST:
        note(TARGETS, "collecting the first claims", target("at most 2 s", seconds))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder for evidence, empty at the first benchmark."""
    return tmp_path_factory.mktemp("suite")


def first_claims(folder: Path) -> None:
    """Measure them, and train what is not stored yet."""
    paths = (f"--evidence={folder / 'evidence'}", f"--report={folder / 'REPORT.md'}")
    suite("-n2", "--seeds=30", *paths, *CHOSEN[FIRST])


def memory(folder: Path) -> float:
    """Peak memory in GiB of the larger worker of the last run, from its report."""
    values = json.loads((folder / "evidence" / "report.json").read_text(encoding="utf-8"))["run"]["facts"]["memory"]
    return max(int(value.removesuffix(" MiB")) for value in values) / 1024


@pytest.mark.suite
@pytest.mark.benchmark(group="the first claims, 2 workers, 30 seeds")
def test_cold(folder, benchmark, note) -> None:
    """With an empty store: everything is trained, then measured."""
    benchmark.pedantic(first_claims, args=(folder,))
    minutes, peak = f"{median(benchmark) / 60:.1f} min", f"{memory(folder):.2f} GiB"
    note("claims", FIRST, {"cold": minutes, "memory of a worker": peak})
    note(TARGETS, "the first claims, cold", target("at most 6 min", minutes))
    note(TARGETS, "memory of a worker", target("at most 1.5 GiB", peak))


@pytest.mark.suite
@pytest.mark.benchmark(group="the first claims, 2 workers, 30 seeds")
def test_warm(folder, benchmark, note) -> None:
    """With a full store: everything is loaded, then measured."""
    if not (folder / "evidence").exists():
        first_claims(folder)
    benchmark.pedantic(first_claims, args=(folder,))
    seconds = f"{median(benchmark):.0f} s"
    note("claims", FIRST, {"warm": seconds})
    note(TARGETS, "the first claims, warm", target("at most 60 s", seconds))
