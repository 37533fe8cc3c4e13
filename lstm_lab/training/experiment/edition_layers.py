"""What layers of other editions are made of, which Keras can write and read back. Importing it loads Keras."""

from __future__ import annotations

from typing import Any

import keras

registered = keras.saving.register_keras_serializable("lstm_lab")


@registered  # type: ignore[untyped-decorator]  # Keras has no types
def hard_gate(x: Any) -> Any:
    """The activation of gates up to Keras 2.2. Today's `hard_sigmoid` is another function, `relu6(x + 3) / 6`."""
    return keras.ops.clip(0.2 * x + 0.5, 0.0, 1.0)


class _GateByGate(keras.initializers.Initializer):  # type: ignore[misc]
    """Draws (rows, gates x units): (rows, units) for each gate, in the order of the gates."""

    def __init__(self, gates: int) -> None:
        self.gates = gates

    def one_gate(self) -> Any:
        """A new initializer for one gate; the same one would draw the same numbers again."""
        raise NotImplementedError

    def __call__(self, shape: tuple[int, int], dtype: Any = None, **_: Any) -> Any:
        """The weights of all gates."""
        one = shape[0], shape[1] // self.gates
        return keras.ops.concatenate([self.one_gate()(one, dtype) for _ in range(self.gates)], axis=-1)

    def get_config(self) -> dict[str, Any]:
        """The arguments."""
        return {"gates": self.gates}


@registered
class GlorotUniformByGate(_GateByGate):
    """Glorot's uniform draw, with the fan-out of one gate."""

    def one_gate(self) -> Any:
        """See `_GateByGate`."""
        return keras.initializers.GlorotUniform()


@registered
class OrthogonalByGate(_GateByGate):
    """An orthogonal matrix for each gate, times `gain`."""

    def __init__(self, gates: int, gain: float) -> None:
        super().__init__(gates)
        self.gain = gain

    def one_gate(self) -> Any:
        """See `_GateByGate`."""
        return keras.initializers.Orthogonal(gain=self.gain)

    def get_config(self) -> dict[str, Any]:
        """The arguments."""
        return {**super().get_config(), "gain": self.gain}
