"""The strip of a comparison."""

import re

import pytest
from ledgers import entry, ledger_of, mixed, pairs

from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.equivalence import equivalent
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.report.html.strip import HEIGHT, ROOM, WIDTH, strip
from lstm_lab.judging.verdicts.findings import judge

LEFT, RIGHT = ROOM * WIDTH, (1 - ROOM) * WIDTH


def strip_of(criterion, outcomes):
    """The strip of one claim."""
    (finding,) = judge(ledger_of((entry("a/b", criterion), outcomes)))
    return strip(finding)


def strokes(drawn):
    """Its strokes: (position, height)."""
    return [(float(x), float(height)) for x, height in re.findall(r"M([\d.]+) 12v-([\d.]+)", drawn.strokes)]


def test_strokes_stand_where_the_differences_lie():
    """From the smallest to the largest, on one scale with 0; the more seeds share a difference, the higher."""
    drawn = strip_of(beats(), pairs([-0.1] * 10 + [0.3] * 20))

    assert [LEFT, RIGHT] == [x for x, _ in strokes(drawn)]
    assert drawn.zero == pytest.approx(LEFT + (RIGHT - LEFT) / 4)
    assert drawn.mean == pytest.approx(LEFT + (RIGHT - LEFT) * (0.1 + 0.5 / 3) / 0.4)
    assert strokes(drawn)[0][1] < strokes(drawn)[1][1] < HEIGHT
    assert ("−0.1", "+0.3") == (drawn.smallest, drawn.largest)


def test_wanted_range_is_on_the_same_scale():
    """Above the margin to the end, or on both sides of 0."""
    above = strip_of(beats(0.1), pairs([0.2] * 30))
    around = strip_of(equivalent(0.2), pairs([0.0] * 30))

    assert (LEFT + (RIGHT - LEFT) / 2, WIDTH) == pytest.approx(above.wanted)
    assert (LEFT, RIGHT) == pytest.approx(around.wanted)
    assert [(50.0, HEIGHT)] == strokes(around)


def test_pairs_that_never_differ_are_drawn():
    """All strokes at 0, whatever the scale."""
    drawn = strip_of(beats(), pairs([0.0] * 30))

    assert 1 == len(strokes(drawn))
    assert strokes(drawn)[0][0] == pytest.approx(drawn.zero, abs=0.1)


def test_claims_without_pairs_have_no_strip():
    """Nor comparisons without an observation."""
    assert strip_of(at_least(0.5), mixed(30)) is None
    assert strip_of(beats(), []) is None
