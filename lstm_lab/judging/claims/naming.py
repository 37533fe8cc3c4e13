"""What a claim calls the two sides that it compares, and what it measures: words for its readers alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lstm_lab.judging.claims.validation import shown, text_error

ARMS = ("treatment", "baseline")  # what criteria call the two sides of a pair, in the order of their observations
LONGEST_SIDE = 40
LONGEST_MEASURE = 120
_ARM = re.compile(rf"\b(?:{'|'.join(ARMS)})\b")


def naming_error(sides: object, measure: object, judges_pairs: bool) -> str:
    """Why these are no names of sides and measure, "" where they are.

    Args:
        sides: of treatment and baseline; empty for none.
        measure: what is measured; "" for no words.
        judges_pairs: whether the criterion compares two sides.
    """
    unfit = text_error("a measure", measure, longest=LONGEST_MEASURE, empty=True)
    if unfit or sides == ():
        return unfit
    wanted = 'wanted the names of treatment and baseline, like ("with resets", "without")'
    if not isinstance(sides, tuple) or len(sides) != len(ARMS):
        return f"got sides={shown(sides)}, {wanted}"
    unfit = next(filter(None, (text_error("a side", side, longest=LONGEST_SIDE) for side in sides)), "")
    if unfit:
        return unfit
    if sides[0] == sides[1]:
        return f"got sides={shown(sides)}, twice the same, wanted two different names"
    if not judges_pairs:
        return f"got sides={shown(sides)}, wanted a criterion that compares pairs, as beats() does, or no sides"
    return ""


def with_sides(text: str, sides: Sequence[str]) -> str:
    """A text of a criterion with the names of the two sides in place of `treatment` and `baseline`."""
    return _ARM.sub(lambda arm: sides[ARMS.index(arm[0])], text)
