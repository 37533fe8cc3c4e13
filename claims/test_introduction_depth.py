"""How many seeds of a deep network learn what the introduction says can be learned."""

from fixtures.article import INTRODUCTION
from fixtures.experiments import THREE_CHAR_TIME_STEPS
from lstm_lab import at_least, claim, recurrent_classifier

ALL_BUT_ONE = 22 / 23 - 0.01  # of the windows


@claim(
    "intro/allows-very-deep-networks-in-most-seeds",
    "Eight LSTM layers on top of each other in most seeds learn all three-letter windows, or all but one.",
    source=INTRODUCTION.at(2),
    stance="strict",
    criterion=at_least(0.5),
    expect="inconclusive",
    judged_from=60,
    holds_with="one layer instead of eight",
    revised="2026-11: a positive control, which a refuted claim needs; was REFUTED on seeds 30 to 59",
)
def test_allows_very_deep_networks_in_most_seeds(train, three_char_time_steps, planted, observe):
    """The models of `intro/allows-very-deep-networks`, which says what can be learned, by the share of seeds."""
    eight_layers = THREE_CHAR_TIME_STEPS.but(network=recurrent_classifier(32, depth=8))
    judged = three_char_time_steps if planted else train(eight_layers)
    observe(judged.accuracy >= ALL_BUT_ONE, accuracy=judged.accuracy)
