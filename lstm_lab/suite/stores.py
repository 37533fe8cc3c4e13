"""The evidence folder of a run, and its store of trained ensembles."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_lab.training.execution import open_store
from lstm_lab.training.store import Store

STARTED = pytest.StashKey[float]()  # when the run began


def store(config: pytest.Config) -> Store:
    """The trained ensembles that this run may use."""
    return open_store(evidence_folder(config) / "ensembles", since=_since(config))


def evidence_folder(config: pytest.Config) -> Path:
    """The folder of this run's observations and trained ensembles."""
    return Path(config.getoption("--evidence") or config.rootpath / "evidence")


def _since(config: pytest.Config) -> float:
    """The time before which stored ensembles are not loaded: the start of the run with `--fresh`, else 0."""
    if not config.getoption("--fresh"):
        return 0.0
    fresh_since = getattr(config, "workerinput", {}).get("fresh_since")  # set in xdist's workers by the main process
    return float(fresh_since) if fresh_since else config.stash[STARTED]
