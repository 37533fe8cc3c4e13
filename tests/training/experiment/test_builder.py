"""Builders in the compiled loop: trained, stored and evaluated as by plain Keras, and which are refused."""

import dataclasses
import pickle

import keras
import numpy as np
import own_builders as own
import pytest

from lstm_lab import Arrays, Experiment, Regime, Windows, experiment_of, optimizer, recurrent_classifier
from lstm_lab.training.ensemble.accuracy import class_accuracy
from lstm_lab.training.errors import ExperimentError, NetworkError
from lstm_lab.training.execution.checked_store import open_store
from lstm_lab.training.execution.progress import Reporter
from lstm_lab.training.execution.trainer import Trainer
from lstm_lab.training.plain_keras import reference
from lstm_lab.training.planning.eligibilities import eligibility_of
from lstm_lab.training.planning.jobs import seed_block


@pytest.mark.parametrize(
    ("build", "changes"),
    [
        (own.plainly, {}),
        (own.functional, {}),
        (own.without_input, {}),
        (own.Subclassed, {}),
        (own.custom_layer, {}),
        (own.stateful, {"reset": 2}),
        (own.hidden_states, {"reset": 2}),
        (own.long, own.SPARSE),
        (own.long_custom, own.SPARSE),
        (own.convolution, own.SPARSE),
        (own.plainly, {"loss": own.half_squares, "optimizer": optimizer("SGD", learning_rate=0.5)}),
        (own.plainly, {"loss": "mse", "optimizer": "RMSprop", "settings": {"units": 3}}),
    ],
    ids=[
        "sequential",
        "functional",
        "without input",
        "subclassed",
        "custom layer",
        "stateful",
        "stateful inside another layer",
        "long, whole numbers as targets",
        "long, custom layer",
        "convolution",
        "own loss",
        "other settings",
    ],
)
def test_trained_as_by_plain_fit(build, changes, trainer) -> None:
    """Ten seeds at once; weights, losses and answers are those of `model.fit`, and of the Keras model handed out."""
    experiment = own.mine(build, **changes)
    member = trainer.member(experiment, 1)
    fitted = reference.fit(experiment, 1)

    assert 10 == len(member.ensemble.seeds)
    for wanted, got in zip(fitted.trainable_variables, member.weights, strict=True):
        np.testing.assert_allclose(wanted.numpy(), got, atol=1e-5)
    model = member.keras_model()
    np.testing.assert_allclose(
        model.predict(member.samples.x, batch_size=2, verbose=0), member.outputs(member.samples.x), atol=1e-5
    )
    assert member.keras_accuracy == member.accuracy


def test_stored_and_continued(trainer, bits) -> None:
    """A longer training goes on where the shorter one ended; what is stored is not trained again."""
    short, long = own.mine(own.plainly), own.mine(own.plainly, epochs=5)
    trainer.member(short, 0)
    continued = trainer.member(long, 0).ensemble.snapshot
    fresh = Trainer(open_store(trainer.store.folder.parent / "other"), Reporter(None)).member(long, 0).ensemble.snapshot
    again = Trainer(trainer.store, Reporter(None))

    assert bits(fresh) == bits(continued)
    assert bits(fresh) == bits(again.member(long, 0).ensemble.snapshot)
    assert ([], 1) == (again.trained, len(again.loaded))


def test_untrained_is_as_initialised(trainer) -> None:
    """What a control measures: the weights that the function draws, kept nowhere."""
    member = trainer.member(own.mine(own.plainly).untrained, 1)
    keras.utils.set_random_seed(1)

    for wanted, got in zip(own.plainly().trainable_variables, member.weights, strict=True):
        assert np.array_equal(wanted.numpy(), got)
    assert [] == trainer.trained


def test_probes_in_letters(trainer) -> None:
    """With letters and a coding, own arrays answer as the article's problems do."""
    data = Arrays(own.X, own.Y, symbols="ABCDEFGHI", coding=own.letter)
    member = trainer.member(own.mine(own.stateful, x=None, y=None, problem=data, batch_size=1), 0)

    assert member.warm_up("AB") == member.roll_out("A", 1) + member.warm_up("AB")[1]
    assert member.outputs(own.X[:1].astype(np.float32)).argmax() == "ABCDEFGHI".index(member.cold_start("A"))


def test_an_own_network_on_a_problem_of_the_lab(trainer) -> None:
    """And a network of the lab on own arrays, whose weight counts."""
    windows = Windows(symbols="ABCDEFGHI")
    on_windows = trainer.member(own.mine(own.plainly, x=None, y=None, problem=windows), 0)
    network = recurrent_classifier(4, 9)
    weighted = Experiment("weighted", Arrays(own.X, own.Y, np.arange(8)), network, Regime(3, 2))
    unweighted = weighted.but(problem=Arrays(own.X, own.Y))
    of_lab = trainer.member(unweighted, 0)

    assert 1 == len(on_windows.cold_start("A"))
    assert of_lab.losses.tolist() != trainer.member(weighted, 0).losses.tolist()
    np.testing.assert_allclose(trainer.member(own.mine(own.plainly), 0).losses, of_lab.losses, rtol=1e-5)


@pytest.mark.parametrize(
    ("outputs", "targets"),
    [
        ([[0.2, 0.8], [0.6, 0.4], [0.1, 0.9]], [[0, 1], [0, 1], [0, 1]]),
        ([[0.2, 0.8], [0.6, 0.4], [0.1, 0.9]], [1, 1, 1]),
        ([[0.2, 0.8], [0.6, 0.4], [0.1, 0.9]], [[1], [1], [1]]),
        ([[0.8], [0.4], [0.9]], [[1], [1], [1]]),
        ([[0.8], [0.4], [0.9]], [1, 1, 1]),
    ],
    ids=["one-hot", "class numbers", "class numbers in a column", "yes or no", "yes or no, flat"],
)
def test_accuracy_follows_the_shape_of_the_targets(outputs, targets) -> None:
    """As Keras's "accuracy" does: two of three are right."""
    assert pytest.approx(2 / 3) == class_accuracy(np.array([outputs]), np.array([targets], float))[0]


def test_accuracy_of_no_classes_is_refused() -> None:
    """A regression has outputs and losses, and no share that is right."""
    with pytest.raises(ValueError, match=r"accuracy: got targets from 0.5 to 2.0 for 1 outputs, wanted classes"):
        class_accuracy(np.zeros((1, 2, 1)), np.array([[[0.5], [2.0]]]))


@pytest.mark.parametrize(
    ("build", "changes", "line"),
    [
        (own.nothing, {}, "builder nothing: got NoneType None, wanted that it returns a Keras model"),
        (own.compiled, {}, "builder compiled: got a compiled model, wanted one that is not"),
        (own.failing, {}, "builder failing: RuntimeError: no such layer in this lab"),
        (own.unseeded, {}, "builder unseeded: got other initial weights when called again with the same seed"),
        (own.always_the_same, {}, "builder always_the_same: got the same model when called again"),
        (own.two_inputs, {}, "builder two_inputs: got a model of 2 inputs and 1 outputs, wanted one of each"),
        (
            own.one_row,
            {},
            "builder one_row: got a model of 1 rows, wanted 2; give the function an argument `batch_size`",
        ),
        (own.long, {}, r"builder long: got a model of samples of shape \(12, 2\), wanted \(1, 1\)"),
        (own.plainly, {"y": own.CLASSES}, r"got outputs of shape \(2, 9\) for targets of shape \(2,\)"),
        (own.plainly, {"loss": "no_such"}, "loss: got 'no_such', wanted the name of a Keras loss"),
        (own.plainly, {"optimizer": "NoSuch"}, "optimizer: got 'NoSuch', wanted the name of a Keras optimizer"),
        (own.plainly, {"optimizer": own.nothing}, "optimizer nothing: got None, wanted a new Keras optimizer"),
        (own.plainly, {"optimizer": own.averaging}, "got an optimizer with use_ema"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_cannot_be_trained_is_one_line(build, changes, line) -> None:
    """What, got, wanted."""
    with pytest.raises(NetworkError, match=line) as raised:
        seed_block(own.mine(build, **changes), 0)

    assert 1 == len(str(raised.value).splitlines())


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ({"x": own.X, "y": own.Y}, "own model: got 'no epochs', wanted epochs"),
        ({"x": own.X, "y": own.Y, "epochs": 1, "epoch": 2}, "own model: got 'epoch', wanted epochs"),
        ({"epochs": 1}, "data: got none, wanted one of x and y, draw, or problem"),
        ({"x": own.X, "y": own.Y, "draw": own.echo, "epochs": 1}, "data: got x and y and draw, wanted one of"),
        ({"x": own.X, "y": own.Y, "epochs": 1, "settings": {"batch_size": 1}}, "settings: got batch_size"),
        ({"x": own.X, "y": own.Y, "epochs": 1, "settings": {"units": object()}}, "experiment: got <object"),
        ({"x": own.X, "y": own.Y, "epochs": 1, "settings": {"units": np.zeros(2)}}, "settings: got unhashable type"),
        ({"x": own.X, "y": own.Y, "epochs": 1, "build": None, "network": own.plainly}, "got 'network', wanted build="),
    ],
    ids=["no epochs", "unknown", "no data", "twice data", "batch size", "no value", "array", "network"],
)
def test_arguments_are_held_to_what_there_is(arguments, line) -> None:
    """What, got, wanted."""
    with pytest.raises(ExperimentError, match=line):
        experiment_of(**{"build": own.plainly, **arguments})


def test_an_own_experiment_is_a_value() -> None:
    """Equal, hashed, sent and changed like those of the lab."""
    experiment = own.mine(own.plainly, settings={"units": 3})
    longer = experiment.but(epochs=9)

    assert experiment == own.mine(own.plainly, settings=[("units", 3)]) == pickle.loads(pickle.dumps(experiment))
    assert 1 == len({experiment, own.mine(own.plainly, settings={"units": 3})})
    assert experiment.trajectory() == longer.trajectory()
    assert "plainly, units 3, epochs 9" == longer.name
    assert experiment != experiment.but(network=dataclasses.replace(experiment.network, settings={"units": 4}))


def test_lists_are_data_and_settings_and_any_case_is_an_optimizer() -> None:
    """They are the same experiment as arrays, tuples and the name as Keras spells it."""
    given = own.mine(own.plainly, settings={"units": [[1, 2], [3]]}, optimizer="lamb")
    lists = experiment_of(own.plainly, own.X.tolist(), own.Y.tolist(), epochs=3, batch_size=2, optimizer="RMSPROP")

    assert own.mine(own.plainly, settings={"units": ((1, 2), (3,))}, optimizer="Lamb") == given
    assert own.mine(own.plainly, optimizer="RMSprop") == lists


def test_how_it_is_trained_is_the_same_whatever_was_asked_before() -> None:
    """The reason names no number that Keras has counted in this process."""
    reasons = {eligibility_of(own.mine(own.dropout, x=own.X * scale)).reason for scale in (1, 2)}

    assert 1 == len(reasons)
