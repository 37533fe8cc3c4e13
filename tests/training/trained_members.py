"""Experiments whose trained members are asked, and how letters go in and come out."""

import numpy as np

from fixtures import experiments
from lstm_lab import ALPHABET

SEEDS = (0, 1, 2)
WITHIN = 1e-5

TRAINED = {
    "stateless": experiments.NAIVE_ONE_CHAR.but(epochs=120),
    "stateful": experiments.STATEFUL_ONE_CHAR.but(epochs=120),
    "windows": experiments.THREE_CHAR_TIME_STEPS.but(epochs=60),
    "runs": experiments.VARIABLE_LENGTH.but(epochs=2),
    "five rows": experiments.STATEFUL_ONE_CHAR.but(epochs=60, batch_size=5),
}


def letters(outputs: np.ndarray) -> str:
    """The most probable letter of each row."""
    return "".join(ALPHABET[code] for code in outputs.argmax(axis=-1))


def encoded(name: str, *windows: str) -> np.ndarray:
    """The samples of some windows."""
    return np.stack([TRAINED[name].problem.encode(window) for window in windows])
