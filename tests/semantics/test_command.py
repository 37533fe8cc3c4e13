"""`python -m lstm_lab semantics`."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from recorded import ON_JAX, QUESTIONNAIRE, TODAY, changed

from lstm_lab.__main__ import main
from lstm_lab.semantics.recordings import Recording

ROOT = Path(__file__).parents[2]


def test_answers_of_elsewhere_are_told(tmp_path, capsys):
    """What they are of, how they differ from the article, and from the nearest recording."""
    answers = changed(tmp_path / "answers.json", {"fit_batch_to_batch": "fresh"}, trainings=[{"seed": 0, "K": "L"}])

    assert 0 == main(["semantics", "--answers", str(answers)])
    lines = capsys.readouterr().out.splitlines()
    assert f"{TODAY.title}, Python {TODAY.versions['python']}: {len(TODAY.answers)} questions asked" == lines[0]
    assert "  - `fit`, batch to batch, forgets (the article: carries)" == lines[2]
    assert [
        f"Other than recorded with {TODAY.title}, the nearest recording: 1 answer",
        "  - `fit`, batch to batch, forgets (recorded: carries)",
        "The article's stateful model, K: L, seed: 0",
    ] == lines[-3:]


@pytest.mark.parametrize("by_name", [True, False])
def test_what_is_expected_decides_the_status(by_name, tmp_path, capsys):
    """0 where all answers are those of the recording, 1 where one is not; it is told."""
    expected = TODAY.name if by_name else str(changed(tmp_path / "expected.json", {}))
    right = changed(tmp_path / "right.json", {})
    wrong = changed(tmp_path / "wrong.json", {"nb_epoch": 3})

    assert 0 == main(["semantics", "--answers", str(right), "--expect", expected])
    assert f"Other than recorded with {TODAY.title}: 0 answers" == capsys.readouterr().out.splitlines()[-1]
    assert 1 == main(["semantics", "--answers", str(wrong), "--expect", expected])
    assert "`fit(nb_epoch=3)` runs 3 epochs (recorded: raises TypeError)" in capsys.readouterr().out
    assert 1 == main(["semantics", "--answers", str(right), "--expect", ON_JAX.name])


def test_a_backend_without_a_recording_is_said_so(tmp_path, capsys):
    """And there is nothing that it differs from."""
    answers = changed(tmp_path / "answers.json", {}, versions={**TODAY.versions, "backend": "openvino"})

    assert 0 == main(["semantics", "--answers", str(answers)])
    assert "No recording of OpenVINO to compare with." == capsys.readouterr().out.splitlines()[-1]


def test_control_characters_do_not_reach_the_terminal(tmp_path, capsys):
    """Versions of a file that somebody else sent are shown on one line, each."""
    strange = {name: f"{version}\x1b[2J\n" for name, version in TODAY.versions.items()}
    answers = changed(tmp_path / "answers.json", {}, versions=strange, trainings=[{"K": "\x1b[2J"}])

    assert 0 == main(["semantics", "--answers", str(answers)])
    assert "\x1b" not in capsys.readouterr().out


def test_answers_are_kept(tmp_path):
    """As a recording that --expect reads."""
    answers, kept = changed(tmp_path / "answers.json", {"nb_epoch": 3}), tmp_path / "new" / "kept.json"

    assert 0 == main(["semantics", "--answers", str(answers), "--write", str(kept)])
    assert 3 == Recording.read(kept, QUESTIONNAIRE.questions).answers["nb_epoch"]
    assert 0 == main(["semantics", "--answers", str(answers), "--expect", str(kept)])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--answers", "none.json"], "none.json: cannot be read (No such file or directory), wanted a recording"),
        (["--answers", "."], ".: cannot be read (Is a directory), wanted a recording"),
        (["--expect", "keras-9"], "--expect: got keras-9, wanted a file or one of keras-1.0.6-theano-0.8.2, "),
        (["--expect", "no.json"], "no.json: got no JSON, wanted a recording that the probe wrote"),
        (
            ["--answers", "right.json", "--write", "right.json"],
            "--write: got right.json, which is read, wanted another",
        ),
        (
            ["--answers", "right.json", "--write", "README.md"],
            "--write: got README.md, wanted a name that ends in .json",
        ),
        (["--answers", "right.json", "--write", "."], "--write: got ., which is a folder, wanted a file"),
        (["--python", "./none"], "./none: cannot be run (No such file or directory), wanted a Python that has a Keras"),
    ],
)
def test_bad_input_is_one_line(arguments, told, tmp_path, monkeypatch, capsys):
    """On stderr, with the status 2, and every file is what it was."""
    monkeypatch.chdir(tmp_path)
    changed(Path("right.json"), {})
    Path("no.json").write_text("no")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}

    assert 2 == main(["semantics", *arguments])
    captured = capsys.readouterr()
    (line,) = captured.err.splitlines()
    assert line.startswith(told)
    assert "" == captured.out
    assert before == {path: path.read_bytes() for path in tmp_path.iterdir()}


def test_it_needs_nothing_of_the_lab(tmp_path):
    """In an environment without any package, answers of elsewhere are told; only the standard library is loaded."""
    venv.create(tmp_path / "bare", with_pip=False)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    answers = changed(tmp_path / "answers.json", {})
    command = [str(tmp_path / "bare/bin/python"), "-m", "lstm_lab", "semantics", "--answers", str(answers)]
    command += ["--expect", TODAY.name, "--write", str(tmp_path / "kept.json")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert (0, "") == (done.returncode, done.stderr)
    assert json.loads((tmp_path / "kept.json").read_text())["answers"] == TODAY.answers


def test_this_keras_does_what_is_recorded(tmp_path):
    """Every question, asked of the Keras that is installed here: the most that the recordings can be held to."""
    kept = tmp_path / "here.json"
    command = [sys.executable, "-m", "lstm_lab", "semantics", "--expect", TODAY.name, "--write", str(kept)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stdout + done.stderr
    assert TODAY.versions["keras"] == json.loads(kept.read_text())["versions"]["keras"]
