"""The forest plot of pass rates."""

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import pytest
from ledgers import entry, everything, ledger_of, many, mixed, pairs
from svg import contrast

from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.report.claim_tables import by_section
from lstm_lab.judging.report.plots import forest, style
from lstm_lab.judging.verdicts.findings import judge

SVG = "{http://www.w3.org/2000/svg}"


def drawn(ledger):
    """The forest plot of a ledger."""
    return forest.plot_forest(by_section(judge(ledger)))


def test_every_claim_with_a_pass_rate_is_named_below_its_heading():
    """Headings and claim ids stand as text in the picture; a claim without a pass rate is left out."""
    texts = [element.text for element in ElementTree.fromstring(drawn(everything())).iter(f"{SVG}text")]

    assert {"Learning One Letter at a Time", "Comments", "state/k-predicts-b", "one-char/state-is-reset"} <= set(texts)
    assert not {"state/fails", "state/vanishes"} & set(texts)
    assert {"supported", "refuted", "inconclusive", "wanted"} <= set(texts)


def test_same_findings_give_the_same_bytes_in_every_process():
    """Neither the clock, nor chance, nor hash randomisation leaves a trace."""
    code = (
        "import sys; sys.path[:0] = sys.argv[1:]; from test_forest import everything, drawn; "
        "sys.stdout.buffer.write(drawn(everything()).encode())"
    )
    here = [str(Path(__file__).parent), str(Path(__file__).parents[2])]
    pictures = [
        subprocess.run(
            [sys.executable, "-c", code, *here],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout.decode()
        for seed in ("1", "2")
    ]

    assert [drawn(everything())] * 2 == pictures


def test_settings_of_the_user_do_not_show_and_are_left_alone():
    """Matplotlib's settings before and after are the same, and what they were changes nothing."""
    plain = drawn(everything())
    with matplotlib.rc_context({"font.size": 20, "svg.fonttype": "path", "lines.linewidth": 7}):
        assert plain == drawn(everything())
        assert (20, "path") == (matplotlib.rcParams["font.size"], matplotlib.rcParams["svg.fonttype"])


def test_picture_tells_neither_date_nor_version():
    """The metadata hold a title and nothing that differs between machines."""
    svg = drawn(everything())

    assert "<dc:date>" not in svg
    assert "<dc:creator>" not in svg
    assert "<title>Pass rates</title>" in svg


@pytest.mark.parametrize("ground", ["#ffffff", "#0d1117"], ids=["light", "dark"])
def test_picture_is_readable_on_light_and_dark(ground):
    """Text stands out from either ground by 4 to 1, marks by 3 to 1, and nothing is painted behind them."""
    svg = drawn(everything())

    assert contrast(style.INK, ground) > 4
    assert all(contrast(colour, ground) > 3 for colour in style.COLOURS.values())
    assert not re.search(r"fill: #(fff|000)", svg)


@pytest.mark.parametrize(("claims", "tallest", "largest"), [(30, 700, 60_000), (220, 1700, 300_000)])
def test_picture_stays_on_the_page(claims, tallest, largest):
    """Few and many claims fit the width of a page, in points, and a small file."""
    svg = drawn(many(claims))
    root = ElementTree.fromstring(svg)
    _, _, width, height = map(float, root.attrib["viewBox"].split())

    assert 648 == width
    assert tallest > height
    assert largest > len(svg)
    assert claims == sum((element.text or "").startswith("section-") for element in root.iter(f"{SVG}text"))


def test_no_heading_stands_alone_at_the_foot_of_a_column():
    """Where two columns are cut, a heading goes with its claims."""
    groups = by_section(judge(many(83)))
    drawn = forest.rows(groups)
    heading = next(place for place, row in enumerate(drawn) if isinstance(row, str) and place > 30)
    first, second = forest._columns(drawn[: 2 * heading + 1])

    assert isinstance(second[0], str)
    assert not isinstance(first[-1], str)


def test_nothing_to_draw_gives_no_picture():
    """Claims without a pass rate have no picture."""
    assert "" == drawn(ledger_of((entry("a/b", beats()), pairs([0.0] * 30))))


def test_one_claim_is_drawn():
    """A single claim is a picture too."""
    assert "a/b" in drawn(ledger_of((entry("a/b", at_least(0.5)), mixed(30))))
