"""What the README says of a cluster of one's own, followed by real processes."""

import contextlib
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST = 900  # seconds, on a machine with other work
# Two claims of one model each, with seeds that everyone may look at.
FEW = "--claim naive-one-char/does-not-learn --claim stateful/k-predicts-b --explore --seeds 3"


def commands():
    """The commands of the chapter, without what is said of each."""
    chapter = (ROOT / "README.md").read_text(encoding="utf-8").partition("### On a cluster\n")[2].partition("\n## ")[0]
    (block,) = re.findall(r"```\n(.*?)\n```", chapter, re.DOTALL)
    return [line.partition("#")[0].strip() for line in block.splitlines()]


@pytest.fixture
def shell(tmp_path):
    """Start commands as a reader does, each in a process group of its own; the groups end with the test."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    path = os.pathsep.join(filter(None, (str(ROOT), kept.get("PYTHONPATH", ""))))
    groups = []

    def start(command, name):
        words = shlex.split(command)
        assert words[0] in ("dask", "pytest")
        with (tmp_path / name).open("wb") as output:
            groups.append(
                subprocess.Popen(
                    [sys.executable, "-m", *words],
                    cwd=ROOT,
                    env={**kept, "PYTHONPATH": path},
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            )
        return groups[-1]

    yield start
    for group in groups:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group.pid, signal.SIGKILL)
        group.wait()


def test_the_lines_of_the_readme_make_a_cluster(shell, tmp_path):
    """A scheduler, a worker and a run, word by word but for the host, the port and the few claims that are measured."""
    pytest.importorskip("distributed", reason="needs Dask: pip install -c constraints.txt -e '.[cluster]'")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    install, scheduler, worker, run = (line.replace("HOST", "127.0.0.1").replace("8786", port) for line in commands())
    assert install == "pip install -c constraints.txt -e '.[cluster]'"
    shell(scheduler, "scheduler.txt")
    ends = time.monotonic() + LONGEST
    while time.monotonic() < ends:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", int(port)), timeout=1):
            break
        time.sleep(0.1)
    shell(worker, "worker.txt")
    places = f"--report {tmp_path / 'REPORT.md'} --evidence {tmp_path / 'evidence'} -p no:cacheprovider"
    status = shell(f"{run} {FEW} {places}", "run.txt").wait(timeout=LONGEST)
    said, report = (tmp_path / "run.txt").read_text(), (tmp_path / "REPORT.md").read_text(encoding="utf-8")

    assert "6 passed" in said or "6 passed" in re.sub(r", \d+ against", "", said), said
    assert status in (0, 1)  # with three seeds nothing is decided as it is on record
    assert re.search(r"^trainings on cluster, .* 2$", report, re.MULTILINE), report[:6000]


def test_the_extra_is_pinned():
    """What the first line installs is in the constraints, and so is what comes with it."""
    pins = {line.partition("==")[0].lower() for line in (ROOT / "constraints.txt").read_text().splitlines()}

    assert {"distributed", "dask", "cloudpickle", "msgpack", "tornado", "toolz", "psutil", "zict"} <= pins
