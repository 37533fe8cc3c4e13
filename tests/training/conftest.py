"""What several of these tests need: a store, a trainer, and an experiment trained without either."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from lstm_lab import Experiment
from lstm_lab.training.execution import Reporter, Trainer, open_store
from lstm_lab.training.store import Store

Snapshots = Callable[..., list]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store, as every process of a run opens it; its folder is not made yet."""
    return open_store(tmp_path / "evidence" / "ensembles")


@pytest.fixture
def path(store: Store, request: pytest.FixtureRequest) -> Path:
    """The file of a kept snapshot: that of the experiment which the file of the test names."""
    of = request.module
    store.save(of.TINY, of.SNAPSHOT)
    return store.path(of.TINY, of.SEEDS, 3)


@pytest.fixture
def trainer(store: Store, tmp_path: Path) -> Trainer:
    """A trainer with an empty store, and somebody who watches."""
    return Trainer(store, Reporter(tmp_path / "progress"))


@pytest.fixture(scope="session")
def snapshots() -> Snapshots:
    """The snapshots of an experiment at its stops, three seeds unless told otherwise.

    Three everywhere, so that the tests share the compiled programs.
    """
    from lstm_lab.training.compiled.loop import train
    from lstm_lab.training.problems.problem import Samples
    from lstm_lab.training.store.snapshot import Snapshot

    def trained(
        experiment: Experiment,
        seeds: tuple[int, ...] = (0, 1, 2),
        samples: Sequence[Samples] | None = None,
        start: Snapshot | None = None,
    ) -> list[Snapshot]:
        drawn = samples or [experiment.problem.samples(seed) for seed in seeds]
        regime = experiment.regime
        return list(train(experiment.network, regime, drawn, seeds, regime.stops, start=start))

    return trained


@pytest.fixture(scope="session")
def bits() -> Callable[..., list[bytes]]:
    """Everything a snapshot holds as bytes, of one member or of all."""

    def of(snapshot, member: int | None = None) -> list[bytes]:
        arrays = [*snapshot.weights, *snapshot.moments, *snapshot.states, snapshot.losses]
        if member is None:
            return [array.tobytes() for array in arrays]
        return [np.ascontiguousarray(array[member]).tobytes() for array in arrays if array.ndim]

    return of
