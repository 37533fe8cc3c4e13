"""Which process compiles which program: no two compile the same one as long as there is other work."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from lstm_lab.files import locked


class Compiled(Protocol):
    """What a compiled program computes."""

    @property
    def program(self) -> str:
        """What names the program."""


One = TypeVar("One", bound=Compiled)


def preferred(left: Sequence[One], own: Collection[str], free: Callable[[str], bool]) -> Iterator[One]:
    """The order in which a process does its work: what it has compiled, what no process compiles, then all else.

    Args:
        left: the work, in the order to be kept among equals.
        own: the programs that this process has compiled.
        free: whether a program that it has not compiled is compiled by no other process; called only when all work for
            its own programs is done.
    """
    yield from (one for one in left if one.program in own)
    yield from (one for one in left if one.program not in own and free(one.program))
    yield from (one for one in left if one.program not in own)


@dataclass
class Programs:
    """The programs of this process, locked as long as it lives: the kernel releases them however it ends.

    Attributes:
        folder: of the locks, the same for all processes that share the work.
    """

    folder: Path
    _own: set[str] = field(default_factory=set, repr=False)
    _locks: dict[str, contextlib.ExitStack] = field(default_factory=dict, repr=False)

    def preferred(self, left: Sequence[One]) -> Iterator[One]:
        """The order of the work, see the function `preferred`; locks the programs that it comes to."""
        return preferred(left, frozenset(self._own), self._take)

    def compiled(self, program: str) -> None:
        """Record that this process has compiled it, whether it held the lock or not."""
        self._own.add(program)

    def _take(self, program: str) -> bool:
        """Whether this process holds the lock of the program, now or before."""
        if program not in self._locks:
            # Where nothing can be written, each process compiles for itself.
            with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
                if stack.enter_context(locked(self.folder / f"{program}.lock", wait=False)):
                    self._locks[program] = stack.pop_all()
        return program in self._locks
