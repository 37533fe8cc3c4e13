"""Dry runs of tests on unknown members: what they request of `train`, and where they are cut short."""

# ruff: noqa: D103 - the tests of the dry runs are named by what they do

import builtins
import inspect
import math
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from lstm_lab import Experiment, Network, Regime, Windows, layer, optimizer, recurrent_classifier
from lstm_lab.suite.dry_run import Undecided, Unknown, dry_run
from lstm_lab.suite.plugin import requested_experiment

ROOT = Path(__file__).parents[2]
TINY = Experiment("tiny", Windows(symbols="ABCD"), recurrent_classifier(2, 4), Regime(epochs=4))
OTHER = TINY.but(epochs=9)
CUT = "a number or a decision hangs on what is not trained"


def item_of(test, control=None, seed=0, **fixtures):
    """A collected test as far as a dry run reads it."""
    known = {"broken": lambda control: control == "broken", **fixtures}
    definitions = {name: [SimpleNamespace(func=one, argnames=_arguments(one))] for name, one in known.items()}
    params = {"seed": seed, **({"control": control} if control else {})}
    return SimpleNamespace(
        obj=test,
        callspec=SimpleNamespace(params=params),
        _fixtureinfo=SimpleNamespace(name2fixturedefs=definitions),
    )


def _arguments(function):
    return tuple(inspect.signature(function).parameters)


def dry_run_of(test, **given):
    """What a test asks for, and why it was cut short."""
    return tuple(dry_run(item_of(test, **given), requested_experiment))


@pytest.mark.parametrize(
    "said",
    [
        lambda one: one.accuracy,
        lambda one: one.cold_start("K") == "B",
        lambda one: one.losses[-1] < one.losses[0],
        lambda one: one.answers(*"ABC")[0] != 1,
        lambda one: 1 - 2 * one.accuracy**2 / 3 % 4 >= -abs(one.accuracy),
        lambda one: np.arange(3) @ one.weights[0] + np.ones(3),
        lambda one: np.abs(one.weights[0]).mean(),
        lambda one: np.mean(one.losses),
        lambda one: one.seed & 1 | ~one.index,
    ],
    ids=["attribute", "call", "item", "not equal", "numbers", "array first", "ufunc", "function of NumPy", "bits"],
)
def test_what_is_said_of_the_unknown_is_unknown(said) -> None:
    """Attributes, calls, comparisons and arithmetic, also NumPy's."""
    assert type(said(Unknown())) is Unknown


VALUES = {
    "truth": bool,
    "whole number": int,
    "number": float,
    "length": len,
    "elements": list,
    "text": str,
    "formatted": "{:}".format,
    "hash": hash,
    "rounded": round,
    "root": math.sqrt,
    "array": np.asarray,
    "count": range,
    "index": lambda one: "ABC"[one],
    "holds": lambda one: "B" in one,
    "held": lambda one: one in [1],
    "and": lambda one: one and 1,
    "larger": lambda one: max(one, 1),
}


@pytest.mark.parametrize("asked", VALUES.values(), ids=VALUES)
def test_where_a_value_is_needed_nothing_is_decided(asked) -> None:
    """Neither number nor text, neither yes nor no: whatever was chosen would be wrong for some seed."""
    with pytest.raises(Undecided):
        asked(Unknown())


def plain(train, observe, seed):
    answer = train(TINY).cold_start("K")
    observe(answer == "L", answer=answer, seed=seed)
    observe(train(OTHER).accuracy, against=answer)


def deciding(train, observe):
    if train(TINY).accuracy > 0.5:
        train(OTHER)


def continuing(tiny, train):
    for factor in (2, 3):
        train(tiny.experiment.but(epochs=factor * tiny.experiment.regime.epochs, name="longer"))
    train(tiny.experiment.but(epochs=tiny.losses.argmax()))


def own(train):
    train(build=network, x=np.zeros((4, 1, 1)), y=np.eye(4), epochs=7)


def network():
    raise AssertionError("a dry run builds nothing")


def varying(train, broken):
    train(OTHER if broken else TINY)


def of_keras(train):
    import tensorflow as tf
    from keras.utils import set_random_seed

    class Watch(tf.keras.callbacks.Callback):
        pass

    set_random_seed(0)
    with tf.GradientTape() as tape:
        train(TINY).keras_model().fit(callbacks=[Watch()])
    tape.gradient(0, 1)[0] += 1
    train(OTHER)


def of_the_lab(train):
    train(TINY)
    TINY.network.build((1, 1))
    train(OTHER)


def by_fixtures(pair, train):
    train(pair.experiment.but(epochs=5, name="five"))


def failing(train):
    train(TINY)
    train(TINY.but(epoch=3))


def skipping(train):
    pytest.skip("not here")


def leaving(train):
    sys.exit("enough")


def of_unknown_parts(train):
    train(TINY.but(problem=Windows(symbols=train(TINY).answers("A"))))


def of_unknown_settings(train):
    train(TINY)
    train(TINY.but(network=Network([layer("LSTM", train(TINY).losses.argmax())])))


def of_an_unknown_optimizer(train):
    train(TINY)
    train(TINY.but(optimizer=optimizer("SGD", learning_rate=train(TINY).losses.min())))


def of_no_network(train):
    train(TINY)
    train(TINY.but(network=network))


def of_a_function(train):
    train(TINY)
    train(network, epochs=3)


def made(train):
    train(TINY)
    yield 1


FIXTURES = {"tiny": lambda train: train(TINY), "pair": lambda train, made: train(OTHER), "made": made}


@pytest.mark.parametrize(
    ("test", "names", "cut"),
    [
        (plain, ["tiny", "tiny, epochs 9"], ""),
        (deciding, ["tiny"], CUT),
        (continuing, ["tiny", "longer", "longer"], CUT),
        (own, ["network"], ""),
        (varying, ["tiny"], ""),
        (of_keras, ["tiny", "tiny, epochs 9"], ""),
        (of_the_lab, ["tiny"], CUT),
        (by_fixtures, ["tiny, epochs 9", "five"], ""),
        (failing, ["tiny"], "ExperimentError: tiny.but(...): got 'epoch', wanted one of "),
        (skipping, [], "Skipped: not here"),
        (leaving, [], "SystemExit: enough"),
        (of_unknown_parts, ["tiny"], CUT),
        (of_unknown_settings, ["tiny", "tiny"], CUT),
        (of_an_unknown_optimizer, ["tiny", "tiny"], CUT),
        (
            of_no_network,
            ["tiny"],
            "ExperimentError: tiny, other network, network: got network, wanted a Network(...)",
        ),
        (of_a_function, ["tiny"], "ExperimentError: train: got network, epochs, wanted an Experiment and nothing else"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_a_test_asks_for(test, names, cut) -> None:
    """In order, until it ends, for whatever reason; without Keras, and `import` is itself again."""
    importing, loaded = builtins.__import__, "keras" in sys.modules
    experiments, why = dry_run_of(test, **FIXTURES)

    assert names == [one.name for one in experiments]
    assert (why.startswith(cut), bool(cut)) == (True, bool(why))
    assert (importing, loaded) == (builtins.__import__, "keras" in sys.modules)


def test_controls_request_in_a_dry_run_what_they_request_in_a_run() -> None:
    """Without their training, or in the variant that is broken."""
    untrained, _ = dry_run_of(varying, control="untrained")
    broken, _ = dry_run_of(varying, control="broken")

    assert ([0], [OTHER]) == ([one.regime.epochs for one in untrained], broken)


def test_an_interrupted_plan_ends() -> None:
    """Whoever presses Ctrl-C means the plan, not the test."""

    def waiting(train):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dry_run_of(waiting)


CLAIMS = """
from lstm_lab import trained
from lstm_lab import Experiment, Regime, Section, Windows, at_least, claim, recurrent_classifier

TINY = Experiment("tiny", Windows(symbols="ABCD"), recurrent_classifier(2, 4), Regime(epochs=4))
tiny = trained(TINY)


def of(name):
    return claim(f"here/{name}", "x", source=Section("Here"), criterion=at_least(0.5))


@of("named")
def test_named(tiny, observe):
    observe(bool(tiny.accuracy))


@of("asking")
def test_asking(train, seed, observe):
    observe(train(TINY.but(epochs=9 + seed)).accuracy > 0)


@of("deciding")
def test_deciding(train, observe):
    observe(bool(train(TINY.but(epochs=7, shuffle="never")).accuracy))
"""
HEAVY = "def pytest_unconfigure():\n    import sys\n    print('LOADED', {'tensorflow', 'keras'} & set(sys.modules))\n"


@pytest.mark.parametrize("option", ["", "-v"], ids=["in short", "in full"])
def test_a_plan_has_what_tests_ask_for_inside(option, pytester, monkeypatch) -> None:
    """Of every seed what the first one asks for; with `-v`, which tests were cut short. No TensorFlow is loaded."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    pytester.makeconftest(f'pytest_plugins = ["lstm_lab.judging.session.plugin", "lstm_lab.suite.plugin"]\n\n\n{HEAVY}')
    pytester.makepyfile(test_asking=CLAIMS)
    told = pytester.runpytest_subprocess("--plan", "--seeds", "20", *option.split()).outlines

    for line in (
        "to train: 6 ensembles in 4 trainings; to load: 0 ensembles",
        "  tiny, 9 epochs: seeds 0 to 19",
        "  tiny, in order, 7 epochs: seeds 0 to 19",
    ):
        assert 1 == sum(one.endswith(line) for one in told)
    which = "" if option else " (-v: which)"
    assert f"  1 test was cut short: what more train(...) would be asked for is not known{which}" in told
    assert bool(option) == (f"    here/deciding: {CUT}" in told)
    assert "LOADED set()" in told
