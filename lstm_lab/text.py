"""Numbers, shares, counts, seeds and any values as text for reports and messages."""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST_NAMED = 3  # claims named in one line; more are counted

# Control characters but tabs and ends of lines, halves of characters, and what turns the direction of writing.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def number(value: float) -> str:
    """A figure, with up to four decimals where it has any: `23`, `0.8696`, `−0.03`, `1.2e−05`."""
    if isinstance(value, int) or value == 0:
        text = f"{value:.0f}"
    elif 1e-3 <= abs(value) < 1e6:
        text = f"{value:.4f}".rstrip("0").rstrip(".")
    else:
        text = f"{value:.3g}"
    return "0" if text == "-0" else text.replace("-", "−")


def signed(value: float) -> str:
    """A difference, with its sign."""
    text = number(value)
    return text if text.startswith("−") or text == "0" else f"+{text}"


def percent(share: float) -> str:
    """A share with one decimal: `96.7 %`."""
    return f"{100 * share:.1f} %"


def whole_percent(share: float) -> str:
    """A share without decimals, as that of a confidence level: `95 %`."""
    return f"{100 * share:.0f} %"


def percent_interval(low: float, high: float) -> str:
    """Two shares: `82.8 to 99.9 %`."""
    return f"{100 * low:.1f} to {percent(high)}"


def difference_interval(low: float, high: float) -> str:
    """Two differences: `−0.02 to +0.13`."""
    return f"{signed(low)} to {signed(high)}"


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
