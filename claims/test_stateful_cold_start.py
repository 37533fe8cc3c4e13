"""Claims of the section "Stateful LSTM for a One-Char to One-Char Mapping" about starting cold and warming up.

The text counts on 16 units (the listing of 2016); since 2018 the listing has 50. Both are tested.
"""

from fixtures.article import STATEFUL
from fixtures.experiments import STATEFUL_ONE_CHAR, STATEFUL_ONE_CHAR_50
from lstm_lab import ALPHABET, at_least, case, claim

WARM_UP = "ABCDEFGHIJK"


@claim(
    "stateful/k-predicts-b",
    "After a reset, the stateful model of {units} units answers B to the letter K.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
    published="B",
    cases=[
        case(units=16, model=STATEFUL_ONE_CHAR),
        case("50-units", units=50, model=STATEFUL_ONE_CHAR_50),
    ],
)
def test_k_predicts_b(model, observe):
    answer = model.cold_start("K")
    observe(answer == "B", answer=answer)


@claim(
    "stateful/regurgitates-alphabet",
    "Given K after a reset and then its own answers, the model of {units} units says B, C, D, E, F.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
    published="B, C, D, E, F",
    cases=[
        case(units=16, model=STATEFUL_ONE_CHAR),
        case("50-units", units=50, model=STATEFUL_ONE_CHAR_50),
    ],
)
def test_regurgitates_alphabet(model, observe):
    """The five steps that the article prints."""
    said = model.roll_out("K", 5)
    observe(said == "BCDEF", said=said)


@claim(
    "stateful/regurgitates-whole-alphabet",
    "Given K after a reset and then its own answers, the model of {units} units says the whole alphabet from B to Z.",
    source=STATEFUL,
    criterion=at_least(0.8),
    cases=[
        case(units=16, model=STATEFUL_ONE_CHAR, expect="inconclusive"),
        case("50-units", units=50, model=STATEFUL_ONE_CHAR_50, expect="supported"),
    ],
)
def test_regurgitates_whole_alphabet(model, observe):
    """The strict reading: all 25 steps, of which the article prints five."""
    said = model.roll_out("K", 25)
    observe(said == ALPHABET[1:], said=said)


@claim(
    "stateful/warm-up-suffices",
    "Fed A to J first, the model of {units} units expects K, and given K it answers L.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
    cases=[
        case(units=16, model=STATEFUL_ONE_CHAR),
        case("50-units", units=50, model=STATEFUL_ONE_CHAR_50),
    ],
)
def test_warm_up_suffices(model, observe):
    said = model.warm_up(WARM_UP)
    observe(said.endswith("KL"), said=said)
