"""The store as every process of a run opens it: each snapshot is checked against its network when loaded."""

from __future__ import annotations

from pathlib import Path

from lstm_lab.training.experiment import Experiment
from lstm_lab.training.store import Snapshot, Store


def open_store(folder: Path, fresh: str = "") -> Store:
    """The store in `folder`, whose snapshots are checked by `check_snapshot` when loaded. See `Store`."""
    return Store(folder, fresh, _check)


def _check(snapshot: Snapshot, experiment: Experiment) -> None:
    # Imported here, since it loads TensorFlow: a process that loads no snapshot does not need it.
    from lstm_lab.training.ensemble import check_snapshot

    check_snapshot(snapshot, experiment)
