"""A network as a value, and the Keras model, loss and optimizer that are built from it."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from lstm_lab.training.errors import NetworkError
from lstm_lab.training.experiment.edition import EDITIONS, TODAY, Edition, edition_of
from lstm_lab.training.experiment.keras_names import names_in, perhaps, spelt

if TYPE_CHECKING:
    import keras


RECURRENT = ("SimpleRNN", "GRU", "LSTM")
# The layers, with their settings, that tests of the compiled loop hold to plain `fit` on trained weights. A network of
# other ones is compared with plain `fit` before it is trained.
HELD_TO_FIT = {
    **{kind: {"units", "activation", "return_sequences", "stateful"} for kind in RECURRENT},
    "Dense": {"units", "activation"},
    "Masking": {"mask_value"},
    "Flatten": set[str](),
    "RepeatVector": {"n"},
    "Reshape": {"target_shape"},
    "Softmax": set[str](),
}
LOSSES_HELD_TO_FIT = ("categorical_crossentropy", "mean_squared_error")

# Their update of a weight depends only on that weight's own gradients and moments, so stacking the members of an
# ensemble on a new first axis does not couple them. LAMB, Adafactor and Muon compute norms of a whole variable, and a
# stacked variable holds all seeds.
ELEMENT_WISE = ("SGD", "Adam", "AdamW", "Adamax", "RMSprop", "Nadam", "Adagrad", "Adadelta", "Lion")
COUPLING_SETTINGS = ("clipnorm", "global_clipnorm")
# Settings that `fit` applies outside the optimizer's own update, which the compiled loop would ignore.
OUTSIDE_SETTINGS = {
    "use_ema": "an average that `fit` writes over the weights when it ends",
    "loss_scale_factor": "a factor that `fit` gives the loss",
}


def _frozen(what: str, settings: Any) -> tuple[tuple[str, Any], ...]:
    """Settings as a value: lists become tuples. Raises NetworkError for what is no value, such as a function."""

    def frozen(name: str, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return tuple(frozen(name, part) for part in value)
        plain = value.item() if isinstance(value, np.generic) else value
        if plain is None or isinstance(plain, bool | int | float | str | Layer):
            return plain
        raise NetworkError(
            f"{what}: got {name}={_shown(value)}, wanted a number, a text, a layer(...), or a list of such; "
            "train(build=...) takes any Keras model"
        )

    return tuple((name, frozen(name, value)) for name, value in dict(settings).items())


def _shown(value: object) -> str:
    """A value in a few words on one line."""
    name = getattr(value, "__name__", None)
    return f"{type(value).__name__} {name}" if isinstance(name, str) else f"{' '.join(str(value).split()):.60}"


@dataclass(frozen=True)
class Layer:
    """A class of `keras.layers` by name, with the keyword arguments it is built with."""

    kind: str
    settings: tuple[tuple[str, Any], ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.kind, str):
            raise NetworkError(f"layer: got {_shown(self.kind)}, wanted the name of a class in keras.layers")
        object.__setattr__(self, "settings", _frozen(f"layer {self.kind}", self.settings))

    def get(self, name: str, default: Any = None) -> Any:
        """The value of one setting."""
        return dict(self.settings).get(name, default)

    @property
    def recurrent(self) -> bool:
        """Whether it is a recurrent layer."""
        return self.kind in RECURRENT

    @property
    def stateful(self) -> bool:
        """Whether it, or a layer inside it, keeps its state from one batch to the next."""
        values = [value for _, value in self.settings]
        inside = [part for value in values for part in (value if isinstance(value, tuple) else (value,))]
        return bool(self.get("stateful", False)) or any(part.stateful for part in inside if isinstance(part, Layer))

    def build(self, edition: Edition = EDITIONS[TODAY]) -> keras.layers.Layer:
        """The Keras layer, with the defaults of an edition."""
        import keras

        settings = {name: _built(value, edition) for name, value in self.settings}
        return getattr(keras.layers, self.kind)(**{**edition.settings(self.kind), **settings})


def _built(value: Any, edition: Edition) -> Any:
    """The value of a setting as Keras takes it, layers and lists of layers built."""
    if isinstance(value, tuple) and any(isinstance(part, Layer) for part in value):
        return [_built(part, edition) for part in value]
    return value.build(edition) if isinstance(value, Layer) else value


def layer(kind: str, units: int | None = None, **settings: Any) -> Layer:
    """A layer of `keras.layers`: `layer("LSTM", 32)`, `layer("Dense", 26, activation="softmax")`."""
    if units is not None:
        settings["units"] = units
    return Layer(kind, tuple(sorted(settings.items())))


@dataclass(frozen=True)
class Optimizer:
    """A class of `keras.optimizers` by name, with its keyword arguments; Keras's defaults otherwise."""

    kind: str = "Adam"
    settings: tuple[tuple[str, Any], ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in ELEMENT_WISE and self.kind not in names_in("optimizers"):
            known = ", ".join(ELEMENT_WISE)
            raise NetworkError(
                f"optimizer: got {_shown(self.kind)}, wanted one of {known}{perhaps(str(self.kind), ELEMENT_WISE)}"
            )
        if self.kind not in ELEMENT_WISE:
            raise NetworkError(
                f"optimizer: got {self.kind}, which couples the seeds of an ensemble; "
                f"wanted an element-wise one: {', '.join(ELEMENT_WISE)}"
            )
        object.__setattr__(self, "settings", _frozen(f"optimizer {self.kind}", self.settings))
        coupling = [name for name, value in self.settings if name in COUPLING_SETTINGS and value is not None]
        if coupling:
            raise NetworkError(
                f"optimizer {self.kind}: got {coupling[0]}, a norm over all seeds of an ensemble; "
                "wanted clipvalue or none"
            )
        outside = [name for name, value in self.settings if name in OUTSIDE_SETTINGS and value]
        if outside:
            raise NetworkError(
                f"optimizer {self.kind}: got {outside[0]}, {OUTSIDE_SETTINGS[outside[0]]}, "
                "which an ensemble would leave out; wanted none"
            )

    def build(self) -> keras.optimizers.Optimizer:
        """The Keras optimizer."""
        import keras

        return getattr(keras.optimizers, self.kind)(**dict(self.settings))


def optimizer(kind: str, **settings: Any) -> Optimizer:
    """An optimizer of `keras.optimizers`: `optimizer("SGD", learning_rate=0.1)`."""
    return Optimizer(kind, tuple(sorted(settings.items())))


@runtime_checkable
class InitialWeights(Protocol):
    """Initial weights of one's own: a frozen dataclass.

    Where it has an attribute `varies` that is false, seeds are trained one by one: they are the same.
    """

    def weights(self, seed: int) -> list[NDArray[Any]]:
        """The initial value of each trainable weight, in the order of Keras's."""


@dataclass(frozen=True)
class Network:
    """Layers in order, the loss and the optimizer.

    Attributes:
        layers: from the input to the output.
        loss: name of a Keras loss.
        optimizer: the optimizer, or its name; in an edition, with its epsilon.
        edition: the year whose defaults its layers and Adam have, a name in `EDITIONS`.
        initial: initial weights of one's own; None for those that Keras draws.
    """

    layers: tuple[Layer, ...]
    loss: str = "categorical_crossentropy"
    optimizer: Optimizer = Optimizer()
    edition: str = field(default=TODAY, metadata={"counts": lambda edition: edition != TODAY})
    initial: InitialWeights | None = field(default=None, metadata={"counts": lambda initial: initial is not None})

    def __post_init__(self) -> None:
        layers = tuple(self.layers) if isinstance(self.layers, list | tuple) else (self.layers,)
        wrong = [part for part in layers if not isinstance(part, Layer)]
        if wrong or not layers:
            got = _shown(wrong[0]) if wrong else "none"
            raise NetworkError(f'layers: got {got}, wanted layer(...) one after the other, as layer("LSTM", 32)')
        if not isinstance(self.loss, str):
            raise NetworkError(
                f"loss: got {_shown(self.loss)}, wanted the name of a Keras loss; train(build=...) takes other losses"
            )
        named = self.optimizer
        made = Optimizer(spelt(named, ELEMENT_WISE)) if isinstance(named, str) else named
        if not isinstance(made, Optimizer):
            raise NetworkError(
                f"optimizer: got {_shown(made)}, wanted optimizer(...); train(build=...) takes other optimizers"
            )
        frozen = getattr(getattr(self.initial, "__dataclass_params__", None), "frozen", False)
        if self.initial is not None and not (frozen and isinstance(self.initial, InitialWeights)):
            raise NetworkError(f"initial: got {_shown(self.initial)}, wanted a frozen dataclass with weights(seed)")
        settings = {**edition_of(self.edition).optimizer_settings(made.kind), **dict(made.settings)}
        object.__setattr__(self, "layers", layers)
        object.__setattr__(self, "optimizer", optimizer(made.kind, **settings))

    @property
    def stateful(self) -> bool:
        """Whether any layer keeps its state from one batch to the next."""
        return any(part.stateful for part in self.layers)

    @property
    def label(self) -> str:
        """What error messages call it."""
        return "network"

    @property
    def verified(self) -> bool:
        """Whether tests hold its loss and all of its layers, as it combines them, to plain `fit`."""
        known = all(
            part.kind in HELD_TO_FIT and dict(part.settings).keys() <= HELD_TO_FIT[part.kind] for part in self.layers
        )
        known = known and self.loss in LOSSES_HELD_TO_FIT
        masks = [place for place, part in enumerate(self.layers) if part.kind == "Masking"]
        recurrent = [part for part in self.layers if part.recurrent]
        keeps_mask = any(part.get("return_sequences") or part.get("stateful") for part in recurrent)
        return known and (not masks or (masks == [0] and len(recurrent) == 1 and not keeps_mask))

    def compile(self, model: keras.Model, optimizer: Any = None, **settings: Any) -> None:
        """Compile `model` with the loss and the optimizer, or with another Keras optimizer."""
        model.compile(loss=self.loss, optimizer=optimizer or self.optimizer.build(), **settings)

    def original(self, sample_shape: tuple[int | None, ...], batch_size: int | None = None) -> keras.Sequential:
        """The model that plain Keras trains, see `build`; a time axis of None takes samples of any length."""
        return self.build(sample_shape, batch_size)

    @property
    def loss_class(self) -> str:
        """The name of its loss in `keras.losses`: `CategoricalCrossentropy`."""
        return "".join(word.capitalize() for word in self.loss.split("_"))

    def loss_function(self) -> keras.losses.Loss:
        """The Keras loss, as `compile` creates it from the name."""
        import keras

        known = getattr(keras.losses, self.loss_class, None)
        if known is None:
            raise NetworkError(f"loss: got {self.loss!r}, wanted the name of a Keras loss such as 'mean_squared_error'")
        return known()

    def build(self, sample_shape: tuple[int | None, ...], batch_size: int | None = None) -> keras.Sequential:
        """The Keras model, not compiled, with initial weights drawn from Keras's global seed.

        Args:
            sample_shape: shape of one sample, (T, F).
            batch_size: a fixed number of rows; stateful layers need one.
        """
        import keras

        if self.stateful and batch_size is None:
            raise NetworkError("stateful network: got no batch size, wanted the number of rows whose states are kept")
        parts = [part.build(edition_of(self.edition)) for part in self.layers]
        return keras.Sequential([keras.Input(batch_shape=(batch_size, *sample_shape)), *parts])


def recurrent_classifier(
    units: int, classes: int = 26, *, kind: str = "LSTM", stateful: bool = False, depth: int = 1
) -> Network:
    """Recurrent layers under a softmax over `classes`, cross-entropy, Adam: the article's network."""
    recurrent = [
        layer(kind, units, **({"stateful": True} if stateful else {}), **({"return_sequences": True} if below else {}))
        for below in reversed(range(depth))
    ]
    return Network((*recurrent, layer("Dense", classes, activation="softmax")))


def layers_of(model: keras.Model) -> Iterator[keras.layers.Layer]:
    """All layers of a model, each followed by those inside it."""
    for part in model.layers:
        yield from part._flatten_layers()


def state_variables(model: keras.Model) -> list[keras.Variable]:
    """The states that the stateful layers of `model` keep, in the order of the layers."""
    import keras

    stateful = [part for part in layers_of(model) if getattr(part, "stateful", False)]
    found = [variable for part in stateful for variable in keras.tree.flatten(getattr(part, "states", None) or [])]
    return list({id(variable): variable for variable in found}.values())  # a wrapper has those of the layer inside it


def reset_states(model: keras.Model) -> None:
    """Zero the states of every stateful layer (Keras 3 has no such method on the model, nor one for nested states)."""
    for variable in state_variables(model):
        variable.assign(np.zeros(variable.shape, variable.dtype))


def initialised(network: Network, seed: int, sample_shape: tuple[int, ...], batch_size: int | None) -> keras.Sequential:
    """The Keras model of one seed before training: the same seed gives the same weights for equal shapes."""
    import keras

    keras.utils.set_random_seed(seed)
    model = network.build(sample_shape, batch_size)
    assign_own_weights(model, network, seed)
    return model


def assign_own_weights(model: keras.Model, network: Network, seed: int) -> None:
    """Give a new model of the network its own initial weights, where it has any."""
    if network.initial is None:
        return
    own = network.initial.weights(seed)
    got, wanted = [one.shape for one in own], [tuple(one.shape) for one in model.trainable_variables]
    if got != wanted:
        raise NetworkError(f"initial: got weights of shapes {got}, wanted {wanted}")
    for variable, value in zip(model.trainable_variables, own, strict=True):
        variable.assign(value)


def initial_weights(
    network: Network, seeds: tuple[int, ...], sample_shape: tuple[int, ...], batch_size: int | None
) -> list[NDArray[np.float32]]:
    """The initial trainable weights of all seeds, each array stacked on a new first axis: shape (S, ...)."""
    members = [_initial_weights(network, seed, sample_shape, batch_size) for seed in seeds]
    return [np.stack(stacked) for stacked in zip(*members, strict=True)]


@functools.lru_cache(maxsize=256)  # experiments share networks, and Keras takes 40 ms to build one
def _initial_weights(
    network: Network, seed: int, sample_shape: tuple[int, ...], batch_size: int | None
) -> list[NDArray[np.float32]]:
    """The initial trainable weights of one seed."""
    model = initialised(network, seed, sample_shape, batch_size)
    return [variable.numpy() for variable in model.trainable_variables]
