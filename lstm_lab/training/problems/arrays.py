"""Own data: arrays that all seeds share, and arrays that a function draws for each seed. NumPy only."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_lab.training.errors import ProblemError
from lstm_lab.training.identity import FunctionReference, canonical_json, digest
from lstm_lab.training.problems.problem import Floats, Samples, read_only

DRAWS_IN_MEMORY = 32  # the seeds of one experiment, used one after another


@dataclass(frozen=True, init=False)
class FrozenArray:
    """An array as a value: equality, hash and key are those of its numbers.

    Attributes:
        sha256: digest of its bytes, in hexadecimal.
        shape: its shape.
    """

    sha256: str
    shape: tuple[int, ...]

    def __init__(self, array: Floats) -> None:
        own = read_only(np.array(array, np.float32, order="C"))
        for name, value in (
            ("sha256", hashlib.sha256(own.tobytes()).hexdigest()),
            ("shape", own.shape),
            ("_array", own),  # no field: the digest stands for it
        ):
            object.__setattr__(self, name, value)

    @property
    def array(self) -> Floats:
        """The numbers, read-only, float32."""
        array: Floats = self.__dict__["_array"]
        return array


class _OwnData:
    """The base of problems of own data, which have letters only where `symbols` and `coding` are given.

    `symbols` are the letters in the order of their codes, `coding` is a function from a text to one sample.
    """

    symbols: str
    coding: FunctionReference | None

    def encode(self, text: str) -> Floats:
        """One sample for `text`, by `coding`."""
        if self.coding is None:
            raise ProblemError(
                f"text {text!r}: got own data that know no letters; wanted `symbols` and `coding` given to "
                f"{type(self).__name__}, or a question in numbers, `member.outputs(x)`"
            )
        return floats(self.coding(text), f"coding of {text!r}")


@dataclass(frozen=True)
class Arrays(_OwnData):
    """The same arrays for every seed.

    Attributes:
        x: inputs, (N, T, F), or (N, ...) for networks without time; anything that NumPy converts to numbers.
        y: targets, (N, ...): one-hot rows, class numbers, or whatever the loss compares with the outputs.
        weight: weights of the samples in the loss, (N,) or (N, T); None for equal weights.
        symbols: the letters in the order of their codes, for probes whose answers are letters.
        coding: a function from a text to one sample, (T, F), for probes whose inputs are letters.
    """

    x: Any
    y: Any
    weight: Any = None
    symbols: str = ""
    coding: Any = None
    varies = False

    def __post_init__(self) -> None:
        x, y, weight = (one.array if isinstance(one, FrozenArray) else one for one in (self.x, self.y, self.weight))
        checked = checked_samples(x, y, weight)
        for name in ("x", "y", "weight"):
            array = getattr(checked, name)
            object.__setattr__(self, name, None if array is None else FrozenArray(array))
        if self.coding is not None:
            object.__setattr__(self, "coding", FunctionReference.of(self.coding, "coding"))

    def samples(self, seed: int) -> Samples:
        """The arrays, whatever the seed."""
        return Samples(self.x.array, self.y.array, None if self.weight is None else self.weight.array)


@dataclass(frozen=True)
class Drawn(_OwnData):
    """Arrays that a function draws for each seed.

    The key of a training contains a digest of the drawn arrays, so a file that the function reads may change.

    Attributes:
        function: from a seed to (x, y), (x, y, weight) or `Samples`; the same for the same seed, and of the same
            shapes for every seed.
        symbols: the letters in the order of their codes, for probes whose answers are letters.
        coding: a function from a text to one sample, (T, F), for probes whose inputs are letters.
    """

    function: Any
    symbols: str = ""
    coding: Any = None
    varies = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "function", FunctionReference.of(self.function, "data"))
        if self.coding is not None:
            object.__setattr__(self, "coding", FunctionReference.of(self.coding, "coding"))

    def samples(self, seed: int) -> Samples:
        """The samples that the function draws for this seed."""
        drawn = _draw(self.function, seed)
        wanted, got = (_shapes(one) for one in (_draw(self.function, 0), drawn))
        if wanted != got:
            raise ProblemError(
                f"data {self.function.name}: got {_described(got)} for seed {seed} "
                f"and {_described(wanted)} for seed 0, wanted the same shapes for every seed"
            )
        return drawn

    def content(self, seeds: tuple[int, ...]) -> str:
        """SHA-256 of the samples of these seeds, in hexadecimal."""
        return digest([_digest(self, seed) for seed in seeds])


@functools.cache
def _digest(drawn: Drawn, seed: int) -> str:
    return digest(canonical_json(list(drawn.samples(seed))))


@functools.lru_cache(maxsize=DRAWS_IN_MEMORY)
def _draw(function: FunctionReference, seed: int) -> Samples:
    """The samples that a function draws for a seed; drawn twice, and both times must be equal."""
    what = f"data {function.name}, seed {seed}"
    first, again = (samples_of(function(seed), what) for _ in range(2))
    if canonical_json(list(first)) != canonical_json(list(again)):
        raise ProblemError(
            f"{what}: got other arrays when drawn again, wanted the same for the same seed; "
            "draw with np.random.default_rng(seed)"
        )
    return read_only(first)


def samples_of(given: Any, what: str) -> Samples:
    """What somebody has drawn as `Samples`. Raises ProblemError for what cannot be trained on."""
    if not isinstance(given, tuple | list) or len(given) not in (2, 3, 4):
        raise ProblemError(f"{what}: got {type(given).__name__}, wanted (x, y), (x, y, weight) or Samples")
    x, y, weight, lengths = (*given, None, None)[:4]
    samples = checked_samples(x, y, weight, what)
    if lengths is None:
        return samples
    known = np.asarray(lengths)
    longest = samples.x.shape[1] if samples.x.ndim > 2 else 0
    if known.shape != (len(samples.x),) or not 1 <= known.min() <= known.max() <= longest:
        raise ProblemError(
            f"{what}: got lengths of shape {known.shape}, wanted one from 1 to {longest} for each of the samples"
        )
    return samples._replace(lengths=known.astype(np.int_))


def checked_samples(x: ArrayLike, y: ArrayLike, weight: ArrayLike | None = None, what: str = "data") -> Samples:
    """The arrays as float32. Raises ProblemError for shapes or numbers that cannot be trained on."""
    inputs, targets = floats(x, f"{what}, x"), floats(y, f"{what}, y")
    if inputs.ndim < 2 or not inputs.size:
        raise ProblemError(f"{what}, x: got shape {inputs.shape}, wanted (N, T, F), or (N, F) without time")
    if not targets.ndim or len(targets) != len(inputs):
        raise ProblemError(
            f"{what}: got {len(inputs)} samples in x and targets of shape {targets.shape}, wanted {len(inputs)} of them"
        )
    if weight is None:
        return Samples(inputs, targets)
    weights = floats(weight, f"{what}, weight")
    if weights.shape not in (inputs.shape[:1], inputs.shape[:2]) or weights.min() < 0:
        raise ProblemError(
            f"{what}, weight: got shape {weights.shape} and a least of {weights.min() if weights.size else 'nothing'}, "
            f"wanted shape {inputs.shape[:1]} or {inputs.shape[:2]} and 0 or more"
        )
    return Samples(inputs, targets, weights)


def floats(given: ArrayLike, what: str) -> Floats:
    """Finite numbers as float32. Raises ProblemError for anything else."""
    try:
        array: NDArray[Any] = np.asarray(given)
    except ValueError as error:  # rows of different lengths
        raise ProblemError(f"{what}: got no array ({error}), wanted rows of one shape") from error
    if array.dtype.kind not in "biuf":
        raise ProblemError(f"{what}: got values of type {array.dtype}, wanted numbers")
    finite = np.isfinite(array)
    if not finite.all():
        place = tuple(map(int, np.argwhere(~finite)[0]))
        raise ProblemError(f"{what}: got {array[place]} at {place}, wanted finite numbers")
    with np.errstate(over="ignore"):
        kept: Floats = array.astype(np.float32)
    if not np.isfinite(kept).all() or (array.dtype.kind in "iu" and (kept.astype(np.float64) != array).any()):
        raise ProblemError(f"{what}: got numbers as large as {array.max()}, wanted such as float32 can hold")
    return kept


def _shapes(samples: Samples) -> list[tuple[int, ...] | None]:
    return [None if one is None else one.shape for one in samples]


def _described(shapes: list[tuple[int, ...] | None]) -> str:
    return ", ".join(f"{name} {shape}" for name, shape in zip(Samples._fields, shapes, strict=True) if shape)
