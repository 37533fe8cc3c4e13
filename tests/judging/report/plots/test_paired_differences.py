"""Paired differences drawn."""

import pytest
from ledgers import entry, everything, ledger_of, mixed, pairs
from svg import colours, size, texts

from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.equivalence import equivalent
from lstm_lab.judging.criteria.judgement import Verdict
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.report.claim_tables import by_section
from lstm_lab.judging.report.plots.paired_differences import _place, _scale, plot_paired_differences, rows
from lstm_lab.judging.report.plots.style import COLOURS, INK
from lstm_lab.judging.verdicts.findings import judge


def drawn(*evidence):
    """The picture of a run with this evidence, of the ledger that has everything without any."""
    ledger = ledger_of(*evidence) if evidence else everything()
    return plot_paired_differences("paired_differences", "Paired differences", by_section(judge(ledger)))


def test_each_comparison_is_named_below_its_heading():
    """Both criteria that compare pairs, and none that does not."""
    told = set(texts(drawn()))

    assert {"Windows of Three Letters", "windows/steps-beat-features", "windows/order-does-not-matter"} <= told
    assert not {"state/k-predicts-b", "windows/new-idea", "Comments"} & told
    assert {"treatment − baseline", "mean and interval", "wanted", "seeds, supported"} <= told


def test_sides_of_a_comparison_stand_below_its_name():
    """Whoever looks at a strip sees what is to its right ahead of what."""
    told = texts(drawn((entry("a/b", beats(), sides=("with resets", "without")), pairs([0.1] * 30))))

    assert {"a/b", "with resets − without"} <= set(told)
    assert "treatment − baseline" not in told


def test_run_without_comparisons_has_no_picture():
    """Nothing is drawn of claims that hold or do not."""
    assert "" == drawn((entry("a/b", at_least(0.5)), mixed(30)))


def test_claim_that_is_not_judged_is_left_out():
    """A comparison with missing seeds has no interval and no row."""
    groups = by_section(judge(ledger_of((entry("a/b", beats()), pairs([0.1] * 29)))))

    assert [] == rows(groups)


@pytest.mark.parametrize(
    ("differences", "end"),
    [([0.4, -0.9], None), ([1.4], "± 2"), ([-3.0], "± 5"), ([283.0, 371.0], "± 500"), ([1500.0, 9000.0], "± 10,000")],
    ids=["shares", "2", "5", "500", "10000"],
)
def test_differences_larger_than_shares_have_an_axis_of_their_own(differences, end):
    """It ends at 2, 5 or 10 times a power of ten and says so beside the row."""
    told = texts(drawn((entry("a/b", beats()), pairs(differences * 30))))

    assert [end] * (end is not None) == [text for text in told if text.startswith("±")]


def test_margin_beyond_one_counts_for_the_axis():
    """A margin of three is seen although all differences are small."""
    (finding,) = judge(ledger_of((entry("a/b", equivalent(3.0)), pairs([0.1] * 30))))

    assert 5 == _scale([0.1] * 30, finding.entry.claim.criterion.wanted_differences())


def test_axis_is_widened_around_zero_and_keeps_order_and_sign():
    """A difference of 0.04 stands at a fifth, and no difference changes sides or places."""
    places = [_place(one, 1.0) for one in (-1.0, -0.04, 0.0, 0.04, 0.25, 1.0)]

    assert [-1.0, -0.2, 0.0, 0.2, 0.5, 1.0] == pytest.approx(places)


def test_seeds_have_the_colour_of_the_verdict():
    """A supported comparison alone has blue strokes; the others are in the legend only."""
    svg = drawn((entry("a/b", beats()), pairs([0.1 + seed / 100 for seed in range(30)])))
    strokes = svg.partition('id="legend_1"')[0]

    assert COLOURS[Verdict.SUPPORTED] in colours(strokes)
    assert COLOURS[Verdict.REFUTED] not in colours(strokes)


def test_nothing_but_readable_colours_is_used():
    """The colours of the verdicts and the ink of the text."""
    assert colours(drawn()) <= {INK, *COLOURS.values()}


def test_picture_stays_on_the_page():
    """Eighty comparisons with names of eighty letters: as wide as a page, and a small file."""
    evidence = [(entry(f"a/{'b' * 75}-{index}", beats()), pairs([0.1] * 30)) for index in range(80)]
    svg = drawn(*evidence)

    assert 648 == size(svg)[0]
    assert 250_000 > len(svg)
