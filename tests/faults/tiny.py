"""A suite of claims that really trains, small enough to be broken and mended many times."""

from lstm_lab import Experiment, Regime, Subsequences, Windows, recurrent_classifier

# One program is compiled for three of them.
SMALL = recurrent_classifier(2, 4)
ALONE = Experiment("alone", Windows(symbols="ABCD"), SMALL, Regime(epochs=8, checkpoints=(3,)))
IN_ORDER = ALONE.but(shuffle="never", name="in order")
DRAWN = Experiment("drawn", Subsequences(count=6, longest=1, symbols="ABCD"), SMALL, Regime(epochs=4))
STATEFUL = recurrent_classifier(2, 4, stateful=True)
KEPT = Experiment("kept", Windows(symbols="ABCD"), STATEFUL, Regime(epochs=6, shuffle="never"))
STOPS = [(ALONE, 3), (ALONE, 8), (IN_ORDER, 3), (IN_ORDER, 8), (KEPT, 6), (DRAWN, 4)]  # all that is kept of them
BLOCK = tuple(range(10))
SEEDS = 6
TESTS = 4 * SEEDS - 1  # `always()` takes five

PLUGINS = 'pytest_plugins = ["lstm_lab.judging.session.plugin", "lstm_lab.suite.plugin"]\n'

MODELS = """
import tiny
from lstm_lab import trained

alone, in_order, kept, drawn = (trained(one) for one in (tiny.ALONE, tiny.IN_ORDER, tiny.KEPT, tiny.DRAWN))
"""

CLAIMS = """
import hashlib

import tiny
from lstm_lab import Section, always, at_least, beats, claim

HERE = Section("Here")


def figure(member):
    return hashlib.sha256(b"".join(array.tobytes() for array in member.weights)).hexdigest()


@claim("here/learns", "x", source=HERE, criterion=at_least(0.8))
def test_learns(alone, observe):
    observe(alone.losses[-1] < alone.losses[0], weights=figure(alone))


@claim("here/order", "x", source=HERE, criterion=beats())
def test_order(alone, in_order, observe):
    observe(alone.accuracy, against=in_order.accuracy, weights=figure(in_order))


@claim("here/state", "x", source=HERE, criterion=always())
def test_state(kept, observe):
    observe(len(kept.roll_out("A", 5)) == 5, said=kept.roll_out("A", 5), weights=figure(kept))


@claim("here/drawn", "x", source=HERE, criterion=at_least(0.5))
def test_drawn(drawn, train, observe):
    observe(drawn.accuracy > train(tiny.DRAWN.untrained).accuracy, weights=figure(drawn))
"""

SETTINGS = """
[tool.pytest]
minversion = "9.0"
strict = true
addopts = ["-ra", "--dist", "worksteal", "--max-worker-restart", "2", "-p", "no:benchmark", "-p", "no:cacheprovider"]
filterwarnings = ["error", "ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning"]
"""
