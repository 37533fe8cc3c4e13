"""The plots of curves."""

import drawn
import pytest
from svg import colours, size, texts

from lstm_lab.judging.report.plots.curves import plot_curves
from lstm_lab.judging.report.plots.style import FIRST, INK, SECOND


def test_panels_labels_marks_and_level_stand_in_the_picture():
    """Titles, axes, the texts at the points, what the level is, and the key where a panel is missing."""
    told = texts(plot_curves(drawn.curves()))

    for text in ("a first model", "a third model", "epochs", "loss", "84 %", "guessing", "median of the seeds"):
        assert text in told
    assert 2 == told.count("84 %")
    assert {"here it stops", "the middle half of them", "the middle 80 % of them"} <= set(told)
    assert {"1", "10", "100"} <= set(told)


def test_lines_with_labels_are_told_apart():
    """Two colours, both in the legend; names stand below x instead of numbers."""
    svg = plot_curves(drawn.named_curves())

    assert {"up", "down", "K", "L", "M"} <= set(texts(svg))
    assert {FIRST, SECOND} <= colours(svg)
    assert "2.0" not in texts(svg)[:3]


@pytest.mark.parametrize("drawing", [drawn.curves(), drawn.named_curves()], ids=lambda one: one.name)
def test_nothing_but_readable_colours_is_used(drawing):
    """Neither black nor white, which one of the grounds would swallow."""
    assert colours(plot_curves(drawing)) <= {INK, FIRST, SECOND}


def test_height_grows_with_the_panels():
    """A page wide; two panels beside each other, the third below them."""
    three, one = size(plot_curves(drawn.curves())), size(plot_curves(drawn.named_curves()))

    assert (648, 648) == (three[0], one[0])
    assert three[1] > 1.7 * one[1]
