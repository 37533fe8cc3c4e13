"""Experiments as values: the article's hyper-parameters, variants, fingerprints."""

import dataclasses
import os
import re
import subprocess
import sys
from typing import NamedTuple

import numpy as np
import pytest

from fixtures import experiments
from lstm_lab import Experiment, Regime, Subsequences, Windows, experiment_of, layer, optimizer, recurrent_classifier
from lstm_lab.training.errors import ExperimentError
from lstm_lab.training.identity.canonical import canonical_json, digest

BASE = experiments.NAIVE_ONE_CHAR


class Published(NamedTuple):
    """One row of the published listings."""

    inputs: tuple[int, ...]
    units: int
    stateful: bool
    epochs: int
    batch_size: int
    shuffle: str


PUBLISHED = {
    "NAIVE_ONE_CHAR": Published((25, 1, 1), 32, False, 500, 1, "each_epoch"),
    "THREE_CHAR_FEATURES": Published((23, 1, 3), 32, False, 500, 1, "each_epoch"),
    "THREE_CHAR_TIME_STEPS": Published((23, 3, 1), 32, False, 500, 1, "each_epoch"),
    "WITHIN_BATCH": Published((25, 1, 1), 16, False, 5000, 25, "never"),
    "STATEFUL_ONE_CHAR": Published((25, 1, 1), 16, True, 300, 1, "never"),
    "STATEFUL_ONE_CHAR_50": Published((25, 1, 1), 50, True, 300, 1, "never"),
    "VARIABLE_LENGTH": Published((1000, 5, 1), 32, False, 500, 1, "each_epoch"),
}

CHANGED = {
    "other problem": BASE.but(problem=Windows(length=1, first=2)),
    "other framing": BASE.but(problem=Windows(length=1, framing="features")),
    "other kind of problem": BASE.but(problem=Subsequences()),
    "other units": BASE.but(network=recurrent_classifier(33)),
    "other layer": BASE.but(network=recurrent_classifier(32, kind="GRU")),
    "other activation": BASE.but(network=dataclasses.replace(BASE.network, layers=(layer("Dense", 26),))),
    "other loss": BASE.but(network=dataclasses.replace(BASE.network, loss="mean_squared_error")),
    "other optimizer": BASE.but(network=dataclasses.replace(BASE.network, optimizer=optimizer("SGD"))),
    "other rate": BASE.but(network=dataclasses.replace(BASE.network, optimizer=optimizer("Adam", learning_rate=0.01))),
    "other epochs": BASE.but(epochs=501),
    "other batch size": BASE.but(batch_size=5),
    "replayed order": BASE.but(shuffle="once"),
    "kept order": BASE.but(shuffle="never"),
    "no resets": BASE.but(reset="never"),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_hyper_parameters_are_the_published_ones(name) -> None:
    """Shapes, units, epochs, batch size and order are those of the article's listing."""
    experiment: Experiment = getattr(experiments, name)
    recurrent, dense = experiment.network.layers
    regime = experiment.regime

    assert PUBLISHED[name] == Published(
        experiment.problem.samples(0).x.shape,
        recurrent.get("units"),
        experiment.network.stateful,
        regime.epochs,
        regime.batch_size,
        regime.shuffle,
    )
    assert ("LSTM", "each_epoch") == (recurrent.kind, regime.reset)
    assert layer("Dense", 26, activation="softmax") == dense
    assert ("categorical_crossentropy", optimizer("Adam")) == (experiment.network.loss, experiment.network.optimizer)
    assert name.lower() == experiment.name


@pytest.mark.parametrize("hash_seed", ["1", "2"], ids=["one hash seed", "another hash seed"])
def test_fingerprints_are_the_same_in_every_process(hash_seed) -> None:
    """A fingerprint depends on nothing of the process that computes it."""
    code = "from fixtures.experiments import VARIABLE_LENGTH; print(VARIABLE_LENGTH.fingerprint())"
    elsewhere = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()

    assert experiments.VARIABLE_LENGTH.fingerprint() == elsewhere


@pytest.mark.parametrize("changed", CHANGED.values(), ids=CHANGED)
def test_every_change_shows_in_the_fingerprint(changed) -> None:
    """An experiment with anything changed is another training."""
    assert BASE.fingerprint() != changed.fingerprint()


def test_changes_are_told_apart() -> None:
    """No two of many changed experiments have one fingerprint."""
    assert len(CHANGED) == len({changed.fingerprint() for changed in CHANGED.values()})


@pytest.mark.parametrize(
    "same", [BASE.but(name="other"), BASE.but(checkpoints=(100, 200))], ids=["other name", "checkpoints on the way"]
)
def test_what_does_not_change_the_weights_does_not_show(same) -> None:
    """Names and checkpoints leave the fingerprint as it is."""
    assert BASE.fingerprint() == same.fingerprint()


def test_longer_training_has_the_same_trajectory() -> None:
    """Experiments that differ only in their epochs are points of one training; others are not."""
    assert BASE.trajectory() == BASE.but(epochs=5000).trajectory()
    assert BASE.trajectory() != BASE.but(shuffle="never").trajectory()


def test_but_changes_only_what_it_is_told() -> None:
    """`but` gives a new experiment and leaves the old one as it was."""
    changed = BASE.but(epochs=7, batch_size=5)

    assert Experiment(changed.name, BASE.problem, BASE.network, Regime(epochs=7, batch_size=5)) == changed
    assert Regime(epochs=500) == BASE.regime


def test_but_names_what_changed() -> None:
    """The new name tells the change, unless a name is given."""
    assert "naive_one_char, epochs 7, shuffle never" == BASE.but(epochs=7, shuffle="never").name
    assert "naive_one_char, other problem" == BASE.but(problem=Subsequences()).name
    assert "short" == BASE.but(epochs=7, name="short").name


def test_but_refuses_unknown_keys() -> None:
    """A misspelt key is one line that lists the known ones."""
    with pytest.raises(ExperimentError) as error:
        BASE.but(epoch=7)

    assert (
        "naive_one_char.but(...): got 'epoch', wanted one of "
        "epochs, batch_size, shuffle, reset, checkpoints, problem, network, loss, optimizer, name"
    ) == str(error.value)


def test_untrained_stops_before_the_first_epoch() -> None:
    """The untrained models are those of no epochs."""
    assert (0,) == BASE.but(checkpoints=(100,)).untrained.regime.stops


@pytest.mark.parametrize(
    ("checkpoints", "stops"),
    [((), (500,)), ((300, 100), (100, 300, 500)), ((500, 600), (500,))],
    ids=["none", "on the way", "at the end and beyond"],
)
def test_stops_of_a_regime(checkpoints, stops) -> None:
    """A training is kept at its checkpoints in rising order and at its end, never beyond."""
    assert stops == Regime(epochs=500, checkpoints=checkpoints).stops


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"epochs": -1}, "epochs: got -1, wanted a whole number, 0 or more"),
        ({"epochs": 1, "batch_size": 0}, "batch_size: got 0, wanted a whole number, 1 or more"),
        (
            {"epochs": 1, "shuffle": "yes"},
            "shuffle: got 'yes', wanted 'each_epoch', 'once' or 'never', "
            "or a frozen dataclass with orders(samples, seed, epochs)",
        ),
        ({"epochs": 1, "reset": "always"}, "reset: got 'always', wanted 'each_epoch', 'never' or a number of batches"),
        ({"epochs": 1, "checkpoints": (0,)}, "checkpoints: got 0, wanted epochs from 1 onward"),
        ({"epochs": 2.5}, "epochs: got 2.5, wanted a whole number, 0 or more"),
        ({"epochs": True}, "epochs: got True, wanted a whole number, 0 or more"),
        ({"epochs": "9"}, "epochs: got '9', wanted a whole number, 0 or more"),
        ({"epochs": 1, "batch_size": 2.0}, "batch_size: got 2.0, wanted a whole number, 1 or more"),
        ({"epochs": 1, "reset": True}, "reset: got True, wanted 'each_epoch', 'never' or a number of batches"),
        ({"epochs": 1, "reset": 1.5}, "reset: got 1.5, wanted 'each_epoch', 'never' or a number of batches"),
        ({"epochs": 1, "checkpoints": 5}, "checkpoints: got 5, wanted a tuple of epochs"),
        ({"epochs": 9, "checkpoints": (2.5,)}, "checkpoints: got 2.5, wanted epochs from 1 onward"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_impossible_regimes_are_refused(settings, line) -> None:
    """The line names what, got and wanted."""
    with pytest.raises(ExperimentError) as error:
        Regime(**settings)

    assert line == str(error.value)


def test_numbers_of_numpy_and_lists_are_taken() -> None:
    """They are the same regime, whatever has computed them."""
    regime = Regime(epochs=np.int64(9), batch_size=np.int32(5), reset=np.int8(2), checkpoints=[np.int64(3)])

    assert Regime(epochs=9, batch_size=5, reset=2, checkpoints=(3,)) == regime
    assert BASE.but(epochs=9).fingerprint() == BASE.but(epochs=np.int64(9)).fingerprint()


def build() -> None:
    """A function that builds no network here."""


@dataclasses.dataclass
class NotFrozen:
    """Could be changed after it was trained."""

    def samples(self, seed: int) -> None:
        """None here."""


@dataclasses.dataclass(frozen=True)
class OfLists:
    """A field of it could be changed after it was trained."""

    letters: list

    def samples(self, seed: int) -> None:
        """None here."""


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            {"network": build},
            "network: got build, wanted a Network(...); a function that builds a Keras model",
        ),
        (
            {"network": (layer("LSTM", 2),)},
            "network: got (Layer(kind='LSTM', settings=(('units', 2),)),), want",
        ),
        ({"problem": Windows}, "problem: got Windows, wanted a problem: a frozen dataclass with samples(seed)"),
        ({"problem": NotFrozen()}, "problem: got NotFrozen(), wanted a problem: a frozen dataclass with samples(seed)"),
        ({"problem": np.zeros(3)}, "problem: got [0. 0. 0.], wanted a problem: a frozen dataclass with samples(seed)"),
        ({"problem": OfLists(["A"])}, "problem: got OfLists with a field that is no value (unhashable type: 'list'), "),
        ({"name": 7}, "name: got 7, wanted a text"),
        ({"optimizer": "adm"}, "optimizer: got adm, wanted one of SGD, Adam, AdamW, Adamax, RMSprop, Nadam, Adagrad, "),
    ],
    ids=["function", "layers", "class", "not frozen", "array", "list", "name", "optimizer"],
)
def test_what_is_no_experiment_is_one_line(changes, line) -> None:
    """At once, not when it is trained."""
    with pytest.raises(ValueError, match=re.escape(line)) as error:
        BASE.but(**{"name": "bad", **changes})

    assert 1 == len(str(error.value).splitlines())


def test_but_changes_loss_and_optimizer_of_the_network() -> None:
    """As if the network had been replaced; of an own model, too."""
    other = dataclasses.replace(BASE.network, loss="mean_squared_error", optimizer=optimizer("SGD"))
    changed = BASE.but(loss="mean_squared_error", optimizer="sgd")
    own = experiment_of(build, [[0.5]], [1], epochs=1)

    assert BASE.but(network=other, name=changed.name) == changed
    assert "naive_one_char, other loss, other optimizer" == changed.name
    assert dataclasses.replace(own.network, optimizer="Lamb") == own.but(optimizer="lamb").network
    assert recurrent_classifier(3).layers == BASE.but(network=recurrent_classifier(3), optimizer="SGD").network.layers


def test_arrays_in_a_problem_count_by_content() -> None:
    """Two arrays are the same in a fingerprint when shape, type and numbers are."""
    numbers = np.arange(4.0)

    assert digest(canonical_json(numbers)) == digest(canonical_json(numbers.copy()))
    assert digest(canonical_json(numbers)) != digest(canonical_json(numbers + 1))
    assert digest(canonical_json(numbers)) != digest(canonical_json(numbers.reshape(2, 2)))
    assert digest(canonical_json(numbers)) != digest(canonical_json(numbers.astype(np.float32)))


def test_what_has_no_stable_form_is_refused() -> None:
    """A function cannot be part of an experiment: it would look different in every process."""
    with pytest.raises(
        ExperimentError, match="got <built-in function len> of type builtin_function_or_method, wanted a number"
    ):
        canonical_json((len,))
