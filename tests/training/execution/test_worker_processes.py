"""Plain Keras in processes of its own: the same bits, replaced when grown, and nothing lost with one that fails."""

import dataclasses

import pytest

from lstm_lab import Experiment, Regime, Windows, recurrent_classifier
from lstm_lab.training.errors import StoreError
from lstm_lab.training.execution import worker_processes
from lstm_lab.training.experiment import Eligibility
from lstm_lab.training.plain_keras import fit
from lstm_lab.training.planning.jobs import Job, plan_jobs

TINY = Experiment("tiny", Windows(symbols="ABCD"), recurrent_classifier(2, 4), Regime(epochs=4))
OTHER = TINY.but(name="other", shuffle="never")
SEEDS = (0,)
PLAIN = Eligibility("for this test", False, ())
PLAN = [Job(experiment, SEEDS, (4,), PLAIN) for experiment in (TINY, OTHER)]


@pytest.fixture
def processes(monkeypatch) -> list[bool]:
    """One entry for each process that has ended: whether it had grown."""
    ends, start = [], worker_processes._run_subprocess

    def watched(*arguments):
        ends.append(start(*arguments))
        return ends[-1]

    monkeypatch.setattr(worker_processes, "_run_subprocess", watched)
    return ends


def test_the_same_bits_as_here(trainer, processes, bits) -> None:
    """What another process has trained is counted here, stored, and what this one would have trained."""
    worker_processes.run_in_subprocesses(trainer, PLAN, most=10**6)

    assert 2 == len(trainer.trained)
    assert [False] == processes
    for experiment in (TINY, OTHER):
        (here,) = fit.train(experiment, experiment.problem.samples(0), 0, (4,))
        assert bits(here) == bits(trainer.store.load(experiment, SEEDS, 4))


def test_what_the_compiled_loop_trains_needs_none(trainer, processes) -> None:
    """It has a process of its own already."""
    worker_processes.run_in_subprocesses(trainer, plan_jobs([(TINY, 0)]))

    assert ([], []) == (processes, trainer.trained)


def test_a_grown_process_is_replaced(trainer, processes) -> None:
    """From its limit on a process begins no further job; another one does the next."""
    worker_processes.run_in_subprocesses(trainer, PLAN, most=150)

    assert 2 == len(trainer.trained)
    assert [True, True] == processes


def test_no_process_for_what_is_stored(trainer, processes) -> None:
    """A plan that has been worked off starts nothing."""
    trainer.run_jobs(PLAN)
    worker_processes.run_in_subprocesses(trainer, PLAN)

    assert [] == processes


def test_what_cannot_be_sent_is_left(trainer, processes) -> None:
    """A problem of a class made inside a function is trained in this process, by the trainer."""

    @dataclasses.dataclass(frozen=True)
    class Here(Windows):
        pass

    plan = [Job(TINY.but(problem=Here(symbols="ABCD")), SEEDS, (4,), PLAIN)]
    worker_processes.run_in_subprocesses(trainer, plan)
    left = [trainer.missing(job) for job in plan]
    trainer.run_jobs(plan)

    assert ([], [[4]]) == (processes, left)
    assert 1 == len(trainer.trained)


def test_what_fails_there_is_left_to_fail_here(trainer, processes) -> None:
    """An error in the process ends no run by itself: the same error is raised by whoever does the job next."""
    trainer.store.folder.parent.mkdir()
    trainer.store.folder.write_text("a file where the folder should be")
    worker_processes.run_in_subprocesses(trainer, PLAN)

    assert [False] == processes
    with pytest.raises(StoreError, match="cannot be written to"):
        trainer.run_jobs(PLAN)


def test_a_process_that_dies_loses_no_job(trainer, processes, monkeypatch) -> None:
    """Killed without a word, as by a machine out of memory: its jobs are left, and done here."""
    monkeypatch.setattr(worker_processes, "_run_jobs", _dies)
    worker_processes.run_in_subprocesses(trainer, PLAN)
    trainer.run_jobs(PLAN)

    assert [False] == processes
    assert 2 == len(trainer.trained)


def _dies(*arguments: object) -> None:
    import os
    import signal

    os.kill(os.getpid(), signal.SIGKILL)
