"""The connection to a cluster, and a cluster on this machine. Dask is imported when one is wanted."""

from __future__ import annotations

import contextlib
import logging
import re
import warnings
from collections.abc import Iterator
from typing import Any

from lstm_lab.text import one_line
from lstm_lab.training.execution.cluster import worker

SECONDS_TO_CONNECT = 10
SECONDS_TO_RECONNECT = 30  # to a scheduler that is gone, before this process gives it up
MOST_LOCAL = 1024  # worker processes of a cluster on this machine


class ClusterError(RuntimeError):
    """A cluster that cannot be used; the message says what, got, wanted and what to do."""


def local_size(address: str) -> int:
    """How many worker processes `local:N` asks for; 0 for the address of a cluster. Raises ClusterError."""
    if not address.startswith("local:"):
        return 0
    number = address.removeprefix("local:")
    if not re.fullmatch(r"[0-9]{1,4}", number) or not 1 <= int(number) <= MOST_LOCAL:
        raise ClusterError(
            f"{address}: got {number!r}, wanted a number of processes from 1 to {MOST_LOCAL}, as local:4"
        )
    return int(number)


@contextlib.contextmanager
def local_cluster(size: int) -> Iterator[str]:
    """A cluster of processes of this machine; gives its address. Raises ClusterError."""
    distributed = _distributed()
    with distributed.LocalCluster(
        n_workers=size,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",  # its usual port may be in use, and a warning of that would end the run
        memory_limit=0,  # what trains is a process of the worker's own, which replaces it when it has grown
        silence_logs=logging.CRITICAL,
    ) as cluster:
        yield cluster.scheduler_address


def connected(address: str, timeout: float = SECONDS_TO_CONNECT) -> Any:
    """A client of the scheduler at this address. Raises ClusterError where none answers.

    Args:
        address: of the scheduler.
        timeout: seconds to connect, and to connect again when the connection is lost.
    """
    distributed = _distributed()
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what is lost is told in one line by who asks
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # versions are compared in full, see `software`
            distributed.comm.resolve_address(address)  # a client of what is no address is never closed
            return distributed.Client(address, timeout=timeout, set_as_default=False)
    except (OSError, ValueError, TypeError, ImportError) as error:  # TypeError and ImportError: of no such protocol
        raise ClusterError(
            f"{address}: got no scheduler ({one_line(str(error)) or type(error).__name__}), wanted one that answers; "
            "start it with `dask scheduler`"
        ) from error


def end_run(address: str, run: str) -> None:
    """End what the workers keep for a run, so that nothing of it stays there; what cannot be reached is left."""
    with contextlib.suppress(Exception), connected(address) as client:
        client.run(worker.end, run, on_error="ignore")


def _distributed() -> Any:
    try:
        import dask
        import distributed
    except ImportError as error:
        raise ClusterError(
            f"got no Dask ({one_line(str(error))}), wanted it; `pip install -c constraints.txt -e '.[cluster]'`"
        ) from error
    # Data of one's own are part of a job; Dask warns of those above 10 MB, and warnings end a run.
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "10GB"})
    return distributed
