"""What is wrong with the texts, numbers and names of a declaration, in one line; that they judge rightly is elsewhere.

Whatever passes can be written to every file of evidence and to the report, and be read back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lstm_lab.judging.claims.source import Comment, Link, Section
from lstm_lab.judging.claims.untested import Untested
from lstm_lab.text import describe_value, one_line

LONGEST_ID = 200
LONGEST_NAME = 300  # characters of a heading, an author, a published figure
LONGEST_TEXT = 5_000  # of a statement, a note, a reason
CLAIM_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")
URL = re.compile(r"https?://[^\s/?#<>\"`\\^{|}]+[^\s<>\"`\\^{|}]{0,2000}", re.IGNORECASE)
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")  # no file of text and no page has these


def id_error(id: object) -> str:
    """Why this is no id of a claim, "" where it is one."""
    if isinstance(id, str) and len(id) <= LONGEST_ID and CLAIM_ID.fullmatch(id):
        return ""
    return f"claim id: got {shown(id)}, wanted lower-case words like 'section/what-is-claimed'"


def text_error(what: str, text: object, *, longest: int = LONGEST_TEXT, empty: bool = False) -> str:
    """Why this is no text for the report, "" where it is one; `empty`: whether it may be left out."""
    if not isinstance(text, str):
        return f"got {what} {describe_value(text)}, wanted a text"
    if len(text) > longest:
        return f"got {what} of {len(text)} characters, wanted at most {longest}"
    unreadable = UNREADABLE.search(text)
    if unreadable:
        return f"got {what} {ascii(text)[:60]} with {unreadable[0]!a}, wanted characters that can be written"
    return "" if empty or text.strip() else f"got {what} {text!r}, wanted some words"


def declaration_error(declared: Mapping[str, Any]) -> str:
    """The first thing wrong with the arguments of `claim`, "" for nothing; what the criterion judges is left aside."""
    return next(filter(None, _declaration_errors(declared)), "")


def _declaration_errors(declared: Mapping[str, Any]) -> Iterator[str]:
    yield text_error("a statement", declared["statement"])
    yield from map(source_error, (declared["source"], *declared["also"]))
    yield text_error("published", declared["published"], longest=LONGEST_NAME, empty=True)
    for name in ("seeds_reason", "holds_with", "revised"):
        yield text_error(name, declared[name], empty=True)
    control = getattr(declared["control"], "text", declared["control"])
    yield text_error("a control", control, empty=True) if isinstance(control, str) else ""
    rivals = declared["contradicts"]
    if not isinstance(rivals, list | tuple):
        yield f"got contradicts={describe_value(rivals)}, wanted a list of ids of claims"
        return
    wrong = [rival for rival in rivals if id_error(rival)]
    asks = declared["asks"]
    if not isinstance(asks, list | tuple) or not all(isinstance(one, str) for one in asks):
        yield f"got asks={describe_value(asks)}, wanted a list of ids of questions, like ['fit_batch_to_batch']"
    if wrong:
        yield f"got contradicts=[{shown(wrong[0])}], wanted ids of claims, like 'section/what'"


def source_error(source: object) -> str:
    """What is wrong with the fields of a source, "" for nothing."""
    if isinstance(source, Section):
        places = {"place": source.place, "paragraph": source.paragraph, "sentence": source.sentence}
        return text_error("a heading", source.heading, longest=LONGEST_NAME) or _first_place_error(places)
    if isinstance(source, Comment):
        if not isinstance(source.by_author, bool):
            return f"got by_author={shown(source.by_author)}, wanted True or False"
        texts = (("an author", source.author), ("a date", source.date))
        errors = (text_error(what, text, longest=LONGEST_NAME) for what, text in texts)
        places = {"reply": source.reply, "paragraph": source.paragraph, "sentence": source.sentence}
        return _first_place_error({"the number of a comment": source.number, **places}) or next(
            filter(None, errors), ""
        )
    if not isinstance(source, Link):
        return f"got source {shown(source)}, wanted Section(...), Comment(...) or Link(url, title)"
    if not isinstance(source.url, str) or not URL.fullmatch(source.url) or one_line(source.url) != source.url:
        return f"got the link {shown(source.url)}, wanted an address that begins with https:// or http://"
    return text_error("the title of a link", source.title, longest=LONGEST_NAME)


def untested_error(untested: object) -> str:
    """What is wrong with a statement that no claim measures, "" for nothing."""
    if not isinstance(untested, Untested):
        return f"got {shown(untested)}, wanted Untested(...)"
    places = untested.places
    if not isinstance(places, tuple) or not places or any(isinstance(place, Link) for place in places):
        return f"got {shown(places)} as untested, wanted places of the text: (Section(...), Comment(...))"
    texts = (("a statement", untested.statement), ("a reason", untested.reason))
    errors = (*map(source_error, places), *(text_error(what, text) for what, text in texts))
    return next(filter(None, errors), "")


def _first_place_error(numbers: Mapping[str, object]) -> str:
    return next(filter(None, (_place_error(what, number) for what, number in numbers.items())), "")


def _place_error(what: str, number: object) -> str:
    if isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 10**9:
        return ""
    return f"got {what} {describe_value(number)}, wanted a whole number, at least 0"


def shown(value: object) -> str:
    """A value in one line and a few words, for messages."""
    return ascii(value) if isinstance(value, str) and len(value) <= LONGEST_ID else describe_value(value)
