"""What names an experiment in evidence: what is trained, and nothing of who trains it, where and with what."""

import importlib
import sys

import pytest

from lstm_lab import Drawn, Experiment, Regime, Windows, experiment_of, recurrent_classifier, source_code
from lstm_lab.training.experiment import keys
from lstm_lab.training.experiment.keys import definition_places, experiment_id

TINY = Experiment("tiny", Windows(symbols="ABCD"), recurrent_classifier(2, 4), Regime(epochs=3))

OWN = """
import numpy as np

SIZE = 4


def built(units=2):
    raise AssertionError("nobody trains it")


def drawn(seed):
    return np.full((SIZE, 1, 1), {value}), np.eye(SIZE)
"""


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (TINY.but(name="other"), True),
        (TINY.but(checkpoints=(1,)), True),
        (TINY.but(epochs=2), False),
        (TINY.untrained, False),
        (TINY.but(shuffle="never"), False),
        (TINY.but(network=recurrent_classifier(3, 4)), False),
        (TINY.but(problem=Windows(symbols="ABCE")), False),
    ],
    ids=["name", "checkpoints", "epochs", "untrained", "regime", "network", "problem"],
)
def test_a_subject_is_one_experiment(other, same) -> None:
    """Its name and where it is looked at on the way do not count; whatever else is trained does."""
    assert same == (experiment_id(TINY) == experiment_id(other))


def test_who_trains_has_no_part_in_it(monkeypatch) -> None:
    """Other versions and another compiler leave it, and it hangs on none of the modules that train."""
    before = experiment_id(TINY)
    monkeypatch.setitem(keys.VERSIONS, "keras", "0.0")
    monkeypatch.setenv("XLA_FLAGS", "--xla_of_another_kind")
    monkeypatch.setattr(keys, "TRAINING_MODULES", ())
    experiment_id.cache_clear()
    keys.own_code_digest.cache_clear()

    assert before == experiment_id(TINY)


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Experiments on an own function that draws, and of an own network, from a file that may change."""
    monkeypatch.syspath_prepend(tmp_path)
    path = tmp_path / "own_builder.py"

    def experiments(text):
        path.write_text(text)
        for cached in (source_code.text_of, source_code.is_project_code, keys.own_code_digest, experiment_id):
            cached.cache_clear()
        sys.modules.pop(path.stem, None)
        importlib.invalidate_caches()
        module = importlib.import_module(path.stem)
        drawn = TINY.but(problem=Drawn(module.drawn))
        return drawn, experiment_of(module.built, problem=TINY.problem, epochs=3)

    return experiments


def test_its_own_code_counts(own) -> None:
    """Of a function that draws and of one that builds: what it does, and what it names."""
    text = OWN.format(value="seed")
    drawn, built = map(experiment_id, own(text))
    drawn_after, built_after = map(experiment_id, own(text.replace("nobody", "no one").replace("np.eye", "+np.eye")))

    assert drawn != drawn_after
    assert built != built_after
    assert (drawn, built) == tuple(map(experiment_id, own(text + "\n\nOTHER = 7\n")))


def test_of_an_own_network_the_modules_that_train_it_do_not_count(own) -> None:
    """They are part of what names a stored training, beside the file of the network."""
    _, built = own(OWN.format(value=0))
    places = definition_places(built.problem, built.network)

    assert ("own_builder", "built") in places
    assert keys.own_code_digest(frozenset(), places) == keys.own_code_digest(
        frozenset(), frozenset({("own_builder", "built")})
    )
