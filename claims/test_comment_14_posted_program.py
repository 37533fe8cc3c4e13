"""Claims of comment 14 (Manisha, 2016-12-14) about her program itself: how it predicts, and its colours."""

import numpy as np

from lstm_lab import Comment, always, claim

COMMENT = Comment(14, "Manisha", "2016-12-14")

# Its drawing, written anew: answers fed back from the first value of each stretch on, then those to all values of each.
DRAWING = """
points = []
for stretch in stretches:
    answer = stretch[:1]
    for _ in stretch:
        answer = predict(answer)
        points += answer.tolist()
plot.plot(points, "{}")
points = []
for stretch in stretches:
    points += predict(stretch).tolist()
plot.plot(points, "{}")
"""
NAMED = {"green": "all values given", "blue": "only the first value given"}  # by the text of the comment


@claim(
    "comment-14/same-kind-of-prediction-as-the-article",
    "Feeding back answers from a zero state at every step, as the posted program does, is what the article does.",
    source=COMMENT,
    criterion=always(),
    expect="refuted",
)
def test_same_kind_of_prediction_as_the_article(stateful_one_char_50, observe):
    """The article's stateful model of 50 units, from K five steps: its answers with the state carried, and zeroed."""
    carried = stateful_one_char_50.roll_out("K", 5)
    zeroed, letter = "", "K"
    for _ in range(5):
        letter = stateful_one_char_50.cold_start(letter)
        zeroed += letter
    observe(carried == zeroed, state_carried=carried, state_zeroed=zeroed)


@claim(
    "comment-14/colours-are-swapped",
    "The posted program draws its two curves in the colours that its author names: green where all true values are "
    "given, blue where only the first is.",
    source=COMMENT,
    criterion=always(),
    expect="refuted",
    control="both curves with the same marker",
    seeds=1,
    seeds_reason="nothing is drawn at random",
)
def test_colours_are_swapped(broken, observe):
    """Which curve comes first and the marker of each are read off the program as it is printed; its drawing is written
    anew, run with Matplotlib, and Matplotlib asked for the colour of each curve.

    In place of the network stands one that answers how many values it is given at once. With the two markers exchanged
    the claim would hold.
    """
    found = _colours("bo", "bo") if broken else _colours("gx", "bo")
    observe(found == NAMED, **found, holds_with_markers_exchanged=_colours("bo", "gx") == NAMED)


def _colours(*markers):
    """What is drawn in which colour, the strongest of red, green and blue, with these markers."""
    from matplotlib.colors import to_rgb
    from matplotlib.figure import Figure

    axes = Figure().subplots()
    told = {"stretches": np.zeros((6, 200, 1)), "plot": axes, "predict": lambda given: np.full_like(given, len(given))}
    exec(DRAWING.format(*markers), told)
    names = {1: NAMED["blue"], 200: NAMED["green"]}
    return {
        ("red", "green", "blue")[np.argmax(to_rgb(curve.get_color()))]: names[np.unique(curve.get_ydata()).item()]
        for curve in axes.lines
    }
