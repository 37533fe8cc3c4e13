"""What a report tells of the recordings: a table of the differences that matter, and then, now and elsewhere."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lstm_lab.semantics.questions import Questionnaire, is_error
from lstm_lab.semantics.recordings import Recording
from lstm_lab.text import one_line

LONGEST_ERROR = 160  # characters of what an error says


class Table(NamedTuple):
    """A table of texts; the first column has the questions."""

    headings: list[str]
    rows: list[list[str]]


class Phrases(NamedTuple):
    """How the answers to some questions are, a phrase for each time or place; "–" where they have no meaning."""

    then: str
    now: str
    elsewhere: str


def differences_table(questionnaire: Questionnaire, recordings: Mapping[str, Recording]) -> Table:
    """The questions that have a row, told of the recordings that have a column."""
    columns = [(title, recordings[name]) for title, name in questionnaire.columns]
    headings = ["", *(f"{title}: {recording.short_title}" for title, recording in columns)]
    rows = [
        [question.row, *(question.cell(recording.answers[question.id]) for _, recording in columns)]
        for question in questionnaire.questions.values()
        if question.row
    ]
    return Table(headings, rows)


def then_now_elsewhere(
    ids: Iterable[str], questionnaire: Questionnaire, recordings: Mapping[str, Recording]
) -> Phrases:
    """What the article's own software answers to these questions, what today's, and what today's on other backends.

    Today's are the columns of the table with the title of the last; the first of them is "now".
    """
    asked = list(ids)
    now, *others = _of_today(questionnaire, recordings)
    elsewhere: dict[str, list[str]] = {}
    for other in others:
        elsewhere.setdefault(_phrase(asked, questionnaire, other), []).append(other.backend)
    return Phrases(
        _phrase(asked, questionnaire, recordings[questionnaire.software]),
        _phrase(asked, questionnaire, now),
        "; ".join(f"{' and '.join(backends)}: {phrase}" for phrase, backends in elsewhere.items()),
    )


def errors_today(
    ids: Iterable[str], questionnaire: Questionnaire, recordings: Mapping[str, Recording]
) -> tuple[str, ...]:
    """What today's Keras says where it raises, each message once; numbers in the names of layers are left out."""
    asked = list(ids)
    messages: dict[str, None] = {}
    for recording in _of_today(questionnaire, recordings):
        for answer in (recording.answers[name] for name in asked):
            if is_error(answer):
                text = re.sub(r"(?<=[a-z])(?:_\d+)+", "", one_line(answer.get("text", "")))
                told = textwrap.shorten(text, LONGEST_ERROR, placeholder=" …")
                messages[f"{answer['error']}: {told}" if told else answer["error"]] = None
    return tuple(messages)


def _of_today(questionnaire: Questionnaire, recordings: Mapping[str, Recording]) -> list[Recording]:
    """The columns of the table with the title of the last one."""
    columns = questionnaire.columns
    return [recordings[name] for title, name in columns if title == columns[-1][0]]


def _phrase(ids: Iterable[str], questionnaire: Questionnaire, recording: Recording) -> str:
    """The answers in words; where they are not all alike, each with what it is told of."""
    subjects: dict[str, list[str]] = {}
    for name in ids:
        question = questionnaire.questions[name]
        subjects.setdefault(question.told(recording.answers[name], short=True), []).append(question.subject)
    if len(subjects) <= 1:
        return "".join(subjects)
    return ", ".join(f"{told} ({'; '.join(of)})" for told, of in subjects.items())
