"""How an experiment is trained: all seeds at once by the compiled loop, or seed by seed by plain Keras."""

from __future__ import annotations

from dataclasses import dataclass

from lstm_lab.training.experiment.network import Network


@dataclass(frozen=True)
class Eligibility:
    """Whether the compiled loop trains an experiment, and the sizes that limit how many seeds it trains at once.

    Attributes:
        reason: why the compiled loop cannot train it, so that plain Keras trains each seed by itself; "" where it can.
        eagerly: whether Keras must run the model eagerly, since it cannot be traced.
        weights: about how many trainable weights each layer of one member has.
    """

    reason: str
    eagerly: bool
    weights: tuple[int, ...]


def eligibility_of_network(network: Network, features: int) -> Eligibility:
    """The eligibility of a verified `Network`: the compiled loop trains it.

    Counted are the weights of its recurrent and dense layers.

    Args:
        network: the network.
        features: F, numbers in one time step of a sample.
    """
    gates = {"LSTM": 4, "GRU": 3, "SimpleRNN": 1}
    weights = []
    for part in network.layers:
        units = part.get("units")
        if units:
            weights.append(gates.get(part.kind, 1) * units * (features + 1 + (units if part.recurrent else 0)))
            features = units
    return Eligibility("", False, tuple(weights))
