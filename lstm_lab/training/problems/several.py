"""Several inputs or outputs by name: kept as one array, and given to Keras as dictionaries. NumPy only."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lstm_lab.training.errors import ProblemError
from lstm_lab.training.problems.arrays import Arrays, FrozenArray, floats
from lstm_lab.training.problems.problem import Floats, Samples, read_only

Layout = tuple[tuple[str, tuple[int, ...]], ...]  # names in their order, each with the shape of one sample
WHOLE = ""  # the name of an array that has none


@dataclass(frozen=True)
class Several:
    """Arrays by the names of the inputs and outputs of a model, the same for every seed; plain Keras trains it.

    Attributes:
        x: inputs by name, each (N, ...), or one array of a model with one input.
        y: targets by name, each (N, ...), or one array of a model with one output.
    """

    x: Any
    y: Any
    varies = False
    symbols = ""

    def __post_init__(self) -> None:
        rows = set()
        for name in ("x", "y"):
            given = getattr(self, name)
            if not isinstance(given, tuple):
                by_name = given if isinstance(given, Mapping) else {WHOLE: given}
                arrays = {key: floats(array, f"data, {name} {key}".rstrip()) for key, array in by_name.items()}
                if not arrays or not all(isinstance(key, str) and array.ndim for key, array in arrays.items()):
                    raise ProblemError(f"data, {name}: got {list(by_name)}, wanted arrays (N, ...) by their names")
                object.__setattr__(self, name, tuple((key, FrozenArray(arrays[key])) for key in sorted(arrays)))
            rows |= {frozen.shape[0] for _, frozen in getattr(self, name)}
        if len(rows) != 1 or 0 in rows:
            raise ProblemError(f"data: got arrays of {sorted(rows)} samples, wanted as many in each")

    @property
    def inputs(self) -> Layout:
        """The names of the inputs, and the shape of one sample of each."""
        return tuple((name, frozen.shape[1:]) for name, frozen in self.x)

    @property
    def targets(self) -> Layout:
        """The names of the targets, and the shape of one sample of each."""
        return tuple((name, frozen.shape[1:]) for name, frozen in self.y)

    def samples(self, seed: int) -> Samples:
        """The arrays, whatever the seed: the numbers of all inputs side by side, (N, F), and those of all targets."""
        x, y = (packed({name: one.array for name, one in part}) for part in (self.x, self.y))
        return read_only(Samples(x, y))

    def encode(self, text: str) -> Floats:
        """There are no letters."""
        raise ProblemError(f"text {text!r}: got data of several inputs or outputs, wanted a question in numbers")


def data_of(x: Any, y: Any, weight: Any = None) -> Arrays | Several:
    """The problem of one array of inputs and one of targets, or of several by name. Raises ProblemError."""
    if not isinstance(x, Mapping) and not isinstance(y, Mapping):
        return Arrays(x, y, weight)
    if weight is not None:
        raise ProblemError("weight: got weights for several inputs or outputs, wanted none")
    return Several(x, y)


def packed(arrays: Mapping[str, ArrayLike]) -> Floats:
    """Arrays (N, ...) by name as one, (N, F), in the order of their names."""
    values = [floats(arrays[name], f"data, {name}") for name in sorted(arrays)]
    return np.concatenate([one.reshape(len(one), -1) for one in values], axis=1)


def unpacked(array: Any, layout: Layout) -> Any:
    """The arrays (..., shape) by name that stand side by side in one, (..., F); the only one where it has no name."""
    ends = np.cumsum([0, *(math.prod(shape) for _, shape in layout)])
    parts = {
        name: array[..., first:last].reshape(*array.shape[:-1], *shape)
        for (name, shape), first, last in zip(layout, ends, ends[1:], strict=False)
    }
    return parts.get(WHOLE, parts)


def for_keras(problem: Any, x: Floats, y: Floats) -> tuple[Any, Any]:
    """Inputs and targets as Keras takes them: by name where there are several."""
    if not isinstance(problem, Several):
        return x, y
    targets = unpacked(y, problem.targets)
    return unpacked(x, problem.inputs), next(iter(targets.values())) if len(problem.targets) == 1 and isinstance(
        targets, dict
    ) else targets
