"""What names an experiment: in evidence, and in the store with all that its numbers rest on."""

from __future__ import annotations

import dataclasses
import functools
import importlib
import importlib.metadata
import os
from collections.abc import Iterable
from typing import Any

from lstm_lab.training.experiment.experiment import Experiment
from lstm_lab.training.identity import (
    EVERYTHING,
    FunctionReference,
    Place,
    classes_of,
    digest,
    places_of_classes,
    reachable_definitions,
)

LENGTH = 16  # hexadecimal digits of an experiment's id, enough to tell some hundred experiments apart
FORMAT = 1  # of a stored training
VERSIONS = {name: importlib.metadata.version(name) for name in ("tensorflow", "keras", "numpy")}
# The modules that turn every experiment into weights. They are read as text: importing some of them loads TensorFlow.
TRAINS = (
    "compiled.functional",
    "compiled.loop",
    "compiled.strategy",
    "compiled.time_loop",
    "compiled.unrolled",
    "experiment.experiment",
    "experiment.network",
    "experiment.schedule",
)
# What turns an own model into weights, beside those.
TRAIN_OWN = (
    "experiment.builder",
    "plain_keras.builder_checks",
    "plain_keras.eligibility",
    "plain_keras.fit",
    "plain_keras.reference",
)


def definition_places(problem: Any, network: Any) -> frozenset[Place]:
    """Where the code stands that an experiment with own functions names; nothing for one of the lab's vocabulary."""
    places = {(one.module, one.name.partition(".")[0]) for one in [*_named(problem), *_named(network)]}
    if _named(network):
        places |= set(_modules(TRAIN_OWN))
    return frozenset(places)


def _modules(names: Iterable[str]) -> list[Place]:
    """Whole modules of this wing by their names in it."""
    wing = __name__.removesuffix(".experiment.keys")
    return [(f"{wing}.{name}", EVERYTHING) for name in names]


def _named(value: Any) -> list[FunctionReference]:
    """The functions that a frozen value holds."""
    if isinstance(value, FunctionReference):
        return [value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [one for field in dataclasses.fields(value) for one in _named(getattr(value, field.name))]
    if isinstance(value, tuple | list):
        return [one for part in value for one in _named(part)]
    return []


@functools.cache
def code_digest(classes: frozenset[type], places: frozenset[Place] = frozenset()) -> str:
    """SHA-256 of the code that turns an experiment whose problem is made of `classes` into weights.

    `places` are those of its own functions.

    Of the syntax trees without docstrings, so that rewording, comments and layout retrain nothing. Read once in a
    process: what runs is what was there when it began.
    """
    return digest(reachable_definitions([*_modules(TRAINS), *places_of_classes(classes), *places]))


@functools.cache
def own_code_digest(classes: frozenset[type], places: frozenset[Place] = frozenset()) -> str:
    """SHA-256 of the code that an experiment names itself: as `code_digest`, but for the modules that train."""
    return digest(
        reachable_definitions([*places_of_classes(classes), *(place for place in places if place[1] != EVERYTHING)])
    )


@functools.lru_cache(maxsize=1024)
def experiment_id(experiment: Experiment) -> str:
    """What names an experiment in evidence: its problem, network and regime, and the code that these name.

    Unlike the key of a stored training it knows of no seeds, versions or compiler, which evidence has on record by
    itself, nor of the code that trains every experiment. Of data that a function draws counts what seed 0 gets.
    """
    content = getattr(experiment.problem, "content", None)
    content_of_id = {
        "experiment": experiment.fingerprint(),
        "code": own_code_digest(
            classes_of(experiment.problem), definition_places(experiment.problem, experiment.network)
        ),
        **({"content": content((0,))} if content else {}),
    }
    return digest(content_of_id)[:LENGTH]


def key(experiment: Experiment, seeds: tuple[int, ...]) -> str:
    """What names the training of these seeds, whatever its number of epochs."""
    content = getattr(experiment.problem, "content", None)  # of data that a function draws
    return digest(
        {
            "format": FORMAT,
            "trajectory": experiment.trajectory(),
            "seeds": list(seeds),
            "code": code_digest(
                classes_of(experiment.problem), definition_places(experiment.problem, experiment.network)
            ),
            "versions": VERSIONS,
            "compiler": os.environ.get("XLA_FLAGS", ""),
            **({"content": content(seeds)} if content else {}),
        }
    )
