"""The table of ratios at the end of a benchmark run."""

from __future__ import annotations

from typing import NamedTuple

import pytest


class Ratio(NamedTuple):
    """One model, trained in two ways in one run.

    Attributes:
        model: which.
        fit: seconds per step of plain `model.fit`, one seed at a time.
        loop: seconds per seed and step of the compiled loop.
    """

    model: str
    fit: float
    loop: float


RATIOS = pytest.StashKey[list[Ratio]]()


def pytest_configure(config: pytest.Config) -> None:
    """Begin an empty table."""
    config.stash[RATIOS] = []


@pytest.fixture
def ratios(request: pytest.FixtureRequest) -> list[Ratio]:
    """Where a benchmark leaves its row."""
    return request.config.stash[RATIOS]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table."""
    rows = config.stash[RATIOS]
    if rows:
        terminalreporter.section("per seed and step, one core")
        terminalreporter.write_line(f"{'model':<22}{'model.fit':>12}{'compiled loop':>16}{'ratio':>8}")
        for row in rows:
            told = f"{row.fit * 1e3:>9.2f} ms{row.loop * 1e6:>13.2f} µs{row.fit / row.loop:>8.0f}"
            terminalreporter.write_line(f"{row.model:<22}{told}")
