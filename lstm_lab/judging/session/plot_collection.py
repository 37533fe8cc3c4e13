"""Gathers the drawings of a run once, in whichever of its processes comes to it first, for the one that judges."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from lstm_lab.files import locked, write_json
from lstm_lab.judging.evidence import PlotData, structure, unstructure
from lstm_lab.judging.session.exchange import EXCHANGE, record_facts

FILE = "drawings.json"  # in the folder that workers share with the controller
NOT_DRAWN = "not drawn"  # the fact that names each picture that could not be gathered, and why
COLLECTED = pytest.StashKey[list[dict[str, Any]]]()  # where there are no workers

Draw = Callable[[], PlotData | None]


def collect_plots(config: pytest.Config, pictures: Mapping[str, Draw]) -> None:
    """Have `pictures` gathered unless another process of this run has; one that cannot be is named, never raised.

    Args:
        config: of this process.
        pictures: what gives each drawing, by its name; None for one of which there is nothing to draw.
    """
    exchange = config.stash.get(EXCHANGE, None)
    if exchange is None:
        config.stash[COLLECTED] = _collected(config, pictures)
        return
    with locked(exchange / "drawings.lock", wait=True):  # released when its holder dies: the next one gathers
        if not (exchange / FILE).exists():
            write_json(exchange / FILE, _collected(config, pictures))


def collected_plots(config: pytest.Config, exchange: Path | None) -> list[PlotData]:
    """What any process of this run has gathered."""
    told = config.stash.get(COLLECTED, [])
    if exchange is not None and (exchange / FILE).exists():
        told = json.loads((exchange / FILE).read_text(encoding="utf-8"))
    return structure(told, list[PlotData], FILE)


def _collected(config: pytest.Config, pictures: Mapping[str, Draw]) -> list[dict[str, Any]]:
    told = []
    for name, draw in pictures.items():
        try:
            drawing = draw()
        except Exception as error:  # whatever a model can raise: no verdict depends on a picture
            line = " ".join(str(error).split())
            record_facts(config, {NOT_DRAWN: [f"{name} ({type(error).__name__}: {line[:200]})"]})
        else:
            told += [] if drawing is None else [unstructure(drawing)]
    return told
