"""Settings of Keras, NumPy and the environment that hold for the whole process: no claim leaves them changed.

All claims of a process share its models. What one of them left at float64 would train the models of the next.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Generator, Iterator
from typing import Any, NamedTuple

import numpy as np
import pytest

from lstm_lab.judging.session import claim_of
from lstm_lab.suite.keras_at_hand import keras_home

ENVIRONMENT = ("XLA_FLAGS", "CUDA_VISIBLE_DEVICES", "KERAS_BACKEND", "TF_DETERMINISTIC_OPS")


class Setting(NamedTuple):
    """One setting: what it is called in a message, its value now, and how it is set."""

    name: str
    value: Any
    set: Callable[[Any], object]


class GlobalSettings:
    """The plugin that compares the settings after each test of a claim with those before the first."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, object, object]:
        """Keep the settings as they are before the first test, or as Keras begins where it is loaded later."""
        for setting in settings():
            self.kept.setdefault(setting.name, setting.value)
        return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, object, object]:
        """Set back what the test has left changed, whatever it was, and fail it if it is a claim's."""
        outcome = yield
        left = [(one, self._wanted(one)) for one in settings() if one.value != self._wanted(one)]
        for setting, wanted in left:
            setting.set(wanted)
        if left and claim_of(item) is not None:
            setting, wanted = left[0]
            changed = f"{setting.name} left at {setting.value!r}, wanted {wanted!r} again"
            pytest.fail(f"{changed}: all claims of a process share it, set it back where it was set", pytrace=False)
        return outcome

    def _wanted(self, setting: Setting) -> Any:
        if setting.name not in self.kept:
            self.kept.update({**as_keras_begins(), **self.kept})
        return self.kept.setdefault(setting.name, setting.value)


def settings() -> Iterator[Setting]:
    """All settings; those of Keras only where something has loaded it."""
    for name in ENVIRONMENT:
        yield Setting(f"the environment's {name}", os.environ.get(name), _set_variable(name))
    yield Setting("NumPy's errors", np.geterr(), lambda errors: np.seterr(**errors))
    config = getattr(sys.modules.get("keras"), "config", None)
    if config is not None:
        for name in ("floatx", "epsilon", "image_data_format", "max_epochs", "max_steps_per_epoch"):
            yield Setting(f"Keras's {name}", getattr(config, name)(), getattr(config, f"set_{name}"))
        yield Setting("Keras's dtype policy", config.dtype_policy().name, config.set_dtype_policy)


def as_keras_begins() -> dict[str, Any]:
    """The settings of Keras when it is loaded: of its own file in the home directory, else its defaults."""
    try:
        own = json.loads((keras_home() / "keras.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        own = {}
    defaults = {"floatx": "float32", "epsilon": 1e-7, "image_data_format": "channels_last"}
    begins = {f"Keras's {name}": own.get(name, default) for name, default in defaults.items()}
    for name in ("max_epochs", "max_steps_per_epoch"):
        limit = os.environ.get(f"KERAS_{name.upper()}")
        begins[f"Keras's {name}"] = int(limit) if limit else own.get(name)
    return {**begins, "Keras's dtype policy": begins["Keras's floatx"]}


def _set_variable(name: str) -> Callable[[str | None], object]:
    return lambda value: os.environ.pop(name, None) if value is None else os.environ.update({name: value})
