"""What names a stored training: everything its numbers depend on, and nothing else."""

import ast
import os
import subprocess
import sys

import pytest

from lstm_lab import Experiment, Regime, Windows, recurrent_classifier
from lstm_lab.source_code import without_docstrings
from lstm_lab.training.experiment import keys
from lstm_lab.training.experiment.keys import key

TINY = Experiment("tiny", Windows(symbols="ABCD"), recurrent_classifier(2, 4), Regime(epochs=3))
SEEDS = (0, 1)

CODE = '''
"""What it is."""

def area(radius):
    """Of a circle."""
    return 3.14 * radius**2  # roughly
'''


@pytest.mark.parametrize(
    ("source", "same"),
    [
        (CODE.replace("Of a circle.", "Square metres."), True),
        (CODE.replace("  # roughly", ""), True),
        (CODE.replace('    """Of a circle."""\n', ""), True),
        (CODE.replace(" * ", "*").replace("\n\n", "\n"), True),
        (CODE.replace("3.14", "3.15"), False),
        (CODE.replace("return", "radius += 1\n    return"), False),
        (CODE + 'NAME = "text that is no docstring"\n', False),
    ],
    ids=[
        "docstring reworded",
        "comment dropped",
        "docstring dropped",
        "layout changed",
        "constant changed",
        "statement added",
        "text added",
    ],
)
def test_only_code_that_does_something_counts(source, same) -> None:
    """Docstrings, comments and layout retrain nothing; a constant does."""
    assert same == (ast.dump(without_docstrings(CODE)) == ast.dump(without_docstrings(source)))


@pytest.mark.parametrize(
    ("other", "seeds", "same"),
    [
        (TINY.but(name="other"), SEEDS, True),
        (TINY.but(epochs=500, checkpoints=(100,)), SEEDS, True),
        (TINY, (0, 2), False),
        (TINY, (1, 0), False),
        (TINY.but(shuffle="never"), SEEDS, False),
        (TINY.but(network=recurrent_classifier(3, 4)), SEEDS, False),
        (TINY.but(problem=Windows(symbols="ABCE")), SEEDS, False),
    ],
    ids=["name", "epochs", "seeds", "order of seeds", "regime", "network", "problem"],
)
def test_a_key_names_one_training(other, seeds, same) -> None:
    """All epochs of one training share a key; whatever else changes the numbers changes the key."""
    assert same == (key(TINY, SEEDS) == key(other, seeds))


@pytest.mark.parametrize("package", ["tensorflow", "keras", "numpy"])
def test_another_version_is_another_key(package, monkeypatch) -> None:
    """What another TensorFlow, Keras or NumPy trained is never met."""
    before = key(TINY, SEEDS)
    monkeypatch.setitem(keys.VERSIONS, package, "0.0")

    assert before != key(TINY, SEEDS)


def test_keys_are_the_same_in_every_process() -> None:
    """Processes that share a store agree on every name in it."""
    code = (
        "from fixtures.experiments import VARIABLE_LENGTH; from lstm_lab.training.store.store import key; "
        "print(key(VARIABLE_LENGTH, (0, 1)))"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    ]

    assert told[0] == told[1]
