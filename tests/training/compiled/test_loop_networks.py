"""Every kind of network that the loop trains, against plain Keras on trained weights: short, long, stateful, masked."""

from dataclasses import dataclass

import numpy as np
import pytest

from lstm_lab import Experiment, Layer, Network, Optimizer, Regime, Samples, layer, optimizer
from lstm_lab.training.compiled.loop import train
from lstm_lab.training.plain_keras import reference
from lstm_lab.training.problems.problem import Problem

SEEDS = (0, 1)
WITHIN = 1e-5
CLASSES = 6
SHORT, LONGER = 2, 12

SOFTMAX = layer("Dense", CLASSES, activation="softmax")


@dataclass(frozen=True)
class Noise:
    """Ten random samples: inputs of one shape, targets that are classes, or numbers where `numbers` is true."""

    inputs: tuple[int, ...]
    targets: tuple[int, ...] = (CLASSES,)
    numbers: bool = False
    weight: tuple[int, ...] | None = None
    ragged: bool = False
    masked: bool = False
    varies = True
    symbols = ""

    def samples(self, seed: int) -> Samples:
        """Drawn anew for every seed."""
        random = np.random.default_rng(seed)
        x = random.random((10, *self.inputs), dtype=np.float32)
        if self.masked:
            x[random.random((10, self.inputs[0])) < 0.4] = -1
        y = random.random((10, *self.targets), dtype=np.float32)
        if not self.numbers:
            y = np.eye(CLASSES, dtype=np.float32)[y.argmax(-1)]
        weight = None if self.weight is None else random.random((10, *self.weight), dtype=np.float32)
        return Samples(x, y, weight, random.integers(1, self.inputs[0] + 1, 10) if self.ragged else None)

    def encode(self, text: str) -> np.ndarray:
        """There are no letters."""
        raise NotImplementedError


def recurrent(kind: str = "LSTM", units: int = 5, **settings: object) -> Layer:
    """A small recurrent layer."""
    return layer(kind, units, **settings)


def experiment(
    problem: Problem, *layers: Layer, loss: str = "categorical_crossentropy", **regime: object
) -> Experiment:
    """A short training."""
    return Experiment("noise", problem, Network(layers, loss), Regime(epochs=3, **regime))


def of_length(steps: int) -> dict[str, Experiment]:
    """Networks over sequences of so many time steps."""
    one, every = Noise((steps, 2)), Noise((steps, 2), (steps, CLASSES))
    sequences = {"return_sequences": True}
    return {
        "GRU": experiment(one, recurrent("GRU"), SOFTMAX),
        "SimpleRNN": experiment(one, recurrent("SimpleRNN"), SOFTMAX),
        "stacked": experiment(one, recurrent(**sequences), layer("Dense", 3), recurrent("GRU"), SOFTMAX),
        "encoder and decoder": experiment(
            Noise((steps, 2), (3, CLASSES)), recurrent(), layer("RepeatVector", n=3), recurrent(**sequences), SOFTMAX
        ),
        "every step answers": experiment(
            every, recurrent(**sequences), layer("TimeDistributed", layer=SOFTMAX), batch_size=5
        ),
        "a number at every step": experiment(
            Noise((steps, 1), (steps, 1), numbers=True),
            recurrent(**sequences),
            layer("Dense", 1),
            loss="mean_squared_error",
            batch_size=5,
        ),
        "stateful in chunks": experiment(one, recurrent(stateful=True), SOFTMAX, shuffle="never", reset=2),
        "stateful, two layers and rows": experiment(
            one, recurrent(stateful=True, **sequences), recurrent(stateful=True), SOFTMAX, batch_size=2, shuffle="never"
        ),
        "different lengths": experiment(Noise((steps, 2), ragged=True), recurrent(), SOFTMAX),
        "stateful, different lengths": experiment(
            Noise((steps, 2), ragged=True), recurrent(stateful=True), SOFTMAX, shuffle="never", reset=3
        ),
        "weighted samples": experiment(Noise((steps, 2), weight=()), recurrent(), SOFTMAX, batch_size=2),
        "weighted steps": experiment(
            Noise((steps, 2), (steps, CLASSES), weight=(steps,)), recurrent(**sequences), SOFTMAX, batch_size=5
        ),
        "masked": experiment(
            Noise((steps, 2), masked=True), layer("Masking", mask_value=-1.0), recurrent(), SOFTMAX, batch_size=5
        ),
    }


NETWORKS = {
    **{f"{name}, {SHORT} steps": one for name, one in of_length(SHORT).items()},
    **{f"{name}, {LONGER} steps": one for name, one in of_length(LONGER).items()},
    **{f"{name}, 30 steps": of_length(30)[name] for name in ("stacked", "stateful in chunks", "masked")},
    "LSTM, 40 steps": experiment(Noise((40, 2)), recurrent(), SOFTMAX),
    "perceptron": experiment(Noise((3,)), layer("Dense", 8, activation="tanh"), SOFTMAX),
    "several heads": experiment(
        Noise((4, 1), (3, CLASSES)),
        recurrent(),
        layer("Dense", 3 * CLASSES),
        layer("Reshape", target_shape=(3, CLASSES)),
        layer("Softmax"),
    ),
    "backward, 12 steps": experiment(Noise((LONGER, 2)), recurrent(go_backwards=True), SOFTMAX),
}


@pytest.mark.parametrize("tried", NETWORKS.values(), ids=NETWORKS)
def test_trained_weights_are_those_of_plain_keras(tried) -> None:
    """Each seed's trained weights are within 1e-5 of the reference's, and training moved them."""
    samples = [tried.problem.samples(seed) for seed in SEEDS]
    start, trained = train(tried.network, tried.regime, samples, SEEDS, [0, tried.regime.epochs])

    for index, seed in enumerate(SEEDS):
        expected = reference.fit(tried, seed).trainable_variables
        for variable, before, actual in zip(expected, start.weights, trained.weights, strict=True):
            np.testing.assert_allclose(variable.numpy(), actual[index], atol=WITHIN, rtol=0)
            # The recurrent weights of a network that sees one step and no state are the only ones that rest.
            assert np.abs(actual[index] - before[index]).max() > 1e-3


@pytest.mark.parametrize(
    "kind", ["SGD", "AdamW", "Adamax", "RMSprop", "Nadam", "Adagrad", "Adadelta", "Lion"], ids=str.lower
)
def test_every_admitted_optimizer_trains_as_in_plain_keras(kind) -> None:
    """Trained weights within 1e-5 of the reference's."""
    tried = experiment(Noise((2, 2)), recurrent(), SOFTMAX)
    tried = tried.but(network=Network(tried.network.layers, optimizer=optimizer(kind)))
    (trained,) = train(tried.network, tried.regime, [tried.problem.samples(s) for s in SEEDS], SEEDS, [3])

    for index, seed in enumerate(SEEDS):
        for variable, actual in zip(reference.fit(tried, seed).trainable_variables, trained.weights, strict=True):
            np.testing.assert_allclose(variable.numpy(), actual[index], atol=WITHIN, rtol=0)


def test_samples_of_different_lengths_come_one_at_a_time() -> None:
    """Rows of one batch must be equally long for plain Keras, so they must be for the loop."""
    tried = experiment(Noise((4, 2), ragged=True), recurrent(), SOFTMAX, batch_size=2)

    with pytest.raises(ValueError, match="batch_size: got 2 for samples of different lengths, wanted 1"):
        next(train(tried.network, tried.regime, [tried.problem.samples(0)], (0,), [1]))


def test_an_unknown_loss_is_refused() -> None:
    """One line names what, got and wanted."""
    with pytest.raises(ValueError, match="loss: got 'regret', wanted the name of a Keras loss"):
        Network((SOFTMAX,), "regret", Optimizer()).loss_function()
