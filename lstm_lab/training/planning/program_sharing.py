"""Who compiles what: as long as there is other work, no two processes compile the same program."""

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
    """What a process does first of what is left: what it has the program for, what nobody has, then all else.

    Args:
        left: in the order to be kept among equals.
        own: the programs that this process has compiled.
        free: whether a program that it has not is to be compiled here and by nobody else; asked once it comes to that.
    """
    yield from (one for one in left if one.program in own)
    yield from (one for one in left if one.program not in own and free(one.program))
    yield from (one for one in left if one.program not in own)


@dataclass
class Programs:
    """The programs of this process, locked as long as it lives: the kernel releases them however it ends.

    Attributes:
        folder: where the processes that share the work see which programs are taken.
    """

    folder: Path
    _own: set[str] = field(default_factory=set, repr=False)
    _locks: dict[str, contextlib.ExitStack] = field(default_factory=dict, repr=False)

    def preferred(self, left: Sequence[One]) -> Iterator[One]:
        """What to do first of what is left, see `preferred`; takes the programs that it comes to."""
        return preferred(left, frozenset(self._own), self._take)

    def compiled(self, program: str) -> None:
        """This process has it now, whoever had it before."""
        self._own.add(program)

    def _take(self, program: str) -> bool:
        """Whether nobody else has taken it."""
        if program not in self._locks:
            # Where nothing can be written, each process compiles for itself.
            with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
                if stack.enter_context(locked(self.folder / f"{program}.lock", wait=False)):
                    self._locks[program] = stack.pop_all()
        return program in self._locks
