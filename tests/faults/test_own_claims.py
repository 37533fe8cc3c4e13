"""A claim with a model and data of its own: the same evidence with any number of workers, and under control."""

import json

from laboratory import Laboratory

CLAIMS = """
import hashlib

import numpy as np
from lstm_lab import trained
from lstm_lab import Experiment, Arrays, Built, Regime, Section, at_least, claim, experiment_of

HERE = Section("Here")
X, Y = (np.arange(4) / 4).reshape(4, 1, 1), np.eye(4)


def network(units, dropout=0.0):
    import keras

    parts = [keras.layers.LSTM(units), *([keras.layers.Dropout(dropout)] if dropout else [])]
    return keras.Sequential([keras.Input((1, 1)), *parts, keras.layers.Dense(4, activation="softmax")])


def noisy(seed):
    return X + np.random.default_rng(seed).normal(size=X.shape) / 100, Y


def figure(member):
    return hashlib.sha256(b"".join(array.tobytes() for array in member.weights)).hexdigest()


mine = trained(Experiment("mine", Arrays(X, Y), Built(network, settings={"units": 2}), Regime(3)))
alone = trained(experiment_of(network, draw=noisy, settings={"units": 2, "dropout": 0.2}, name="alone", epochs=3))


@claim("own/mapped", "x", source=HERE, criterion=at_least(0.5))
def test_mapped(mine, observe):
    observe(mine.losses[-1:].sum() > 0, weights=figure(mine))


@claim("own/alone", "x", source=HERE, criterion=at_least(0.5))
def test_alone(alone, observe):
    observe(alone.losses[-1:].sum() > 0, weights=figure(alone))


@claim("own/in-one-call", "x", source=HERE, criterion=at_least(0.5))
def test_in_one_call(train, observe):
    member = train(build=network, x=X, y=Y, settings={"units": 2}, epochs=5)
    observe(member.losses[-1:].sum() > 0, weights=figure(member))
"""
UPDATES = "a layer that updates seed_generator/seed_generator_state in training"
WHY = f"alone, 3 epochs (seed by seed, by plain Keras: {UPDATES})"


def test_own_models_in_claims(laboratory: Laboratory) -> None:
    """Two workers, none, and another number of seeds observe the same; why and at what cost is in the report."""
    (laboratory.path / "claims" / "test_tiny.py").unlink()
    (laboratory.path / "claims" / "test_own.py").write_text(CLAIMS)
    status = laboratory.run("--report", "two/REPORT.md")
    two = laboratory.observed()
    told = laboratory.last_run["facts"]["plain fit"]
    models = laboratory.models

    assert (0, 18) == (status, len(two)), laboratory.output
    assert (8, 0) == models  # six seeds one by one, two blocks of ten
    assert 6 == sum(int(line.removeprefix(f"{WHY}: ").split()[0]) for line in told if line != WHY)
    assert f"training {WHY}: about 0.6 s for each seed, most of it compiling its model" in laboratory.output
    assert WHY in (laboratory.path / "two" / "REPORT.md").read_text()

    assert 0 == laboratory.run("--evidence", "other", "--seeds", "4", workers=0)
    fewer = {json.dumps(one, sort_keys=True) for one in _observations(laboratory.path / "other" / "report.json")}
    assert 12 == len(fewer & two)

    assert 0 == laboratory.run("--control", "--seeds", "30"), laboratory.output
    assert "3 can fail" in laboratory.output


def _observations(path) -> list[dict]:
    return [one for found in json.loads(path.read_text())["claims"] for one in found["observations"]]
