"""Which experiments each test requested: its observation records their ids."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from lstm_lab.training.experiment import Experiment, experiment_id

REQUESTED = pytest.StashKey["RequestedExperiments"]()


class RequestedExperiments:
    """The ids of the experiments that the fixtures and the tests of this process requested.

    A fixture of a wider scope requests once for all tests that use it, so fixtures are recorded beside tests.
    """

    def __init__(self) -> None:
        self._ids: dict[object, set[str]] = {}
        self._running: list[object] = []

    @contextmanager
    def requested_by(self, requester: object) -> Iterator[None]:
        """Record requests as those of `requester`, a fixture or a test, and discard its earlier ones."""
        self._ids[requester] = set()
        self._running.append(requester)
        try:
            yield
        finally:
            self._running.pop()

    def record(self, experiment: Experiment) -> None:
        """Record `experiment` for every fixture and test that is running."""
        for requester in self._running:
            self._ids[requester].add(experiment_id(experiment))

    def ids_of(self, item: pytest.Item) -> tuple[str, ...]:
        """The ids of the experiments that a test or its fixtures requested; sorted."""
        # pytest has no public way from an item to the fixtures behind it.
        definitions = item._fixtureinfo.name2fixturedefs.values()  # type: ignore[attr-defined]
        fixtures = [fixture for overriding in definitions for fixture in overriding]
        return tuple(sorted({id for requester in [item, *fixtures] for id in self._ids.get(requester, ())}))
