"""The experiment of an own model on own data, built by one call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lstm_lab.training.errors import ExperimentError
from lstm_lab.training.experiment.builder import Built
from lstm_lab.training.experiment.experiment import REGIME_FIELDS, Experiment, Regime
from lstm_lab.training.problems import Drawn, Problem, data_of


def experiment_of(
    build: Callable[..., Any] | None = None,
    x: Any = None,
    y: Any = None,
    *,
    draw: Callable[[int], Any] | None = None,
    problem: Problem | None = None,
    weight: Any = None,
    loss: Any = "categorical_crossentropy",
    optimizer: Any = "Adam",
    settings: Any = (),
    callbacks: Callable[[], Any] | None = None,
    validation: Any = None,
    name: str = "",
    **regime: Any,
) -> Experiment:
    """The experiment of an own model: `experiment_of(network, x, y, epochs=100)`.

    Args:
        build: a function that returns a new Keras model, not compiled; see `Built`.
        x: inputs, (N, T, F), the same for all seeds; of a model with several inputs, arrays by their names.
        y: targets, (N, ...); of a model with several outputs, arrays by their names.
        draw: instead of x and y, a function from a seed to (x, y).
        problem: instead of both, a problem of `lstm_lab.training.problems`.
        weight: weights of the samples, (N,).
        loss: see `Built`.
        optimizer: see `Built`.
        settings: further arguments of `build`.
        callbacks: see `Built`; with callbacks, plain Keras trains seed by seed.
        validation: see `Built`.
        name: display name; when left out, the name of the function with its settings.
        regime: fields of `Regime`, `epochs` among them.
    """
    if build is None:
        got = "network" if "network" in regime else "none"
        raise ExperimentError(
            f"own model: got {got!r}, wanted build=..., a function that returns a Keras model; "
            "a Network(...) belongs into an Experiment(...)"
        )
    given = [name for name, value in (("x and y", x), ("draw", draw), ("problem", problem)) if value is not None]
    if len(given) != 1:
        raise ExperimentError(f"data: got {' and '.join(given) or 'none'}, wanted one of x and y, draw, or problem")
    unknown = sorted(set(regime) - set(REGIME_FIELDS))
    if unknown or "epochs" not in regime:
        raise ExperimentError(
            f"own model: got {unknown[0] if unknown else 'no epochs'!r}, wanted epochs and, where they differ from "
            f"Regime's, {', '.join(REGIME_FIELDS[1:])}"
        )
    if x is not None:
        problem = data_of(x, y, weight)
    elif draw is not None:
        problem = Drawn(draw)
    assert problem is not None
    network = Built(build, loss, optimizer, settings, callbacks, validation)
    name = name or ", ".join([network.name, *(f"{setting} {value}" for setting, value in network.settings)])
    return Experiment(name, problem, network, Regime(**regime))  # type: ignore[arg-type]
