"""Claims of the section "LSTM with Variable-Length Input to One-Char Output" on runs longer than five letters."""

import functools
import time

import numpy as np

from fixtures.article import VARIABLE
from fixtures.experiments import LOOPING_30_LETTERS_100, PATTERNS_2000_EQUAL_UPDATES, UP_TO_26_LETTERS, VARIABLE_LENGTH
from lstm_lab import Runs, at_least, beats, claim

UPDATES = 20
ROUNDS = 4
EVERY_RUN = Runs(count=0)  # of one to five letters
AS_WELL = 0.0505  # 0.05, between the steps of an accuracy over 1000 patterns, and of one over 115 runs


@claim(
    "variable-length/small-max-len-speeds-training",
    "A maximum of five letters trains faster than one of 26: more updates in a second.",
    source=VARIABLE.at(3, 2),
    stance="stated",
    criterion=beats(),
    sides=("up to five letters", "up to 26 letters"),
    measure="updates in a second",
    expect="supported",
    seeds=12,
    seeds_reason="each measures time; of twelve a busy machine may spoil two",
    control="five letters padded to 26 steps as well",
    revised="2026-11: seeds, measure; was SUPPORTED",
)
def test_small_max_len_speeds_training(seed, broken, observe):
    """Keras's `train_on_batch`, one pattern at a time: the fastest of four rounds of 20 updates each. Who goes
    first alternates from round to round. Not by pytest-benchmark, which is disabled where pytest-xdist measures claims.

    An epoch has as many updates as patterns, whatever their length, so the ratio is that of epochs, too. What is
    short is the padded row: the zeros are time steps like any other, as A is.
    """
    short, long = (one.problem.samples(seed) for one in (VARIABLE_LENGTH, UP_TO_26_LETTERS))
    if broken:
        short = short._replace(x=np.pad(short.x, ((0, 0), (21, 0), (0, 0))))
    seconds = {"short": [], "long": []}
    for turn in range(ROUNDS):
        for name, samples in [("short", short), ("long", long)][:: -1 if turn % 2 else 1]:
            seconds[name].append(_seconds(samples))
    observe(UPDATES / min(seconds["short"]), against=UPDATES / min(seconds["long"]))


@claim(
    "variable-length/full-alphabet-as-max-len-accuracy",
    "A maximum of 26 letters could be set just as well: after as many epochs, 500, the training patterns are learned "
    "to within 0.05 as well as with a maximum of five.",
    source=VARIABLE.at(3, 4),
    stance="stated",
    criterion=at_least(0.5),
    measure="accuracy on the training patterns",
    expect="supported",
    found="inconclusive",
    seeds=10,
    seeds_reason="26 time steps cost five times as much as five",
    control="no training at a maximum of 26",
    revised="2026-11: statement, measure, criterion; was SUPPORTED, then REFUTED",
)
def test_full_alphabet_as_max_len_accuracy(train, up_to_26_letters, variable_length, broken, observe):
    """By the article's own metric, each model on its own patterns.

    Judged by runs of up to five letters alone it comes out the other way:
    `variable-length/full-alphabet-as-max-len-short-runs`.
    """
    _observe_as_well(observe, train(UP_TO_26_LETTERS.untrained) if broken else up_to_26_letters, variable_length)


@claim(
    "variable-length/full-alphabet-as-max-len-short-runs",
    "A maximum of 26 letters could be set just as well for the runs of up to five letters, too: they are learned to "
    "within 0.05 as well as with a maximum of five.",
    source=VARIABLE.at(3, 4),
    stance="strict",
    criterion=at_least(0.5),
    measure="accuracy on the 115 runs of one to five letters",
    expect="refuted",
    seeds=10,
    seeds_reason="26 time steps cost five times as much as five",
    holds_with="other patterns, and a maximum of five as before",
    revised="2026-11: statement, criterion; was REFUTED",
)
def test_full_alphabet_as_max_len_short_runs(train, up_to_26_letters, variable_length, planted, observe):
    """500 epochs each; the accuracy on the 115 runs that both can be asked, in steps of 0.0087.

    Each run is zero-padded as in the training of the model: with 21 more zeros at a maximum of 26. Half of its patterns
    are longer than five letters, and these win what the short ones lose.
    """
    longer, steps = (train(PATTERNS_2000_EQUAL_UPDATES), 5) if planted else (up_to_26_letters, 26)
    of_longer, of_shorter = _accuracy_on_every_run(longer, steps), _accuracy_on_every_run(variable_length, 5)
    observe(of_longer > of_shorter - AS_WELL, accuracy=of_longer, accuracy_up_to_5=of_shorter)


@claim(
    "variable-length/longer-with-looping-back",
    "With Z followed by A the maximum could be longer than the alphabet: after as many epochs, 100, runs of up to 30 "
    "letters are learned to within 0.05 as well as those of up to five.",
    source=VARIABLE.at(3, 4),
    stance="stated",
    criterion=at_least(0.5),
    measure="accuracy on the runs drawn",
    expect="inconclusive",
    found="supported",
    seeds=10,
    seeds_reason="30 time steps cost six times as much as five",
    control="no training at a maximum of 30",
    revised="2026-11: statement, measure, criterion; was INCONCLUSIVE",
)
def test_longer_with_looping_back(train, variable_length_100, broken, observe):
    """A fifth of the article's epochs, for their cost: in some seeds the last of these is a bad one, with the longer
    maximum as with the shorter.

    Among these runs A stands behind Z, too, where its code is not padding; only As in front are lost.
    """
    longer = LOOPING_30_LETTERS_100.untrained if broken else LOOPING_30_LETTERS_100
    _observe_as_well(observe, train(longer), variable_length_100)


@functools.cache
def _model(steps):
    """The article's model in Keras for so many time steps, compiled, ready to be timed."""
    member = VARIABLE_LENGTH.network.build((steps, 1))
    member.compile(loss="categorical_crossentropy", optimizer="adam", jit_compile=False)
    return member


def _seconds(samples):
    """How long some updates take, one pattern each."""
    model = _model(samples.x.shape[1])
    model.train_on_batch(samples.x[:1], samples.y[:1])
    start = time.perf_counter()
    for row in range(UPDATES):
        model.train_on_batch(samples.x[row : row + 1], samples.y[row : row + 1])
    return time.perf_counter() - start


def _accuracy_on_every_run(member, steps):
    """Share of the 115 runs of one to five letters that is answered rightly, each zero-padded to so many steps."""
    x, y = EVERY_RUN.samples(member.seed)[:2]
    padded = np.pad(x, ((0, 0), (steps - x.shape[1], 0), (0, 0)))
    return float((member.outputs(padded).argmax(axis=-1) == y.argmax(axis=-1)).mean())


def _observe_as_well(observe, longer, shorter):
    """Observe whether the longer maximum is learned as well, on each model's own 1000 patterns."""
    observe(longer.accuracy > shorter.accuracy - AS_WELL, accuracy=longer.accuracy, accuracy_up_to_5=shorter.accuracy)
