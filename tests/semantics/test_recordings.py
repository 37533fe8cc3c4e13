"""Recordings that cannot be used are refused in one line; the nearest one has the same backend."""

import json
from dataclasses import replace

import pytest
from recorded import QUESTIONNAIRE, RECORDINGS, TODAY, changed

from lstm_lab.semantics.recordings import LARGEST, Recording, RecordingError, nearest

GOOD = {"format": 1, "versions": dict(TODAY.versions), "answers": dict(TODAY.answers)}


def without(name):
    """A recording without one answer."""
    return {**GOOD, "answers": {one: answer for one, answer in TODAY.answers.items() if one != name}}


BAD = {
    "no JSON": (b"{", "got no JSON"),
    "not UTF-8": (b'"\xff"', "got no JSON"),
    "deep": (b"[" * 100_000, "got no JSON"),
    "too large": (b" " * (LARGEST + 1), f"got more than {LARGEST} bytes"),
    "a list": ([], "got something without format, versions and answers"),
    "evidence": ({"format": 1, "claims": []}, "got something without format, versions and answers"),
    "another format": ({**GOOD, "format": 9}, "got the format 9, wanted 1"),
    "no versions": ({**GOOD, "versions": {"keras": "3"}}, "got no versions of keras, backend, python, numpy"),
    "versions of numbers": ({**GOOD, "versions": {**TODAY.versions, "keras": 3}}, "got no versions"),
    "answers in a list": ({**GOOD, "answers": []}, "got answers that belong to no questions"),
    "a question less": (without("nb_epoch"), "got no answer to nb_epoch, wanted answers to the"),
    "a question more": (
        {**GOOD, "answers": {**TODAY.answers, "is_it\nred": True}},
        "got an answer to is_it red, wanted answers to the",
    ),
    "an answer of another kind": (
        {**GOOD, "answers": {**TODAY.answers, "adam": {"a": {}}}},
        "got something else than an answer to adam",
    ),
    "an error without a class": ({**GOOD, "answers": {**TODAY.answers, "adam": {"a": "b"}}}, "than an answer to adam"),
    "trainings of another kind": ({**GOOD, "trainings": [[]]}, "got an origin or trainings that are none"),
}


@pytest.mark.parametrize(("content", "told"), BAD.values(), ids=BAD.keys())
def test_what_is_no_recording_is_one_line(content, told, tmp_path):
    """It says which file, what was got and what was wanted."""
    path = tmp_path / "other.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    with pytest.raises(RecordingError) as refused:
        Recording.read(path, QUESTIONNAIRE.questions)

    (line,) = str(refused.value).splitlines()
    assert line.startswith(f"{path}: ")
    assert told in line
    assert ", wanted " in line


def test_a_recording_is_read_as_it_was_written(tmp_path):
    """With its trainings and its origin."""
    trained = [{"seed": 0, "accuracy": 0.48, "K": "L"}]
    one = replace(TODAY, name="here", trainings=trained, origin="elsewhere")
    one.write(tmp_path / "here.json")

    assert one == Recording.read(tmp_path / "here.json", QUESTIONNAIRE.questions)
    assert one != Recording.read(changed(tmp_path / "here.json", {}), QUESTIONNAIRE.questions)


@pytest.mark.parametrize(
    ("backend", "version", "expected"),
    [
        ("tensorflow", "3.99.0", ("3.15.1", "tensorflow")),
        ("tensorflow", "2.0.3", ("2.0.2", "tensorflow")),
        ("jax", "3.99.0", ("3.15.1", "jax")),
        ("theano", "1.2", ("1.0.6", "theano")),
    ],
)
def test_the_nearest_recording_has_the_same_backend(backend, version, expected):
    """And the nearest version of Keras."""
    here = replace(TODAY, versions={**TODAY.versions, "backend": backend, "keras": version})
    found = nearest(RECORDINGS.values(), here)

    assert expected == (found.versions["keras"], found.versions["backend"])


def test_no_recording_of_a_backend_is_told_as_none():
    """Another backend's is not taken in its place."""
    assert nearest(RECORDINGS.values(), replace(TODAY, versions={**TODAY.versions, "backend": "cntk"})) is None


@pytest.mark.parametrize("name", RECORDINGS)
def test_each_recording_says_of_what(name):
    """Its name has the versions in it, and every answer that is a word can be told in words."""
    one = RECORDINGS[name]
    backend = one.versions["backend"]

    assert name.startswith(f"{one.versions['api']}-{one.versions['keras']}-{backend}")
    assert backend == "numpy" or backend in one.versions or one.origin
    for question in QUESTIONNAIRE.questions.values():
        answer = one.answers[question.id]
        if not isinstance(answer, dict):
            assert question.told(answer) != json.dumps(answer), (question.id, answer)
