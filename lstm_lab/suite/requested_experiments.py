"""What each test asked to have trained: its observation says so, and counts for no other experiment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from lstm_lab.training.experiment import Experiment, experiment_id

REQUESTED = pytest.StashKey["RequestedExperiments"]()


class RequestedExperiments:
    """The subjects of the experiments that the fixtures and the tests of this process asked for.

    A fixture that outlives its test asks once for all tests that it serves, so fixtures are remembered beside tests.
    """

    def __init__(self) -> None:
        self._subjects: dict[object, set[str]] = {}
        self._asking: list[object] = []

    @contextmanager
    def by(self, one: object) -> Iterator[None]:
        """While `one`, a fixture or a test, is at work; what it asked for before is forgotten."""
        self._subjects[one] = set()
        self._asking.append(one)
        try:
            yield
        finally:
            self._asking.pop()

    def note(self, experiment: Experiment) -> None:
        """Whoever is at work asks for `experiment`."""
        for one in self._asking:
            self._subjects[one].add(experiment_id(experiment))

    def of(self, item: pytest.Item) -> tuple[str, ...]:
        """What a test asked for, itself or by its fixtures; sorted."""
        # pytest has no public way from an item to the fixtures behind it.
        known = item._fixtureinfo.name2fixturedefs.values()  # type: ignore[attr-defined]
        fixtures = [definition for definitions in known for definition in definitions]
        return tuple(sorted({one for asker in [item, *fixtures] for one in self._subjects.get(asker, ())}))
