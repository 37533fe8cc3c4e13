"""What the processes of a run tell about themselves: ensembles trained and loaded, stored files refused."""

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

    A worker writes them through at once, so that they outlive it.
    """
    told = config.stash.setdefault(FACTS, {})
    add_facts(told, facts)
    exchange = config.stash.get(EXCHANGE, None)
    if exchange is not None:
        write_json(exchange / f"facts-{process_name(config)}.json", told)


def facts_of_run(config: pytest.Config, exchange: Path | None) -> Facts:
    """The facts of this process and, where it has an `exchange` folder with workers, of every one of them."""
    total: Facts = {}
    told = config.stash.setdefault(FACTS, {})
    add_facts(total, told)
    if exchange is not None:
        for path in sorted(exchange.glob("facts-*.json")):
            add_facts(total, json.loads(path.read_text(encoding="utf-8")))
    return total


def process_name(config: pytest.Config) -> str:
    """`gw0`, `gw1`, ... in a worker; `main` in the process that was started by hand."""
    workerinput = getattr(config, "workerinput", None)
    return str(workerinput["workerid"]) if workerinput else "main"
