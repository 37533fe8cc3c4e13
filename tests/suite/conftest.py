"""A suite of claims in a folder of its own."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def suite_of(pytester, monkeypatch):
    """Writes a conftest.py and a file of claims, with the lab and the fixtures at hand."""

    def write(conftest, claims):
        monkeypatch.setenv("PYTHONPATH", str(ROOT), prepend=os.pathsep)
        monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
        pytester.makeconftest(conftest)
        (pytester.path / "claims").mkdir()
        (pytester.path / "claims/test_here.py").write_text(claims)
        return pytester

    return write
