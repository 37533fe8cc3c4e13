"""The id of an experiment in evidence, and the key of its training in the store."""

from __future__ import annotations

import dataclasses
import functools
import os
from collections.abc import Iterable
from typing import Any

from lstm_lab import machine
from lstm_lab.packages import installed_version
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

LENGTH = 16  # hexadecimal digits of an experiment's id, enough for some hundred experiments
FORMAT = 1  # of the file of a stored training
VERSIONS = {name: installed_version(name) for name in ("tensorflow", "keras", "numpy", "jax", "jaxlib")}
# The modules that train every experiment. They are read as text: importing some of them loads TensorFlow.
TRAINING_MODULES = (
    "compiled.environment",
    "compiled.logits",
    "compiled.loop",
    "compiled.program",
    "experiment.edition",
    "experiment.edition_layers",
    "experiment.experiment",
    "experiment.network",
    "experiment.schedule",
)
# Further modules that train networks which no test holds to plain `fit`.
OWN_MODEL_MODULES = (
    "experiment.builder",
    "plain_keras.builder_checks",
    "plain_keras.callbacks",
    "plain_keras.eligibility",
    "plain_keras.fit",
    "plain_keras.reference",
    "plain_keras.seed_model",
    "plain_keras.trial_updates",
)


def definition_places(problem: Any, network: Any) -> frozenset[Place]:
    """The places of the code of own functions, and of the code that trains networks which no test holds to `fit`."""
    references = [*_function_references(problem), *_function_references(network)]
    places = {(reference.module, reference.name.partition(".")[0]) for reference in references}
    if not network.verified:
        places |= set(_whole_modules(OWN_MODEL_MODULES))
    return frozenset(places)


def _whole_modules(names: Iterable[str]) -> list[Place]:
    """The places of whole modules, by their names within `lstm_lab.training`."""
    package = __name__.removesuffix(".experiment.keys")
    return [(f"{package}.{name}", EVERYTHING) for name in names]


def _function_references(value: Any) -> list[FunctionReference]:
    """The function references in a frozen value."""
    if isinstance(value, FunctionReference):
        return [value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [
            reference
            for field in dataclasses.fields(value)
            for reference in _function_references(getattr(value, field.name))
        ]
    if isinstance(value, tuple | list):
        return [reference for part in value for reference in _function_references(part)]
    return []


@functools.cache
def code_digest(classes: frozenset[type], places: frozenset[Place] = frozenset()) -> str:
    """SHA-256 of the code that trains an experiment that is made of values of `classes`.

    It is computed from syntax trees without docstrings, so that changed docstrings, comments or formatting retrain
    nothing. It is computed once in a process, since a process runs the code that it has imported.

    Args:
        classes: classes of the problem, of orders and initial weights of one's own, and of the values in these.
        places: places of its own functions.
    """
    return digest(reachable_definitions([*_whole_modules(TRAINING_MODULES), *places_of_classes(classes), *places]))


@functools.cache
def own_code_digest(classes: frozenset[type], places: frozenset[Place] = frozenset()) -> str:
    """SHA-256 of the code of the experiment itself: as `code_digest`, without the modules that train."""
    return digest(
        reachable_definitions([*places_of_classes(classes), *(place for place in places if place[1] != EVERYTHING)])
    )


def _own_classes(experiment: Experiment) -> frozenset[type]:
    """The classes of the problem, and of orders and initial weights of one's own."""
    return classes_of((experiment.problem, experiment.regime.shuffle, experiment.network.initial))


@functools.lru_cache(maxsize=1024)
def experiment_id(experiment: Experiment) -> str:
    """The id of an experiment in evidence: a digest of its problem, network and regime, and of the code of these.

    Unlike the key of a stored training, it does not depend on seeds, versions and compiler, which evidence records
    separately, nor on the code that trains every experiment. Of data that a function draws, those of seed 0 count.
    """
    content = getattr(experiment.problem, "content", None)
    content_of_id = {
        "experiment": experiment.fingerprint(),
        "code": own_code_digest(_own_classes(experiment), definition_places(experiment.problem, experiment.network)),
        **({"content": content((0,))} if content else {}),
    }
    return digest(content_of_id)[:LENGTH]


def key(experiment: Experiment, seeds: tuple[int, ...]) -> str:
    """The key of the training of these seeds, for any number of epochs."""
    content = getattr(experiment.problem, "content", None)  # of data that a function draws
    return digest(
        {
            "format": FORMAT,
            "trajectory": experiment.trajectory(),
            "seeds": list(seeds),
            "code": code_digest(_own_classes(experiment), definition_places(experiment.problem, experiment.network)),
            "versions": VERSIONS,
            "compiler": os.environ.get("XLA_FLAGS", ""),
            **({"gpu": machine.gpu()} if machine.gpu() else {}),
            **({"content": content(seeds)} if content else {}),
        }
    )
