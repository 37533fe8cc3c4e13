"""On a worker: processes that are kept, replaced and ended."""

import os
import signal
import time

import pytest

from lstm_lab.training.execution.cluster import worker
from lstm_lab.training.execution.cluster.process import message
from lstm_lab.training.execution.cluster.software import computing_environment, difference, from_json, software

RUN = "the run of this test"


@pytest.fixture(autouse=True)
def ended():
    """No process outlives its test."""
    yield
    worker.end(RUN)


def call(program=""):
    """A worker's answer to the question for its software."""
    return worker.call(RUN, computing_environment(), program, message("software"))


def idle():
    """The ids of the processes that are kept for the run."""
    return [process.popen.pid for process in worker._idle.get(RUN, [])]


def alive(pid):
    """Whether a process is there and is no zombie."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_process_is_kept_and_has_the_software_of_this_side():
    """The second message goes to the process of the first; at the end of the run it is ended."""
    kind, told = call()
    first = idle()
    call()
    again = idle()
    worker.end(RUN)

    assert ("result", "") == (kind, difference(from_json(told), software()))
    assert 1 == len(first)
    assert first == again
    assert not alive(first[0])


def test_the_one_that_has_compiled_the_program_is_taken(monkeypatch):
    """Of several idle ones, so that a program is compiled once in each process at most."""
    call("a program")
    (first,) = idle()
    taken = worker._take(RUN, "a program")
    call("another one")
    worker._idle[RUN].insert(0, taken)
    call("a program")

    assert first == idle()[-1]


def test_a_process_that_is_killed_is_told_and_replaced():
    """While it trains: the asking side is told how it ended. While it is idle: nobody notices."""
    call()
    process = worker._take(RUN, "")
    worker._idle.setdefault(RUN, []).append(process)
    os.kill(process.popen.pid, signal.SIGSTOP)  # it answers no more
    os.kill(process.popen.pid, signal.SIGKILL)
    process.popen.wait()
    kind, _ = call()

    assert "result" == kind
    assert [process.popen.pid] != idle()

    (pid,) = idle()
    taken = worker._idle[RUN][0]
    taken.popen.poll = lambda: None  # it dies after it was chosen
    os.kill(pid, signal.SIGKILL)
    while alive(pid):
        time.sleep(0.01)
    kind, told = call()

    assert ("broken", "its process has ended with status -9") == (kind, told)
    assert [] == idle()


def test_a_grown_process_is_ended(monkeypatch):
    """Plain Keras never frees a program: from a limit on a process is asked nothing more."""
    monkeypatch.setattr(worker, "MOST_MEBIBYTES", 1)
    call()

    assert [] == idle()


def test_a_process_ends_with_its_worker():
    """However the worker ends: then its standard input is closed."""
    call()
    process = worker._take(RUN, "")
    process.popen.stdin.close()
    process.popen.stdin = None

    assert 1 == process.popen.wait(timeout=30)
    process.connection.close()
