"""The machine: its processor, the GPU that trains, the number of workers it allows, the peak memory of a process."""

from __future__ import annotations

import functools
import os
import platform
import resource
import sys
from pathlib import Path

GPU = "CLAIMS_GPU"  # the environment variable with the name of the GPU that trains; not set where cores do
WORKER_BYTES = int(1.5 * 2**30)  # a worker with TensorFlow loaded and its ensembles in memory stays below this


@functools.cache
def processor(cpuinfo: Path = Path("/proc/cpuinfo")) -> str:
    """The model name of the processor; "unknown" where the system has none."""
    try:
        lines = cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:  # not Linux
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "") or platform.processor() or platform.machine() or "unknown"


def gpu() -> str:
    """The name of the GPU that trains in this run; "" where cores do."""
    return os.environ.get(GPU, "")


def workers(meminfo: Path = Path("/proc/meminfo")) -> int:
    """How many workers this machine allows: one for each core, as far as free memory suffices."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    available = _kibibytes(meminfo, "MemAvailable")
    return cores if available is None else max(1, min(cores, available * 2**10 // WORKER_BYTES))


def peak_mebibytes(status: Path = Path("/proc/self/status")) -> int:
    """The peak memory of this process in MiB.

    On Linux from its own account: `ru_maxrss` begins there with the memory of the process that started this one.
    """
    peak = _kibibytes(status, "VmHWM")
    return _most_mebibytes(resource.RUSAGE_SELF) if peak is None else peak // 2**10


def children_peak_mebibytes() -> int:
    """The largest peak memory of one finished child in MiB; on Linux at least what this process had when it began."""
    return _most_mebibytes(resource.RUSAGE_CHILDREN)


def _kibibytes(account: Path, name: str) -> int | None:
    """What the system says under a name in a file of its own; None where it has no such file, as macOS."""
    try:
        lines = account.read_text(encoding="utf-8", errors="replace").splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith(f"{name}:")))
    except (OSError, StopIteration, ValueError, IndexError):
        return None


def _most_mebibytes(who: int) -> int:
    # ru_maxrss counts KiB on Linux and bytes on macOS.
    return resource.getrusage(who).ru_maxrss // (2**20 if sys.platform == "darwin" else 2**10)
