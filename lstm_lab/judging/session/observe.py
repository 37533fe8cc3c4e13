"""The value of the fixture `observe`, and the observation as an attribute of the test report."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from lstm_lab.judging.claims import Claim
from lstm_lab.judging.evidence import EvidenceError, Observation, observed, structure, unstructure

OBSERVATION = "lab_observation"  # attribute of a test report, a JSON string: xdist cannot serialize every type


class Observer:
    """The value of `observe` in one test: it records exactly one observation.

    Attributes:
        observation: the one recorded, None until then.
        misuse: why a call was refused, "" while none was; it fails the test also where the test catches everything.
    """

    def __init__(self, claim: Claim, seed: int) -> None:
        self.claim = claim
        self.seed = seed
        self.observation: Observation | None = None
        self.misuse = ""

    def __call__(self, first: Any, *, against: Any = None, **shown: Any) -> None:
        """Record the observation of this seed; fail the test for one of the wrong form, and for a second one.

        Args:
            first: whether the claim holds; with `against`, the figure of the treatment.
            against: the figure of the baseline, for the criteria that compare pairs.
            shown: values for the reader of the report, by name; no criterion uses them.
        """
        __tracebackhide__ = True  # the failure is shown at the line of the test
        if self.observation is not None:
            self.misuse = f"{self}: observed twice, wanted one observation per seed"
        else:
            try:
                self.observation = observed(self.claim, self.seed, first, against, shown)
            except EvidenceError as error:
                self.misuse = str(error)
        if self.misuse:
            pytest.fail(self.misuse)

    def finish(self, measure_again: Callable[[], object]) -> None:
        """Fail a test without observation; one that decides alone is measured again and must be the same."""
        first = self._required()
        if self.claim.criterion.needs_replay(first.outcome):
            self.observation = None
            measure_again()
            second = self._required()
            if second != first:
                pytest.fail(
                    f"{self}: not reproducible, measured {_in_words(first)}, then {_in_words(second)}", pytrace=False
                )

    def _required(self) -> Observation:
        if self.misuse:
            pytest.fail(self.misuse, pytrace=False)
        if self.observation is None:
            pytest.fail(f"{self}: observed nothing, wanted one call of observe(...)", pytrace=False)
        return self.observation

    def __str__(self) -> str:
        return f"claim {self.claim.id}, seed {self.seed}"


OBSERVER = pytest.StashKey[Observer]()
SUBJECTS = pytest.StashKey[tuple[str, ...]]()  # of a test: ids of the experiments measured on, set by their fixtures


def attach_observation(report: pytest.TestReport, observation: Observation) -> None:
    """Attach `observation` to the report, which is sent to the controller."""
    report.__dict__[OBSERVATION] = json.dumps(unstructure(observation))


def read_observation(report: pytest.TestReport) -> Observation | None:
    """The observation attached to `report`, None without one."""
    text = getattr(report, OBSERVATION, None)
    return None if text is None else structure(json.loads(text), Observation, "observation")


def _in_words(observation: Observation) -> str:
    return " ".join([str(observation.outcome), *(f"{name}={value}" for name, value in observation.shown.items())])
