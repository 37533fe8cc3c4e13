"""Claims of the section "LSTM with Variable-Length Input to One-Char Output" on how the model could become perfect.

All accuracies are those on the training patterns of the seed, the same for both models that are compared. A and
padding are both 0, so that some different runs are one input; these have the same target, and cost nothing.
"""

from fixtures.article import VARIABLE
from lstm_lab import at_least, beats, claim

DEAR = "with 64 units a thousand epochs cost half a minute for each seed"


@claim(
    "variable-length/more-training-helps",
    "1000 epochs instead of 500 give a higher accuracy.",
    source=VARIABLE,
    criterion=beats(),
    expect="supported",
    seeds=10,
    seeds_reason="a million updates",
)
def test_more_training_helps(variable_length_1000, variable_length, variable_length_100, observe):
    """One training, looked at twice; after 100 epochs it was still far behind."""
    observe(
        variable_length_1000.accuracy,
        against=variable_length.accuracy,
        accuracy_after_100_epochs=variable_length_100.accuracy,
    )


@claim(
    "variable-length/larger-network-helps",
    "64 units instead of 32 give a higher accuracy after 500 epochs.",
    source=VARIABLE,
    criterion=beats(),
    expect="inconclusive",
    seeds=10,
    seeds_reason=DEAR,
)
def test_larger_network_helps(variable_length_64_units, variable_length, observe):
    """After 500 epochs more units do not help reliably. It is not that nothing was left to win: more epochs do help,
    from the same start, see `variable-length/more-training-helps`.

    The rate lies at the bar; what it would take to settle it is told above.
    """
    observe(variable_length_64_units.accuracy, against=variable_length.accuracy)


@claim(
    "variable-length/both-reach-perfection",
    "64 units and 1000 epochs learn all training patterns.",
    source=VARIABLE,
    criterion=at_least(0.5),
    expect="inconclusive",
    seeds=10,
    seeds_reason=DEAR,
)
def test_both_reach_perfection(variable_length_64_units_1000, variable_length_64_units, observe):
    """The last epoch counts; beside it the same training after 500.

    The rate lies at the bar; how many seeds would settle it is told above.
    """
    accuracy = variable_length_64_units_1000.accuracy
    observe(accuracy == 1.0, accuracy=accuracy, accuracy_after_500_epochs=variable_length_64_units.accuracy)
