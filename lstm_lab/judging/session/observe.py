"""One test of one claim with one seed: what `observe` takes, and how it rides on the test report."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from lstm_lab.judging.claims import Claim
from lstm_lab.judging.evidence import EvidenceError, Observation, observed, structure, unstructure

OBSERVATION = "lab_observation"  # attribute of a test report, a JSON string: whatever else it held could kill a worker


class Observer:
    """The `observe` of one test: takes exactly one observation.

    Attributes:
        observation: what was observed, None as long as nothing was.
    """

    def __init__(self, claim: Claim, seed: int) -> None:
        self.claim = claim
        self.seed = seed
        self.observation: Observation | None = None

    def __call__(self, first: Any, *, against: Any = None, **shown: Any) -> None:
        """Record what this seed showed; fail the test where it is of the wrong form, or the second one.

        Args:
            first: whether the claim holds; with `against`, the figure of the treatment.
            against: the figure of the baseline, for the criteria that compare pairs.
            shown: figures for the reader of the report; no criterion looks at them.
        """
        __tracebackhide__ = True  # the failure is shown at the line of the test
        if self.observation is not None:
            pytest.fail(f"{self}: observed twice, wanted one observation per seed")
        try:
            self.observation = observed(self.claim, self.seed, first, against, shown)
        except EvidenceError as error:
            wrong = str(error)
        else:
            return
        pytest.fail(wrong)

    def finish(self, measure_again: Callable[[], object]) -> None:
        """Hold the test to its one observation, and an observation that decides alone to a second measurement."""
        first = self._taken()
        if self.claim.criterion.needs_replay(first.outcome):
            self.observation = None
            measure_again()
            second = self._taken()
            if second != first:
                pytest.fail(f"{self}: not reproducible, measured {_read(first)}, then {_read(second)}", pytrace=False)

    def _taken(self) -> Observation:
        if self.observation is None:
            pytest.fail(f"{self}: observed nothing, wanted one call of observe(...)", pytrace=False)
        return self.observation

    def __str__(self) -> str:
        return f"claim {self.claim.id}, seed {self.seed}"


OBSERVER = pytest.StashKey[Observer]()
SUBJECTS = pytest.StashKey[tuple[str, ...]]()  # of a test: what it was measured on, as told by whoever trains


def attach_observation(report: pytest.TestReport, observation: Observation) -> None:
    """Put `observation` on the report that carries it to the controller."""
    report.__dict__[OBSERVATION] = json.dumps(unstructure(observation))


def read_observation(report: pytest.TestReport) -> Observation | None:
    """The observation that `attach` put on `report`."""
    text = getattr(report, OBSERVATION, None)
    return None if text is None else structure(json.loads(text), Observation, "observation")


def _read(observation: Observation) -> str:
    return " ".join([str(observation.outcome), *(f"{name}={value}" for name, value in observation.shown.items())])
