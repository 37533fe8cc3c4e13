"""What must be the same on both sides of a cluster, and how a difference is told."""

import dataclasses

import pytest

from lstm_lab.training.execution.cluster import software as module
from lstm_lab.training.execution.cluster.software import (
    computing_environment,
    difference,
    environment_with,
    from_json,
    software,
    to_json,
)

LOOP = "lstm_lab.training.compiled.loop"


@pytest.fixture
def own():
    """The software at hand."""
    return software()


def test_the_same_does_not_differ(own):
    """Also once it was sent."""
    assert "" == difference(from_json(to_json(own)), own)


def test_another_version_is_told_by_name(own):
    """With the command that installs the one wanted."""
    other = dataclasses.replace(own, versions={**own.versions, "keras": "3.14.0"})
    wanted = own.versions["keras"]

    assert (
        f"got keras 3.14.0, wanted {wanted}; install it there with `pip install -c constraints.txt -e '.[cluster]'`"
        == difference(other, own)
    )
    assert "got keras none, wanted" in difference(
        dataclasses.replace(own, versions={}), dataclasses.replace(own, versions={"keras": wanted})
    )


def test_other_code_is_told_by_module(own):
    """By the first that differs, and the number of others."""
    one = dataclasses.replace(own, code={**own.code, LOOP: "of another commit"})
    all_other = dataclasses.replace(own, code=dict.fromkeys(own.code, "of another commit"))

    assert f"got other code of {LOOP}, wanted" in difference(one, own)
    assert f" and {len(own.code) - 1} more, wanted" in difference(all_other, own)


def test_settings_of_keras_count(own, tmp_path, monkeypatch):
    """A file of settings that computes otherwise is seen; the defaults, said or not, are the same."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    none = software()
    (tmp_path / "keras.json").write_text('{"floatx": "float32", "backend": "tensorflow"}')
    said = software()
    (tmp_path / "keras.json").write_text('{"epsilon": 1e-5}')

    assert "" == difference(said, none)
    assert "got epsilon 1e-05 in its keras.json, wanted 1e-07; change it there" == difference(software(), none)


def test_every_module_that_trains_is_compared(own):
    """Those that are part of the key of a stored training, each by itself."""
    names = {f"{module.PACKAGE}.{name}" for name in (*module.TRAINING_MODULES, *module.OWN_MODEL_MODULES)}

    assert names == own.code.keys()
    assert len(names) == len(set(own.code.values()))


@pytest.mark.parametrize("text", ["", "[]", '{"versions": {}}', '{"versions": 1, "code": {}, "settings": {}}'])
def test_what_is_no_software_is_not_believed(text):
    """An error that the asking side catches, whatever a worker sends."""
    with pytest.raises((ValueError, ExceptionGroup)):
        from_json(text)


def test_a_worker_computes_in_the_environment_of_the_asking_side(monkeypatch):
    """With its variables, and without those that the worker was started with; all else stays the worker's."""
    monkeypatch.setenv("XLA_FLAGS", "--of-the-worker")
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "0")
    monkeypatch.setenv("LANG_OF_THE_WORKER", "C")
    environment = environment_with({"XLA_FLAGS": "--of-the-asking-side"})

    assert "--of-the-asking-side" == environment["XLA_FLAGS"]
    assert "TF_ENABLE_ONEDNN_OPTS" not in environment
    assert "C" == environment["LANG_OF_THE_WORKER"]
    assert "--of-the-worker" == computing_environment()["XLA_FLAGS"]
    assert "LANG_OF_THE_WORKER" not in computing_environment()
