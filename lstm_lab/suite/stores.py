"""The evidence folder of a run, and its store of trained ensembles."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_lab.training.execution import open_store
from lstm_lab.training.store import Store

RUN = pytest.StashKey[str]()  # the token of the run, drawn by chance: the same in all of its processes


def store(config: pytest.Config) -> Store:
    """The trained ensembles that this run may use."""
    return open_store(evidence_folder(config) / "ensembles", config.stash[RUN] if config.getoption("--fresh") else "")


def evidence_folder(config: pytest.Config) -> Path:
    """The folder of this run's observations and trained ensembles."""
    return Path(config.getoption("--evidence") or config.rootpath / "evidence")
