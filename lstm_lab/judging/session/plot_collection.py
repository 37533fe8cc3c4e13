"""Data of the plots of a run: computed once, in the first process that takes the lock, for the controller."""

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
LOCK = "drawings.lock"
NOT_DRAWN = "not drawn"  # the fact with each plot that could not be computed, and why
COLLECTED = pytest.StashKey[list[dict[str, Any]]]()  # where there are no workers

Draw = Callable[[], PlotData | None]


def collect_plots(config: pytest.Config, pictures: Mapping[str, Draw]) -> None:
    """Compute the data of `pictures` unless another process of this run has; an error is recorded, never raised.

    Args:
        config: of this process.
        pictures: by name, the function that computes the data of a plot, or None where there is nothing to plot.
    """
    exchange = config.stash.get(EXCHANGE, None)
    if exchange is None:
        config.stash[COLLECTED] = _computed(config, pictures)
        return
    with locked(exchange / LOCK, wait=True):  # released when its holder dies: the next one computes
        if not (exchange / FILE).exists():
            write_json(exchange / FILE, _computed(config, pictures))


def collected_plots(config: pytest.Config, exchange: Path | None) -> list[PlotData]:
    """The data that any process of this run has computed."""
    plain = config.stash.get(COLLECTED, [])
    if exchange is not None and (exchange / FILE).exists():
        plain = json.loads((exchange / FILE).read_text(encoding="utf-8"))
    elif exchange is not None and (exchange / LOCK).exists():
        record_facts(config, {NOT_DRAWN: ["any plot of trained models (each worker that began to compute them died)"]})
    return structure(plain, list[PlotData], FILE)


def _computed(config: pytest.Config, pictures: Mapping[str, Draw]) -> list[dict[str, Any]]:
    plots = []
    for name, draw in pictures.items():
        try:
            drawing = draw()
            plain = [] if drawing is None else [unstructure(drawing)]
            structure(plain, list[PlotData], name)  # what cannot be read again is no plot
        except Exception as error:  # models can raise anything, and no verdict depends on a plot
            line = " ".join(str(error).split())
            record_facts(config, {NOT_DRAWN: [f"{name} ({type(error).__name__}: {line[:200]})"]})
        else:
            plots += plain
    return plots
