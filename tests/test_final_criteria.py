"""The file of final criteria against the claims as they are."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]


@pytest.mark.skipif(not (ROOT / SETTINGS["criteria"]).exists(), reason="no criteria are final yet")
def test_every_claim_is_as_it_was_final():
    """What changed since then is named by the list of claims, which tells it of every one that is judged."""
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "claims/", "--list-claims"], cwd=ROOT, capture_output=True, text=True
    )

    assert 0 == listed.returncode, listed.stdout + listed.stderr
    assert SETTINGS["exploration_seeds"], "or nothing is told"
    assert [] == [line for line in listed.stdout.splitlines() if line.startswith("not final: ")]
