"""The table of ratios at the end of a benchmark run."""

from __future__ import annotations

import os
from typing import NamedTuple

import pytest


class Ratio(NamedTuple):
    """One model, trained in three ways in one run; seconds of one core per seed and step.

    Attributes:
        model: which.
        epochs: plain `model.fit`, one seed at a time, in the article's epochs.
        one_epoch: plain `model.fit`, one seed at a time, in one epoch of many steps.
        loop: the compiled loop, all seeds.
    """

    model: str
    epochs: float
    one_epoch: float
    loop: float

    @property
    def ratio(self) -> float:
        """How many times faster the compiled loop is than `fit` in the article's epochs."""
        return self.epochs / self.loop

    @property
    def least_ratio(self) -> float:
        """How many times faster it is than `fit` at its best."""
        return self.one_epoch / self.loop


RATIOS = pytest.StashKey[list[Ratio]]()


def pytest_configure(config: pytest.Config) -> None:
    """Begin an empty table, on one core: `model.fit` would put part of its work on a second one."""
    config.stash[RATIOS] = []
    if hasattr(os, "sched_setaffinity"):  # not on macOS
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


@pytest.fixture
def ratios(request: pytest.FixtureRequest) -> list[Ratio]:
    """Where a benchmark leaves its row."""
    return request.config.stash[RATIOS]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table."""
    rows = config.stash[RATIOS]
    if rows:
        terminalreporter.section("per seed and step, one core")
        head = f"{'fit, epochs':>14}{'fit, one epoch':>17}{'compiled loop':>16}{'ratios':>14}"
        terminalreporter.write_line(f"{'model':<24}{head}")
        for row in rows:
            told = f"{row.epochs * 1e3:>11.2f} ms{row.one_epoch * 1e3:>14.2f} ms{row.loop * 1e6:>13.2f} µs"
            terminalreporter.write_line(f"{row.model:<24}{told}{row.ratio:>8.0f}{row.least_ratio:>6.0f}")
