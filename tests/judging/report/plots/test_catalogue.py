"""Which plots a report has, with their claims and chapters, and their files."""

import html
import os
import re
import subprocess
import sys
from pathlib import Path

import drawn
import matplotlib
import pytest
from ledgers import RUN, entry, everything, ledger_of, mixed, pairs
from svg import contrast
from told import told

from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.report import files
from lstm_lab.judging.report.plots import style
from lstm_lab.judging.report.plots.catalogue import COMPARISONS, MODELS, RATES
from lstm_lab.judging.report.report import Report


def with_model_plots():
    """The ledger that has everything, and pictures of models."""
    ledger = everything()
    for drawing in (drawn.curves(), drawn.heatmaps()):
        ledger.add_drawing(drawing)
    return ledger


def plots_of(ledger):
    """The pictures of a ledger."""
    return Report(ledger).plots


def test_pictures_come_in_the_order_of_the_report():
    """Those of models as gathered, then the pass rates, then the differences."""
    chapters = [(one.name, one.chapter) for one in plots_of(with_model_plots())]

    assert [
        ("losses", MODELS),
        ("answers", MODELS),
        ("pass_rates", RATES),
        ("paired_differences", COMPARISONS),
    ] == chapters


def test_only_what_has_something_to_show_is_a_picture():
    """Without drawings, pass rates or comparisons there is no picture of them."""
    assert [] == [one.name for one in plots_of(Ledger())]
    assert ["paired_differences"] == [
        one.name for one in plots_of(ledger_of((entry("a/b", beats()), pairs([0.0] * 30))))
    ]
    assert ["pass_rates"] == [one.name for one in plots_of(ledger_of((entry("a/b", at_least(0.5)), mixed(30))))]


def test_picture_belongs_to_claims_of_the_run_alone():
    """A claim that the drawing names and the run does not have is left out."""
    losses, answers, rates, differences = plots_of(with_model_plots())

    assert (("state/warm-up",), ("state/k-predicts-b",)) == (losses.claims, answers.claims)
    assert "state/warm-up" in rates.claims
    assert "windows/order-does-not-matter" in rates.claims
    assert "state/fails" not in rates.claims
    assert "windows/order-does-not-matter" in differences.claims


@pytest.mark.parametrize("place", range(4), ids=["curves", "heatmaps", "forest", "differences"])
def test_same_evidence_gives_the_same_bytes_in_every_process(place):
    """Neither the clock, nor chance, nor hash randomisation leaves a trace; nor do date and version."""
    code = (
        "import sys; sys.path[:0] = sys.argv[1:]; from test_catalogue import plots_of, with_model_plots; "
        f"sys.stdout.buffer.write(plots_of(with_model_plots())[{place}].svg.encode())"
    )
    here = [str(Path(__file__).parent), str(Path(__file__).parents[2])]
    again = subprocess.run(
        [sys.executable, "-c", code, *here], env={**os.environ, "PYTHONHASHSEED": "7"}, capture_output=True, check=True
    ).stdout.decode()
    picture = plots_of(with_model_plots())[place]

    assert picture.svg == again
    assert not re.search(r"<dc:(date|creator)>", again)
    assert f"{style.MADE_HERE}/{picture.name}" in again


@pytest.mark.parametrize("place", range(4), ids=["curves", "heatmaps", "forest", "differences"])
def test_settings_of_the_user_do_not_show(place):
    """Other sizes and widths in Matplotlib's settings change nothing, and are there afterwards."""
    plain = plots_of(with_model_plots())[place].svg
    with matplotlib.rc_context({"font.size": 20, "svg.fonttype": "path", "axes.grid": True, "lines.linewidth": 7}):
        assert plain == plots_of(with_model_plots())[place].svg
        assert 20 == matplotlib.rcParams["font.size"]


@pytest.mark.parametrize("ground", ["#ffffff", "#0d1117"], ids=["light", "dark"])
def test_colours_of_all_pictures_stand_out_from_light_and_dark(ground):
    """Text by 4 to 1, marks by 3 to 1."""
    assert contrast(style.INK, ground) > 4
    assert all(contrast(colour, ground) > 3 for colour in (*style.COLOURS.values(), style.FIRST, style.SECOND))


def test_report_shows_each_picture_with_its_caption_and_its_claims():
    """Pictures of models have a chapter before the pass rates; each leads to the claims that it belongs to."""
    ledger = with_model_plots()
    text = told(Report(ledger))
    chapter = text.partition("## Pictures\n")[2].partition("\n## ")[0]

    assert [
        "",
        "### How they learn",
        "",
        "The loss falls.",
        "",
        "![How they learn](./losses.svg)",
        "",
        "Belongs to [`state/warm-up`](keeping-state-between-batches.md#state--warm-up).",
        "",
    ] == chapter.splitlines()[:9]
    assert text.index("## Pictures\n") < text.index("## Pass rates\n") < text.index("## Paired differences\n")
    assert "](./paired_differences.svg)" in text


def test_report_rebuilt_from_its_file_has_the_same_pictures(tmp_path):
    """Drawings are part of a run's file, so that no model is needed to draw them again."""
    ledger = everything()
    ledger.keep(tmp_path / "run.jsonl")
    for drawing in (drawn.curves(), drawn.heatmaps()):
        ledger.add_drawing(drawing)
    ledger.close(RUN)
    read = Ledger.read(tmp_path / "run.jsonl")

    assert [one.svg for one in plots_of(with_model_plots())] == [one.svg for one in plots_of(read)]
    assert told(Report(ledger)) == told(Report(read))


def test_pictures_that_no_longer_exist_are_removed_and_others_left(tmp_path):
    """A report without models takes their pictures away; a drawing of the user's own in that folder stays."""
    files.write(Report(with_model_plots()), tmp_path / "REPORT.md")
    own = tmp_path / "report" / "own.svg"
    own.write_text("<svg/>")
    files.write(Report(everything()), tmp_path / "REPORT.md")

    assert ["own.svg", "paired_differences.svg", "pass_rates.svg"] == sorted(
        path.name for path in (tmp_path / "report").glob("*.svg")
    )


def test_a_picture_that_cannot_be_drawn_says_so(tmp_path, monkeypatch):
    """In its own place, in one line; the report and its other pictures are there."""

    def fail(drawing):
        raise ValueError("no <room>\nfor it")

    monkeypatch.setattr("lstm_lab.judging.report.plots.curves.plot_curves", fail)
    told = files.write(Report(with_model_plots()), tmp_path / "REPORT.md")

    assert ["How they learn: cannot be drawn: ValueError: no <room> for it"] == told
    assert f">{html.escape(told[0])}</text>" in (tmp_path / "report" / "losses.svg").read_text()
    assert html.escape(told[0]) in (tmp_path / "report.html").read_text()
    assert 4 == len(list((tmp_path / "report").glob("*.svg")))
