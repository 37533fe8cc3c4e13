"""Networks as values: which optimizers are admitted, initial weights, states."""

import dataclasses

import keras
import numpy as np
import pytest
from own_draws import Waves

from lstm_lab import Layer, Network, layer, optimizer, recurrent_classifier
from lstm_lab.training.errors import NetworkError
from lstm_lab.training.experiment import network
from lstm_lab.training.experiment.keras_names import names_in
from lstm_lab.training.experiment.network import ELEMENT_WISE, initial_weights, initialised
from lstm_lab.training.experiment.network_check import check_network

RANDOM = np.random.default_rng(0)
WEIGHTS = RANDOM.normal(size=(2, 4, 3)).astype(np.float32)  # of two members
GRADIENTS = RANDOM.normal(size=(5, 2, 4, 3)).astype(np.float32)  # of five updates


def updated(build: keras.optimizers.Optimizer, weights: np.ndarray, gradients: np.ndarray) -> np.ndarray:
    """Weights after one update per gradient."""
    variable = keras.Variable(weights)
    build.build([variable])
    for gradient in gradients:
        build.apply([keras.ops.convert_to_tensor(gradient)], [variable])
    return variable.numpy()


def poisoned(gradients: np.ndarray) -> np.ndarray:
    """The same gradients, the third one of the second member a thousandfold."""
    changed = gradients.copy()
    changed[2, 1] *= 1000
    return changed


@pytest.mark.parametrize("kind", ELEMENT_WISE)
def test_admitted_optimizers_update_a_stack_like_each_member(kind) -> None:
    """One update of the stacked weights is the update of every member alone."""
    stacked = updated(optimizer(kind).build(), WEIGHTS, GRADIENTS)
    alone = [updated(optimizer(kind).build(), WEIGHTS[member], GRADIENTS[:, member]) for member in (0, 1)]

    np.testing.assert_allclose(stacked, alone, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("kind", ELEMENT_WISE)
def test_admitted_optimizers_keep_members_apart(kind) -> None:
    """A thousandfold gradient of one member does not move the other by a single bit."""
    clean = updated(optimizer(kind).build(), WEIGHTS, GRADIENTS)
    other = updated(optimizer(kind).build(), WEIGHTS, poisoned(GRADIENTS))

    assert clean[0].tobytes() == other[0].tobytes()


@pytest.mark.parametrize("kind", ["Lamb", "Adafactor"])
def test_refused_optimizers_do_couple_members(kind) -> None:
    """The refusal has a reason: over a stack, these move one member by the gradient of another."""
    build = getattr(keras.optimizers, kind)
    clean, other = updated(build(), WEIGHTS, GRADIENTS), updated(build(), WEIGHTS, poisoned(GRADIENTS))

    assert clean[0].tobytes() != other[0].tobytes()


@pytest.mark.parametrize("kind", ["Lamb", "Adafactor", "Muon"])
def test_optimizers_that_couple_seeds_are_refused(kind) -> None:
    """One line names the optimizer, why it is refused, and those that would do."""
    with pytest.raises(NetworkError) as error:
        optimizer(kind)

    assert (
        f"optimizer: got {kind}, which couples the seeds of an ensemble; wanted an element-wise one: "
        "SGD, Adam, AdamW, Adamax, RMSprop, Nadam, Adagrad, Adadelta, Lion"
    ) == str(error.value)


@pytest.mark.parametrize(
    ("kind", "near"),
    [("RMSProp", ", perhaps RMSprop"), ("adam", ", perhaps Adam"), ("Adams", ", perhaps Adam"), ("Nonsense", "")],
)
def test_a_misspelt_optimizer_is_one_line(kind, near) -> None:
    """It is not said to couple seeds; the name that was meant is told where one is near."""
    with pytest.raises(NetworkError) as error:
        optimizer(kind)

    assert (
        f"optimizer: got {kind}, wanted one of SGD, Adam, AdamW, Adamax, RMSprop, Nadam, Adagrad, Adadelta, Lion{near}"
    ) == str(error.value)


def test_a_network_is_made_of_what_says_the_same() -> None:
    """Layers in a list, one alone, an optimizer by its name in any case, settings that are lists or NumPy's numbers."""
    dense = layer("Dense", np.int64(4))

    assert Network((dense,)) == Network([dense]) == Network(dense)
    assert Network((dense,), optimizer=optimizer("RMSprop")) == Network((dense,), optimizer="rmsPROP")
    assert layer("Reshape", target_shape=(2, (3,))) == layer("Reshape", target_shape=[2, [3]])
    assert 1 == len({Network([dense, layer("Reshape", target_shape=[2, 2])])} | {Network([dense, layers(2, 2)])})
    assert layer("Dense", 4) == dense


def layers(*shape: int) -> Layer:
    """A layer of another shape."""
    return layer("Reshape", target_shape=shape)


@pytest.mark.parametrize(
    ("make", "line"),
    [
        (lambda: Network([keras.layers.Dense(3, name="top")]), "layers: got <Dense name=top, built=False>, wanted lay"),
        (lambda: Network("LSTM"), 'layers: got LSTM, wanted layer(...) one after the other, as layer("LSTM", 32)'),
        (lambda: Network([]), "layers: got none, wanted layer(...) one after the other"),
        (
            lambda: Network([layer("Dense", 3)], loss=max),
            "loss: got builtin_function_or_method max, wanted the ",
        ),
        (lambda: Network([layer("Dense", 3)], optimizer=keras.optimizers.Adam), "optimizer: got type Adam, wanted opt"),
        (lambda: Network([layer("Dense", 3)], optimizer="lamb"), "optimizer: got lamb, wanted one of SGD, Adam, "),
        (lambda: Network([layer("Dense", 3)], optimizer="Lamb"), "optimizer: got Lamb, which couples the seeds of an"),
        (
            lambda: layer("Dense", 3, activation=max),
            "layer Dense: got activation=builtin_function_or_method max, w",
        ),
        (lambda: layer("Dense", 3, kernel_initializer={"a": 1}), "layer Dense: got kernel_initializer={'a': 1}, wante"),
        (lambda: layer("Dense", 3, weights=[np.zeros((2, 2))]), "layer Dense: got weights=[[0. 0.] [0. 0.]], wanted a"),
        (lambda: layer(keras.layers.Dense, 3), "layer: got type Dense, wanted the name of a class in keras.layers"),
        (
            lambda: optimizer("SGD", learning_rate=max),
            "optimizer SGD: got learning_rate=builtin_function_or_method ",
        ),
    ],
)
def test_what_is_no_network_is_one_line(make, line) -> None:
    """At once, not when it is trained."""
    with pytest.raises(NetworkError) as error:
        make()

    assert str(error.value).startswith(line)
    assert 1 == len(str(error.value).splitlines())


@pytest.mark.parametrize(
    ("network", "line"),
    [
        (
            Network([layer("LTSM", 2), layer("Dense", 3)]),
            "layer: got 'LTSM', wanted the name of a class in ",
        ),
        (Network([layer("dense", 3)]), "layer: got 'dense', wanted the name of a class in keras.layers, perhaps Dense"),
        (Network([layer("Bidirectional", layer=layer("Gru", 2))]), "layer: got 'Gru', wanted the name of a class in "),
        (Network([layer("Dense", 3)], loss="mean_squared_eror"), "loss: got 'mean_squared_eror', wanted the name of "),
        (Network([layer("Dense", 4)]), "network: got 4 outputs for targets of shape (8, 3), wanted 3 outputs for the "),
    ],
)
def test_what_keras_cannot_build_is_known_without_it(network, line) -> None:
    """From the names in Keras's files and the units of the last layer; told with the name that was meant."""
    with pytest.raises(NetworkError) as error:
        check_network(network, (8, 3))

    assert str(error.value).startswith(line)
    assert 1 == len(str(error.value).splitlines())


@pytest.mark.parametrize(
    ("network", "targets"),
    [
        (recurrent_classifier(2, 3), (8, 3)),
        (Network([layer("LSTM", 2), layer("Dense", 5)], loss="sparse_categorical_crossentropy"), (8, 1)),
        (Network([layer("LSTM", 2, return_sequences=True), layer("Dense", 1)], loss="mean_squared_error"), (8, 6)),
        (Network([layer("LSTM", 2), layer("Dense", 6), layer("Reshape", target_shape=[2, 3])]), (8, 2, 3)),
    ],
)
def test_what_keras_can_build_is_let_through(network, targets) -> None:
    """Class numbers, one number for each time step, outputs of another form."""
    check_network(network, targets)


def test_the_names_of_keras_are_read_as_they_are() -> None:
    """As Keras itself has them; of a package that is not there nothing is known."""
    for package in ("layers", "losses", "optimizers"):
        assert {name for name in dir(getattr(keras, package)) if name[0].isupper()} <= names_in(package)
        assert all(hasattr(getattr(keras, package), name) for name in names_in(package))
    assert frozenset() == names_in("no_such_package")


@pytest.mark.parametrize("setting", ["clipnorm", "global_clipnorm"])
def test_clipping_by_norm_is_refused(setting) -> None:
    """A norm is taken over all seeds at once, so it couples them with any optimizer."""
    with pytest.raises(NetworkError) as error:
        optimizer("Adam", **{setting: 1.0})

    assert f"optimizer Adam: got {setting}, a norm over all seeds of an ensemble; wanted clipvalue or none" == str(
        error.value
    )


@pytest.mark.parametrize("settings", [{"use_ema": True}, {"loss_scale_factor": 8.0}], ids=["average", "loss scale"])
def test_what_fit_does_around_the_optimizer_is_refused(settings) -> None:
    """The compiled loop knows the optimizer's own update alone; what `fit` adds would silently be left out."""
    with pytest.raises(NetworkError, match=rf"optimizer Adam: got {next(iter(settings))}, .* wanted none"):
        optimizer("Adam", **settings)


def test_clipping_by_value_is_admitted() -> None:
    """A bound on each number couples nothing."""
    assert 0.5 == optimizer("SGD", clipvalue=0.5).build().clipvalue


def test_optimizers_have_the_defaults_of_keras() -> None:
    """What is not set is as Keras sets it."""
    assert keras.optimizers.Adam(name="adam").get_config() == optimizer("Adam", name="adam").build().get_config()


def test_a_stateful_network_needs_a_batch_size() -> None:
    """States are kept per row, so the number of rows must be told."""
    with pytest.raises(NetworkError) as error:
        recurrent_classifier(2, stateful=True).build((1, 1))

    assert "stateful network: got no batch size, wanted the number of rows whose states are kept" == str(error.value)


@pytest.mark.parametrize(
    ("network", "layers"),
    [
        (recurrent_classifier(3, 5), [("LSTM", 3, False, False), ("Dense", 5)]),
        (recurrent_classifier(3, 5, kind="GRU", stateful=True), [("GRU", 3, True, False), ("Dense", 5)]),
        (recurrent_classifier(3, 5, depth=2), [("LSTM", 3, False, True), ("LSTM", 3, False, False), ("Dense", 5)]),
    ],
    ids=["stateless", "stateful", "two layers"],
)
def test_classifiers_are_real_keras_layers(network, layers) -> None:
    """The model consists of the layers named, and hands a whole sequence on to another recurrent layer."""
    model = network.build((4, 2), 1)
    recurrent = [(type(part).__name__, part.units, part.stateful, part.return_sequences) for part in model.layers[:-1]]

    assert layers == [*recurrent, (type(model.layers[-1]).__name__, model.layers[-1].units)]
    assert "softmax" == model.layers[-1].activation.__name__
    assert (1, 5) == model.output_shape


def test_layers_inside_layers() -> None:
    """A layer may be a setting of another."""
    model = Network((layer("Bidirectional", layer=layer("LSTM", 2)), layer("Dense", 3))).build((4, 1))

    assert "LSTM" == type(model.layers[0].forward_layer).__name__


def test_initial_weights_depend_on_the_seed_only() -> None:
    """However the model is built, one seed gives one set of initial weights."""
    network = recurrent_classifier(4)
    keras.utils.set_random_seed(5)
    built = network.build((3, 1), batch_size=1)
    plain = initialised(network, 5, (3, 1), None)

    assert [v.numpy().tobytes() for v in plain.weights] == [v.numpy().tobytes() for v in built.weights]


def test_statefulness_leaves_initial_weights_alone() -> None:
    """A stateful model starts from the weights of its stateless twin."""
    stateless = initial_weights(recurrent_classifier(4), (5,), (1, 1), 1)
    stateful = initial_weights(recurrent_classifier(4, stateful=True), (5,), (1, 1), 1)

    assert [array.tobytes() for array in stateless] == [array.tobytes() for array in stateful]


def test_initial_weights_are_stacked_by_seed() -> None:
    """The first axis holds the seeds; each is Keras's own model of that seed, and no two are alike."""
    network = recurrent_classifier(4)
    stacked = initial_weights(network, (3, 8), (1, 1), 1)
    alone = [variable.numpy() for variable in initialised(network, 8, (1, 1), 1).trainable_variables]

    assert [(2, *array.shape) for array in alone] == [array.shape for array in stacked]
    assert [array.tobytes() for array in alone] == [array[1].tobytes() for array in stacked]
    assert stacked[0][0].tobytes() != stacked[0][1].tobytes()


def test_states_are_kept_and_reset() -> None:
    """A stateful model holds two states per LSTM, which calling it fills and a reset zeroes."""
    model = recurrent_classifier(4, stateful=True, depth=2).build((1, 1), 1)
    kept = network.state_variables(model)
    model(np.ones((1, 1, 1), np.float32))
    filled = [bool(state.numpy().any()) for state in kept]
    network.reset_states(model)

    assert [(1, 4)] * 4 == [tuple(state.shape) for state in kept]
    assert [True] * 4 == filled
    assert [False] * 4 == [bool(state.numpy().any()) for state in kept]


def test_a_stateless_model_keeps_nothing() -> None:
    """There is nothing to carry and nothing to reset."""
    model = recurrent_classifier(4).build((1, 1), 1)
    network.reset_states(model)

    assert [] == network.state_variables(model)


def test_initial_weights_of_ones_own_are_taken_and_checked() -> None:
    """As they are, where they have the shapes of the network's."""
    own = Waves(((1, 16), (4, 16), (16,), (4, 26), (26,)))
    taken = initial_weights(dataclasses.replace(recurrent_classifier(4), initial=own), (5,), (1, 1), 1)
    assert all(np.allclose(one[0], given) for one, given in zip(taken, own.weights(5), strict=True))

    with pytest.raises(
        NetworkError, match=r"^initial: got weights of shapes \[\(1, 16\)\], wanted \[\(1, 16\), \(4, 16\)"
    ):
        initial_weights(dataclasses.replace(recurrent_classifier(4), initial=Waves(((1, 16),))), (5,), (1, 1), 1)
    with pytest.raises(NetworkError, match=r"^initial: got 0.5, wanted a frozen dataclass with weights"):
        Network(recurrent_classifier(4).layers, initial=0.5)
