"""An experiment: problem, network and regime as one frozen value with a stable fingerprint."""

from __future__ import annotations

import dataclasses
import operator
from dataclasses import dataclass
from typing import Any, Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from lstm_lab.training.errors import ExperimentError
from lstm_lab.training.experiment.edition import TODAY
from lstm_lab.training.experiment.network import Network
from lstm_lab.training.identity import canonical_json, digest
from lstm_lab.training.problems import Problem

Shuffle = Literal["each_epoch", "once", "never"]


@runtime_checkable
class Orders(Protocol):
    """Orders of one's own: a frozen dataclass."""

    def orders(self, samples: int, seed: int, epochs: int) -> NDArray[np.integer[Any]]:
        """Indices of all samples in the order of each epoch, (epochs, samples); no epoch depends on their number."""


Reset = Literal["each_epoch", "never"] | int


@dataclass(frozen=True)
class Regime:
    """Number of epochs, batch size, order of the samples, and resets of the states.

    Attributes:
        epochs: passes over the samples; with 0, the weights are the initial ones.
        batch_size: rows per update; must divide the number of samples.
        shuffle: "each_epoch" draws a new order per seed and epoch, "once" uses one order per seed in all epochs,
            "never" keeps the order of the samples; or orders of one's own.
        reset: when the states of stateful layers are zeroed: before each epoch, never, or before every n-th batch
            of an epoch (1: before each batch).
        checkpoints: further epochs after which a snapshot is stored, for experiments that stop earlier; those beyond
            `epochs` are ignored.
    """

    epochs: int
    batch_size: int = 1
    shuffle: Shuffle | Orders = "each_epoch"
    reset: Reset = "each_epoch"
    checkpoints: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        whole = {"epochs": _whole("epochs", self.epochs, 0), "batch_size": _whole("batch_size", self.batch_size, 1)}
        own = isinstance(self.shuffle, Orders) and _is_frozen(self.shuffle)
        if not own and self.shuffle not in ("each_epoch", "once", "never"):
            raise ExperimentError(
                f"shuffle: got {self.shuffle!r:.60}, wanted 'each_epoch', 'once' or 'never', "
                "or a frozen dataclass with orders(samples, seed, epochs)"
            )
        if self.reset not in ("each_epoch", "never"):
            whole["reset"] = _whole("reset", self.reset, 1, "'each_epoch', 'never' or a number of batches")
        for name, value in whole.items():
            object.__setattr__(self, name, value)
        if not isinstance(self.checkpoints, list | tuple):
            raise ExperimentError(f"checkpoints: got {self.checkpoints!s:.60}, wanted a tuple of epochs")
        checkpoints = tuple(_whole("checkpoints", one, 1, "epochs from 1 onward") for one in self.checkpoints)
        object.__setattr__(self, "checkpoints", checkpoints)

    @property
    def stops(self) -> tuple[int, ...]:
        """The epochs after which a snapshot is stored, rising; the last is `epochs`."""
        return tuple(sorted({self.epochs, *(epoch for epoch in self.checkpoints if epoch < self.epochs)}))


def _whole(name: str, value: Any, least: int, wanted: str = "") -> int:
    """A whole number. Raises ExperimentError for anything else, and for a smaller one than `least`."""
    try:
        number = operator.index(value)
    except TypeError:
        number = least - 1
    if number < least or isinstance(value, bool):
        raise ExperimentError(f"{name}: got {value!r:.60}, wanted {wanted or f'a whole number, {least} or more'}")
    return number


REGIME_FIELDS = tuple(field.name for field in dataclasses.fields(Regime))
NETWORK_FIELDS = ("loss", "optimizer")  # that `but` changes too


@dataclass(frozen=True)
class Experiment:
    """A problem, the network that is trained on it, and the regime of the training.

    `name` is for display; two experiments that differ only in it are the same training.
    """

    name: str
    problem: Problem
    network: Network
    regime: Regime

    def __post_init__(self) -> None:
        problem, network = self.problem, self.network
        for name, kind, wanted in (("name", str, "a text"), ("regime", Regime, "a Regime(...)")):
            if not isinstance(getattr(self, name), kind):
                raise ExperimentError(f"{name}: got {getattr(self, name)!s:.60}, wanted {wanted}")
        if not _is_frozen(network) or not hasattr(network, "loss_function"):
            got = getattr(network, "__name__", None) or f"{network!s:.60}"
            raise ExperimentError(
                f"{self.name}, network: got {got}, wanted a Network(...); a function that builds a Keras model is "
                "given as train(build=...), or as experiment_of(...)"
            )
        if not _is_frozen(problem) or not hasattr(problem, "samples"):
            got = getattr(problem, "__name__", None) or f"{problem!s:.60}"
            raise ExperimentError(
                f"{self.name}, problem: got {got}, wanted a problem: a frozen dataclass with samples(seed)"
            )
        try:
            hash(problem)
        except TypeError as error:
            raise ExperimentError(
                f"{self.name}, problem: got {type(problem).__name__} with a field that is no value ({error}), "
                "wanted numbers, texts, tuples or frozen dataclasses"
            ) from error
        canonical_json(problem)

    def but(self, **changes: Any) -> Experiment:
        """A copy of this experiment with other values: fields of the regime, `problem`, `network`, `name`, or of the
        network its `loss` or `optimizer`.

        `NAIVE_ONE_CHAR.but(epochs=5000)` is trained as a continuation of `NAIVE_ONE_CHAR` where that is stored.
        """
        known = (*REGIME_FIELDS, "problem", "network", *NETWORK_FIELDS, "name")
        unknown = sorted(set(changes) - set(known))
        if unknown:
            raise ExperimentError(f"{self.name}.but(...): got {unknown[0]!r}, wanted one of {', '.join(known)}")
        regime = {key: value for key, value in changes.items() if key in REGIME_FIELDS}
        rest = {key: value for key, value in changes.items() if key not in REGIME_FIELDS}
        named = [f"{key} {value}" for key, value in regime.items() if key != "checkpoints"]
        named += [f"other {key}" for key in rest if key != "name"]
        rest.setdefault("name", ", ".join([self.name, *named]))
        of_network = {key: rest.pop(key) for key in NETWORK_FIELDS if key in rest}
        changed = dataclasses.replace(self, regime=dataclasses.replace(self.regime, **regime), **rest)
        if not of_network:
            return changed
        return dataclasses.replace(changed, network=dataclasses.replace(changed.network, **of_network))

    @property
    def untrained(self) -> Experiment:
        """This experiment with 0 epochs."""
        return self.but(epochs=0, checkpoints=())

    def in_edition(self, edition: str) -> Experiment:
        """This experiment with the defaults of another year, a name in `EDITIONS`, unless it names one itself."""
        if edition == TODAY or self.network.edition != TODAY:
            return self
        if not isinstance(self.network, Network):
            raise ExperimentError(
                f"{self.name}, edition {edition}: got {getattr(self.network, 'label', 'a network')}, wanted a "
                "Network(...) of layers: an edition cannot change what a function builds"
            )
        return dataclasses.replace(self, network=dataclasses.replace(self.network, edition=edition))

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


def _is_frozen(value: Any) -> bool:
    """Whether it is a frozen dataclass; a class is none."""
    parameters = getattr(value, "__dataclass_params__", None)
    return getattr(parameters, "frozen", False) is True and not isinstance(value, type)
