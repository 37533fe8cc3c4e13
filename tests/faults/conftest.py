"""Suites to break, and what one comes to that nobody breaks."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import tiny
from laboratory import Laboratory, Undisturbed, furnished


@pytest.fixture
def laboratory(tmp_path: Path) -> Iterator[Laboratory]:
    """The suite, before its first run."""
    made = furnished(tmp_path / "suite")
    yield made
    made.end()


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """What every disturbed run must come to in the end."""
    made = furnished(tmp_path_factory.mktemp("undisturbed") / "suite")
    began = time.monotonic()
    status = made.run()
    seconds = time.monotonic() - began
    assert (0, (len(tiny.STOPS), 0), []) == (status, made.models, made.refused), made.output
    return Undisturbed(made.outcome(), made.observed(), made.evidence, seconds)


@pytest.fixture
def stocked(laboratory: Laboratory, undisturbed: Undisturbed) -> Laboratory:
    """The suite with the ensembles that the undisturbed run left."""
    shutil.copytree(undisturbed.evidence / "ensembles", laboratory.evidence / "ensembles")
    return laboratory
