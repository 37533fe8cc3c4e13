"""Claims of the section "Stateful LSTM for a One-Char to One-Char Mapping": what the trained model knows.

The text counts on 16 units (the listing of 2016); since 2018 the listing has 50. Both are tested.
"""

from fixtures import article
from fixtures.article import STATEFUL
from lstm_lab import ALPHABET, at_least, beats, claim

PUBLISHED = article.STATEFUL_ONE_CHAR


@claim(
    "stateful/sixteen-units-300-epochs-suffice",
    "Half the units (16) and 300 epochs suffice for the stateful model to learn the alphabet.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
    published=PUBLISHED.accuracy,
)
def test_sixteen_units_300_epochs_suffice(stateful_one_char, observe):
    observe(stateful_one_char.accuracy == 1.0, accuracy=stateful_one_char.accuracy)


@claim(
    "stateful/memorised-perfectly",
    "From a reset state the stateful model of 16 units answers all 25 letters in order rightly.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
    published=PUBLISHED.accuracy,
)
def test_memorised_perfectly(stateful_one_char, observe):
    """By Keras's own `evaluate`, with batches of one, in order."""
    observe(stateful_one_char.keras_accuracy == 1.0, accuracy=stateful_one_char.keras_accuracy)


@claim(
    "stateful/memorised-perfectly-50-units",
    "From a reset state the stateful model of 50 units answers all 25 letters in order rightly.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
    published=PUBLISHED.accuracy,
)
def test_memorised_perfectly_50_units(stateful_one_char_50, observe):
    """By Keras's own `evaluate`, with batches of one, in order."""
    observe(stateful_one_char_50.keras_accuracy == 1.0, accuracy=stateful_one_char_50.keras_accuracy)


@claim(
    "stateful/rattles-off-alphabet",
    "Given A and then its own answers, the stateful model of 16 units says the rest of the alphabet.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
    published="B to Z",
)
def test_rattles_off_alphabet(stateful_one_char, observe):
    said = stateful_one_char.roll_out("A", 25)
    observe(said == ALPHABET[1:], said=said)


@claim(
    "stateful/rattles-off-alphabet-50-units",
    "Given A and then its own answers, the stateful model of 50 units says the rest of the alphabet.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
    published="B to Z",
)
def test_rattles_off_alphabet_50_units(stateful_one_char_50, observe):
    said = stateful_one_char_50.roll_out("A", 25)
    observe(said == ALPHABET[1:], said=said)


@claim(
    "stateful/reset-each-epoch-matters",
    "Resetting the state after each epoch of training matters to the 16-unit model, asked from a reset state.",
    source=STATEFUL,
    criterion=beats(),
    expect="supported",
)
def test_reset_each_epoch_matters(stateful_one_char, stateful_never_reset, observe):
    """Accuracy in order from a reset state; the model trained without resets is also asked from where it stopped."""
    observe(
        stateful_one_char.accuracy,
        against=stateful_never_reset.accuracy,
        never_reset_and_going_on=stateful_never_reset.accuracy_from_final_state,
    )


@claim(
    "stateful/reset-each-epoch-matters-50-units",
    "Resetting the state after each epoch of training matters to the 50-unit model, asked from a reset state.",
    source=STATEFUL,
    criterion=beats(),
    expect="supported",
)
def test_reset_each_epoch_matters_50_units(stateful_one_char_50, stateful_never_reset_50, observe):
    """Accuracy in order from a reset state; the model trained without resets is also asked from where it stopped."""
    observe(
        stateful_one_char_50.accuracy,
        against=stateful_never_reset_50.accuracy,
        never_reset_and_going_on=stateful_never_reset_50.accuracy_from_final_state,
    )
