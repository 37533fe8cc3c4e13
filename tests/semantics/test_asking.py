"""Whatever becomes of the probe, whoever asks reads one line."""

import os
import re
import sys

import pytest
from recorded import QUESTIONNAIRE

from lstm_lab.semantics.asking import ask
from lstm_lab.semantics.recordings import RecordingError

ENDS = {
    "a crash": ("echo asking nb_epoch >&2; echo Aborted >&2; kill -6 $$", r"status -6 to nb_epoch \(Aborted\), wanted"),
    "silence": ("exit 7", r"status 7 \(it said nothing\), wanted its answers; `.*probe.py OUT.json` shows all"),
    "no answers": ("echo done; exit 0", r"status 0 \(it said nothing\), wanted its answers"),
    "other answers": ("echo '{}' > $2", "got something without format, versions and answers, wanted a recording"),
    "a hang": ("echo asking adam >&2; exec sleep 1000", r"got no answer to adam after 1 s, wanted all of them"),
}


@pytest.mark.parametrize(("script", "told"), ENDS.values(), ids=ENDS.keys())
def test_a_probe_without_answers_is_one_line(script, told, tmp_path):
    """The line tells the last question, and what was said last."""
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\n{script}\n")
    python.chmod(0o755)
    with pytest.raises(RecordingError) as refused:
        ask(QUESTIONNAIRE.questions, str(python), timeout=1)

    (line,) = str(refused.value).splitlines()
    assert re.search(told, line)


def test_no_such_interpreter_is_one_line(tmp_path):
    """And no traceback."""
    with pytest.raises(RecordingError, match=r"none: cannot be run \(No such file or directory\), wanted a Python"):
        ask(QUESTIONNAIRE.questions, str(tmp_path / "none"))


def without_keras(folder, monkeypatch, **reasons):
    """Let no Keras be imported, for these reasons; what an environment without any says is the default."""
    for name in ("keras", "tf_keras", "tensorflow"):
        reason = reasons.get(name, f"No module named '{name}'")
        (folder / f"{name}.py").write_text(f"raise ImportError({reason!r})")
    monkeypatch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)


def test_no_keras_is_one_line(tmp_path, monkeypatch):
    """In an environment that has none, whatever its name."""
    without_keras(tmp_path, monkeypatch)
    with pytest.raises(RecordingError) as refused:
        ask(QUESTIONNAIRE.questions)

    names = (("keras", "keras"), ("tf_keras", "tf_keras"), ("tf.keras", "tensorflow"))
    reasons = "; ".join(f"{api}: No module named '{name}'" for api, name in names)
    line = f"no Keras can be imported ({reasons}), wanted one; --python names an interpreter that has it"
    assert f"{sys.executable}: {line}" == str(refused.value)


def test_a_keras_without_its_backend_is_one_line(tmp_path, monkeypatch):
    """No other Keras is asked in its place."""
    without_keras(tmp_path, monkeypatch, keras="No module named 'torch'")
    with pytest.raises(RecordingError, match=r": no Keras can be imported \(keras: No module named 'torch'\), wanted"):
        ask(QUESTIONNAIRE.questions)
