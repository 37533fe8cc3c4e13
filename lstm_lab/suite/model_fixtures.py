"""`trained`, which makes the fixture of a trained model, and the experiments in the case of a claim."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from lstm_lab.training.experiment import Experiment

if TYPE_CHECKING:
    from lstm_lab.training.ensemble import Member


Train = Callable[..., "Member"]


def trained(experiment: Experiment) -> Any:
    """A fixture that returns this seed's trained member of `experiment`: `naive_one_char = trained(NAIVE_ONE_CHAR)`.

    Its experiment is known before the first test runs, so the workers share its training between them; an experiment
    that a test requests by `train` is trained at that call.
    """

    def member(train: Train) -> Member:
        return train(experiment)

    member.experiment = experiment  # type: ignore[attr-defined]
    member.__doc__ = f"This seed's trained member of {experiment.name}."
    return pytest.fixture(scope="session")(member)


def case_experiments(item: pytest.Item) -> dict[str, Experiment]:
    """The experiments in the case of a claim's test, by the name of the argument."""
    params = item.callspec.params if hasattr(item, "callspec") else {}
    return {name: value for name, value in params.items() if isinstance(value, Experiment)}
