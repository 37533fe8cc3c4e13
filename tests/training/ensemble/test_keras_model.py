"""The Keras model that a member is: for other rows, in another precision, and to be fitted."""

import numpy as np
import pytest

from fixtures import experiments
from lstm_lab.training.ensemble.ensemble import Ensemble
from lstm_lab.training.ensemble.member import Member

WITHIN = 1e-5

TRAINED = {
    "stateful": experiments.STATEFUL_ONE_CHAR.but(epochs=120),
    "windows": experiments.THREE_CHAR_TIME_STEPS.but(epochs=60),
    "five rows": experiments.STATEFUL_ONE_CHAR.but(epochs=60, batch_size=5),
}


@pytest.fixture(scope="module")
def member_of(snapshots):
    """The first seed of a trained ensemble, by the name of its experiment above."""

    def of(name: str) -> Member:
        return Member.of(Ensemble(TRAINED[name], snapshots(TRAINED[name])[-1]), 0)

    return of


def test_a_model_in_double_precision(member_of) -> None:
    """It has the same weights, computes in float64, and leaves what is built after it in float32."""
    member = member_of("windows")
    precise, usual = member.keras_model(dtype="float64"), member.keras_model()
    x = member.samples.x

    assert ["float64", "float32"] == [np.asarray(model(x)).dtype.name for model in (precise, usual)]
    np.testing.assert_allclose(precise(x), usual(x), atol=WITHIN)


@pytest.mark.parametrize("name", ["stateful", "windows"])
def test_a_model_to_fit_is_traced_half_as_often(name, member_of, monkeypatch) -> None:
    """It is the same model: as new until then, and trained to the same weights."""
    member = member_of(name)
    traced = {False: 0, True: 0}
    weights = {}
    for to_fit in traced:
        model = member.keras_model(to_fit=to_fit)

        def train_step(batch, model=model, to_fit=to_fit):
            traced[to_fit] += 1
            return type(model).train_step(model, batch)

        assert int(model.optimizer.iterations) == 0
        assert [float(metric.result()) for metric in model.metrics[:1]] == [0.0]
        monkeypatch.setattr(model, "train_step", train_step)
        told = model.fit(*member.samples[:2], batch_size=1, epochs=2, shuffle=False, verbose=0).history
        weights[to_fit] = [*model.get_weights(), *map(np.array, told.values())]

    assert traced[False] == 2 * traced[True]
    for usual, made_before in zip(weights[False], weights[True], strict=True):
        np.testing.assert_array_equal(usual, made_before)


def test_a_member_can_be_rebuilt_for_other_rows(member_of) -> None:
    """A stateful member as a Keras model has the experiment's rows, or as many as are asked for."""
    member = member_of("five rows")

    assert [(5, 1, 1), (3, 1, 1)] == [member.keras_model().input_shape, member.keras_model(batch_size=3).input_shape]
