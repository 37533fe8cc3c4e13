"""What experiments are called where people read it: by what is in them, not by how they were derived from others."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

from lstm_lab.text import one_line
from lstm_lab.training.experiment import Experiment, Network
from lstm_lab.training.identity import FunctionReference

# What `Experiment.but` appends to a name, and people write in the same form: the values say it in better words.
DERIVED = re.compile(r"(other) (problem|network|loss|optimizer)|(epochs|batch_size|shuffle|reset) (.+)")
ORDERS = {"each_epoch": "shuffled", "once": "shuffled once", "never": "in order"}
RESETS = {"each_epoch": "reset each epoch", "never": "never reset"}
STATEFUL = "stateful"
LONGEST = 60  # characters of a problem's words


def display_name(experiment: Experiment) -> str:
    """Its name, with whatever was changed in it told by its value: `variable length, 64 units, 1000 epochs`.

    What a person called it stays; of what only code called it, such as "other network", the network itself tells.
    """
    parts, changed = [], set[str]()
    for part in experiment.name.split(", "):
        derived = DERIVED.fullmatch(part)
        if derived:
            changed.add(derived[2] or derived[3])
        else:
            parts.append(part.replace("_", " "))
    return one_line(", ".join([*parts, *_words(experiment, changed, set(parts))]))


def _words(experiment: Experiment, changed: set[str], known: set[str]) -> Iterator[str]:
    """What was changed, in words, but those that the name has already; last the epochs."""
    network, regime = experiment.network, experiment.regime
    words: list[str] = []
    if "problem" in changed:
        words.append(f"on {_problem(experiment.problem)}")
    if "network" in changed:
        words += _layers(network)
    if "loss" in changed:
        words.append(str(_name(network.loss)).replace("_", " "))
    if "optimizer" in changed:
        made = network.optimizer
        words.append(str(_name(getattr(made, "kind", None) or getattr(made, "made", made))))
    if "batch_size" in changed:
        words.append(f"batches of {regime.batch_size}")
    if "shuffle" in changed:
        own = _class_words(regime.shuffle)
        words.append(ORDERS[regime.shuffle] if isinstance(regime.shuffle, str) else f"in the order of {own}")
    if "reset" in changed:
        after = "1 batch" if regime.reset == 1 else f"{regime.reset} batches"
        words.append(RESETS.get(str(regime.reset), f"reset every {after}"))
    words.append("1 epoch" if regime.epochs == 1 else f"{regime.epochs} epochs")
    said = STATEFUL if any(STATEFUL in part for part in known) else ""
    yield from (word for word in words if word not in known and word != said)


def _layers(network: Any) -> Iterator[str]:
    """The layers that learn, in order; of a network that a function builds, the function and its settings."""
    if not isinstance(network, Network):
        yield ", ".join([str(network.name), *(f"{name} {value}" for name, value in network.settings)])
        return
    layers = network.layers
    recurrent = [layer for layer in layers if layer.recurrent]
    kinds = dict.fromkeys(layer.kind for layer in recurrent)
    if network.stateful:
        yield STATEFUL
    for kind in kinds:
        units = [layer.get("units") for layer in recurrent if layer.kind == kind]
        each = f"{units[0]} units" if len(set(units)) == 1 else f"{' and '.join(map(str, units))} units"
        which = "" if kind == "LSTM" else f"{kind} of "
        yield f"{len(units)} layers of {each}" if len(units) > 1 and len(set(units)) == 1 else f"{which}{each}"
    if not recurrent:
        units = [str(layer.get("units")) for layer in layers if layer.get("units") is not None]
        yield f"no recurrent layer, {' and '.join(units)} units" if units else "no recurrent layer"


def _problem(problem: Any) -> str:
    """A problem by its class, and where it differs from the simplest of its kind."""
    details = []
    for field in dataclasses.fields(problem):
        value = getattr(problem, field.name)
        if not isinstance(value, str | int | float) and not dataclasses.is_dataclass(value):
            continue
        if value != field.default:
            name = field.name.replace("_", " ")
            details.append(f"{name} {_name(value)}" if isinstance(value, str | int | float) else _nested(value))
    told = f"{_class_words(problem)} ({', '.join(details)})" if details else _class_words(problem)
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 3].rstrip(' ,')}..."


def _nested(value: Any) -> str:
    """A value inside a problem: a function by its name, another problem in its own words."""
    return str(_name(value)) if isinstance(value, FunctionReference) else _problem(value)


def _name(value: Any) -> Any:
    """The name of a function; a text in words; anything else as it is."""
    name = getattr(value, "name", value)
    return name.replace("_", " ") if isinstance(name, str) else name


def _class_words(value: Any) -> str:
    """The name of a class in small letters: `one step`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", type(value).__name__).lower()
