"""The door of the lab: every public name is behind it, and is imported when it is asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

import lstm_lab

ROOT = Path(__file__).parents[1]


def test_every_public_name_is_there() -> None:
    """And is no module, in whatever order modules of that name were imported."""
    assert {"claim", "Letters", "trained", "recurrent_classifier"} < set(lstm_lab.__all__) <= set(dir(lstm_lab))
    for name in lstm_lab.__all__:
        assert type(sys) is not type(getattr(lstm_lab, name)), name


def test_no_other_name_is_there() -> None:
    """The line is Python's own."""
    with pytest.raises(AttributeError, match="module 'lstm_lab' has no attribute 'clam'"):
        lstm_lab.clam  # noqa: B018


@pytest.mark.parametrize(
    "first", ["lstm_lab.judging.claims.claim", "lstm_lab.judging.claims", "lstm_lab.training.experiment", "lstm_lab"]
)
def test_claim_is_the_decorator_and_nothing_else_comes_with_the_door(first) -> None:
    """The door alone loads neither pytest nor NumPy nor any of the lab's own modules."""
    code = (
        "import sys, lstm_lab; print(sorted({name.partition('.')[0] for name in sys.modules} & {'numpy', 'pytest', "
        "'cattrs', 'scipy'}), [name for name in sys.modules if name.startswith('lstm_lab.')]); "
        f"import {first}; from lstm_lab import case, claim, layer; print(claim.__name__, case.__name__, layer.__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert ["[] []", "claim case layer"] == done.stdout.splitlines()
