"""Models with several inputs and outputs: data by name, trained by plain `fit`, outputs by name."""

# ruff: noqa: D103 - each builder is named by what it is

import keras
import numpy as np
import pytest
from keras import layers

from lstm_lab import experiment_of
from lstm_lab.training.errors import ProblemError
from lstm_lab.training.execution.progress import Reporter
from lstm_lab.training.execution.trainer import Trainer
from lstm_lab.training.planning.eligibilities import eligibility_of

RANDOM = np.random.default_rng(2)
SERIES, PLACE = RANDOM.normal(size=(8, 3, 2)), RANDOM.normal(size=(8, 4))
KIND, NUMBER = np.eye(3)[RANDOM.integers(0, 3, 8)], RANDOM.normal(size=(8, 1))
LOSSES = {"number": "mean_squared_error", "kind": "categorical_crossentropy"}


def two_and_two():
    series, place = keras.Input((3, 2), name="series"), keras.Input((4,), name="place")
    hidden = layers.Concatenate()([layers.LSTM(3)(series), place])
    heads = [layers.Dense(3, activation="softmax", name="kind")(hidden), layers.Dense(1, name="number")(hidden)]
    return keras.Model([series, place], heads)


def two_outputs():
    series = keras.Input((3, 2), name="series")
    hidden = layers.LSTM(3)(series)
    return keras.Model(series, {name: layers.Dense(1, name=name)(hidden) for name in ("one", "other")})


def by_hand(build, seed, x, y, loss):
    """Three epochs of `fit` in the order of the samples."""
    keras.utils.set_random_seed(seed)
    model = build()
    model.compile(loss=loss, optimizer="Adam")
    model.fit(x, y, batch_size=4, epochs=3, shuffle=False, verbose=0)
    return model


@pytest.mark.parametrize(
    ("build", "x", "y", "loss"),
    [
        (two_and_two, {"series": SERIES, "place": PLACE}, {"kind": KIND, "number": NUMBER}, LOSSES),
        (two_outputs, SERIES, {"one": NUMBER, "other": -NUMBER}, "mean_squared_error"),
    ],
    ids=["two and two", "two outputs"],
)
def test_trained_and_asked_as_by_keras(build, x, y, loss, trainer) -> None:
    """Weights of `fit`, outputs of `predict` by their names; a second process loads them."""
    experiment = experiment_of(build, x, y, loss=loss, epochs=3, batch_size=4, shuffle="never")
    member = trainer.member(experiment, 2)
    model = by_hand(build, 2, x, y, loss)
    answers = model.predict(x, verbose=0)
    wanted = answers if isinstance(answers, dict) else dict(zip(model.output_names, answers, strict=True))

    for variable, got in zip(model.trainable_variables, member.weights, strict=True):
        np.testing.assert_allclose(variable.numpy(), got, atol=1e-6)
    assert wanted.keys() == member.outputs_by_name(x).keys()
    for name, outputs in member.outputs_by_name(x).items():
        np.testing.assert_allclose(wanted[name], outputs, atol=1e-6)
    assert "several inputs or outputs" == eligibility_of(experiment).reason
    assert Trainer(trainer.store, Reporter()).member(experiment, 2).same_weights(member)
    with pytest.raises(ProblemError, match="accuracy: got several inputs or outputs, wanted one of each"):
        _ = member.accuracy


BOTH = {"kind": KIND, "number": NUMBER}
MISTAKES = {
    "names": ({"series": SERIES, "spot": PLACE}, BOTH, "model of the inputs series, place and data of series, spot"),
    "array": ({"series": SERIES, "place": PLACE}, KIND, "a model of the outputs kind, number and data of one array"),
    "rows": ({"series": SERIES[:5], "place": PLACE}, BOTH, r"data: got arrays of \[5, 8\] samples"),
    "text": ({"series": SERIES, "place": ["a"] * 8}, BOTH, "data, x place: got values of type"),
    "arrays": (SERIES, KIND, "got a model of 2 inputs and 2 outputs, wanted one of each, or data by the names"),
}


@pytest.mark.parametrize(("x", "y", "line"), MISTAKES.values(), ids=MISTAKES)
def test_names_and_rows_must_fit(x, y, line, trainer) -> None:
    """One line, before anything is trained."""
    with pytest.raises(ValueError, match=line):
        trainer.member(experiment_of(two_and_two, x, y, loss=LOSSES, epochs=1, batch_size=4), 0)


def test_asked_by_other_names(trainer) -> None:
    """What there is, and that a model of one input is asked otherwise."""
    x = {"series": SERIES, "place": PLACE}
    member = trainer.member(
        experiment_of(two_and_two, x, {"kind": KIND, "number": NUMBER}, loss=LOSSES, epochs=1, batch_size=4), 0
    )

    with pytest.raises(ProblemError, match="got inputs series, wanted place, series"):
        member.outputs_by_name({"series": SERIES})


def encoder_decoder():
    """Both of any length, the states of the one beginning the other; one output in a list."""
    encoded, decoded = keras.Input((None, 2), name="encoded"), keras.Input((None, 2), name="decoded")
    _, *states = layers.LSTM(3, return_state=True)(encoded)
    hidden = layers.LSTM(3, return_sequences=True)(decoded, initial_state=states)
    return keras.Model([encoded, decoded], [layers.Dense(2, activation="softmax", name="out")(hidden)])


def test_one_output_by_name_beside_two_inputs(trainer) -> None:
    """Of any length, which the outputs tell; inputs of other shapes than the training's are refused."""
    x, y = {"encoded": SERIES, "decoded": SERIES[:, ::-1]}, {"out": np.eye(2)[RANDOM.integers(0, 2, (8, 3))]}
    loss = {"out": "categorical_crossentropy"}
    member = trainer.member(experiment_of(encoder_decoder, x, y, loss=loss, epochs=3, batch_size=4, shuffle="never"), 2)
    model = by_hand(encoder_decoder, 2, x, y["out"], "categorical_crossentropy")

    np.testing.assert_allclose(
        np.asarray(model.predict(x, verbose=0)).reshape(8, 3, 2), member.outputs_by_name(x)["out"], atol=1e-6
    )
    with pytest.raises(ProblemError, match=r"got inputs encoded of shape \(8, 2, 2\), wanted \('N', 3, 2\)"):
        member.outputs_by_name({**x, "encoded": SERIES[:, :2]})
