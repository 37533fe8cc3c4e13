"""A function of the project as a value: by its module and name, so that it can be stored, sent, and read as text.

Whoever holds one is retrained when the code behind the name changes: that of the function, and of what it names.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lstm_lab.training.code import EVERYTHING, Place, file_of, ours
from lstm_lab.training.experiment import ExperimentError

# What turns an own model into weights, beside the modules that train every network.
TRAIN_OWN = ("own_checks", "own_models", "plain", "reference", "suitability")


@dataclass(frozen=True)
class Named:
    """A function or class that stands by its name in a file of the project."""

    module: str
    name: str

    @staticmethod
    def of(function: Named | Callable[..., Any], what: str) -> Named:
        """The name of `function`. Raises ExperimentError where it has none that every process could find.

        Args:
            function: a function or class; of a function that is named already, that name.
            what: what it is for; begins the message of the error.
        """
        if isinstance(function, Named):
            return function
        if not callable(function):
            raise ExperimentError(f"{what}: got {function!r}, wanted a function")
        module, name = getattr(function, "__module__", None), getattr(function, "__qualname__", None)
        if module is None or name is None:
            raise ExperimentError(f"{what}: got {function!r}, wanted a function defined by `def` in a file")
        if "<" in name:
            kind = "a lambda" if name.endswith("<lambda>") else f"{name.rpartition('.')[2]}, made inside a function"
            raise ExperimentError(
                f"{what}: got {kind}, wanted a function defined by `def` at the top of a file, "
                "so that other processes find it and its code is part of what is stored"
            )
        named = Named(module, name)
        if not ours(module) or file_of(module) is None:
            raise ExperimentError(
                f"{what}: got {module}.{name}, whose code is not followed; "
                "wanted a function in a file of the project, which may call it"
            )
        if named.function is not function:
            raise ExperimentError(
                f"{what}: got a function {name}, but {module}.{name} is another one by now; wanted a name for each"
            )
        return named

    @property
    def function(self) -> Callable[..., Any]:
        """What the name stands for in this process."""
        try:
            found: Any = functools.reduce(getattr, self.name.split("."), importlib.import_module(self.module))
        except (ImportError, AttributeError) as error:
            raise ExperimentError(f"{self.module}.{self.name}: cannot be found ({error})") from error
        function: Callable[..., Any] = found
        return function

    def __call__(self, *arguments: Any, **settings: Any) -> Any:
        """Call it."""
        return self.function(*arguments, **settings)


def places_of(problem: Any, network: Any) -> frozenset[Place]:
    """Where the code stands that an experiment with own functions names; nothing for one of the lab's vocabulary."""
    places = {(one.module, one.name.partition(".")[0]) for one in [*_named(problem), *_named(network)]}
    if _named(network):
        parent = __name__.rpartition(".")[0]
        places |= {(f"{parent}.{module}", EVERYTHING) for module in TRAIN_OWN}
    return frozenset(places)


def _named(value: Any) -> list[Named]:
    """The functions that a frozen value holds."""
    if isinstance(value, Named):
        return [value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [one for field in dataclasses.fields(value) for one in _named(getattr(value, field.name))]
    if isinstance(value, tuple | list):
        return [one for part in value for one in _named(part)]
    return []
