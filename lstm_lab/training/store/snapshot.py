"""A snapshot: all arrays that are needed to continue a training."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from numpy.typing import NDArray

from lstm_lab.training.problems import Floats, read_only

Arrays = list[NDArray[Any]]


@dataclass(frozen=True)
class Snapshot:
    """The arrays that are needed to continue a training of S seeds after `epoch` epochs; they are read-only.

    Attributes:
        seeds: the S seeds.
        epoch: number of epochs trained.
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
    """The arrays that are needed to continue a training by plain Keras; S is 1.

    Attributes:
        non_trainable: variables that the optimizer does not train: statistics of normalisations, states of random
            generators, frozen weights; each (1, ...).
    """

    non_trainable: Arrays = field(default_factory=list)
