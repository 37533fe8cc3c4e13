"""SIGKILL at random moments: nothing half-written is ever read, and what follows ends as if nothing had happened."""

import os
import random
import shutil
import signal
import subprocess
from collections.abc import Callable

import pytest
import tiny
from laboratory import LONGEST, Laboratory, Undisturbed, texts

from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.evidence.records import EvidenceError

KILLS = 7  # of each kind


def children(process: subprocess.Popen) -> list[int]:
    """The processes that this one has started and that still live."""
    told = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    return [int(pid) for pid, parent in map(str.split, told.splitlines()) if int(parent) == process.pid]


def kill_worker(process: subprocess.Popen, chance: random.Random) -> None:
    """One worker, while the controller and the other go on."""
    workers = children(process)
    if workers:
        os.kill(chance.choice(workers), signal.SIGKILL)


def kill_controller(process: subprocess.Popen, chance: random.Random) -> None:
    """The process that judges; its workers are left alone with what they are doing."""
    process.kill()


def kill_group(process: subprocess.Popen, chance: random.Random) -> None:
    """Everything at once, as when the machine runs out of power."""
    os.killpg(process.pid, signal.SIGKILL)


def ended(process: subprocess.Popen, seconds: float) -> bool:
    """Whether a run ends within this time."""
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def inspect(laboratory: Laboratory, undisturbed: Undisturbed) -> None:
    """Whatever was left behind is right as far as it goes, and says how far that is."""
    everything = len(undisturbed.observed)
    for path in laboratory.ledgers():
        try:
            ledger = Ledger.read(path)
        except EvidenceError as error:  # killed before its first line was whole
            nothing_said = str(error)
            assert nothing_said.endswith("got no header, wanted a ledger of format 1")
            continue
        seen = texts(ledger)
        assert seen <= undisturbed.observed
        failed = {(one.claim, one.seed) for one in ledger.failures}
        assert ledger.partial or len(seen) == everything or failed


@pytest.mark.parametrize("kill", [kill_worker, kill_controller, kill_group])
def test_killed_at_random_moments(
    kill: Callable[[subprocess.Popen, random.Random], None], laboratory: Laboratory, undisturbed: Undisturbed
) -> None:
    """Runs are killed one after another, each amid what the last one left; whichever comes through ends as undisturbed.

    It continues from what was stored, believes no file that was half-written, and leaves none behind.
    """
    chance = random.Random(kill.__name__)
    kills, finished = 0, 0
    while kills < KILLS:
        process = laboratory.start()
        stored = len(list(laboratory.store.folder.glob("*.npz")))
        for _ in range(3):
            if ended(process, chance.uniform(0, 0.85 * undisturbed.seconds)):
                break
            kill(process, chance)
            kills += 1
            if kill is not kill_worker:
                break
        status = process.wait(timeout=LONGEST)
        inspect(laboratory, undisturbed)
        if status == 0:
            assert undisturbed.outcome == laboratory.outcome()
            assert laboratory.models[0] <= len(tiny.STOPS) - stored
            finished += 1
            if finished % 2:
                shutil.rmtree(laboratory.evidence)
        elif kill is not kill_worker:
            assert -signal.SIGKILL == status
    left = len(list(laboratory.store.folder.glob("*.npz")))

    assert 0 == laboratory.run(), laboratory.output
    assert undisturbed.outcome == laboratory.outcome()
    assert undisturbed.observed == laboratory.observed()
    assert laboratory.models[0] <= len(tiny.STOPS) - left
    assert [] == laboratory.refused
    assert [] == [path.name for path in laboratory.store.folder.iterdir() if path.suffix not in (".npz", ".lock")]
