"""Roll-outs: a trained network reads its own answers, in letters or in numbers, for all seeds at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import tensorflow as tf
from numpy.typing import ArrayLike, NDArray

from lstm_lab.training.errors import ProblemError
from lstm_lab.training.problems import Floats, floats, rng

if TYPE_CHECKING:
    from lstm_lab.training.ensemble.ensemble import Ensemble


def roll_out_letters(ensemble: Ensemble, start: str, steps: int, temperature: float | None) -> list[str]:
    """See `Ensemble.roll_out`."""
    problem, name = ensemble.problem, ensemble.experiment.name
    if temperature is not None and not temperature > 0:
        raise ProblemError(f"{name}: roll_out: got temperature {temperature}, wanted more than 0, or None")
    function, states = ensemble.predictor(problem.encode(start).shape, 1), ensemble.zero_states(1)
    draws = [rng(seed, f"roll out of {start}") for seed in ensemble.seeds]
    letters, answers = [start] * len(ensemble.seeds), list[list[str]]()
    for _ in range(steps):
        x = np.stack([problem.encode(letter)[None] for letter in letters])
        answer, states = function(ensemble.values, states, {"x": tf.constant(x)})
        outputs = answer.numpy()[:, 0]
        codes = outputs.argmax(axis=-1) if temperature is None else _drawn(outputs, temperature, draws, name)
        letters = [problem.symbols[code] for code in codes]
        answers.append(letters)
    return ["".join(member) for member in zip(*answers, strict=True)]


def _drawn(outputs: Floats, temperature: float, draws: list[np.random.Generator], name: str) -> NDArray[np.int_]:
    """One class for each member, drawn with probabilities (S, C) to the power of 1 / temperature."""
    if outputs.min() < 0 or not np.allclose(outputs.sum(axis=-1), 1, atol=1e-3):
        raise ProblemError(f"{name}: roll_out: got outputs that are no probabilities, wanted those of a softmax")
    with np.errstate(divide="ignore"):  # a probability of 0 stays 0
        scores = np.log(outputs.astype(np.float64)) / temperature
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares = weights / weights.sum(axis=-1, keepdims=True)
    return np.array([draw.choice(len(own), p=own) for draw, own in zip(draws, shares, strict=True)])


def forecast(ensemble: Ensemble, start: ArrayLike, steps: int) -> Floats:
    """See `Ensemble.forecast`."""
    name, window = ensemble.experiment.name, floats(start, f"{ensemble.experiment.name}: forecast from")
    if window.ndim != 2 or not len(window):
        raise ProblemError(f"{name}: forecast: got a start of shape {window.shape}, wanted (T, F)")
    x = np.broadcast_to(window, (len(ensemble.seeds), 1, *window.shape))  # (S, 1, T, F)
    stateful = ensemble.experiment.network.stateful
    function, states = ensemble.predictor(window[:1].shape if stateful else window.shape, 1), ensemble.zero_states(1)
    for step in range(len(window) - 1 if stateful else 0):
        _, states = function(ensemble.values, states, {"x": tf.constant(x[:, :, step : step + 1])})
    answers = list[Floats]()
    for _ in range(steps):
        answer, states = function(ensemble.values, states, {"x": tf.constant(x[:, :, -1:] if stateful else x)})
        outputs = answer.numpy()
        following = outputs[:, :, -1] if outputs.ndim > 3 else outputs  # (S, 1, F)
        if following.shape[-1] != window.shape[-1]:
            raise ProblemError(
                f"{name}: forecast: got outputs of {following.shape[-1]} numbers for time steps of "
                f"{window.shape[-1]}, wanted as many, so that an output can be the next time step"
            )
        answers.append(following[:, 0])
        x = np.concatenate([x[:, :, 1:], following[:, :, None]], axis=2)
    return np.stack(answers, axis=1)
