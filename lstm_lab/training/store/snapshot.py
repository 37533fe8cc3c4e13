"""A snapshot: everything that a training needs to be continued, as NumPy arrays."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from numpy.typing import NDArray

from lstm_lab.training.problems import Floats, read_only

Arrays = list[NDArray[Any]]


@dataclass(frozen=True)
class Snapshot:
    """Everything a training needs to be continued after `epoch` epochs; S members. Its arrays are read-only.

    Attributes:
        seeds: the S seeds.
        epoch: epochs trained.
        weights: the trainable variables of the model, each (S, ...).
        moments: the variables of the optimizer, each (S, ...) or a scalar shared by all members.
        states: the states of stateful layers, each (S, rows, units).
        losses: mean training loss of every epoch, shape (S, epoch).
    """

    seeds: tuple[int, ...]
    epoch: int
    weights: Arrays
    moments: Arrays
    states: Arrays
    losses: Floats

    def __post_init__(self) -> None:
        for one in fields(self):
            read_only(getattr(self, one.name))


@dataclass(frozen=True)
class PlainSnapshot(Snapshot):
    """Everything that a training by plain Keras needs to be continued; S is 1.

    Attributes:
        non_trainable: variables that the optimizer does not train: statistics of normalisations, states of random
            generators, frozen weights; each (1, ...).
    """

    non_trainable: Arrays = field(default_factory=list)
