"""The compiled loop held to plain `model.fit`, seed by seed, on trained weights of the article's models."""

import dataclasses

import keras
import numpy as np
import pytest
from own_draws import Backward, Waves

from fixtures import experiments
from lstm_lab import Network, Subsequences, layer, optimizer, recurrent_classifier
from lstm_lab.training.compiled.loop import train
from lstm_lab.training.errors import NetworkError
from lstm_lab.training.experiment.network import initial_weights
from lstm_lab.training.plain_keras.reference import fit

SEEDS = (0, 1, 2)
WITHIN = 1e-5
MOVED = 1e-3
RECURRENT_KERNEL = 1  # position among the weights of a network with one recurrent layer

# The article's models, trained long enough for every weight matrix to move.
SHORTENED = {
    "naive one char": experiments.NAIVE_ONE_CHAR.but(epochs=6),
    "three char features": experiments.THREE_CHAR_FEATURES.but(epochs=6),
    "three char time steps": experiments.THREE_CHAR_TIME_STEPS.but(epochs=6),
    "within batch": experiments.WITHIN_BATCH.but(epochs=15),
    "stateful one char": experiments.STATEFUL_ONE_CHAR.but(epochs=6),
    "stateful one char, 50 units": experiments.STATEFUL_ONE_CHAR_50.but(epochs=6),
    "variable length": experiments.VARIABLE_LENGTH.but(epochs=2, problem=Subsequences(count=75)),
}

# What the article does not do: momentum, several rows whose states are kept, no resets, a replayed order, a GRU.
NON_TRAINABLE = {
    "stateful, five rows, never reset": experiments.STATEFUL_ONE_CHAR.but(epochs=8, batch_size=5, reset="never"),
    "GRU, SGD with momentum, one order": experiments.THREE_CHAR_TIME_STEPS.but(
        epochs=4,
        shuffle="once",
        network=Network(
            (layer("GRU", 4), layer("Dense", 26, activation="softmax")),
            optimizer=optimizer("SGD", learning_rate=0.05, momentum=0.9),
        ),
    ),
}

# The defaults of other years, and draws of one's own.
DRAWN_OTHERWISE = {
    "naive one char, 2016": SHORTENED["naive one char"].in_edition("2016"),
    "stateful one char, 2016": SHORTENED["stateful one char"].in_edition("2016"),
    "three char time steps, 2017": SHORTENED["three char time steps"].in_edition("2017"),
    "own orders and initial weights": SHORTENED["three char time steps"].but(
        shuffle=Backward(),
        network=dataclasses.replace(
            recurrent_classifier(4), initial=Waves(((1, 16), (4, 16), (16,), (4, 26), (26,))), edition="2016"
        ),
    ),
}


class Losses(keras.callbacks.Callback):
    """The mean loss of every epoch, as `fit` tells it."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[float] = []

    def on_epoch_end(self, epoch, logs=None) -> None:
        """Keep it."""
        self.told.append(logs["loss"])


def farthest(one: list[np.ndarray], other: list[np.ndarray]) -> list[float]:
    """The largest difference within each array."""
    return [float(np.abs(a - b).max()) for a, b in zip(one, other, strict=True)]


FORMS = {**SHORTENED, **NON_TRAINABLE, **DRAWN_OTHERWISE}


@pytest.mark.parametrize("experiment", FORMS.values(), ids=FORMS)
def test_the_compiled_loop_trains_as_fit_does(experiment, snapshots) -> None:
    """Each seed's trained weights and losses are those of `model.fit`, and its weights have moved."""
    trained = snapshots(experiment, SEEDS)[-1]
    x = experiment.problem.samples(0).x
    before = initial_weights(experiment.network, SEEDS, x.shape[1:], experiment.regime.batch_size)

    # Before the first and only step of a stateless network there is nothing to recur on.
    idle = {RECURRENT_KERNEL} if x.shape[1] == 1 and not experiment.network.stateful else set()
    assert idle == {i for i, distance in enumerate(farthest(trained.weights, before)) if distance < MOVED}
    for member, seed in enumerate(SEEDS):
        losses = Losses()
        model = fit(experiment, seed, callbacks=[losses])
        reference = [variable.numpy() for variable in model.trainable_variables]

        assert all(distance < WITHIN for distance in farthest(reference, [w[member] for w in trained.weights]))
        np.testing.assert_allclose(losses.told, trained.losses[member], rtol=1e-4)


@pytest.mark.parametrize("experiment", [*SHORTENED.values()], ids=SHORTENED)
def test_seeds_are_trained_apart(experiment, snapshots) -> None:
    """No two members end with the same weights."""
    trained = snapshots(experiment, SEEDS)[-1]

    assert len(SEEDS) == len({trained.weights[0][member].tobytes() for member in range(len(SEEDS))})


def test_every_member_is_trained_on_its_own_samples(snapshots) -> None:
    """Samples that differ by seed reach their own member: exchanging those of two changes these two only."""
    experiment = SHORTENED["variable length"]
    own = [experiment.problem.samples(seed) for seed in SEEDS]
    right = snapshots(experiment, SEEDS)[-1].weights[0]
    exchanged = snapshots(experiment, SEEDS, samples=[own[0], own[2], own[1]])[-1].weights[0]

    assert [True, False, False] == [right[m].tobytes() == exchanged[m].tobytes() for m in range(len(SEEDS))]


def test_no_epochs_leave_the_initial_weights(snapshots) -> None:
    """An untrained ensemble is Keras's own initialisation."""
    experiment = SHORTENED["naive one char"].untrained
    untrained = snapshots(experiment, SEEDS)[-1]

    assert (0, (3, 0)) == (untrained.epoch, untrained.losses.shape)
    assert [array.tobytes() for array in initial_weights(experiment.network, SEEDS, (1, 1), 1)] == [
        array.tobytes() for array in untrained.weights
    ]


def test_progress_is_told() -> None:
    """While it trains, the loop says which epoch it has reached; at the end, the last."""
    experiment = SHORTENED["naive one char"].but(epochs=400)  # more updates than one call of the program does
    told: list[int] = []
    samples = [experiment.problem.samples(seed) for seed in SEEDS]
    list(train(experiment.network, experiment.regime, samples, SEEDS, [400], progress=told.append))

    assert sorted(told) == told
    assert 400 == told[-1]
    assert len(told) > 1


@pytest.mark.parametrize(
    ("layers", "line"),
    [
        (
            (layer("LSTM", 2, dropout=0.5), layer("Dense", 26)),
            "which an ensemble would forget; wanted layers that remember recurrent states only "
            "(no dropout, noise or batch normalisation)",
        ),
        (
            (layer("LSTM", 2), layer("BatchNormalization"), layer("Dense", 26)),
            "which an ensemble would forget; wanted layers that remember recurrent states only "
            "(no dropout, noise or batch normalisation)",
        ),
        (
            (layer("LSTM", 2, kernel_regularizer="l2"), layer("Dense", 26)),
            "which an ensemble would leave out; wanted none",
        ),
        (
            (layer("LSTM", 2, kernel_constraint="max_norm"), layer("Dense", 26)),
            "which an ensemble would leave out; wanted none",
        ),
    ],
    ids=["dropout", "batch normalisation", "regularizer", "constraint"],
)
def test_what_the_loop_cannot_do_is_refused(layers, line, snapshots) -> None:
    """A layer that `fit` would treat otherwise is one clear line, never a silently different training."""
    experiment = experiments.NAIVE_ONE_CHAR.but(epochs=1, network=Network(layers))

    with pytest.raises(NetworkError) as error:
        snapshots(experiment)

    assert str(error.value).startswith("network: got a ")
    assert str(error.value).endswith(line)
    assert "\n" not in str(error.value)


def test_classifiers_of_several_layers_are_trained(snapshots) -> None:
    """Depth is nothing special: two stateful layers follow `fit` as well."""
    experiment = SHORTENED["stateful one char"].but(network=recurrent_classifier(3, stateful=True, depth=2))
    trained = snapshots(experiment, SEEDS)[-1]
    reference = [variable.numpy() for variable in fit(experiment, 1).trainable_variables]

    assert all(distance < WITHIN for distance in farthest(reference, [w[1] for w in trained.weights]))
