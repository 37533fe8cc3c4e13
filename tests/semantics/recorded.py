"""The questions and recordings of the project, and answers that differ from one of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lstm_lab.semantics import Questionnaire, read_recordings
from lstm_lab.semantics.command import DATA

QUESTIONNAIRE = Questionnaire.read(DATA)
RECORDINGS = read_recordings(DATA / "recordings", QUESTIONNAIRE.questions)
SOFTWARE = RECORDINGS[QUESTIONNAIRE.software]
TODAY = next(one for name, one in RECORDINGS.items() if name.startswith("keras-3.15.1-tensorflow"))
ON_JAX = next(one for name, one in RECORDINGS.items() if name.startswith("keras-3.15.1-jax"))


def changed(path: Path, changes: dict[str, Any], **parts: Any) -> Path:
    """Write today's recording with other answers, or other parts, to a file."""
    plain = {"format": 1, "versions": TODAY.versions, "answers": {**TODAY.answers, **changes}, **parts}
    path.write_text(json.dumps(plain), encoding="utf-8")
    return path
