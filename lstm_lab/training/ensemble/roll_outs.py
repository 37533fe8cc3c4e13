"""Roll-outs: a trained network reads its own answers, in letters or in numbers, for all seeds at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_lab.training.errors import ProblemError
from lstm_lab.training.experiment import Experiment
from lstm_lab.training.problems import Floats, floats, rng
from lstm_lab.training.store import Arrays

# A step of all members: from states (S, 1, units) and inputs (S, 1, T, F) to outputs (S, 1, ...) and new states.
Step = Callable[[Arrays, Floats], tuple[Floats, Arrays]]


def roll_out_letters(
    experiment: Experiment,
    seeds: Sequence[int],
    step: Step,
    states: Arrays,
    start: str,
    steps: int,
    temperature: float | None,
) -> list[str]:
    """See `Ensemble.roll_out`."""
    problem, name = experiment.problem, experiment.name
    if temperature is not None and not temperature > 0:
        raise ProblemError(f"{name}: roll_out: got temperature {temperature}, wanted more than 0, or None")
    draws = [rng(seed, f"roll out of {start}") for seed in seeds]
    letters, answers = [start] * len(seeds), list[list[str]]()
    for _ in range(steps):
        outputs, states = step(states, np.stack([problem.encode(letter)[None] for letter in letters]))
        codes = outputs[:, 0].argmax(-1) if temperature is None else _drawn(outputs[:, 0], temperature, draws, name)
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


def forecast(experiment: Experiment, members: int, step: Step, states: Arrays, window: Floats, steps: int) -> Floats:
    """See `Ensemble.forecast`; `window` are the time steps before the first output, (T, F)."""
    name, stateful = experiment.name, experiment.network.stateful
    x = np.broadcast_to(window, (members, 1, *window.shape))
    for place in range(len(window) - 1 if stateful else 0):
        _, states = step(states, x[:, :, place : place + 1])
    answers = list[Floats]()
    for _ in range(steps):
        outputs, states = step(states, x[:, :, -1:] if stateful else x)
        following = outputs[:, :, -1] if outputs.ndim > 3 else outputs  # (S, 1, F)
        if following.shape[-1] != window.shape[-1]:
            raise ProblemError(
                f"{name}: forecast: got outputs of {following.shape[-1]} numbers for time steps of "
                f"{window.shape[-1]}, wanted as many, so that an output can be the next time step"
            )
        answers.append(following[:, 0])
        x = np.concatenate([x[:, :, 1:], following[:, :, None]], axis=2)
    return np.stack(answers, axis=1)


def forecast_start(experiment: Experiment, start: ArrayLike) -> Floats:
    """The time steps before a forecast, (T, F). Raises ProblemError for anything else."""
    window = floats(start, f"{experiment.name}: forecast from")
    if window.ndim != 2 or not len(window):
        raise ProblemError(f"{experiment.name}: forecast: got a start of shape {window.shape}, wanted (T, F)")
    return window
