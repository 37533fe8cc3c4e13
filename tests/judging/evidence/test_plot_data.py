"""The data of plots: validated, and unchanged by a round trip through JSON."""

import json
from dataclasses import replace

import drawn
import pytest

from lstm_lab.judging.evidence.plot_data import CurvesPanel, HeatmapPanel, PlotData
from lstm_lab.judging.evidence.records import EvidenceError
from lstm_lab.judging.evidence.serialization import structure, unstructure


@pytest.mark.parametrize("drawing", [drawn.curves(), drawn.named_curves(), drawn.heatmaps()], ids=lambda one: one.name)
def test_drawing_comes_back_from_json_as_it_was(drawing):
    """Through JSON text, tuples and all."""
    assert drawing == structure(json.loads(json.dumps(unstructure(drawing), allow_nan=False)), PlotData, "drawing")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: drawn.curves("../x"), "drawing: got the name '../x' (str), wanted small letters, digits, underscores"),
        (
            lambda: drawn.heatmaps("pass_rates"),
            "drawing pass_rates: got the name of a plot that reports draw, wanted another",
        ),
        (
            lambda: drawn.heatmaps(panels=drawn.heatmaps().panels * 26),
            "drawing answers: got 52 panels, wanted at most 50",
        ),
        (
            lambda: drawn.heatmaps(panels=(HeatmapPanel("p", (), (), ()),)),
            "drawing answers, panel 'p' (str): wanted 1 to 500 rows and columns",
        ),
        (
            lambda: drawn.curves(panels=(CurvesPanel("p", (2.0, 1.0, 3.0), (drawn.line(),)),)),
            "drawing losses, panel 'p' (str): wanted x rising",
        ),
        (
            lambda: drawn.curves(panels=(CurvesPanel("p", (0.0, 1.0, 3.0), (drawn.line(),)),)),
            "drawing losses: got x up to 0 on a logarithmic axis, wanted x above 0",
        ),
        (lambda: drawn.curves(level=1e31), "drawing losses: got level 1e+31, wanted a number up to 1e+30"),
        (
            lambda: drawn.curves(panels=(CurvesPanel("p", (1.0, 2.0, 3.0), (drawn.line("", (1.0, 2.0, 1e31)),)),)),
            "drawing losses, panel 'p' (str): wanted numbers up to 1e+30",
        ),
        (lambda: drawn.curves(panels=()), "drawing losses: got no panel, wanted at least one"),
        (
            lambda: drawn.curves(panels=(CurvesPanel("p", (1.0, 2.0), (drawn.line(),)),)),
            "drawing losses, panel 'p' (str): line '': wanted 5 quantiles of 2 figures",
        ),
        (
            lambda: drawn.curves(
                panels=(CurvesPanel("p", (1.0, 2.0, 3.0), (drawn.line("", (1.0, 2.0, float("nan"))),)),)
            ),
            "drawing losses, panel 'p' (str): wanted finite numbers",
        ),
        (
            lambda: drawn.curves(panels=(CurvesPanel("p", (1.0, 2.0, 3.0), (drawn.line(),), names=("A",)),)),
            "drawing losses, panel 'p' (str): wanted 3 names",
        ),
        (
            lambda: drawn.heatmaps(panels=(HeatmapPanel("p", ("A",), ("0", "1"), ((0.5,),)),)),
            "drawing answers, panel 'p' (str): wanted 1 rows of 2 shares",
        ),
        (
            lambda: drawn.heatmaps(panels=(HeatmapPanel("p", ("A",), ("0",), ((1.5,),)),)),
            "drawing answers, panel 'p' (str): wanted shares from 0 to 1",
        ),
        (
            lambda: drawn.heatmaps(panels=drawn.curves().panels),
            "drawing answers, panel 'a first model' (str): wanted a HeatmapPanel",
        ),
    ],
    ids=[
        "name",
        "own name",
        "panels",
        "empty",
        "falling",
        "zero",
        "level",
        "large",
        "no panel",
        "quantiles",
        "not a number",
        "names",
        "rows",
        "share",
        "kind of panel",
    ],
)
def test_drawing_of_another_form_is_refused(make, told):
    """One line says which drawing and panel, and what was wanted."""
    with pytest.raises(EvidenceError) as caught:
        make()

    assert told == str(caught.value)


def test_refused_drawing_of_a_file_names_what_is_wrong():
    """What has been tampered with is held to the same form."""
    plain = unstructure(drawn.heatmaps())
    plain["panels"][0]["shares"] = [[2.0]]
    with pytest.raises(EvidenceError, match="wanted 3 rows of 3 shares"):
        structure(plain, PlotData, "drawing")


def test_drawings_are_values():
    """Two of the same numbers are equal, another caption is another drawing."""
    assert drawn.curves() == drawn.curves()
    assert drawn.curves() != replace(drawn.curves(), caption="another")
