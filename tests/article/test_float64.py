"""Trainings in float64, held to plain Keras."""

import keras
import numpy as np
import pytest

from fixtures.float64 import weights_in_float64
from lstm_lab import Experiment, Regime, Windows, recurrent_classifier
from lstm_lab.training import reference
from lstm_lab.training.progress import Reporter
from lstm_lab.training.store import Store
from lstm_lab.training.trainer import Trainer

SMALL = Experiment("small", Windows(length=1), recurrent_classifier(3), Regime(epochs=4, batch_size=5))
SEEDS = (0, 3)


@pytest.fixture(scope="module")
def trainer(tmp_path_factory):
    """A trainer with a store of its own."""
    folder = tmp_path_factory.mktemp("kept")
    return Trainer(Store(folder / "ensembles"), Reporter(folder / "progress"))


def test_float64_trains_as_plain_keras_does_but_for_rounding(trainer):
    """The same order and the same initial weights as `fit` in float32, one seed after another in one Keras model."""
    told = [weights_in_float64(SMALL, trainer.member(SMALL.untrained, seed)) for seed in SEEDS]
    plain = [reference.fit(SMALL, seed).get_weights() for seed in SEEDS]

    assert {np.dtype("float64")} == {one.dtype for weights in told for one in weights}
    for weights, wanted in zip(told, plain, strict=True):
        for one, other in zip(weights, wanted, strict=True):
            np.testing.assert_allclose(one, other, atol=1e-5)


def test_float64_starts_anew_and_leaves_keras_as_it_was(trainer):
    """A second training of a seed knows nothing of those before it, and Keras computes in float32 again."""
    untrained = trainer.member(SMALL.untrained, 3)

    first, second = (weights_in_float64(SMALL, untrained) for _ in range(2))

    assert all(np.array_equal(one, other) for one, other in zip(first, second, strict=True))
    assert ("float32", "float32") == (keras.config.floatx(), keras.config.dtype_policy().name)
