"""What the report tells of other installations of Keras, from the recordings of the project."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from lstm_lab.judging.evidence import Entry, EvidenceError, InKeras, YourKeras
from lstm_lab.judging.session import YOUR_KERAS
from lstm_lab.semantics import (
    Questionnaire,
    RecordingError,
    differences_table,
    errors_today,
    read_recordings,
    then_now_elsewhere,
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The folder of questions and recordings."""
    parser.addini("semantics", "the folder of questions to Keras and of recorded answers (default: none)")


def pytest_configure(config: pytest.Config) -> None:
    """Give the controller what it asks once the claims are known."""
    named = config.getini("semantics")
    if named:
        config.stash[YOUR_KERAS] = from_recordings(config.rootpath / named)


def from_recordings(folder: Path) -> Callable[[Iterable[Entry]], YourKeras]:
    """From the claims of a run, what its report tells of the recordings in a folder."""

    def told(entries: Iterable[Entry]) -> YourKeras:
        try:
            questionnaire = Questionnaire.read(folder)
            recordings = read_recordings(folder / "recordings", questionnaire.questions)
        except RecordingError as error:
            raise EvidenceError(str(error)) from error
        table = differences_table(questionnaire, recordings)
        claims = {}
        for entry in entries:
            unknown = [id for id in entry.claim.asks if id not in questionnaire.questions]
            if unknown:
                raise EvidenceError(
                    f"claim {entry.claim.id}: got asks={unknown[0]!r}, wanted the id of a question in "
                    f"{folder / 'questions.json'}"
                )
            if entry.claim.asks:
                about = "; ".join(questionnaire.questions[id].subject for id in entry.claim.asks)
                phrases = then_now_elsewhere(entry.claim.asks, questionnaire, recordings)
                questions = tuple(questionnaire.questions[id].text for id in entry.claim.asks)
                errors = errors_today(entry.claim.asks, questionnaire, recordings)
                claims[entry.claim.id] = InKeras(about, *phrases, questions, errors)
        return YourKeras(tuple(table.headings), tuple(map(tuple, table.rows)), claims)

    return told
