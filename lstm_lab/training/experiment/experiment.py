"""An experiment: problem, network and regime as one frozen value with a stable fingerprint."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

from lstm_lab.training.errors import ExperimentError
from lstm_lab.training.experiment.network import Network
from lstm_lab.training.identity import canonical_json, digest
from lstm_lab.training.problems import Problem

Shuffle = Literal["each_epoch", "once", "never"]
Reset = Literal["each_epoch", "never"] | int


@dataclass(frozen=True)
class Regime:
    """Number of epochs, batch size, order of the samples, and resets of the states.

    Attributes:
        epochs: passes over the samples; with 0, the weights are the initial ones.
        batch_size: rows per update; must divide the number of samples.
        shuffle: "each_epoch" draws a new order per seed and epoch, "once" uses one order per seed in all epochs,
            "never" keeps the order of the samples.
        reset: when the states of stateful layers are zeroed: before each epoch, never, or before every n-th batch
            of an epoch (1: before each batch).
        checkpoints: further epochs after which a snapshot is stored, for experiments that stop earlier; those beyond
            `epochs` are ignored.
    """

    epochs: int
    batch_size: int = 1
    shuffle: Shuffle = "each_epoch"
    reset: Reset = "each_epoch"
    checkpoints: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.epochs < 0:
            raise ExperimentError(f"epochs: got {self.epochs}, wanted 0 or more")
        if self.batch_size < 1:
            raise ExperimentError(f"batch_size: got {self.batch_size}, wanted at least 1")
        if self.shuffle not in ("each_epoch", "once", "never"):
            raise ExperimentError(f"shuffle: got {self.shuffle!r}, wanted 'each_epoch', 'once' or 'never'")
        if self.reset not in ("each_epoch", "never") and not (isinstance(self.reset, int) and self.reset >= 1):
            raise ExperimentError(f"reset: got {self.reset!r}, wanted 'each_epoch', 'never' or a number of batches")
        if any(epoch < 1 for epoch in self.checkpoints):
            raise ExperimentError(f"checkpoints: got {min(self.checkpoints)}, wanted epochs from 1 onward")

    @property
    def stops(self) -> tuple[int, ...]:
        """The epochs after which a snapshot is stored, rising; the last is `epochs`."""
        return tuple(sorted({self.epochs, *(epoch for epoch in self.checkpoints if epoch < self.epochs)}))


REGIME_FIELDS = tuple(field.name for field in dataclasses.fields(Regime))


@dataclass(frozen=True)
class Experiment:
    """A problem, the network that is trained on it, and the regime of the training.

    `name` is for display; two experiments that differ only in it are the same training.
    """

    name: str
    problem: Problem
    network: Network
    regime: Regime

    def but(self, **changes: Any) -> Experiment:
        """A copy of this experiment with other values: fields of the regime, or `problem`, `network`, `name`.

        `NAIVE_ONE_CHAR.but(epochs=5000)` is trained as a continuation of `NAIVE_ONE_CHAR` where that is stored.
        """
        known = (*REGIME_FIELDS, "problem", "network", "name")
        unknown = sorted(set(changes) - set(known))
        if unknown:
            raise ExperimentError(f"{self.name}.but(...): got {unknown[0]!r}, wanted one of {', '.join(known)}")
        regime = {key: value for key, value in changes.items() if key in REGIME_FIELDS}
        rest = {key: value for key, value in changes.items() if key not in REGIME_FIELDS}
        named = [f"{key} {value}" for key, value in regime.items() if key != "checkpoints"]
        named += [f"other {key}" for key in rest if key != "name"]
        rest.setdefault("name", ", ".join([self.name, *named]))
        return dataclasses.replace(self, regime=dataclasses.replace(self.regime, **regime), **rest)

    @property
    def untrained(self) -> Experiment:
        """This experiment with 0 epochs."""
        return self.but(epochs=0, checkpoints=())

    def trajectory(self) -> dict[str, Any]:
        """Everything that determines the weights after every epoch, as JSON values: all but epochs and checkpoints.

        Experiments with equal trajectories are snapshots of one training.
        """
        regime = {
            key: value for key, value in canonical_json(self.regime).items() if key not in ("epochs", "checkpoints")
        }
        return {"problem": canonical_json(self.problem), "network": canonical_json(self.network), "regime": regime}

    def fingerprint(self) -> str:
        """SHA-256 of everything but the name, in hexadecimal: the same in every process."""
        return digest({**self.trajectory(), "epochs": self.regime.epochs})
