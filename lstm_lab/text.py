"""Numbers, shares, counts, seeds and any values as text for reports and messages."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

MOST_NAMED = 3  # claims named in one line; more are counted

DIGITS = 3  # significant ones of a figure
ROUNDING, ROUNDED = 1e-12, "0, to rounding"  # smaller figures are what rounding leaves of 0
LEAST_PLAIN, MOST_WHOLE = 1e-3, 1e6  # figures outside of these have an exponent
MOST_PLACES = 6
NEXT_TO_NOTHING = "next to 0"
NEGLIGIBLE = 1e-3  # of a margin: differences so small do not count
LEAST_CHANCE = 1e-4
SHARE = re.compile(r"(?:accuracy|share|rate)(?![^\W_])")
ACRONYMS = frozenset({"gru", "lstm", "mlp", "rnn"})
DECIMAL_POINT = re.compile(r"(?<=(?<!\d)0)_(?=\d)")

# Control characters but tabs and ends of lines, halves of characters, and what turns the direction of writing.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def number(value: float) -> str:
    """A figure of at most three significant digits, of a whole number all: `23`, `0.87`, `−0.03`, `1.2e−05`."""
    if isinstance(value, int) or (abs(value) < MOST_WHOLE and value == round(value)):
        text = f"{value:.0f}"
    elif abs(value) < ROUNDING:
        return ROUNDED
    elif LEAST_PLAIN <= abs(value) < MOST_WHOLE:
        text = f"{float(f'{value:.{DIGITS}g}'):g}"
    else:
        text = f"{value:.{DIGITS}g}"
    return _minus(text)


def signed(value: float, places: int | None = None) -> str:
    """A difference, with its sign; with so many decimals at most, None for those of `number`."""
    text = number(value) if places is None else _minus(_unpadded(f"{value:.{places}f}"))
    return text if text.startswith("−") or text in ("0", ROUNDED) else f"+{text}"


def beside(value: float, margin: float) -> str:
    """A difference, with its sign, where one of `margin` would matter."""
    return NEXT_TO_NOTHING if 0 < abs(value) < NEGLIGIBLE * margin else signed(value)


def mean_with_interval(mean: float, low: float, high: float, margin: float) -> tuple[str, str]:
    """A mean difference and its interval, as exact as the interval is; without one where a margin dwarfs all of it."""
    if 0 < max(abs(mean), abs(low), abs(high)) < NEGLIGIBLE * margin:
        return NEXT_TO_NOTHING, ""
    return signed(mean, interval_places(low, high)), difference_interval(low, high)


def percent(share: float) -> str:
    """A share with one decimal where it has one: `96.7 %`, `50 %`; only what is all of it is `100 %`."""
    return f"{_percentage(share)} %"


def whole_percent(share: float) -> str:
    """A share without decimals, as that of a confidence level: `95 %`."""
    return f"{100 * share:.0f} %"


def percent_interval(low: float, high: float) -> str:
    """Two shares: `82.8 to 99.9 %`."""
    return f"{_percentage(low)} to {percent(high)}"


def difference_interval(low: float, high: float) -> str:
    """Two differences: `−0.02 to +0.13`."""
    places = interval_places(low, high)
    return f"{signed(low, places)} to {signed(high, places)}"


def interval_places(low: float, high: float) -> int | None:
    """The decimals that an interval deserves, by which its width has two digits; None for those of `number`.

    An end that is not 0 is not told as 0: on which side of it an interval lies is what people look for.
    """
    width, farthest = high - low, max(abs(low), abs(high))
    if not (width > ROUNDING and LEAST_PLAIN <= farthest < MOST_WHOLE):
        return None
    places = max(0, 1 - math.floor(math.log10(width)))
    nearest = min((abs(end) for end in (low, high) if end), default=width)
    while places < MOST_PLACES and round(nearest, places) == 0:
        places += 1
    return places if places <= MOST_PLACES else None


def chance(p: float) -> str:
    """A p-value or q-value: `0.0123`, `below 0.0001`."""
    return "below 0.0001" if p < LEAST_CHANCE else number(p)


def words_of(name: str) -> str:
    """The name of a reported value as words: `share_of_read_answers` is `share of read answers`."""
    words = DECIMAL_POINT.sub(".", name).replace("_", " ").split(" ")
    return " ".join(word.upper() if word in ACRONYMS else word for word in words)


def figure(value: float, what: str) -> str:
    """A figure by what it is of: a share, an accuracy or a rate in per cent, anything else as a number.

    Args:
        value: the figure.
        what: a name such as `accuracy_of_one_letter`, or words such as `accuracy on the 25 pairs`.
    """
    return percent(value) if SHARE.match(what) and 0 <= value <= 1 else number(value)


def _percentage(share: float) -> str:
    text = f"{100 * share:.1f}"
    if text in ("0.0", "100.0"):
        text = f"{100 * share:.2f}"
    return _minus(_unpadded(text))


def _unpadded(text: str) -> str:
    """Decimals without the zeros at their end."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def _minus(text: str) -> str:
    return "0" if text == "-0" else text.replace("-", "−")


def describe_value(value: object) -> str:
    """A value and its type in a few words on one line, for messages."""
    shape = getattr(value, "shape", None)
    if shape is not None:
        return f"an array of shape {tuple(shape)}"
    try:
        text = " ".join(repr(value).split())
    except Exception:  # `repr` of an unknown class may raise anything
        text = "something unprintable"
    return f"{text if len(text) <= 60 else text[:57] + '...'} ({type(value).__name__})"


def printable(text: str) -> str:
    """Text with a mark in the place of each character that cannot be shown, or written as UTF-8."""
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """Text on one line, printable."""
    return printable(" ".join(text.split()))


def writable(text: str) -> str:
    """A text without what no file of text can hold: lone halves of characters are written as `\\ud800`."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def pluralized(n: int, noun: str, plural: str = "") -> str:
    """`1 seed`, `30 seeds`, `2 processes`."""
    return f"{n} {noun if n == 1 else plural or f'{noun}s'}"


def seed_ranges(seeds: Sequence[int]) -> str:
    """Seeds in ascending order, neighbours joined: `seed 3`, `seeds 0 to 29`, `seeds 0 to 4, 7`."""
    spans: list[list[int]] = []
    for seed in sorted(seeds):
        if spans and seed == spans[-1][-1] + 1:
            spans[-1].append(seed)
        else:
            spans.append([seed])
    texts = [f"{span[0]} to {span[-1]}" if len(span) > 2 else ", ".join(map(str, span)) for span in spans]
    return f"{'seed' if len(seeds) == 1 else 'seeds'} {', '.join(texts)}"
