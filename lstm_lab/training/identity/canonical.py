"""Canonical JSON of frozen values, and the digest of JSON values."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import Any

import numpy as np

from lstm_lab.training.errors import ExperimentError


def canonical_json(value: Any) -> Any:
    """A frozen value as JSON: dataclasses become objects with their class's name, arrays their digest.

    Fields with the metadata `{"counts": False}` are left out, or where `counts` is a function, values for which it is
    false: so a field may be added and the ids of values that do not use it stay.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        named = ((field, getattr(value, field.name)) for field in dataclasses.fields(value))
        fields = {field.name: canonical_json(part) for field, part in named if _counts(field, part)}
        return {"is": type(value).__qualname__, **fields}
    if isinstance(value, tuple | list):
        return [canonical_json(part) for part in value]
    if isinstance(value, np.ndarray):
        content = hashlib.sha256(value.tobytes()).hexdigest()
        return {"is": "array", "shape": value.shape, "dtype": str(value.dtype), "sha256": content}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise ExperimentError(
        f"experiment: got {value!r} of type {type(value).__name__}, "
        "wanted a number, text, tuple, array or frozen dataclass"
    )


def _counts(field: dataclasses.Field[Any], value: Any) -> bool:
    counts = field.metadata.get("counts", True)
    return bool(counts(value) if callable(counts) else counts)


def digest(value: Any) -> str:
    """SHA-256 of a JSON value in its canonical form, in hexadecimal."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
