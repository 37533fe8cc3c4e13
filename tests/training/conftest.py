"""What several of these tests need: an experiment trained by the compiled loop, without trainer or store."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from lstm_lab import Experiment

Snapshots = Callable[..., list]


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
