"""A cluster as a place where jobs are trained: one process of a run asks it at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lstm_lab.files import locked
from lstm_lab.text import pluralized
from lstm_lab.training.execution.cluster.asking import Asking, Lost
from lstm_lab.training.execution.cluster.connection import SECONDS_TO_RECONNECT, ClusterError, connected
from lstm_lab.training.execution.cluster.roster import Roster
from lstm_lab.training.execution.trainer import Trainer
from lstm_lab.training.execution.worker_processes import is_picklable
from lstm_lab.training.planning import Job


class Cluster:
    """A cluster that trains for this process.

    Attributes:
        address: of its scheduler.
        run: the token of the run.
        trained_on: how many jobs were done for this process on which processor.
    """

    def __init__(self, address: str, run: str) -> None:
        """A cluster; it is connected to when it is first needed."""
        self.address = address
        self.run = run
        self.trained_on: Counter[str] = Counter()
        self._roster: Roster | None = None
        self._is_lost = False

    def train(self, trainer: Trainer, plan: Sequence[Job]) -> None:
        """Train the missing jobs of a plan on the cluster, as far as it can; see `Trainer.elsewhere`.

        A job is left that cannot be pickled, that fails there as it will fail here, or that has cost several workers,
        and all are left when the cluster is lost; a note of the trainer says so. When this process dies, another one
        of the run asks for what is missing.

        Args:
            trainer: its store receives the snapshots.
            plan: the jobs, the dearest first.
        """
        jobs = [job for job in plan if trainer.missing(job) and is_picklable(job)]
        if self._is_lost or not jobs:
            return
        with locked(trainer.store.folder.parent / "cluster.lock", wait=True):
            jobs = [job for job in jobs if trainer.missing(job)]  # another process may have asked for them meanwhile
            if not jobs:
                return
            try:
                self._roster = self._roster or Roster(connected(self.address, SECONDS_TO_RECONNECT), self.run)
                asking = Asking(self._roster, self.address, trainer, jobs)
                try:
                    asking.work()
                finally:
                    self.trained_on += asking.trained_on
            except (Lost, ClusterError) as error:
                self._is_lost = True
                left = pluralized(sum(bool(trainer.missing(job)) for job in jobs), "training")
                why = f"{error}; what it has trained is kept, and {left} of this plan will be done here"
                trainer.reporter.note(f"cluster {self.address}: {why}")
            finally:
                trainer.reporter.end_cluster()

    def close(self) -> None:
        """Close the connection."""
        roster, self._roster = self._roster, None
        if roster is not None:
            roster.client.close()

    @property
    def facts(self) -> dict[str, int]:
        """For each processor, how many jobs were done on it for this process."""
        return {f"trainings on cluster, {name}": count for name, count in self.trained_on.items()}


def check(address: str, run: str) -> None:
    """Raises ClusterError where no worker of a cluster may train for this run; it says what is wrong with each."""
    client = connected(address)
    try:
        Roster(client, run).wait_for_one()
    except ClusterError as error:
        raise ClusterError(f"{address}: {error}") from error
    finally:
        client.close()
