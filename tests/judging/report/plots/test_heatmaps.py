"""The heatmaps of shares of seeds."""

import re
from dataclasses import replace

import drawn
import pytest
from svg import colours, size, texts

from lstm_lab.judging.evidence.plot_data import HeatmapPanel
from lstm_lab.judging.report.plots.heatmaps import LEVELS, opacity_level, plot_heatmaps
from lstm_lab.judging.report.plots.style import FIRST, INK


def test_rows_columns_and_the_scale_stand_in_the_picture():
    """Names of rows and columns in each panel, the labels of both axes, and what the opacities mean."""
    labels = texts(plot_heatmaps(drawn.heatmaps()))

    assert (2, 2) == (labels.count("A"), labels.count("1"))
    assert {"right", "as counted", "asked", "before it", "no seed", "half of them", "every seed"} <= set(labels)


@pytest.mark.parametrize(
    ("share", "level"),
    [(0.0, 0), (0.001, 1), (0.04, 1), (0.5, 5), (0.96, 9), (0.999, 9), (1.0, LEVELS)],
)
def test_only_no_seed_is_empty_and_only_every_seed_is_full(share, level):
    """One seed among a thousand shows, and one that is missing among a thousand does too."""
    assert level == opacity_level(share)


def test_each_share_is_one_field_and_what_is_not_asked_is_none():
    """Without the only share of the first row, each of two panels has one closed outline less."""
    whole = drawn.heatmaps()
    shares = ((None, None, None), *whole.panels[0].shares[1:])
    less = drawn.heatmaps(panels=tuple(replace(panel, shares=shares) for panel in whole.panels))

    assert 2 == outlines(plot_heatmaps(whole)) - outlines(plot_heatmaps(less))


def outlines(svg):
    """How many outlines of a picture are closed."""
    return len(re.findall(r"^z", svg, re.MULTILINE))


def test_nothing_but_readable_colours_is_used():
    """One colour in many opacities, whatever the ground, and the ink of the text."""
    assert {FIRST, INK} == colours(plot_heatmaps(drawn.heatmaps()))


def test_picture_of_the_whole_alphabet_stays_on_the_page():
    """25 by 25 fields, four times: as wide as a page, and a small file."""
    names = tuple(map(str, range(25)))
    shares = tuple(tuple((row * column) / 625 for column in range(25)) for row in range(25))
    svg = plot_heatmaps(drawn.heatmaps(panels=(HeatmapPanel("p", names, names, shares),) * 4))

    assert 648 == size(svg)[0]
    assert 400_000 > len(svg)
