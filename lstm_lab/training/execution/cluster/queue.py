"""The jobs that are left to send: the dearest first, and for each worker those whose program it has compiled."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from lstm_lab.training.planning import Job
from lstm_lab.training.planning.program_sharing import preferred


@dataclass(eq=False)
class Task:
    """A job to send.

    Attributes:
        job: the job.
        rank: its place in the plan.
        losses: how often a worker has not done it.
    """

    job: Job
    rank: int
    losses: int = 0

    @property
    def program(self) -> str:
        """The digest of its compiled program, see `Job.program`."""
        return self.job.program


class Queue:
    """Tasks by program, each program's in the order of the plan; there are few programs, so taking one is cheap."""

    def __init__(self, jobs: Iterable[Job]) -> None:
        """A queue of these jobs, the dearest first."""
        self._by_program: dict[str, deque[Task]] = {}
        for rank, job in enumerate(jobs):
            self._by_program.setdefault(job.program, deque()).append(Task(job, rank))

    def __len__(self) -> int:
        """The number of tasks that are left."""
        return sum(map(len, self._by_program.values()))

    def take(self, own: Collection[str], others: Collection[str]) -> Task | None:
        """Take what a worker should do next; None where nothing is left. The order is that of `preferred`.

        Args:
            own: the programs that the worker has compiled.
            others: those of all other workers.
        """
        heads = sorted((tasks[0] for tasks in self._by_program.values() if tasks), key=lambda task: task.rank)
        task = next(preferred(heads, own, lambda program: program not in others), None)
        if task is not None:
            self._by_program[task.program].popleft()
        return task

    def put_back(self, task: Task) -> None:
        """Return a task that no worker has done: it is taken next among those of its program."""
        self._by_program[task.program].appendleft(task)
