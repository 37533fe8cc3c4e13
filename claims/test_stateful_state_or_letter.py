"""Claims of the section "Stateful LSTM for a One-Char to One-Char Mapping": does the state answer, or the letter?

State and letter are parted: the state in which the alphabet has been fed up to one letter is given another letter.
The text counts on 16 units (the listing of 2016); since 2018 the listing has 50. Both are tested.
"""

import numpy as np

from fixtures.article import STATEFUL
from fixtures.experiments import STATEFUL_ONE_CHAR, STATEFUL_ONE_CHAR_50
from fixtures.probes import transplanted
from lstm_lab import at_least, case, claim

STEPS = np.arange(25)
NO_RESET = "no reset but the first, the letters in order"


@claim(
    "stateful/used-carried-state",
    "The {units}-unit model goes by the state that it carries from letter to letter.",
    source=STATEFUL,
    criterion=at_least(0.5),
    expect="supported",
    cases=[
        case(units=16, model=STATEFUL_ONE_CHAR, contradicts=["stateful/used-the-letters"]),
        case("50-units", units=50, model=STATEFUL_ONE_CHAR_50, contradicts=["stateful/used-the-letters-50-units"]),
    ],
)
def test_used_carried_state(model, observe):
    """It holds in a seed where a reset before each letter leaves at most half of the answers right, and at least half
    of the answers to 25 states times 24 other letters are what belongs to the state."""
    observe(*_by_state(model), **_shares(model))


@claim(
    "stateful/used-the-letters",
    "The {units}-unit model goes by the letter: whatever its state, most answers are the letter that follows the "
    "one given.",
    source=STATEFUL,
    criterion=at_least(0.5),
    expect="refuted",
    cases=[
        case(units=16, model=STATEFUL_ONE_CHAR, contradicts=["stateful/used-carried-state"]),
        case("50-units", units=50, model=STATEFUL_ONE_CHAR_50, contradicts=["stateful/used-carried-state-50-units"]),
    ],
)
def test_used_the_letters(model, observe):
    """Of the answers to 25 states times 24 other letters."""
    shares = _shares(model)
    observe(shares["follow_the_letter"] >= 0.5, **shares)


@claim(
    "stateful/predicts-from-arbitrary-letter",
    "After a reset the {units}-unit model cannot go on from an arbitrary letter: it answers fewer than 0.9 of "
    "them rightly.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
    control=NO_RESET,
    cases=[
        case(units=16, model=STATEFUL_ONE_CHAR),
        case("50-units", units=50, model=STATEFUL_ONE_CHAR_50),
    ],
)
def test_predicts_from_arbitrary_letter(model, broken, observe):
    """25 letters, a reset before each.

    The text calls it a question to be seen, and finds that it cannot. Declared first was that it can (0.9 and more, in
    0.8 of the seeds); stated is what the text itself finds, with the same two figures.
    """
    accuracy = model.accuracy if broken else _shares(model)["right_after_a_reset"]
    observe(accuracy < 0.9, accuracy=accuracy)


@claim(
    "stateful/any-letter-predicts-b",
    "After a reset the {units}-unit model answers B not only to K, but to at least 0.95 of the letters C to Y.",
    source=STATEFUL,
    criterion=at_least(0.8),
    expect="supported",
    published="B to K",
    cases=[
        case(units=16, model=STATEFUL_ONE_CHAR),
        case("50-units", units=50, model=STATEFUL_ONE_CHAR_50),
    ],
)
def test_any_letter_predicts_b(model, observe):
    """22 of the 23 letters, or all; a reset before each."""
    share = _share_of_b(model)
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
