"""`--cluster`: trainings on the workers of a Dask cluster, whose address every process of the run knows."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import pytest

from lstm_lab.judging.session import claim_of, claim_tests, control_of
from lstm_lab.judging.session.plugin import measures_nothing
from lstm_lab.suite.stores import RUN

if TYPE_CHECKING:
    from lstm_lab.training.execution.cluster import Cluster

ADDRESS = "cluster"  # in what a worker of xdist is given
SEEDS_TO_COME = pytest.StashKey["ClusterPlugin"]()


class ClusterPlugin:
    """A plugin of a run with `--cluster`: the main process finds the cluster, or starts one, and tells the workers."""

    def __init__(self, config: pytest.Config) -> None:
        """Find the cluster; where this run measures anything. Raises UsageError where it cannot train."""
        self.config = config
        self.address = ""
        self._stack = contextlib.ExitStack()
        self._item: pytest.Item | None = None
        self._seeds: dict[tuple[str, str | None], tuple[int, ...]] = {}
        config.stash[SEEDS_TO_COME] = self
        workerinput = getattr(config, "workerinput", None)
        if workerinput is not None:
            self.address = workerinput[ADDRESS]
        elif config.option.device != "cpu":
            wanted = "wanted one of the two: a cluster trains on cores"
            raise pytest.UsageError(f"--cluster --device {config.option.device}: {wanted}")
        elif not config.option.collectonly and not measures_nothing(config):
            self.address = self._find(config.option.cluster)

    def _find(self, cluster: str) -> str:
        """The address of a cluster one of whose workers, at least, may train; it is started where it is a local one."""
        from lstm_lab.training.execution.cluster import ClusterError, check, end_run, local_cluster, local_size

        run = self.config.stash[RUN]
        try:
            size = local_size(cluster)
            address = self._stack.enter_context(local_cluster(size)) if size else cluster
            check(address, run)
        except ClusterError as error:
            self._stack.close()
            raise pytest.UsageError(f"--cluster {error}") from error
        self._stack.callback(end_run, address, run)
        return address

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell each worker of xdist the address."""
        node.workerinput[ADDRESS] = self.address

    def pytest_unconfigure(self) -> None:
        """End what the cluster keeps for this run, and the cluster if it is this run's own."""
        self._stack.close()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Remember which test asks for trainings."""
        self._item = item

    def seeds(self, seed: int) -> tuple[int, ...]:
        """The seeds of the tests of the claim that asks at present, this one first; of no claim, this one alone."""
        claim = claim_of(self._item) if self._item is not None else None
        if self._item is None or claim is None:
            return (seed,)
        if not self._seeds:
            seeds: dict[tuple[str, str | None], list[int]] = {}
            for item, tested, one in claim_tests(self._item.session.items):
                seeds.setdefault((tested.id, control_of(item)), []).append(one)
            self._seeds = {name: tuple(of) for name, of in seeds.items()}
        return tuple(dict.fromkeys((seed, *self._seeds.get((claim.id, control_of(self._item)), ()))))


def cluster_of(config: pytest.Config) -> Cluster | None:
    """The cluster that trains for this process; None without `--cluster`."""
    plugin = config.stash.get(SEEDS_TO_COME, None)
    if plugin is None:
        return None
    from lstm_lab.training.execution.cluster import Cluster

    return Cluster(plugin.address, config.stash[RUN])
