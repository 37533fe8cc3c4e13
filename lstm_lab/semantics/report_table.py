"""What a report tells of the recordings: a table of the differences that matter, and then, now and elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lstm_lab.semantics.questions import Questionnaire
from lstm_lab.semantics.recordings import Recording


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
    asked, columns = list(ids), questionnaire.columns
    now, *others = [recordings[name] for title, name in columns if title == columns[-1][0]]
    elsewhere: dict[str, list[str]] = {}
    for other in others:
        elsewhere.setdefault(_phrase(asked, questionnaire, other), []).append(other.backend)
    return Phrases(
        _phrase(asked, questionnaire, recordings[questionnaire.software]),
        _phrase(asked, questionnaire, now),
        "; ".join(f"{' and '.join(backends)}: {phrase}" for phrase, backends in elsewhere.items()),
    )


def _phrase(ids: Iterable[str], questionnaire: Questionnaire, recording: Recording) -> str:
    """The answers in words; where they are not all alike, each with what it is told of."""
    subjects: dict[str, list[str]] = {}
    for name in ids:
        question = questionnaire.questions[name]
        subjects.setdefault(question.told(recording.answers[name], short=True), []).append(question.subject)
    if len(subjects) <= 1:
        return "".join(subjects)
    return ", ".join(f"{told} ({'; '.join(of)})" for told, of in subjects.items())
