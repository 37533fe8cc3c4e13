"""Claims of the section "LSTM with Variable-Length Input to One-Char Output" on runs beyond its maximum."""

import numpy as np
import pytest

from fixtures.article import VARIABLE
from lstm_lab import Runs, at_least, case, claim


@pytest.fixture
def measured(variable_length, broken):
    """What the article's model answers to all runs of a length, which have as many time steps and no padding."""

    def measure(length):
        shown = 5 if broken else length
        x, y = Runs(count=0, shortest=shown, longest=shown).samples(variable_length.seed)[:2]
        behind = y.argmax(axis=-1) - variable_length.outputs(x).argmax(axis=-1)
        return {
            "accuracy": float((behind == 0).mean()),
            "one_or_two_letters_before": float(np.isin(behind, (1, 2)).mean()),
        }

    return measure


@claim(
    "variable-length/fails-beyond-max-length",
    "Beyond the maximum of five letters the model fails: it answers at most a fifth of all runs of {run} rightly.",
    source=VARIABLE,
    criterion=at_least(0.5),
    expect="supported",
    control="runs of five letters instead",
    cases=[
        case(
            run="six",
            length=6,
            note=(
                "Keras does not hold a model to its number of time steps. No run is padded; only an A in front "
                "is still a 0.\n\n"
                "In the median most answers to six letters are one or two letters before the right one. "
                "`pad_sequences` would not let it come to that: it cuts a longer run to its last five letters, "
                "which the model knows."
            ),
        ),
        case("8-letters", run="eight", length=8),
        case("12-letters", run="twelve", length=12),
        case("20-letters", run="twenty", length=20),
    ],
)
def test_fails_beyond_max_length(measured, length, observe):
    shown = measured(length)
    observe(shown["accuracy"] <= 0.2, **shown)
