"""Editions change gates, initial weights and Adam's epsilon where the network names none, and nothing else."""

import dataclasses

import numpy as np
import pytest

from lstm_lab import Experiment, Network, Regime, Windows, experiment_of, layer, optimizer, recurrent_classifier
from lstm_lab.training.errors import ExperimentError, NetworkError
from lstm_lab.training.experiment import EDITIONS, experiment_id, initial_weights

UNITS = 16
ONE_LETTER = Experiment("one letter", Windows(length=1), recurrent_classifier(UNITS), Regime(epochs=1))


def network(edition, kind="LSTM", **settings):
    """A recurrent layer under a softmax, in an edition."""
    return Network((layer(kind, UNITS, **settings), layer("Dense", 26, activation="softmax")), edition=edition)


def drawn(edition, kind="LSTM"):
    """Kernels (S, 1, 4U) and recurrent kernels (S, U, 4U) of 12 seeds."""
    return initial_weights(network(edition, kind), tuple(range(12)), (1, 1), 1)[:2]


@pytest.mark.parametrize(
    ("edition", "limit"),
    # As recorded on Keras 1.0.6 and 2.0.2: each gate by itself sqrt(6 / 17), all four at once sqrt(6 / 65).
    [("2016", (6 / 17) ** 0.5), ("2017", (6 / 65) ** 0.5), ("today", (6 / 65) ** 0.5)],
)
def test_kernels_are_drawn_as_in_the_edition(edition, limit):
    """The widest weight tells for how many units a kernel is drawn."""
    largest = np.abs(drawn(edition)[0]).max()
    assert 0.98 * limit < largest <= limit


@pytest.mark.parametrize("kind", ["LSTM", "GRU"])
def test_recurrent_kernels_of_2016_are_orthogonal_by_gate_times_1_1(kind):
    """Each gate has a draw of its own, whose singular values are all 1.1."""
    recurrent = drawn("2016", kind)[1]
    for gate in np.split(recurrent, recurrent.shape[-1] // UNITS, axis=-1):
        values = np.linalg.svd(gate, compute_uv=False)
        np.testing.assert_allclose(values, 1.1, rtol=1e-5)
    gates = np.split(recurrent[0], recurrent.shape[-1] // UNITS, axis=-1)
    assert not np.array_equal(gates[0], gates[1]), "each gate has a draw of its own"


def test_rows_of_all_gates_are_orthonormal_since_2017():
    """All gates are one matrix with orthonormal rows."""
    for edition in ("2017", "today"):
        np.testing.assert_allclose(np.linalg.norm(drawn(edition)[1], axis=-1), 1.0, rtol=1e-5)


def test_gates_of_2016_are_straight_between_two_corners():
    """`clip(0.2 x + 0.5, 0, 1)`, in the layers of 2016 and 2017 alone."""
    import keras

    from lstm_lab.training.experiment.edition_layers import hard_gate

    values = np.array([-9.0, -2.5, -1.0, 0.0, 1.0, 2.5, 9.0], np.float32)
    np.testing.assert_allclose(hard_gate(values), [0, 0, 0.3, 0.5, 0.7, 1, 1], atol=1e-7)
    for edition, hard in (("2016", True), ("2017", True), ("today", False)):
        recurrent = network(edition).build((1, 1), 1).layers[0]
        assert (recurrent.recurrent_activation is hard_gate) == hard
        assert recurrent.activation is keras.activations.tanh


def test_what_a_network_names_itself_stays():
    """An edition gives defaults."""
    own = network("2016", recurrent_activation="sigmoid", kernel_initializer="zeros").build((1, 1), 1).layers[0]
    assert own.recurrent_activation.__name__ == "sigmoid"
    assert not own.get_weights()[0].any()
    adam = Network(ONE_LETTER.network.layers, optimizer=optimizer("Adam", epsilon=1e-3), edition="2016").optimizer
    assert adam == optimizer("Adam", epsilon=1e-3)


def test_adam_has_the_epsilon_of_the_edition_and_other_optimizers_have_their_own():
    """Adam alone is changed."""
    epsilons = {
        name: float(dataclasses.replace(ONE_LETTER.network, edition=name).optimizer.build().epsilon)
        for name in EDITIONS
    }
    assert epsilons == {"2016": 1e-8, "2017": 1e-8, "today": 1e-7}
    assert network("2016").optimizer == optimizer("Adam", epsilon=1e-8)
    assert Network(ONE_LETTER.network.layers, optimizer="RMSprop", edition="2016").optimizer == optimizer("RMSprop")


def test_a_layer_inside_another_has_the_edition_too():
    """A wrapper has Keras write and read the layer inside it."""
    from lstm_lab.training.experiment.edition_layers import hard_gate

    wrapped = Network(
        (layer("Bidirectional", layer=layer("LSTM", 4)), layer("Dense", 3)), loss="mean_squared_error", edition="2016"
    )
    assert wrapped.build((3, 1), 1).layers[0].forward_layer.recurrent_activation is hard_gate


def test_an_edition_is_another_training_and_today_is_none():
    """Other ids for other editions, the ids of before for today."""
    assert ONE_LETTER.in_edition("today") is ONE_LETTER
    ids = {experiment_id(ONE_LETTER.in_edition(name)) for name in EDITIONS}
    assert len(ids) == len(EDITIONS)
    assert "edition" not in ONE_LETTER.trajectory()["network"], "ids of experiments are those of before"
    fixed = ONE_LETTER.in_edition("2016")
    assert fixed.in_edition("2017") is fixed, "an experiment that names an edition keeps it"


def test_unknown_edition_and_own_models_are_one_clear_line():
    """What an edition cannot change is refused."""
    with pytest.raises(NetworkError, match=r"^edition: got '1999', wanted one of 2016, 2017, today$"):
        ONE_LETTER.in_edition("1999")
    own = experiment_of(build=_model, x=np.zeros((4, 1, 1)), y=np.zeros((4, 2)), epochs=1)
    with pytest.raises(ExperimentError, match=r"edition 2016: got builder _model, wanted a Network"):
        own.in_edition("2016")


def _model():
    import keras

    return keras.Sequential([keras.Input((1, 1)), keras.layers.LSTM(2)])
