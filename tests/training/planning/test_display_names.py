"""What experiments are called where people read it: by their values, never by the word "other"."""

from dataclasses import dataclass

import numpy as np
import pytest

from lstm_lab import Constant, Experiment, Letters, Network, Regime, Windows, layer, recurrent_classifier
from lstm_lab.training.planning.display_names import LONGEST, display_name
from lstm_lab.training.planning.jobs import plan_jobs

MODEL = Experiment("variable_length", Windows(length=3), recurrent_classifier(32), Regime(epochs=500))
DENSE = Network((layer("Flatten"), layer("Dense", 8, activation="relu"), layer("Dense", 26, activation="softmax")))


@dataclass(frozen=True)
class BackAndForth:
    """Every second epoch backwards."""

    def orders(self, samples, seed, epochs):
        """(epochs, samples)."""
        return np.array([np.arange(samples)[:: 1 - 2 * (epoch % 2)] for epoch in range(epochs)])


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "variable length, 500 epochs"),
        ({"epochs": 1}, "variable length, 1 epoch"),
        ({"network": recurrent_classifier(64), "epochs": 1000}, "variable length, 64 units, 1000 epochs"),
        ({"network": recurrent_classifier(8, depth=2)}, "variable length, 2 layers of 8 units, 500 epochs"),
        ({"network": recurrent_classifier(8, stateful=True)}, "variable length, stateful, 8 units, 500 epochs"),
        ({"network": Network((layer("GRU", 4), layer("Dense", 26)))}, "variable length, GRU of 4 units, 500 epochs"),
        ({"network": DENSE}, "variable length, no recurrent layer, 8 and 26 units, 500 epochs"),
        (
            {"loss": "mean_squared_error", "optimizer": "SGD"},
            "variable length, mean squared error, SGD, 500 epochs",
        ),
        (
            {"problem": Letters(copies=3, coding="one_hot")},
            "variable length, on letters (coding one hot, copies 3), 500 epochs",
        ),
        ({"problem": Constant(Windows(2))}, "variable length, on constant (windows (length 2)), 500 epochs"),
        ({"batch_size": 23, "shuffle": "never"}, "variable length, batches of 23, in order, 500 epochs"),
        ({"shuffle": "once", "reset": "never"}, "variable length, shuffled once, never reset, 500 epochs"),
        ({"reset": 1}, "variable length, reset every 1 batch, 500 epochs"),
        (
            {"shuffle": BackAndForth(), "reset": 3},
            "variable length, in the order of back and forth, reset every 3 batches, 500 epochs",
        ),
        ({"name": "a name_of its own"}, "a name of its own, 500 epochs"),
    ],
)
def test_what_was_changed_is_told_by_its_value(changes, told):
    """Units, layers, data, order and resets in words; the epochs last, always."""
    assert told == display_name(MODEL.but(**changes))


def test_a_long_chain_of_changes_tells_the_last_ones():
    """Whatever it was derived from: each value is told once, as it is now."""
    derived = MODEL.but(epochs=7, network=recurrent_classifier(4)).but(epochs=9).but(network=recurrent_classifier(5))

    assert "variable_length, epochs 7, other network, epochs 9, other network" == derived.name
    assert "variable length, 5 units, 9 epochs" == display_name(derived)


def test_what_a_name_says_is_not_said_again():
    """Names that people gave are kept, and say more than a value does."""
    named = MODEL.but(network=recurrent_classifier(64), epochs=100, name="words, 64 units, epochs 100")
    kept = Experiment("stateful_words", MODEL.problem, recurrent_classifier(2, stateful=True), MODEL.regime)

    assert "words, 64 units, 100 epochs" == display_name(named)
    assert "stateful words, 3 units, 500 epochs" == display_name(
        kept.but(network=recurrent_classifier(3, stateful=True))
    )


def test_long_words_are_cut():
    """A problem of many settings does not fill the line."""
    problem = Letters(coding="symmetric", copies=12, framing="features", first=3, symbols="ABCDEFGHIJKLM")
    words = display_name(MODEL.but(problem=problem)).removeprefix("variable length, on ").removesuffix(", 500 epochs")

    assert "letters (coding symmetric, copies 12, framing features, f..." == words
    assert LONGEST == len(words)


def test_jobs_have_that_name():
    """Where they are told: as they are trained, and where a plan is told."""
    (job,) = plan_jobs([(MODEL.but(network=recurrent_classifier(4)), 0)])

    assert "variable length, 4 units, 500 epochs" == job.display_name
