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


def test_no_keras_is_one_line(tmp_path, monkeypatch):
    """In an environment whose Keras, whatever its name, cannot be imported."""
    for name in ("keras", "tf_keras", "tensorflow"):
        (tmp_path / f"{name}.py").write_text("raise ImportError('not here')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(RecordingError) as refused:
        ask(QUESTIONNAIRE.questions)

    wanted = "no Keras can be imported (keras: not here; tf_keras: not here; tf.keras: not here), wanted one"
    assert f"{sys.executable}: {wanted}; --python names an interpreter that has it" == str(refused.value)
