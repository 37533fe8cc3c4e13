"""Facts that the processes of a run record, and the folder by which workers pass them to the controller."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from lstm_lab.files import write_json
from lstm_lab.judging.evidence import Facts, add_facts

EXCHANGE = pytest.StashKey[Path]()  # in a worker: the folder that it shares with the controller
FACTS = pytest.StashKey[Facts]()


def record_facts(config: pytest.Config, facts: Mapping[str, int | float | Iterable[str]]) -> None:
    """Add `facts` to those of this process; callable at any time, in workers and without xdist alike.

    A worker writes them to its file at once, so that they are not lost if it crashes.
    """
    recorded = config.stash.setdefault(FACTS, {})
    add_facts(recorded, facts)
    exchange = config.stash.get(EXCHANGE, None)
    if exchange is not None:
        write_json(exchange / f"facts-{process_name(config)}.json", recorded)


def facts_of_run(config: pytest.Config, exchange: Path | None) -> Facts:
    """The facts of this process and, where it has an `exchange` folder with workers, of every one of them."""
    total: Facts = {}
    recorded = config.stash.setdefault(FACTS, {})
    add_facts(total, recorded)
    if exchange is not None:
        for path in sorted(exchange.glob("facts-*.json")):
            add_facts(total, json.loads(path.read_text(encoding="utf-8")))
    return total


def process_name(config: pytest.Config) -> str:
    """`gw0`, `gw1`, ... in a worker; `main` in the controller."""
    workerinput = getattr(config, "workerinput", None)
    return str(workerinput["workerid"]) if workerinput else "main"
