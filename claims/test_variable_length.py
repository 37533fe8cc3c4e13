"""Claims of the section "LSTM with Variable-Length Input to One-Char Output": how well it is learned.

Accuracies are those on the training patterns of the seed. A and padding are both 0, so that some different runs are
one input; these have the same target, and cost nothing.
"""

from fixtures import article
from fixtures.article import VARIABLE
from fixtures.experiments import VARIABLE_LENGTH, VARIABLE_LENGTH_4_UNITS_100, VARIABLE_LENGTH_64_UNITS_100
from lstm_lab import Subsequences, at_least, beats, claim

VERY_WELL = 0.95


@claim(
    "variable-length/did-very-well",
    "Trained on 1000 random subsequences of one to five letters, the model does very well: at least 95 % are learned.",
    source=[VARIABLE.at(10, 1), VARIABLE.at(7, 1)],
    stance="stated",
    criterion=at_least(0.8),
    measure="accuracy on the 1000 training patterns",
    expect="supported",
    published=article.VARIABLE_LENGTH.accuracy,
)
def test_did_very_well(variable_length, observe):
    """ "B" and "AB" are the same padded input, with the same right answer, so the padding costs nothing here."""
    observe(variable_length.accuracy >= VERY_WELL, accuracy=variable_length.accuracy)


@claim(
    "variable-length/not-perfect",
    "Trained on 1000 random subsequences of one to five letters, the model is not perfect on them.",
    source=VARIABLE.at(10, 1),
    stance="stated",
    criterion=at_least(0.8),
    measure="accuracy on the 1000 training patterns",
    expect="supported",
    published=article.VARIABLE_LENGTH.accuracy,
    control="10 subsequences instead of 1000, 2000 epochs instead of 500",
    revised="2026-11: measure; was SUPPORTED",
)
def test_not_perfect(train, variable_length, broken, observe):
    easier = VARIABLE_LENGTH.but(problem=Subsequences(count=10, longest=5), epochs=2000)
    member = train(easier) if broken else variable_length
    observe(member.accuracy < 1.0, accuracy=member.accuracy)


@claim(
    "variable-length/more-training-helps",
    "More training is one way on from there: of what is wrong after 500 epochs at most half is wrong after 1000.",
    source=VARIABLE.at(10, 2),
    stance="stated",
    criterion=at_least(0.5),
    measure="accuracy on the 1000 training patterns",
    expect="supported",
    seeds=10,
    seeds_reason="a million updates",
    control="100 epochs instead of 1000",
    revised="2026-11: statement, measure, criterion; was SUPPORTED",
)
def test_more_training_helps(variable_length_1000, variable_length, variable_length_100, broken, observe):
    """The text names more training, a larger network, or both, as what may be needed; one that works is enough for it.

    Errors, because after 500 epochs less than 0.02 of accuracy is left to win. One training, looked at three times.
    """
    accuracy = (variable_length_100 if broken else variable_length_1000).accuracy
    before = variable_length.accuracy
    observe(
        2 * (1 - accuracy) <= 1 - before,
        accuracy=accuracy,
        accuracy_after_500_epochs=before,
        accuracy_after_100_epochs=variable_length_100.accuracy,
    )


@claim(
    "variable-length/larger-network-helps",
    "A larger network is another way on: 64 units instead of 32 raise the accuracy after 100 epochs by more than 0.02.",
    source=VARIABLE.at(10, 2),
    stance="strict",
    criterion=beats(by=0.0205),
    sides=("64 units", "32 units"),
    measure="accuracy on the 1000 training patterns, after 100 epochs",
    expect="inconclusive",
    seeds=10,
    seeds_reason="with 64 units, 100,000 updates cost more than a second for each seed",
    control="4 units instead of 64",
    holds_with="4 units instead of 32 to begin with",
    revised="2026-11: measure, criterion; was INCONCLUSIVE",
)
def test_larger_network_helps(train, variable_length_100, broken, planted, observe):
    """A fifth of the article's epochs, when much is left to win, and to keep it cheap. The margin lies between the
    steps of an accuracy over 1000 patterns.

    It does not speak against the text, which names a larger network as one of two ways: the other one works."""
    smaller = train(VARIABLE_LENGTH_4_UNITS_100) if planted else variable_length_100
    larger = train(VARIABLE_LENGTH_4_UNITS_100 if broken else VARIABLE_LENGTH_64_UNITS_100)
    observe(larger.accuracy, against=smaller.accuracy)
