"""Clusters to ask: a pretended one, whose workers answer as a test says, and one of real processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from dask_processes import Processes, dask_processes

from lstm_lab.training.execution.cluster import process

Answers = Callable[[bytes], tuple[str, Any]]


@dataclass
class PretendedFuture:
    """A future that has ended when it is made."""

    key: str
    answer: Callable[[], Any]
    status: str = "finished"

    def add_done_callback(self, called: Callable[[Any], None]) -> None:
        """It has ended already."""
        called(self)

    def result(self, timeout: float) -> Any:
        """What the worker has answered, or raised."""
        return self.answer()

    def cancel(self) -> None:
        """Nothing is under way."""


@dataclass
class PretendedClient:
    """A client whose workers answer in this process.

    Attributes:
        workers: what each answers to a message, by address.
        sent: the address to which each job was sent, in order.
    """

    workers: dict[str, Answers]
    sent: list[str] = field(default_factory=list)
    status: str = "running"
    keys: int = 0

    def nthreads(self) -> dict[str, int]:
        """One job at once on each worker."""
        return dict.fromkeys(self.workers, 1)

    def submit(self, function: Any, run: str, computing: Any, program: str, content: bytes, **how: Any) -> Any:
        """The answer of the worker that is named."""
        (address,) = how["workers"]
        self.keys += 1
        if b"software" not in content:
            self.sent.append(address)
        return PretendedFuture(f"key {self.keys}", lambda: self.workers[address](content))

    def cancel(self, futures: Any, force: bool) -> None:
        """Nothing is under way."""


@pytest.fixture
def pretended() -> Callable[..., PretendedClient]:
    """A client of workers by address; one that is None does what a real one does, in this process."""
    return lambda **workers: PretendedClient({name: one or process.answer for name, one in workers.items()})


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    """A real cluster, of which nothing is started yet."""
    with dask_processes(tmp_path / "cluster") as made:
        yield made
