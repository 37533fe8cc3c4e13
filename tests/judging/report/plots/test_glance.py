"""The picture at a glance: what can be read in it."""

import pytest
from svg import contrast, texts

from lstm_lab.judging.report.plots.glance import OF_ANSWERS, GlanceMarks, Mark, plot_glance

ROWS = [
    GlanceMarks("Features / steps", (Mark("features", 0.87), Mark("steps", 1.0)), True, "steps win"),
    GlanceMarks("In order / shuffled", (Mark("in order", 1.0), Mark("shuffled", 0.9999)), False, "no order"),
    GlanceMarks("From K", (Mark("B", 0.5),), None, "it depends"),
]


@pytest.fixture(scope="module")
def picture():
    """The picture of three rows."""
    return plot_glance(ROWS)


def test_each_row_says_what_is_compared_and_what_follows(picture):
    """And whether the text is right."""
    read = texts(picture)

    assert {"Features / steps", "In order / shuffled", "From K"} <= set(read)
    assert {"right: steps win", "wrong: no order", "depends: it depends"} <= set(read)


def test_sides_have_their_names_and_values(picture):
    """Two sides that are told alike have one label."""
    read = texts(picture)

    assert {"features 87 %", "steps 100 %", "both 100 %", "B 50 %"} <= set(read)
    assert not {"in order 100 %", "shuffled 100 %"} & set(read)


def test_answers_have_their_colours(picture):
    """Each is readable on white and on black."""
    assert all(colour in picture for colour in OF_ANSWERS.values())
    assert all(contrast(colour, ground) >= 3 for colour in OF_ANSWERS.values() for ground in ("#ffffff", "#000000"))


def test_same_rows_give_the_same_bytes(picture):
    """No id in it is drawn at random."""
    assert plot_glance(ROWS) == picture
