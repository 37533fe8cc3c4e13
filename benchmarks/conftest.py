"""Fixtures of the benchmarks: one core, and the tables of their README, printed at the end of a run."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from math import nan
from typing import Protocol

import pytest

from lstm_lab.training.compiled import training_process

Rows = dict[str, dict[str, str]]  # the cells of a table, by row and column
Tables = dict[str, Rows]  # by the heading of their first column

TARGETS = "target"  # the heading of the table of targets
TABLES = pytest.StashKey[Tables]()
CORES = pytest.StashKey[set[int]]()  # the cores of the process before it was restricted to one
SUITE = "suite: runs claims, which takes minutes; left out unless `-m suite` asks for it"


class Note(Protocol):
    """Adds cells to a row of a table, which are made where they are missing."""

    def __call__(self, table: str, row: str, cells: Mapping[str, str]) -> None:
        """`note("time steps", "µs", {"25": "41.5"})`."""


def pytest_configure(config: pytest.Config) -> None:
    """Start with empty tables, on one core: `model.fit` would put part of its work on a second one."""
    config.addinivalue_line("markers", SUITE)
    config.stash[TABLES] = {TARGETS: {}}
    if hasattr(os, "sched_setaffinity"):  # not on macOS
        config.stash[CORES] = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {max(config.stash[CORES])})


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip benchmarks that take minutes, unless `-m` selects by marks."""
    if not config.option.markexpr:
        for item in items:
            if item.get_closest_marker("suite"):
                item.add_marker(pytest.mark.skip(reason="takes minutes: ask for it by -m suite"))


@pytest.fixture
def note(request: pytest.FixtureRequest) -> Note:
    """Adds the results of a benchmark to a table."""
    tables = request.config.stash[TABLES]

    def note(table: str, row: str, cells: Mapping[str, str]) -> None:
        tables.setdefault(table, {}).setdefault(row, {}).update(cells)

    return note


@pytest.fixture
def every_core(request: pytest.FixtureRequest) -> Iterator[None]:
    """All cores, for processes that a benchmark starts."""
    cores = request.config.stash.get(CORES, None)
    if cores is None:
        yield
        return
    restricted = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    yield
    os.sched_setaffinity(0, restricted)


def processor_time() -> float:
    """Seconds of all threads of this process and of the training process: others on a shared machine do not count."""
    return time.process_time() + training_process().seconds


def median(benchmark) -> float:
    """The median of the rounds in seconds; nan with --benchmark-disable, where nothing is measured."""
    return nan if benchmark.stats is None else benchmark.stats.stats.median


def target(wanted: str, reached: str) -> dict[str, str]:
    """A row of the table of targets; the reason why one is not reached is added by hand."""
    return {"wanted": wanted, "reached": reached, "why not": ""}


def markdown(corner: str, rows: Rows) -> Iterable[str]:
    """A table as Markdown, its columns in the order in which they came."""
    columns = list(dict.fromkeys(column for cells in rows.values() for column in cells))
    yield f"| {' | '.join([corner, *columns])} |"
    yield f"|---|{'--:|' * len(columns)}"
    for row, cells in rows.items():
        yield f"| {' | '.join([row, *(cells.get(column, '') for column in columns)])} |"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the tables."""
    tables = {corner: rows for corner, rows in config.stash[TABLES].items() if rows}
    if tables:
        terminalreporter.section("tables of benchmarks/README.md")
    for corner, rows in tables.items():
        for line in ["", *markdown(corner, rows)]:
            terminalreporter.write_line(line)
