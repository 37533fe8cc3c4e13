"""Claims of the section "Stateful LSTM for a One-Char to One-Char Mapping": a smaller network, fewer epochs.

The text counts on half the units and almost half the epochs: 16 units and 300 epochs in the listing of 2016, against
32 units and 500 epochs of the stateless models of one letter and of three. That they suffice for the stateful model is
`stateful/memorised-perfectly`; here is whether they do without a carried state.
"""

import numpy as np

from fixtures import article
from fixtures.article import STATEFUL
from fixtures.experiments import NAIVE_16_UNITS_300, STATEFUL_ONE_CHAR, THREE_CHAR_TIME_STEPS_16_300, WITHIN_BATCH
from fixtures.probes import transplanted
from lstm_lab import ALPHABET, at_least, beats, case, claim

PUBLISHED = article.STATEFUL_ONE_CHAR


@claim(
    "stateful/half-the-units",
    "Half the units and fewer epochs suffice because the state is carried: with 16 units and 300 epochs, too, the "
    "stateless model of {letters} learns less than the stateful one.",
    source=STATEFUL.at(5, 2),
    stance="stated",
    criterion=beats(by=0.02),
    sides=("16 stateful units", "16 stateless units"),
    expect="supported",
    revised="2026-11: statement, measure, criterion; was SUPPORTED",
    published=PUBLISHED.accuracy,
    control="a reset before each letter, in training and when it is asked, which leaves no state to carry",
    cases=[
        case(letters="one letter", baseline=NAIVE_16_UNITS_300, measure="accuracy on the targets B to Z"),
        case(
            "time-steps",
            letters="three letters as time steps",
            baseline=THREE_CHAR_TIME_STEPS_16_300,
            measure="accuracy on the targets D to Z",
        ),
    ],
)
def test_half_the_units(train, stateful_one_char, baseline, broken, observe):
    """Accuracy by more than half a letter. Both are asked for the same letters: B to Z, or D to Z, which are those that
    three letters come before."""
    if broken:
        answers = transplanted(train(STATEFUL_ONE_CHAR.but(reset=1)))[0]
    else:
        answers = np.array([ALPHABET.index(letter) for letter in stateful_one_char.warm_up(ALPHABET[:-1])])
    asked = slice(25 - len(baseline.samples.y), None)
    observe((answers == np.arange(1, 26))[asked].mean(), against=baseline.accuracy)


@claim(
    "stateful/almost-half-the-epochs",
    "After the 300 epochs that suffice for the stateful model, the model of three time steps, of twice the units, has "
    "not learned everything yet.",
    source=STATEFUL.at(5, 2),
    stance="stated",
    criterion=at_least(0.8),
    measure="accuracy on the 23 windows, by epochs",
    expect="inconclusive",
    revised="2026-11: measure, criterion, and one claim of two; was SUPPORTED",
    control="the model of three time steps after its own 500 epochs",
)
def test_almost_half_the_epochs(three_char_time_steps_300, three_char_time_steps, broken, observe):
    """300 of its 500 epochs. That they suffice for the stateful model is `stateful/memorised-perfectly`; the model of
    one letter has not learned everything in 500 either (`naive-one-char/does-not-learn`).

    The numbers of epochs stand in the listings only. By updates the stateful model is a little ahead: 300 epochs of it
    are 7500, of time steps 6900.
    """
    time_steps = three_char_time_steps if broken else three_char_time_steps_300
    observe(
        time_steps.accuracy < 1.0,
        after_300_epochs=three_char_time_steps_300.accuracy,
        after_500_epochs=three_char_time_steps.accuracy,
    )


@claim(
    "stateful/smaller-only-with-state",
    "16 units suffice only where the state is carried: the batch model of the section before, stateless and of as many "
    "units, does not learn everything.",
    source=STATEFUL.at(5, 2),
    stance="strict",
    criterion=at_least(0.8),
    measure="accuracy on the 25 pairs",
    expect="refuted",
    revised="2026-11: criterion; was REFUTED",
    holds_with="16 units given one letter at a time for 300 epochs in place of the batch model",
)
def test_smaller_only_with_state(train, planted, observe):
    """The network is smaller than those of 32 units, not than every one before it: the listing of the batch model has
    16 units, too. What that model needs more of is epochs, though each of them is one update and not 25."""
    accuracy = train(NAIVE_16_UNITS_300 if planted else WITHIN_BATCH).accuracy
    observe(accuracy < 1.0, accuracy=accuracy)
