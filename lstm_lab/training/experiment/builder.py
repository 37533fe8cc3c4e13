"""Own models: networks that are built by a function of the user, from any Keras layers.

Importing this module does not import Keras.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lstm_lab.training.errors import ExperimentError, NetworkError
from lstm_lab.training.experiment.edition import TODAY
from lstm_lab.training.experiment.keras_names import names_in, perhaps, spelt
from lstm_lab.training.experiment.network import ELEMENT_WISE, Optimizer, layers_of
from lstm_lab.training.identity import FunctionReference, canonical_json
from lstm_lab.training.problems import data_of

if TYPE_CHECKING:
    import keras


ROWS = "batch_size"  # name of the argument of a builder that is the number of rows of a stateful model


@dataclass(frozen=True)
class AnyOptimizer:
    """An optimizer that need not be element-wise: a name in `keras.optimizers`, or a function that returns one."""

    made: str | FunctionReference

    def build(self) -> keras.optimizers.Optimizer:
        """The Keras optimizer."""
        import keras

        if isinstance(self.made, FunctionReference):
            optimizer = self.made()
            if not isinstance(optimizer, keras.optimizers.Optimizer) or optimizer.built:
                raise NetworkError(f"optimizer {self.made.name}: got {optimizer!r}, wanted a new Keras optimizer")
            return optimizer
        known = getattr(keras.optimizers, self.made, None)
        if not (isinstance(known, type) and issubclass(known, keras.optimizers.Optimizer)):
            raise NetworkError(
                f"optimizer: got {self.made!r}, wanted the name of a Keras optimizer such as 'Adam' or 'Lamb', "
                f"`optimizer(...)`, or a function that makes one{perhaps(self.made, names_in('optimizers'))}"
            )
        return known()


@dataclass(frozen=True)
class Built:
    """A network that a function builds, from layers of Keras or own ones.

    All seeds are trained at once by the compiled loop where it can, otherwise one by one by `model.fit`.

    Attributes:
        builder: a function that returns a new Keras model, not compiled. If it has an argument `batch_size`, it
            receives the rows of a batch, which stateful layers need, or None.
        loss: name of a Keras loss, a class of losses, or a function of (y_true, y_pred); of a model with several
            outputs also a loss for each by its name.
        optimizer: `optimizer(...)`, a name in `keras.optimizers`, or a function that returns a Keras optimizer.
        settings: further arguments of the builder, by name.
        callbacks: a function that returns a list of new Keras callbacks for the training of each seed; None for none.
        validation: a problem, or (x, y), that the callbacks can look at, as `fit` has validation data.
    """

    builder: Any
    loss: Any = "categorical_crossentropy"
    optimizer: Any = "Adam"
    settings: Any = ()
    callbacks: Any = None
    validation: Any = None
    verified = False  # whatever its layers, it is compared with plain `fit` before it is trained
    edition = TODAY  # an edition cannot change what a function builds
    initial = None  # a function that builds a model gives it its weights

    def __post_init__(self) -> None:
        values: dict[str, Any] = {
            "builder": FunctionReference.of(self.builder, "builder"),
            "settings": _frozen(self.settings),
        }
        if isinstance(self.loss, Mapping):
            losses = {name: self.loss[name] for name in sorted(self.loss)}
            values["loss"] = tuple((name, _loss_value(loss, f"loss {name}")) for name, loss in losses.items())
        elif not isinstance(self.loss, tuple):
            values["loss"] = _loss_value(self.loss, "loss")
        if isinstance(self.optimizer, str):
            name = spelt(self.optimizer, names_in("optimizers"))
            values["optimizer"] = Optimizer(name) if name in ELEMENT_WISE else AnyOptimizer(name)
        elif not isinstance(self.optimizer, Optimizer | AnyOptimizer):
            values["optimizer"] = AnyOptimizer(FunctionReference.of(self.optimizer, "optimizer"))
        if self.callbacks is not None:
            values["callbacks"] = FunctionReference.of(self.callbacks, "callbacks")
        elif self.validation is not None:
            raise NetworkError(
                "validation: got data that nothing looks at, wanted callbacks beside them; of a trained member, ask "
                "member.outputs(x)"
            )
        if isinstance(self.validation, tuple | list):
            values["validation"] = data_of(*self.validation)
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def name(self) -> str:
        """The name of the builder."""
        return str(self.builder.name)

    @property
    def label(self) -> str:
        """What error messages call it."""
        return f"builder {self.name}"

    @property
    def stateful(self) -> bool:
        """Whether any layer keeps its state from one batch to the next."""
        return _stateful(self)

    def loss_function(self) -> keras.losses.Loss:
        """The Keras loss, as `compile` creates it."""
        import keras

        loss = self.loss.function if isinstance(self.loss, FunctionReference) else _known_loss(self.loss)
        return loss() if isinstance(loss, type) else _loss_of(keras.losses.Loss, loss)

    def compile(self, model: keras.Model, optimizer: Any = None, **settings: Any) -> None:
        """Compile `model` with the loss and the optimizer, or with another Keras optimizer."""
        by_name = isinstance(self.loss, tuple)
        losses = {name: _for_compile(one) for name, one in self.loss} if by_name else {}
        loss = (losses if len(losses) > 1 else next(iter(losses.values()))) if by_name else _for_compile(self.loss)
        model.compile(loss=loss, optimizer=optimizer or self.optimizer.build(), **settings)

    def original(self, sample_shape: tuple[int | None, ...], batch_size: int | None = None) -> keras.Model:
        """The model as the function returns it, its weights drawn from Keras's global seed.

        Args:
            sample_shape: shape of one sample, (T, F).
            batch_size: a fixed number of rows; stateful layers need one.
        """
        import keras

        model = self._called(batch_size)
        if has_several(model):
            return model
        if is_functional(model) and len(getattr(model, "inputs", None) or []) == 1:
            model = _without_lists(model)
        if not model.built or not getattr(model, "inputs", None):
            try:
                with tolerant():
                    model(keras.Input(batch_shape=(batch_size, *sample_shape)))
            except Exception:  # for layers that need the values of tensors
                zeros = np.zeros((batch_size or 1, *(size or 1 for size in sample_shape)), np.float32)
                self._attempt(lambda: model(zeros))
        if not getattr(model, "inputs", None):
            return model
        rows, *shape = model.inputs[0].shape
        fits = len(shape) == len(sample_shape) and all(
            None in pair or pair[0] == pair[1] for pair in zip(shape, sample_shape, strict=True)
        )
        if not fits:
            raise NetworkError(
                f"{self.label}: got a model of samples of shape {tuple(shape)}, "
                f"wanted {tuple(sample_shape)}, the shape of one sample of x"
            )
        if rows not in (None, batch_size):
            raise NetworkError(
                f"{self.label}: got a model of {rows} rows, wanted {batch_size or 'any number of'}; "
                f"give the function an argument `{ROWS}` and hand it to keras.Input(batch_shape=({ROWS}, ...))"
            )
        return model

    def build(self, sample_shape: tuple[int, ...], batch_size: int | None = None) -> keras.Model:
        """The model for the compiled loop: a sequential or functional model of its layers.

        Args:
            sample_shape: shape of one sample, (T, F).
            batch_size: a fixed number of rows; stateful layers need one.
        """
        import keras

        model = self.original(sample_shape, batch_size)
        if not getattr(model, "inputs", None):
            inputs = keras.Input(batch_shape=(batch_size, *sample_shape))
            return keras.Model(inputs, model(inputs))
        return model if type(model) is keras.Sequential else keras.Model(model.inputs[0], model.outputs[0])

    def _called(self, batch_size: int | None) -> keras.Model:
        import keras

        arguments = dict(self.settings)
        if self._takes_rows():
            arguments[ROWS] = batch_size
        model = self._attempt(lambda: self.builder(**arguments))
        if not isinstance(model, keras.Model):
            raise NetworkError(
                f"{self.label}: got {type(model).__name__} {model!r}, wanted that it returns a Keras model"
            )
        if model.compiled:
            raise NetworkError(
                f"{self.label}: got a compiled model, wanted one that is not; "
                "loss and optimizer are named beside the function"
            )
        return model

    def _takes_rows(self) -> bool:
        return ROWS in inspect.signature(self.builder.function).parameters

    def _attempt(self, call: Callable[[], Any]) -> Any:
        """The result of `call`; its exceptions are raised as NetworkError, in one line."""
        try:
            with tolerant():
                return call()
        except Exception as error:  # the function may raise anything
            raise NetworkError(f"{self.label}: {one_line(error)}") from error


def has_several(model: keras.Model) -> bool:
    """Whether a model has several inputs or outputs."""
    return len(getattr(model, "inputs", None) or []) > 1 or len(getattr(model, "outputs", None) or []) > 1


def is_functional(model: keras.Model) -> bool:
    """Whether a model is no class of its own, so that it computes what its layers compute."""
    return type(model).__module__.startswith("keras.")


def _without_lists(model: keras.Model) -> keras.Model:
    """A model whose one input and one output stand in lists or dictionaries, without these."""
    import keras

    if type(model) is keras.Sequential or not isinstance(model.output, list | tuple | dict):
        return model
    return keras.Model(model.inputs[0], model.outputs[0])


def one_line(error: BaseException) -> str:
    """An exception as one line: its class and the beginning of its message."""
    lines = [re.sub(r"\x1b\[\d*m", "", line).strip() for line in str(error).splitlines()]
    lines = [line for line in lines if line and line != "in user code:"]
    # TensorFlow names the places in the code, each with the text found there, and then the error.
    places = {i + below for i, line in enumerate(lines) if line.startswith('File "') for below in (0, 1)}
    kind = f"{type(error).__name__}: "
    # Keras names the layer in the first line and the error in the second.
    message = " ".join([line for i, line in enumerate(lines) if i not in places][:2]).removeprefix(kind)
    return f"{kind}{message[:300]}{'...' if len(message) > 300 else ''}".removesuffix(": ")


@contextlib.contextmanager
def tolerant() -> Iterator[None]:
    """A context in which warnings of Keras are printed, also where warnings are errors."""
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        yield


@functools.cache
def _stateful(network: Built) -> bool:
    model = network._called(1)
    return any(getattr(part, "stateful", False) for part in (model, *layers_of(model)))


def _frozen(settings: Any) -> tuple[tuple[str, Any], ...]:
    """The arguments of a builder as a tuple. Raises ExperimentError for values that have no canonical JSON."""
    pairs = tuple(sorted(dict(settings).items() if isinstance(settings, Mapping) else settings))
    frozen = tuple((name, _tuples(value)) for name, value in pairs)
    canonical_json(frozen)
    try:
        hash(frozen)
    except TypeError as error:
        raise ExperimentError(f"settings: got {error}, wanted numbers, texts, tuples or frozen dataclasses") from error
    if ROWS in dict(frozen):
        raise ExperimentError(f"settings: got {ROWS}, wanted that the regime says it")
    return frozen


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list | tuple) else value


def _loss_value(loss: Any, what: str) -> Any:
    """A loss as a value: its name, or a reference to the function or class."""
    return loss if isinstance(loss, str) else FunctionReference.of(loss, what)


def _for_compile(loss: Any) -> Any:
    """A loss as Keras compiles it."""
    given = loss.function if isinstance(loss, FunctionReference) else loss
    return given() if isinstance(given, type) else given


def _known_loss(name: str) -> Any:
    """The class of a Keras loss by any of its names; a function where it has no class."""
    import keras

    try:
        loss = keras.losses.get(name)
    except ValueError:
        loss = None
    if loss is None:
        raise NetworkError(
            f"loss: got {name!r}, wanted the name of a Keras loss such as 'mean_squared_error', "
            "or a function of (y_true, y_pred)"
        )
    if isinstance(loss, keras.losses.Loss):
        return type(loss)
    return getattr(keras.losses, "".join(word.capitalize() for word in loss.__name__.split("_")), loss)


def _loss_of(base: type, function: Callable[[Any, Any], Any]) -> Any:
    """A Keras loss whose value for each sample is that of `function`."""
    return type("OwnLoss", (base,), {"call": lambda self, y_true, y_pred: function(y_true, y_pred)})()
