"""Editions: the arithmetic that Keras's layers had in other years, put into the layers of today.

An edition is what somebody got who wrote `LSTM(32)` and `"adam"` in that year. It changes the activation of the gates,
the initial weights of recurrent layers and Adam's epsilon, each only where the network names none, and nothing else.
Measured on real installations of these versions, whose answers are recorded in `fixtures/semantics/recordings`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lstm_lab.training.errors import NetworkError

GATES = {"LSTM": 4, "GRU": 3}  # the gates of a layer, and its candidate


@dataclass(frozen=True)
class Edition:
    """The defaults of the layers and of Adam in one range of versions.

    Attributes:
        software: the versions that had them.
        hard_gates: whether gates are `clip(0.2 x + 0.5, 0, 1)`, and not the logistic sigmoid.
        gate_by_gate: whether the weights of each gate are drawn by themselves, with the fan-out of one gate, and not
            those of all gates at once. A recurrent matrix of a gate is then orthogonal by itself.
        recurrent_gain: what orthogonal recurrent weights are multiplied with.
        epsilon: Adam's epsilon; None for that of today's Keras.
    """

    software: str
    hard_gates: bool = False
    gate_by_gate: bool = False
    recurrent_gain: float = 1.0
    epsilon: float | None = None

    def settings(self, kind: str) -> dict[str, Any]:
        """The keyword arguments of a layer of `keras.layers` in this edition, where they are not today's defaults."""
        from lstm_lab.training.experiment import edition_layers as made

        settings: dict[str, Any] = {}
        if self.hard_gates and kind in GATES:
            settings["recurrent_activation"] = made.hard_gate
        if self.gate_by_gate and kind in GATES:
            settings["kernel_initializer"] = made.GlorotUniformByGate(GATES[kind])
        if (self.gate_by_gate and kind in GATES) or (self.recurrent_gain != 1.0 and kind == "SimpleRNN"):
            settings["recurrent_initializer"] = made.OrthogonalByGate(GATES.get(kind, 1), self.recurrent_gain)
        return settings

    def optimizer_settings(self, kind: str) -> dict[str, Any]:
        """The keyword arguments of an optimizer in this edition, where they are not today's defaults."""
        return {"epsilon": self.epsilon} if kind == "Adam" and self.epsilon is not None else {}


TODAY = "today"
EDITIONS = {
    "2016": Edition("Keras 1.0.6", hard_gates=True, gate_by_gate=True, recurrent_gain=1.1, epsilon=1e-8),
    "2017": Edition("Keras 2.0 to 2.2", hard_gates=True, epsilon=1e-8),  # 1e-7 from 2.1.3 on
    TODAY: Edition("Keras 3"),
}


def edition_of(name: str) -> Edition:
    """The edition of this name. Raises NetworkError for another one."""
    if name not in EDITIONS:
        raise NetworkError(f"edition: got {name!r}, wanted one of {', '.join(EDITIONS)}")
    return EDITIONS[name]
