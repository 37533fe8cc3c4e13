"""Claims of the section "Stateful LSTM for a One-Char to One-Char Mapping" about starting cold and warming up.

The text counts on 16 units (the listing of 2016); since 2018 the listing has 50. Both are tested.
"""

from fixtures.article import STATEFUL
from lstm_lab import ALPHABET, at_least, claim

WARM_UP = "ABCDEFGHIJK"


@claim(
    "stateful/k-predicts-b",
    "After a reset, the stateful model of 16 units answers B to the letter K.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
    published="B",
)
def test_k_predicts_b(stateful_one_char, observe):
    answer = stateful_one_char.cold_start("K")
    observe(answer == "B", answer=answer)


@claim(
    "stateful/k-predicts-b-50-units",
    "After a reset, the stateful model of 50 units answers B to the letter K.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
    published="B",
)
def test_k_predicts_b_50_units(stateful_one_char_50, observe):
    answer = stateful_one_char_50.cold_start("K")
    observe(answer == "B", answer=answer)


@claim(
    "stateful/regurgitates-alphabet",
    "Given K after a reset and then its own answers, the model of 16 units says B, C, D, E, F.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
    published="B, C, D, E, F",
)
def test_regurgitates_alphabet(stateful_one_char, observe):
    """The five steps that the article prints."""
    said = stateful_one_char.roll_out("K", 5)
    observe(said == "BCDEF", said=said)


@claim(
    "stateful/regurgitates-alphabet-50-units",
    "Given K after a reset and then its own answers, the model of 50 units says B, C, D, E, F.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
    published="B, C, D, E, F",
)
def test_regurgitates_alphabet_50_units(stateful_one_char_50, observe):
    """The five steps that the article prints."""
    said = stateful_one_char_50.roll_out("K", 5)
    observe(said == "BCDEF", said=said)


@claim(
    "stateful/regurgitates-whole-alphabet",
    "Given K after a reset and then its own answers, the model of 16 units says the whole alphabet from B to Z.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="inconclusive",
)
def test_regurgitates_whole_alphabet(stateful_one_char, observe):
    """The strict reading: all 25 steps, of which the article prints five."""
    said = stateful_one_char.roll_out("K", 25)
    observe(said == ALPHABET[1:], said=said)


@claim(
    "stateful/regurgitates-whole-alphabet-50-units",
    "Given K after a reset and then its own answers, the model of 50 units says the whole alphabet from B to Z.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
)
def test_regurgitates_whole_alphabet_50_units(stateful_one_char_50, observe):
    """The strict reading: all 25 steps, of which the article prints five."""
    said = stateful_one_char_50.roll_out("K", 25)
    observe(said == ALPHABET[1:], said=said)


@claim(
    "stateful/warm-up-suffices",
    "Fed A to J first, the model of 16 units expects K, and given K it answers L.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
)
def test_warm_up_suffices(stateful_one_char, observe):
    said = stateful_one_char.warm_up(WARM_UP)
    observe(said.endswith("KL"), said=said)


@claim(
    "stateful/warm-up-suffices-50-units",
    "Fed A to J first, the model of 50 units expects K, and given K it answers L.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
)
def test_warm_up_suffices_50_units(stateful_one_char_50, observe):
    said = stateful_one_char_50.warm_up(WARM_UP)
    observe(said.endswith("KL"), said=said)
