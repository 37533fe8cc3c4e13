"""Functions by name: what names a training when its model or data come from a function."""

import importlib
import pickle

import numpy as np
import pytest

from lstm_lab import Arrays, Drawn, Windows, experiment_of, source_code
from lstm_lab.training.errors import ExperimentError
from lstm_lab.training.experiment import keys
from lstm_lab.training.experiment.keys import key
from lstm_lab.training.identity.function_reference import FunctionReference
from lstm_lab.training.problems import arrays

BROUGHT = '''
from pathlib import Path

import numpy as np
from brought_layers import scaled

UNITS = 4


def network(depth=1):
    """A model."""
    import keras  # late

    return keras.Sequential([keras.Input((1, 1)), *map(scaled, [UNITS] * depth)])


def neighbour():
    return 1


def drawn(seed):
    return np.full((4, 1, 1), float(Path(__file__).with_name("value.txt").read_text())), np.ones((4, 4))


class Holder:
    @staticmethod
    def network():
        return network()
'''
LAYERS = "def scaled(units):\n    import keras\n\n    return keras.layers.LSTM(units)\n"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A folder with a builder, imported as the file of a claim is."""
    monkeypatch.syspath_prepend(tmp_path)
    for name, text in (("brought.py", BROUGHT), ("brought_layers.py", LAYERS), ("value.txt", "1")):
        (tmp_path / name).write_text(text)
    for name in ("brought", "brought_layers"):
        monkeypatch.delitem(importlib.sys.modules, name, raising=False)
    forget()
    yield tmp_path
    for name in ("brought", "brought_layers"):
        importlib.sys.modules.pop(name, None)
    forget()


def forget() -> None:
    """What a new process would not know."""
    for cached in (
        source_code.text_of,
        source_code.is_project_code,
        keys.code_digest,
        arrays._digest,
        arrays._draw,
    ):
        cached.cache_clear()


def key_of(**changes) -> str:
    """What names the training of the builder's model."""
    import brought

    forget()
    given = {"x": np.ones((4, 1, 1)), "y": np.ones((4, 4)), "epochs": 1, **changes}
    return key(experiment_of(brought.network, **given), (0, 1))


@pytest.mark.parametrize(
    ("name", "old", "new", "same"),
    [
        ("brought.py", "UNITS = 4", "UNITS = 5", False),
        ("brought.py", "keras.Input((1, 1))", "keras.Input((None, 1))", False),
        ("brought_layers.py", "LSTM", "GRU", False),
        ("brought.py", "  # late", "", True),
        ("brought.py", "A model.", "Another model.", True),
        ("brought.py", "return 1", "return 2", True),
    ],
    ids=["a constant", "the function", "a function that it calls", "a comment", "a docstring", "a neighbour"],
)
def test_the_code_of_a_builder_names_what_it_trained(name, old, new, same, project) -> None:
    """Also where it calls other files; comments and neighbours do not count."""
    before = key_of()
    text = (project / name).read_text()
    assert old in text
    (project / name).write_text(text.replace(old, new))

    assert same == (before == key_of())


def test_what_it_is_given_names_it(project) -> None:
    """Arguments, loss, optimizer and arrays."""
    others = [
        key_of(settings={"depth": 2}),
        key_of(loss="mean_squared_error"),
        key_of(optimizer="SGD"),
        key_of(optimizer="Lamb"),
        key_of(x=np.full((4, 1, 1), 1 + 1e-6)),
        key_of(weight=np.ones(4)),
        key_of(x=None, y=None, problem=Windows(symbols="ABCD")),
    ]

    assert key_of() == key_of(optimizer="Adam", name="other", epochs=9)
    assert 8 == len({key_of(), *others})


def test_what_is_drawn_names_it(project) -> None:
    """A file that the function reads changes, and what it trained is not met again."""
    import brought

    before = key_of(x=None, y=None, draw=brought.drawn)
    same = key_of(x=None, y=None, draw=brought.drawn)
    (project / "value.txt").write_text("2")

    assert before == same != key_of(x=None, y=None, draw=brought.drawn)


def test_a_name_goes_through_bytes(project) -> None:
    """Another process gets the name and finds the function; one inside a class, too."""
    import brought

    named = FunctionReference.of(brought.Holder.network, "builder")

    assert FunctionReference("brought", "Holder.network") == pickle.loads(pickle.dumps(named))
    assert brought.Holder.network is named.function
    with pytest.raises(ExperimentError, match=r"brought\.gone: cannot be found"):
        _ = FunctionReference("brought", "gone").function


def test_a_name_that_stands_for_another_is_refused(project) -> None:
    """As after a second definition of the same name."""
    import brought

    first = brought.network
    brought.network = brought.neighbour
    with pytest.raises(ExperimentError, match=r"got a function network, but brought\.network is another one by now"):
        FunctionReference.of(first, "builder")


def test_only_own_functions_count() -> None:
    """The lab's own experiments have the same keys as if there were no builders."""
    from lstm_lab import Experiment, Regime, recurrent_classifier
    from lstm_lab.training.experiment.keys import definition_places

    lab = Experiment("lab", Windows(), recurrent_classifier(2), Regime(1))

    assert frozenset() == definition_places(lab.problem, lab.network)
    assert frozenset() == definition_places(Arrays(np.ones((2, 1, 1)), np.ones(2)), lab.network)
    assert not hasattr(lab.problem, "content")
    assert hasattr(Drawn, "content")
