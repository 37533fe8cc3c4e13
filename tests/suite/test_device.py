"""Training on a GPU: one clear line without one, and with one, blocks, keys and versions of its own."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from fixtures import experiments
from lstm_lab import machine, recurrent_classifier
from lstm_lab.judging.session.environment import versions
from lstm_lab.training.compiled.environment import training_environment
from lstm_lab.training.experiment import experiment_of, key
from lstm_lab.training.planning import seed_block

ROOT = Path(__file__).parents[2]
NAME = "a GPU of this test"


@pytest.fixture
def gpu(monkeypatch) -> str:
    """A run whose models a GPU trains."""
    monkeypatch.setenv(machine.GPU, NAME)
    return NAME


def test_without_a_gpu_it_is_one_line() -> None:
    """And nothing is measured."""
    command = [sys.executable, "-m", "pytest", "claims/", "--device", "gpu", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    (line,) = [line for line in done.stderr.splitlines() if "--device" in line]

    assert 4 == done.returncode
    assert line.startswith("ERROR: --device gpu: got no GPU (")
    assert "wanted one that JAX can use after `pip install" in line
    assert line.endswith("without --device, cores train")


def test_a_block_is_as_large_as_memory_allows(gpu) -> None:
    """Whatever the number of seeds of a run: a thousand, and fewer of what needs more memory."""
    first, last = experiments.NAIVE_ONE_CHAR, experiments.VARIABLE_LENGTH
    wide = last.but(network=recurrent_classifier(1024))
    whole = experiments.NAIVE_ONE_CHAR.but(network=recurrent_classifier(4096))

    assert [1000, 1000, 50] == [len(seed_block(one, 1234)) for one in (first, last, wide)]
    assert tuple(range(1000, 2000)) == seed_block(first, 1234)
    assert 1 == len(seed_block(whole, 0))


def test_own_models_that_plain_keras_trains_stay_alone(gpu) -> None:
    """Plain Keras trains on a core."""
    x = np.zeros((4, 1, 1), np.float32)
    experiment = experiment_of(dropout, x=x, y=np.eye(4, dtype=np.float32), epochs=1)

    assert (7,) == seed_block(experiment, 7)


def dropout():
    """A model that the compiled loop cannot train."""
    import keras

    layers = keras.layers
    return keras.Sequential([keras.Input((1, 1)), layers.LSTM(2, dropout=0.5), layers.Dense(4, activation="softmax")])


def test_what_it_has_trained_is_kept_apart_and_told(gpu, monkeypatch) -> None:
    """The key of the store has its name, and so have the versions in the evidence; those of a core have none."""
    seeds = tuple(range(10))
    on_gpu, told = key(experiments.NAIVE_ONE_CHAR, seeds), versions()
    monkeypatch.setenv(machine.GPU, NAME + " of another kind")
    on_another = key(experiments.NAIVE_ONE_CHAR, seeds)
    monkeypatch.delenv(machine.GPU)

    assert 3 == len({on_gpu, on_another, key(experiments.NAIVE_ONE_CHAR, seeds)})
    assert NAME == told["trained on"]
    assert "trained on" not in versions()


def test_the_gpus_that_the_user_lets_programs_see(monkeypatch) -> None:
    """TensorFlow sees none, whatever trains; JAX sees those of the user, all where nothing is said."""
    monkeypatch.setenv("CLAIMS_VISIBLE_DEVICES", "2,3")
    chosen = training_environment(gpu=True)
    monkeypatch.setenv("CLAIMS_VISIBLE_DEVICES", "")

    assert ("2,3", "cuda") == (chosen["CUDA_VISIBLE_DEVICES"], chosen["JAX_PLATFORMS"])
    assert training_environment(gpu=True)["CUDA_VISIBLE_DEVICES"] is None
    assert "cpu" == training_environment(gpu=False)["JAX_PLATFORMS"]
    assert "xla_cpu" not in str(replace_flags(chosen["XLA_FLAGS"]))


def replace_flags(flags: str | None) -> list[str]:
    """The flags that are not those of this process."""
    import os

    own = os.environ.get("XLA_FLAGS", "").split()
    return [flag for flag in (flags or "").split() if flag not in own]
