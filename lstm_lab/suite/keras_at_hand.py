"""Whether the suite can be run with the Keras at hand: found out without importing Keras or TensorFlow.

Its claims are asked of Keras 3 on TensorFlow. With another backend they would fail in hundreds of ways that never name
it, and stored trainings would be taken for damaged.
"""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

from lstm_lab.packages import MISSING, installed_version
from lstm_lab.text import one_line

PROJECT = Path(__file__).parents[2] / "pyproject.toml"
ADVICE = "`python -m lstm_lab semantics` tells what another Keras does"


def keras_error() -> str:
    """Why the suite cannot be run with this Keras, in one line that says what to do; "" where it can."""
    backend, told_by = chosen_backend()
    if backend != "tensorflow":
        return _line(f"{told_by}: got Keras on {backend:.40}, wanted tensorflow")
    legacy = os.environ.get("TF_USE_LEGACY_KERAS", "")
    if legacy.lower() in ("1", "true"):
        return _line(f"TF_USE_LEGACY_KERAS: got {legacy}, wanted Keras 3: the variable must not be set")
    installed, wanted = installed_version("tensorflow"), wanted_tensorflow()
    if installed == MISSING:
        return _line(f"TensorFlow: got none, wanted {wanted}: `pip install -c constraints.txt -e .`")
    if not wanted.specifier.contains(installed, prereleases=True):
        return _line(f"TensorFlow: got {installed}, wanted {wanted}: `pip install -c constraints.txt -e .`")
    return ""


def chosen_backend() -> tuple[str, str]:
    """The backend that Keras takes when it is imported, and what says so: the environment, else its settings file."""
    variable = os.environ.get("KERAS_BACKEND")
    if variable:
        return variable, "KERAS_BACKEND"
    settings = keras_home() / "keras.json"
    try:
        backend = json.loads(settings.read_text(encoding="utf-8")).get("backend", "tensorflow")
    except (OSError, ValueError, AttributeError):  # Keras, too, takes its defaults where it cannot read the file
        backend = "tensorflow"
    return str(backend), str(settings)


def keras_home() -> Path:
    """The folder of Keras's own settings, found as Keras does."""
    named = os.environ.get("KERAS_HOME")
    home = Path.home()
    return Path(named) if named is not None else (home if os.access(home, os.W_OK) else Path("/tmp")) / ".keras"


def wanted_tensorflow() -> Requirement:
    """The TensorFlow that the project asks for; any one where the lab stands without its project."""
    try:
        project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    except FileNotFoundError:
        return Requirement("tensorflow")
    wanted = map(Requirement, project["dependencies"])
    return next(one for one in wanted if one.name == "tensorflow")


def _line(mistake: str) -> str:
    return one_line(f"{mistake}. {ADVICE}")
