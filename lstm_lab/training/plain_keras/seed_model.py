"""The Keras model of one seed that plain `fit` trains, and its snapshots: those of an ensemble of one seed."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import keras
import numpy as np

from lstm_lab.training.experiment import Built, Experiment, has_several, state_variables
from lstm_lab.training.plain_keras.reference import untrained
from lstm_lab.training.problems import Samples
from lstm_lab.training.store import Arrays, PlainSnapshot, Snapshot


class SeedModel:
    """The Keras model of one seed, with its variables in the groups and the order of a snapshot."""

    def __init__(self, experiment: Experiment, seed: int, samples: Samples, *, eagerly: bool = False) -> None:
        """Build and compile the model of one seed, to be run eagerly where `eagerly`; nothing is trained yet."""
        self.model = untrained(experiment, seed, samples)
        self.weights = list(self.model.trainable_variables)
        self.non_trainable = list(self.model.non_trainable_variables)  # before `fit` adds its counters
        self.states = state_variables(self.model)
        # Callbacks may look at the accuracy, as they do where Keras is asked for it.
        looked_on = isinstance(experiment.network, Built) and experiment.network.callbacks is not None
        metrics = ["accuracy"] if looked_on and not has_several(self.model) else None
        experiment.network.compile(self.model, run_eagerly=eagerly, metrics=metrics)
        self.model.optimizer.build(self.weights)
        self.groups = {
            "weights": self.weights,
            "moments": list(self.model.optimizer.variables),
            "states": self.states,
            "non_trainable": self.non_trainable,
        }

    def load(self, snapshot: Snapshot) -> None:
        """Assign the arrays of a snapshot, to continue from it."""
        for name, variables in self.groups.items():
            assign_weights(variables, getattr(snapshot, name))

    def arrays(self) -> dict[str, Arrays]:
        """The arrays of all groups, with the seed axis first."""
        groups = {name: [one.numpy()[None] for one in variables] for name, variables in self.groups.items()}
        # A counter of updates has no seed axis in an ensemble either.
        groups["moments"] = [one[0] if one.ndim == 1 else one for one in groups["moments"]]
        return groups

    def snapshot(self, seed: int, epoch: int, losses: list[float]) -> PlainSnapshot:
        """The snapshot after `epoch` epochs."""
        groups = self.arrays()
        return PlainSnapshot((seed,), epoch, losses=np.array([losses], np.float32).reshape(1, epoch), **groups)


@functools.cache
def layout(experiment: Experiment) -> dict[str, list[str]]:
    """Type and shape of the arrays of a snapshot by plain Keras, by group."""
    arrays = SeedModel(experiment, 0, experiment.problem.samples(0)).arrays()
    return {name: [f"{array.dtype}{list(array.shape)}" for array in group] for name, group in arrays.items()}


def assign_weights(variables: Sequence[keras.Variable], values: Arrays) -> None:
    """Assign the arrays (1, ...) of a snapshot of one seed; counters have no seed axis."""
    for variable, value in zip(variables, values, strict=True):
        variable.assign(value[0] if value.ndim > len(variable.shape) else value)
