"""Where a run keeps its evidence, and which stored ensembles it may load."""

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
    """Where this run keeps observations and trained ensembles."""
    return Path(config.getoption("--evidence") or config.rootpath / "evidence")


def _since(config: pytest.Config) -> float:
    """The moment from which stored ensembles count: the start of the run with `--fresh`, else any."""
    if not config.getoption("--fresh"):
        return 0.0
    sent = getattr(config, "workerinput", {}).get("fresh_since")  # to a worker, by the process that started it
    return float(sent) if sent else config.stash[STARTED]
