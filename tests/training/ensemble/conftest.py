"""Trained ensembles, and the ordinary Keras models of their members."""

import numpy as np
import pytest
from trained_members import SEEDS, TRAINED

from lstm_lab.training.ensemble import Ensemble, Member
from lstm_lab.training.experiment import reset_states


@pytest.fixture(scope="module")
def ensemble_of(snapshots):
    """A trained ensemble by its name above, with nothing remembered."""
    trained = {}

    def of(name: str) -> Ensemble:
        if name not in trained:
            trained[name] = snapshots(TRAINED[name], SEEDS)[-1]
        return Ensemble(TRAINED[name], trained[name])

    return of


@pytest.fixture(scope="module")
def asked(ensemble_of):
    """The outputs of a member's ordinary Keras model, from a reset, for samples one batch after another."""
    models = {}

    def of(name: str, seed: int, x: np.ndarray) -> np.ndarray:
        if (name, seed) not in models:
            models[name, seed] = Member.of(ensemble_of(name), seed).keras_model()
        model = models[name, seed]
        reset_states(model)
        return model.predict(x, batch_size=TRAINED[name].regime.batch_size, verbose=0)

    return of
