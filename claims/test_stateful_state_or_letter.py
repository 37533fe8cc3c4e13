"""Claims of the section "Stateful LSTM for a One-Char to One-Char Mapping": does the state answer, or the letter?

State and letter are parted: the state in which the alphabet has been fed up to one letter is given another letter.
The text counts on 16 units (the listing of 2016); since 2018 the listing has 50. Both are tested.
"""

import numpy as np

from fixtures.article import STATEFUL
from fixtures.probes import transplanted
from lstm_lab import at_least, claim

STEPS = np.arange(25)
NO_RESET = "no reset but the first, the letters in order"


@claim(
    "stateful/used-carried-state",
    "The 16-unit model goes by the state that it carries from letter to letter.",
    source=STATEFUL,
    criterion=at_least(0.5),
    expect="supported",
    contradicts=["stateful/used-the-letters"],
)
def test_used_carried_state(stateful_one_char, observe):
    """It holds in a seed where a reset before each letter leaves at most half of the answers right, and at least half
    of the answers to 25 states times 24 other letters are what belongs to the state."""
    observe(*_by_state(stateful_one_char), **_shares(stateful_one_char))


@claim(
    "stateful/used-carried-state-50-units",
    "The 50-unit model goes by the state that it carries from letter to letter.",
    source=STATEFUL,
    criterion=at_least(0.5),
    expect="supported",
    contradicts=["stateful/used-the-letters-50-units"],
)
def test_used_carried_state_50_units(stateful_one_char_50, observe):
    """As with 16 units."""
    observe(*_by_state(stateful_one_char_50), **_shares(stateful_one_char_50))


@claim(
    "stateful/used-the-letters",
    "The 16-unit model goes by the letter: whatever its state, most answers are the letter that follows the one given.",
    source=STATEFUL,
    criterion=at_least(0.5),
    expect="refuted",
    contradicts=["stateful/used-carried-state"],
)
def test_used_the_letters(stateful_one_char, observe):
    """Of the answers to 25 states times 24 other letters."""
    shares = _shares(stateful_one_char)
    observe(shares["follow_the_letter"] >= 0.5, **shares)


@claim(
    "stateful/used-the-letters-50-units",
    "The 50-unit model goes by the letter: whatever its state, most answers are the letter that follows the one given.",
    source=STATEFUL,
    criterion=at_least(0.5),
    expect="refuted",
    contradicts=["stateful/used-carried-state-50-units"],
)
def test_used_the_letters_50_units(stateful_one_char_50, observe):
    """Of the answers to 25 states times 24 other letters."""
    shares = _shares(stateful_one_char_50)
    observe(shares["follow_the_letter"] >= 0.5, **shares)


@claim(
    "stateful/predicts-from-arbitrary-letter",
    "After a reset the 16-unit model cannot go on from an arbitrary letter: it answers fewer than 0.9 of them rightly.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
    control=NO_RESET,
)
def test_predicts_from_arbitrary_letter(stateful_one_char, broken, observe):
    """25 letters, a reset before each.

    The text calls it a question to be seen, and finds that it cannot. Declared first was that it can (0.9 and more, in
    0.8 of the seeds); stated is what the text itself finds, with the same two figures.
    """
    accuracy = stateful_one_char.accuracy if broken else _shares(stateful_one_char)["right_after_a_reset"]
    observe(accuracy < 0.9, accuracy=accuracy)


@claim(
    "stateful/predicts-from-arbitrary-letter-50-units",
    "After a reset the 50-unit model cannot go on from an arbitrary letter: it answers fewer than 0.9 of them rightly.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
    control=NO_RESET,
)
def test_predicts_from_arbitrary_letter_50_units(stateful_one_char_50, broken, observe):
    """As with 16 units."""
    accuracy = stateful_one_char_50.accuracy if broken else _shares(stateful_one_char_50)["right_after_a_reset"]
    observe(accuracy < 0.9, accuracy=accuracy)


@claim(
    "stateful/any-letter-predicts-b",
    "After a reset the 16-unit model answers B not only to K, but to at least 0.95 of the letters C to Y.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
    published="B to K",
)
def test_any_letter_predicts_b(stateful_one_char, observe):
    """22 of the 23 letters, or all; a reset before each."""
    share = _share_of_b(stateful_one_char)
    observe(share >= 0.95, share=share)


@claim(
    "stateful/any-letter-predicts-b-50-units",
    "After a reset the 50-unit model answers B not only to K, but to at least 0.95 of the letters C to Y.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
    published="B to K",
)
def test_any_letter_predicts_b_50_units(stateful_one_char_50, observe):
    """22 of the 23 letters, or all; a reset before each."""
    share = _share_of_b(stateful_one_char_50)
    observe(share >= 0.95, share=share)


def _by_state(member):
    shares = _shares(member)
    return (shares["right_after_a_reset"] <= 0.5 and shares["follow_the_state"] >= 0.5,)


def _shares(member):
    """Where state and letter say different things, the share of answers that follow each; and those after a reset."""
    answers = transplanted(member)
    apart = ~np.eye(len(STEPS), dtype=bool)
    return {
        "right_after_a_reset": float((answers[0] == STEPS + 1).mean()),
        "follow_the_state": float((answers == STEPS[:, None] + 1)[apart].mean()),
        "follow_the_letter": float((answers == STEPS + 1)[apart].mean()),
    }


def _share_of_b(member):
    return float((transplanted(member)[0, 2:] == 1).mean())
