"""A reference to a function of the project, by module and name, that can be stored, pickled and hashed.

An experiment that contains one is retrained when the code of the function changes, or code that the function refers to.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from lstm_lab.source_code import is_project_code, module_file
from lstm_lab.training.errors import ExperimentError


@dataclass(frozen=True)
class FunctionReference:
    """A function or class that is defined in a file of the project.

    Attributes:
        module: the module that defines it. It is not part of the key of a training, so that moving code retrains
            nothing; the code of the function is part of it.
        name: its qualified name in the module.
    """

    module: str = field(metadata={"counts": False})
    name: str

    @staticmethod
    def of(function: FunctionReference | Callable[..., Any], what: str) -> FunctionReference:
        """The reference to `function`. Raises ExperimentError where other processes could not import it by name.

        Args:
            function: a function or class; a reference is returned as it is.
            what: its purpose, with which an error message begins.
        """
        if isinstance(function, FunctionReference):
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
        named = FunctionReference(module, name)
        if not is_project_code(module) or module_file(module) is None:
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
        """The function, imported in this process."""
        try:
            found: Any = functools.reduce(getattr, self.name.split("."), importlib.import_module(self.module))
        except (ImportError, AttributeError) as error:
            raise ExperimentError(f"{self.module}.{self.name}: cannot be found ({error})") from error
        function: Callable[..., Any] = found
        return function

    def __call__(self, *arguments: Any, **settings: Any) -> Any:
        """Call the function."""
        return self.function(*arguments, **settings)
