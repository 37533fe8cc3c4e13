"""A Keras that the suite cannot be run with is refused in one line, before anything is collected."""

import json
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from lstm_lab.packages import MISSING, installed_version
from lstm_lab.suite import keras_at_hand
from lstm_lab.suite.keras_at_hand import keras_error, wanted_tensorflow

ROOT = Path(__file__).parents[2]
ADVICE = "`python -m lstm_lab semantics` tells what another Keras does"


@pytest.fixture(autouse=True)
def plain(monkeypatch, tmp_path):
    """An environment that says nothing of Keras, and a home without settings."""
    for name in ("KERAS_BACKEND", "TF_USE_LEGACY_KERAS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))


def test_the_keras_that_is_wanted_is_accepted(monkeypatch, tmp_path):
    """Also where it is named, or where its settings cannot be read."""
    assert "" == keras_error()
    for content in ("{", "[]", '{"backend": "tensorflow"}', "{}"):
        (tmp_path / "keras.json").write_text(content)
        assert "" == keras_error(), content
    (tmp_path / "keras.json").write_text('{"backend": "torch"}')
    monkeypatch.setenv("KERAS_BACKEND", "tensorflow")  # goes before the file
    assert "" == keras_error()


def test_another_backend_in_the_environment(monkeypatch):
    """The variable is named."""
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    assert f"KERAS_BACKEND: got Keras on torch, wanted tensorflow. {ADVICE}" == keras_error()


@pytest.mark.parametrize("home", [True, False], ids=["KERAS_HOME", "home"])
def test_another_backend_in_the_settings_of_keras(home, monkeypatch, tmp_path):
    """The file is named, wherever Keras has it."""
    folder = tmp_path
    if not home:
        folder = tmp_path / ".keras"
        folder.mkdir()
        monkeypatch.delenv("KERAS_HOME")
        monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("KERAS_BACKEND", "")  # counts for nothing
    (folder / "keras.json").write_text(json.dumps({"backend": "jax\n"}))
    assert f"{folder}/keras.json: got Keras on jax , wanted tensorflow. {ADVICE}" == keras_error()


def test_the_keras_2_of_tensorflow(monkeypatch):
    """With that variable, `tensorflow.keras` is another Keras."""
    monkeypatch.setenv("TF_USE_LEGACY_KERAS", "0")
    assert "" == keras_error()
    monkeypatch.setenv("TF_USE_LEGACY_KERAS", "1")
    assert keras_error().startswith("TF_USE_LEGACY_KERAS: got 1, wanted Keras 3")


def test_versions_of_tensorflow(monkeypatch):
    """Too old, and missing; newer ones and nightly builds are accepted."""
    for version, told in (("2.18.0", "got 2.18.0"), (MISSING, "got none"), ("2.21.0", ""), ("2.23.0.dev1", "")):
        monkeypatch.setattr(keras_at_hand, "installed_version", lambda name, version=version: version)
        found = keras_error()
        assert f"TensorFlow: {told}, wanted {wanted_tensorflow()}: `pip" in found if told else found == ""


def test_a_lab_without_its_project_takes_any_tensorflow(monkeypatch, tmp_path):
    """A copy of the package alone, as an installation has it."""
    monkeypatch.setattr(keras_at_hand, "PROJECT", tmp_path / "pyproject.toml")
    monkeypatch.setattr(keras_at_hand, "installed_version", lambda name: "2.0")
    assert "" == keras_error()


def test_another_build_of_tensorflow_is_tensorflow(monkeypatch):
    """The look-up of versions, which keys of the store need, knows its names."""

    def version(name):
        if name != "tensorflow-cpu":
            raise metadata.PackageNotFoundError(name)
        return "2.99"

    monkeypatch.setattr(metadata, "version", version)
    assert ("2.99", MISSING) == (installed_version("tensorflow"), installed_version("keras"))


@pytest.mark.parametrize("arguments", [["claims/", "--list-claims"], ["claims/", "-n", "2"]], ids=["list", "workers"])
def test_a_run_ends_before_anything_is_collected(arguments):
    """One line, once, and the status of a usage error; neither Keras nor JAX is imported for it."""
    command = [sys.executable, "-X", "importtime", "-m", "pytest", *arguments, "-p", "no:cacheprovider"]
    environment = {**os.environ, "KERAS_BACKEND": "jax"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    told = [line for line in done.stderr.splitlines() if not line.startswith("import time:")]

    assert pytest.ExitCode.USAGE_ERROR == done.returncode
    assert [f"ERROR: KERAS_BACKEND: got Keras on jax, wanted tensorflow. {ADVICE}"] == [line for line in told if line]
    assert not any(line.split("|")[-1].strip() in ("keras", "jax", "tensorflow") for line in done.stderr.splitlines())
