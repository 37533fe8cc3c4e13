"""How the answers of one installation differ from what the article says, and from a recording; told in words."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lstm_lab.semantics.questions import RAISES, Answer, Question, Questionnaire, is_error, is_meaningless
from lstm_lab.semantics.recordings import Recording
from lstm_lab.text import one_line

ARTICLE, SOFTWARE = "the article", "its Keras"
MOST_NAMED = 6  # subjects of one line; more are counted
LONGEST_TEXT = 100  # characters of what an error says
WIDTH = 110


@dataclass(frozen=True)
class Difference:
    """One answer that is another one than was wanted, and who wants it."""

    question: Question
    got: Answer
    wanted: Answer
    by: str


def differences_from_article(
    answers: Mapping[str, Answer], questionnaire: Questionnaire, software: Recording
) -> Iterator[Difference]:
    """Where answers differ from what the article says or, where it says nothing, from its own software.

    There errors are all alike: what matters is whether there is one.
    """
    for name, question in questionnaire.questions.items():
        got = answers[name]
        by, wanted = (SOFTWARE, software.answers[name]) if question.says is None else (ARTICLE, question.says)
        of_matter = by == ARTICLE or not question.silent
        if of_matter and not same(got, wanted) and not (is_error(got) and (is_error(wanted) or wanted == RAISES)):
            yield Difference(question, got, wanted, by)


def differences_from_recording(
    answers: Mapping[str, Answer], questionnaire: Questionnaire, recording: Recording
) -> Iterator[Difference]:
    """Where answers differ from a recording."""
    for name, question in questionnaire.questions.items():
        got, wanted = answers[name], recording.answers[name]
        if not same(got, wanted):
            yield Difference(question, got, wanted, "recorded")


def same(got: Answer, wanted: Answer) -> bool:
    """Whether two answers agree; what has no meaning in one of two installations cannot differ.

    Of errors the class counts and not the text.
    """
    if is_meaningless(got) or is_meaningless(wanted):
        return True
    if is_error(got) and is_error(wanted):
        return bool(got["error"] == wanted["error"])
    return json.dumps(got, sort_keys=True) == json.dumps(wanted, sort_keys=True)


def told(differences: Iterable[Difference]) -> list[str]:
    """Differences in words, one line for those that say the same of several subjects; the first one leads its line."""
    groups: dict[tuple[str, ...], list[Difference]] = {}
    for one in differences:
        groups.setdefault(_kind(one), []).append(one)
    return [one_line(_line(group)) for group in groups.values()]


def wrapped(lines: Iterable[str]) -> list[str]:
    """Lines for a terminal."""
    fill = {"width": WIDTH, "initial_indent": "  - ", "subsequent_indent": "    "}
    return [part for line in lines for part in textwrap.wrap(line, break_on_hyphens=False, **fill)]  # type: ignore[arg-type]


def _kind(one: Difference) -> tuple[str, ...]:
    """What two differences have in common that are told in one line."""
    if is_error(one.got):
        return one.got["error"], re.split(r"[\d:<\[{]", one.got.get("text", ""))[0]  # what follows is often of one case
    return one.question.topic, one.question.told(one.got), _wanted(one)


def _wanted(one: Difference) -> str:
    return one.question.told(one.wanted, short=one.by != "recorded")


def _line(group: Sequence[Difference]) -> str:
    got = group[0].question.told(group[0].got)
    wanted = list(dict.fromkeys(map(_wanted, group)))
    by = " and ".join(dict.fromkeys(one.by for one in group))
    told_wanted = f"({by}: {wanted[0]})" if len(wanted) == 1 else ""
    subjects = [one.question.subject for one in group]
    if len(subjects) == 1:
        comma = "," if ", " in subjects[0] else ""
        return f"{subjects[0]}{comma} {got} {told_wanted}"
    if is_error(group[0].got) and group[0].got.get("text"):
        got = f"{got} “{textwrap.shorten(group[0].got['text'], LONGEST_TEXT, placeholder='...')}”"
    more = [f"and {len(subjects) - MOST_NAMED} more"] if len(subjects) > MOST_NAMED else []
    return f"{' '.join(filter(None, [got, told_wanted]))}: {'; '.join(subjects[:MOST_NAMED] + more)}"
