"""The store as every process of a run opens it: with the check of what it loads."""

from __future__ import annotations

from pathlib import Path

from lstm_lab.training.experiment import Experiment
from lstm_lab.training.store import Snapshot, Store


def open_store(folder: Path, since: float = 0.0) -> Store:
    """The store in `folder`; what it loads is checked against the layout of its network. See `Store`."""
    return Store(folder, since, _check)


def _check(snapshot: Snapshot, experiment: Experiment) -> None:
    from lstm_lab.training.ensemble.snapshot_check import (
        check_snapshot,  # builds Keras models: not before one is loaded
    )

    check_snapshot(snapshot, experiment)
