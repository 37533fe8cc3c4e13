"""The questions to a Keras: in plain words, with what the article says and how an answer is told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Answer = (
    Any  # a word, truth value, number or None, a list of these, {"error": ..., "text": ...} or {"meaningless": ...}
)

RAISES = "raises"  # as an answer that is wanted: any error


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        id: what it is called in the probe and in recordings.
        topic: under which it is told.
        text: the question in plain words.
        subject: of what an answer is told, as in "`fit`, batch to batch".
        words: how answers are told, by answer.
        says: what the article says; None where it says nothing.
        section: of the article, as a number.
        silent: whether it is of no matter what the article's own software answers.
        row: the words of its row in the table of differences; "" where it has none.
        cells: how answers are told in that row, by answer, where `words` are too long for it.
    """

    id: str
    topic: str
    text: str
    subject: str
    words: Mapping[str, str] = field(default_factory=dict)
    says: Answer = None
    section: int | None = None
    silent: bool = False
    row: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)

    def told(self, answer: Answer, *, short: bool = False) -> str:
        """An answer in words; `short`: without the class of an error."""
        if is_error(answer):
            return RAISES if short else f"{RAISES} {answer['error']}"
        if is_meaningless(answer):
            return "–"
        return self.words.get(_key(answer), _key(answer))

    def cell(self, answer: Answer) -> str:
        """An answer in the few words of a table."""
        return self.cells.get(_key(answer)) or self.told(answer, short=True)


@dataclass(frozen=True)
class Questionnaire:
    """All questions, those that hurt first.

    Attributes:
        questions: by id.
        software: the name of the recording of the article's own software.
        columns: of the table of differences: a time, and the name of a recording; the first of each time leads it.
    """

    questions: dict[str, Question]
    software: str
    columns: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, folder: Path) -> Questionnaire:
        """The questions of a folder."""
        plain = json.loads((folder / "questions.json").read_text(encoding="utf-8"))
        words = {topic["topic"]: topic["words"] for topic in plain["topics"]}
        questions = {one["id"]: _question(one, words[one["topic"]]) for one in plain["questions"]}
        columns = tuple((column["title"], column["recording"]) for column in plain["columns"])
        return cls(questions, plain["software"], columns)


def _question(plain: Mapping[str, Any], words: Mapping[str, str]) -> Question:
    article = plain.get("article", {})
    return Question(
        plain["id"],
        plain["topic"],
        plain["question"],
        plain["subject"],
        {**words, **plain.get("words", {})},
        article.get("answer"),
        article.get("section"),
        plain.get("silent", False),
        plain.get("table", ""),
        plain.get("cells", {}),
    )


def _key(answer: Answer) -> str:
    """An answer as it is named in the questions."""
    return answer if isinstance(answer, str) else json.dumps(answer)


def is_error(answer: Answer) -> bool:
    """Whether Keras raised."""
    return isinstance(answer, dict) and "error" in answer


def is_meaningless(answer: Answer) -> bool:
    """Whether the question has no meaning there, or was not asked."""
    return isinstance(answer, dict) and "meaningless" in answer
