"""Which experiments each test requested: its observation names them, and counts for no other experiment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from lstm_lab.training.experiment import Experiment, experiment_id

REQUESTED = pytest.StashKey["RequestedExperiments"]()


class RequestedExperiments:
    """The ids of the experiments that the fixtures and the tests of this process requested.

    A fixture that outlives its test requests once for all tests that use it, so fixtures are recorded beside tests.
    """

    def __init__(self) -> None:
        self._ids: dict[object, set[str]] = {}
        self._running: list[object] = []

    @contextmanager
    def requested_by(self, requester: object) -> Iterator[None]:
        """While `requester`, a fixture or a test, runs; what it requested before is discarded."""
        self._ids[requester] = set()
        self._running.append(requester)
        try:
            yield
        finally:
            self._running.pop()

    def record(self, experiment: Experiment) -> None:
        """Every fixture and test that is running requests `experiment`."""
        for requester in self._running:
            self._ids[requester].add(experiment_id(experiment))

    def ids_of(self, item: pytest.Item) -> tuple[str, ...]:
        """What a test requested, itself or by its fixtures; sorted."""
        # pytest has no public way from an item to the fixtures behind it.
        known = item._fixtureinfo.name2fixturedefs.values()  # type: ignore[attr-defined]
        fixtures = [definition for definitions in known for definition in definitions]
        return tuple(sorted({one for requester in [item, *fixtures] for one in self._ids.get(requester, ())}))
