"""Which process compiles which program: no two processes compile the same one while other trainings are left."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from lstm_lab.files import locked


class NeedsProgram(Protocol):
    """A training that needs a compiled program."""

    @property
    def program(self) -> str:
        """The digest that identifies the program; "" where it needs none."""


Training = TypeVar("Training", bound=NeedsProgram)


def preferred(trainings: Sequence[Training], own: Collection[str], free: Callable[[str], bool]) -> Iterator[Training]:
    """The order in which a process trains: its own programs, those that no other process compiles, then the rest.

    Args:
        trainings: in the order that is kept among equals.
        own: the programs that this process has compiled.
        free: whether a program that it has not compiled is compiled by no other process; called only when all trainings
            of its own programs have been taken.
    """
    yield from (training for training in trainings if training.program in own)
    yield from (training for training in trainings if training.program not in own and free(training.program))
    yield from (training for training in trainings if training.program not in own)


@dataclass
class Programs:
    """The programs of this process, locked until it ends; the kernel releases the locks however it ends.

    Attributes:
        folder: of the lock files, the same for all processes that share a plan.
    """

    folder: Path
    _own: set[str] = field(default_factory=set, repr=False)
    _locks: dict[str, contextlib.ExitStack] = field(default_factory=dict, repr=False)

    def preferred(self, trainings: Sequence[Training]) -> Iterator[Training]:
        """The order of these trainings, see the function `preferred`; locks each new program when it is reached."""
        return preferred(trainings, frozenset(self._own), self._lock)

    def compiled(self, program: str) -> None:
        """Record that this process has compiled the program, with or without its lock."""
        self._own |= {program} - {""}

    def _lock(self, program: str) -> bool:
        """Lock a program; whether this process holds its lock, or needs none."""
        if program and program not in self._locks:
            # Where no lock can be written, each process compiles what it needs.
            with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
                if stack.enter_context(locked(self.folder / f"{program}.lock", wait=False)):
                    self._locks[program] = stack.pop_all()
        return not program or program in self._locks
