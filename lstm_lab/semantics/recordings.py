"""Recordings: what one installation answered, with its versions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lstm_lab.files import write_text
from lstm_lab.semantics.questions import Answer
from lstm_lab.text import one_line

FORMAT = 1
LARGEST = 2**20  # bytes of a file that is read
NEEDED = ("keras", "backend", "python", "numpy")  # the versions that every recording has
BACKENDS = {"tensorflow": "TensorFlow", "theano": "Theano", "jax": "JAX", "numpy": "NumPy", "openvino": "OpenVINO"}


class RecordingError(Exception):
    """A file is no recording that can be used; the text is one line for its reader."""


@dataclass(frozen=True)
class Recording:
    """The answers of one installation.

    Attributes:
        name: the name of its file, without its ending.
        versions: of Keras, its backend, Python and NumPy.
        answers: by question.
        trainings: accuracy, and the answer to K after a reset, of the article's stateful model; for each seed.
        origin: where it comes from, if not from this probe.
    """

    name: str
    versions: Mapping[str, str]
    answers: Mapping[str, Answer]
    trainings: list[Mapping[str, Any]] = field(default_factory=list)
    origin: str = ""

    @property
    def backend(self) -> str:
        """What its Keras computes with, as its makers write it."""
        return BACKENDS.get(self.versions["backend"], self.versions["backend"])

    @property
    def title(self) -> str:
        """As "Keras 3.15.1 on TensorFlow 2.21.0"."""
        api = self.versions.get("api", "keras")
        of_backend = self.versions.get(self.versions["backend"], "")
        return f"{'Keras' if api == 'keras' else api} {self.versions['keras']} on {self.backend} {of_backend}".rstrip()

    @property
    def short_title(self) -> str:
        """As "Keras 3.15.1, TensorFlow"."""
        return f"Keras {self.versions['keras']}, {self.backend}"

    @classmethod
    def read(cls, path: Path, questions: Iterable[str]) -> Recording:
        """The recording of a file, from whomever it is. Raises RecordingError where it is none of these questions."""
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST + 1)
            if len(content) > LARGEST:
                raise RecordingError(f"{path}: got more than {LARGEST} bytes, wanted a recording")
            plain = json.loads(content)
        except OSError as error:
            raise RecordingError(f"{path}: cannot be read ({error.strerror}), wanted a recording") from error
        except (ValueError, RecursionError) as error:
            raise RecordingError(f"{path}: got no JSON, wanted a recording that the probe wrote") from error
        mistake = _mistake(plain, set(questions))
        if mistake:
            raise RecordingError(one_line(f"{path}: {mistake}"))
        trainings, origin = plain.get("trainings", []), plain.get("origin", "")
        return cls(path.stem, plain["versions"], plain["answers"], trainings, origin)

    def write(self, path: Path) -> None:
        """Write it to a file. Raises OSError."""
        plain = {"format": FORMAT, "versions": self.versions, "answers": self.answers}
        if self.trainings:
            plain["trainings"] = self.trainings
        if self.origin:
            plain["origin"] = self.origin
        write_text(path, json.dumps(plain, indent=1, sort_keys=True, ensure_ascii=False) + "\n")


def read_recordings(folder: Path, questions: Iterable[str]) -> dict[str, Recording]:
    """All recordings of a folder, by name."""
    wanted = set(questions)
    return {path.stem: Recording.read(path, wanted) for path in sorted(folder.glob("*.json"))}


def nearest(recordings: Iterable[Recording], recording: Recording) -> Recording | None:
    """The recording with the same backend and the nearest version of Keras; None where none has that backend."""
    versions = recording.versions
    same = [one for one in recordings if one.versions["backend"] == versions["backend"]]

    def distance(other: Recording) -> tuple[list[int], bool]:
        pairs = zip(_numbers(other), _numbers(recording))  # noqa: B905 - both have three
        return [abs(one - here) for one, here in pairs], other.versions.get("api") != versions.get("api")

    return min(same, key=distance, default=None)


def _numbers(recording: Recording) -> list[int]:
    found = [int(number) for number in re.findall(r"\d{1,6}", recording.versions["keras"])]
    return [*found, 0, 0, 0][:3]


def _mistake(plain: Any, questions: set[str]) -> str:
    """Why a value is no recording, or none of these questions; "" where it is one."""
    wanted = "wanted a recording that the probe wrote"
    if not isinstance(plain, dict) or not {"format", "versions", "answers"} <= plain.keys():
        return f"got something without format, versions and answers, {wanted}"
    if plain["format"] != FORMAT:
        return f"got the format {plain['format']!r:.20}, wanted {FORMAT}"
    versions, answers = plain["versions"], plain["answers"]
    if not _is_text_by_text(versions) or any(name not in versions for name in NEEDED):
        return f"got no versions of {', '.join(NEEDED)}, {wanted}"
    if not isinstance(answers, dict):
        return f"got answers that belong to no questions, {wanted}"
    strange, missing = sorted(answers.keys() - questions), sorted(questions - answers.keys())
    if strange or missing:
        what = f"no answer to {missing[0]}" if missing else f"an answer to {strange[0]:.60}"
        return f"got {what}, wanted answers to the {len(questions)} questions that are asked here; record it again"
    bad = next((name for name, answer in answers.items() if not _is_answer(answer)), None)
    if bad:
        return f"got something else than an answer to {bad}, {wanted}"
    if not isinstance(plain.get("origin", ""), str) or not _are_trainings(plain.get("trainings", [])):
        return f"got an origin or trainings that are none, {wanted}"
    return ""


def _is_answer(answer: Any) -> bool:
    if isinstance(answer, dict):
        return _is_text_by_text(answer) and ("error" in answer or "meaningless" in answer)
    return all(map(_is_plain, answer)) if isinstance(answer, list) else _is_plain(answer)


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, (bool, int, float, str))


def _is_text_by_text(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())


def _are_trainings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) and all(map(_is_plain, one.values())) for one in value)
