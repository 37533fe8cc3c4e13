"""Claims of comment 14 (Manisha, 2016-12-14) about her program itself: how it predicts, and what it draws in green."""

from lstm_lab import Comment, always, claim, exempt

COMMENT = Comment(14, "Manisha", "2016-12-14")

# What the posted program draws, in its order: which predictions, and the marker that Matplotlib is given for them.
DRAWN = (("only the first value given", "gx"), ("all values given", "bo"))


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
    "The green curve of the posted program is the one with all true values given.",
    source=COMMENT,
    criterion=always(),
    expect="refuted",
    seeds=1,
    seeds_reason="a plain fact about a text",
    control=exempt("a plain fact about a text"),
)
def test_colours_are_swapped(observe):
    """Read off the program as it is printed: the letter g of a marker is green, b is blue."""
    green = next(which for which, marker in DRAWN if marker.startswith("g"))
    observe(green == "all values given", drawn_in_green=green)
