"""The evidence folder of a run, and its store of trained ensembles."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_lab.training.execution import open_store
from lstm_lab.training.store import Store

FRESH = pytest.StashKey[str]()  # with `--fresh`, the token of the run, the same in all of its processes; else ""


def store(config: pytest.Config) -> Store:
    """The trained ensembles that this run may use."""
    return open_store(evidence_folder(config) / "ensembles", config.stash[FRESH])


def evidence_folder(config: pytest.Config) -> Path:
    """The folder of this run's observations and trained ensembles."""
    return Path(config.getoption("--evidence") or config.rootpath / "evidence")
