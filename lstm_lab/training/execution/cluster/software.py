"""The software that must be the same on both sides of a cluster: versions, the code that trains, settings of Keras."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from lstm_lab.serialization import strict_converter
from lstm_lab.training.experiment.keys import OWN_MODEL_MODULES, TRAINING_MODULES, VERSIONS
from lstm_lab.training.identity import EVERYTHING, digest, reachable_definitions

ROOT = Path(__file__).parents[4]  # of the checkout on this side
PACKAGE = "lstm_lab.training"
# Variables that begin so decide how TensorFlow, JAX and Keras compute; a worker gets those of the asking side alone.
COMPUTING = ("CLAIMS_", "CUDA_", "JAX_", "KERAS_", "MALLOC_", "MKL_", "NPROC", "OMP_", "OPENBLAS_", "TF_", "XLA_")
SETTINGS = {"floatx": "float32", "epsilon": 1e-7, "image_data_format": "channels_last"}  # of Keras, unless a file says
INSTALL = "install it there with `pip install -c constraints.txt -e '.[cluster]'`"
CHECK_OUT = "check out there what is checked out here"


@dataclass(frozen=True)
class Software:
    """What decides the numbers of a training, but for the job itself.

    Attributes:
        versions: of packages, by name.
        code: a digest of each module that trains, by name.
        settings: of Keras's own file of settings, as text.
    """

    versions: dict[str, str]
    code: dict[str, str]
    settings: dict[str, str]


def software() -> Software:
    """The software at hand, read from files: nothing heavy is imported."""
    modules = [f"{PACKAGE}.{name}" for name in (*TRAINING_MODULES, *OWN_MODEL_MODULES)]
    return Software(dict(VERSIONS), {module: _digest(module) for module in modules}, _settings())


def to_json(own: Software) -> str:
    """The software as a text that `from_json` reads."""
    return json.dumps(asdict(own))


def from_json(text: str) -> Software:
    """The software that another process has told. Raises ValueError, or a group of errors, where it is none."""
    told: Software = strict_converter().structure(json.loads(text), Software)
    return told


def difference(got: Software, wanted: Software) -> str:
    """How a worker's software differs from the one wanted, and what to do; "" where it does not."""
    for name, version in wanted.versions.items():
        if got.versions.get(name) != version:
            return f"got {name} {got.versions.get(name, 'none')}, wanted {version}; {INSTALL}"
    for name, value in wanted.settings.items():
        if got.settings.get(name) != value:
            return f"got {name} {got.settings.get(name)} in its keras.json, wanted {value}; change it there"
    other = [name for name in wanted.code if got.code.get(name) != wanted.code[name]]
    if other:
        return f"got other code of {_listed(other)}, wanted that of this checkout; {CHECK_OUT}"
    return ""


def computing_environment() -> dict[str, str]:
    """The variables of this process that decide how it computes; see `COMPUTING`."""
    return {name: value for name, value in os.environ.items() if name.startswith(COMPUTING)}


def environment_with(computing: dict[str, str]) -> dict[str, str]:
    """The environment of this process with those variables of another one instead of its own."""
    return {**{name: value for name, value in os.environ.items() if not name.startswith(COMPUTING)}, **computing}


def _digest(module: str) -> str:
    """Of one module by itself, so that a difference can be told by its name."""
    return digest(reachable_definitions([(module, EVERYTHING)], lambda followed: followed == module))


def _settings() -> dict[str, str]:
    folder = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras")
    try:
        told = dict(json.loads((folder / "keras.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):  # Keras, too, takes its defaults where it cannot read the file
        told = {}
    return {name: str(told.get(name, default)) for name, default in SETTINGS.items()}


def _listed(names: Iterable[str]) -> str:
    first, *others = names
    return f"{first} and {len(others)} more" if others else first
