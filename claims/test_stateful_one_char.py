"""Claims of the section "Stateful LSTM for a One-Char to One-Char Mapping": what the trained model knows.

The text counts on 16 units (the listing of 2016); since 2018 the listing has 50. Both are tested.
"""

from fixtures import article
from fixtures.article import STATEFUL
from fixtures.experiments import STATEFUL_NEVER_RESET, STATEFUL_NEVER_RESET_50, STATEFUL_ONE_CHAR, STATEFUL_ONE_CHAR_50
from lstm_lab import ALPHABET, at_least, beats, case, claim

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
    "From a reset state the stateful model of {units} units answers all 25 letters in order rightly.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
    published=PUBLISHED.accuracy,
    cases=[
        case(units=16, model=STATEFUL_ONE_CHAR),
        case("50-units", units=50, model=STATEFUL_ONE_CHAR_50),
    ],
)
def test_memorised_perfectly(model, observe):
    """By Keras's own `evaluate`, with batches of one, in order."""
    observe(model.keras_accuracy == 1.0, accuracy=model.keras_accuracy)


@claim(
    "stateful/rattles-off-alphabet",
    "Given A and then its own answers, the stateful model of {units} units says the rest of the alphabet.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
    published="B to Z",
    cases=[
        case(units=16, model=STATEFUL_ONE_CHAR),
        case("50-units", units=50, model=STATEFUL_ONE_CHAR_50),
    ],
)
def test_rattles_off_alphabet(model, observe):
    said = model.roll_out("A", 25)
    observe(said == ALPHABET[1:], said=said)


@claim(
    "stateful/reset-each-epoch-matters",
    "Resetting the state after each epoch of training matters to the {units}-unit model, asked from a reset state.",
    source=STATEFUL,
    criterion=beats(),
    expect="supported",
    cases=[
        case(units=16, model=STATEFUL_ONE_CHAR, baseline=STATEFUL_NEVER_RESET),
        case("50-units", units=50, model=STATEFUL_ONE_CHAR_50, baseline=STATEFUL_NEVER_RESET_50),
    ],
)
def test_reset_each_epoch_matters(model, baseline, observe):
    """Accuracy in order from a reset state; the model trained without resets is also asked from where it stopped."""
    observe(
        model.accuracy,
        against=baseline.accuracy,
        never_reset_and_going_on=baseline.accuracy_from_final_state,
    )
