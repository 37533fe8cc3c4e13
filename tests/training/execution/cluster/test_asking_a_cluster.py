"""What the asking side does with what workers answer: believed is only what passes the checks, and nothing is lost."""

import dataclasses

import numpy as np
import pytest

from lstm_lab import Experiment, Regime, Windows, recurrent_classifier
from lstm_lab.training.execution import progress
from lstm_lab.training.execution.cluster import asking, process, software
from lstm_lab.training.execution.cluster.asking import Asking, Lost
from lstm_lab.training.execution.cluster.roster import Roster
from lstm_lab.training.execution.progress import notes
from lstm_lab.training.experiment import Eligibility, key
from lstm_lab.training.planning.jobs import Job, plan_jobs
from lstm_lab.training.store.npz import decode, encode

TINY = Experiment("tiny", Windows(symbols="ABCD"), recurrent_classifier(2, 4), Regime(epochs=4, checkpoints=(2,)))
OTHER = TINY.but(name="other", shuffle="never")
BLOCK = tuple(range(10))
PLAN = plan_jobs([(TINY, 0), (OTHER, 0)])


@pytest.fixture
def ask(trainer):
    """Work off jobs on a cluster; returns what was asked and how."""

    def asked(client, jobs=PLAN):
        made = Asking(Roster(client, "this run"), "here", trainer, jobs)
        made.work()
        return made

    return asked


@pytest.fixture
def told(trainer):
    """The notes of the trainer."""
    return lambda: notes(trainer.reporter.folder)


def changed(change):
    """A worker that trains and then changes what it has trained."""

    def answers(content):
        kind, trained = process.answer(content)
        return (kind, change(trained)) if isinstance(trained, process.Trained) else (kind, trained)

    return answers


def with_snapshot(change):
    """A worker that changes the last snapshot, and stores it as such files are stored."""

    def forged(trained):
        def recoded(content):
            header = key(TINY, BLOCK)
            try:
                return encode(change(decode(content, header, BLOCK, 4)), header)
            except ValueError:  # of the other experiment
                header = key(OTHER, BLOCK)
                return encode(change(decode(content, header, BLOCK, 4)), header)

        return dataclasses.replace(trained, snapshots=[trained.snapshots[0], recoded(trained.snapshots[-1])])

    return changed(forged)


def nan(snapshot):
    """A snapshot one of whose weights is no number, though its losses are."""
    first = snapshot.weights[0].copy()
    first[3] = np.nan
    return dataclasses.replace(snapshot, weights=[first, *snapshot.weights[1:]])


def flipped(trained):
    """One bit is another one."""
    content = bytearray(trained.snapshots[-1])
    content[len(content) // 2] ^= 1
    return dataclasses.replace(trained, snapshots=[trained.snapshots[0], bytes(content)])


WRONG = {
    "a flipped bit": changed(flipped),
    "the snapshots exchanged": changed(lambda one: dataclasses.replace(one, snapshots=one.snapshots[::-1])),
    "one missing": changed(lambda one: dataclasses.replace(one, snapshots=one.snapshots[:1])),
    "no bytes": changed(lambda one: dataclasses.replace(one, snapshots=[1, None])),
    "something else": changed(lambda one: {"snapshots": one.snapshots}),
    "other seeds": with_snapshot(lambda one: dataclasses.replace(one, seeds=tuple(range(10, 20)))),
    "other shapes": with_snapshot(lambda one: dataclasses.replace(one, weights=[part[:, :1] for part in one.weights])),
    "not finite": with_snapshot(nan),
}


def test_what_workers_train_is_what_is_trained_here(ask, pretended, trainer, bits, snapshots, tmp_path):
    """All stops of all jobs, bit by bit, counted, stored, and told on which processor."""
    client = pretended(one=None, two=None)
    made = ask(client)

    assert {"one", "two"} >= set(client.sent)
    assert 4 == len(trainer.trained)
    assert 2 == sum(made.trained_on.values())
    for experiment in (TINY, OTHER):
        wanted = snapshots(experiment, BLOCK)
        stored = [trainer.store.load(experiment, BLOCK, stop) for stop in (2, 4)]
        assert [bits(one) for one in wanted] == [bits(one) for one in stored]
    assert 2 == len((tmp_path / "evidence" / "costs.jsonl").read_text().splitlines())


def test_a_training_is_continued_from_what_is_stored(ask, pretended, trainer, bits, snapshots):
    """The snapshot is sent with the job, and what follows has the bits of a training never interrupted."""
    half, wanted = snapshots(TINY, BLOCK)
    trainer.store.save(TINY, half)
    asked = []

    def answers(content):
        _, called = process.pickle.loads(content)
        asked.append(process.pickle.loads(called))
        return process.answer(content)

    ask(pretended(one=answers), PLAN[:1] if PLAN[0].experiment == TINY else PLAN[1:])
    request = asked[-1][1][0]

    assert ((4,), 2) == (request.stops, request.start[1])
    assert bits(wanted) == bits(trainer.store.load(TINY, BLOCK, 4))


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_nothing_is_believed_unchecked(wrong, ask, pretended, trainer, told):
    """A worker whose training does not pass is told by name and sent nothing more; another one does its job."""
    client = pretended(bad=wrong, good=None)
    ask(client)

    assert [[], []] == [trainer.missing(job) for job in PLAN]
    assert 1 == client.sent.count("bad")
    (line,) = told()
    assert line.startswith("worker bad: got a training of which ")
    assert line.endswith("wanted one that passes the checks; it is sent no more")
    assert [] == trainer.store.refused


def test_a_worker_that_trains_something_else_is_refused(ask, pretended, trainer, told):
    """Its code of the experiment is another one, which the key of the training knows."""

    def answers(content):
        if b"software" in content:
            return process.answer(content)
        return "refused", f"got other code or data of tiny, wanted those of this checkout; {software.CHECK_OUT}"

    client = pretended(bad=answers, good=None)
    ask(client)

    assert [[], []] == [trainer.missing(job) for job in PLAN]
    assert 1 == client.sent.count("bad")
    assert [
        "worker bad: got other code or data of tiny, wanted those of this checkout; "
        "check out there what is checked out here; it is sent no more"
    ] == told()


def test_a_job_that_costs_workers_is_left_to_this_machine(ask, pretended, trainer, told):
    """After three tries; the others are done, and nobody waits."""
    first = key(PLAN[0].experiment, BLOCK).encode()

    def answers(content):
        return ("broken", "its process has ended with status -9") if first in content else process.answer(content)

    ask(pretended(one=answers, two=answers))

    assert [[2, 4], []] == [trainer.missing(job) for job in PLAN]
    name = PLAN[0].experiment.name
    assert [
        f"{name}, seeds 0-9: not trained on the cluster in 3 tries (its process has ended with status -9)"
    ] == told()
    trainer.run_jobs(PLAN)
    assert [] == trainer.missing(PLAN[0])


@pytest.mark.parametrize(("gone_at", "waited"), [(2, [1, 2]), (None, [1, 2, 4, 8, 16, 32, 64, 128])])
def test_an_answer_that_its_worker_took_along_is_not_waited_for(gone_at, waited):
    """Dask would wait until somebody computes it again; one that is there, on a slow way, is given more time."""
    timeouts = []

    class Future:
        status = "finished"

        def result(self, timeout):
            timeouts.append(timeout)
            if len(timeouts) == gone_at:
                self.status = "lost"
            raise TimeoutError

    with pytest.raises(TimeoutError):
        asking._fetched(Future())

    assert waited == timeouts


def test_a_worker_that_fails_again_and_again_gets_nothing_more(ask, pretended, told, monkeypatch):
    """It fails at once, so it would take every job from those that need time to do theirs."""
    jobs = plan_jobs([(TINY, 10), (TINY, 20)]) + PLAN

    def answers(content):
        return process.answer(content) if b"software" in content else ("broken", "no room")

    client = pretended(bad=answers)
    monkeypatch.setattr(asking, "SECONDS_WITHOUT_WORKERS", 0.3)
    with pytest.raises(Lost, match=r"worker bad: no room$"):
        ask(client, jobs)

    assert 5 == client.sent.count("bad")
    assert "worker bad: no room; it is sent no more" in told()


def test_what_fails_there_is_left_to_fail_here(ask, pretended, trainer, told):
    """It is sent once: an error in the training of a model is the same wherever it is trained."""
    client = pretended(one=lambda content: process.answer(content) if b"software" in content else ("untrainable", "x"))
    ask(client)

    assert 2 == len(client.sent)
    assert [[2, 4], [2, 4]] == [trainer.missing(job) for job in PLAN]
    assert [] == told()


def test_a_worker_of_another_version_is_told_by_name(ask, pretended, trainer, told):
    """It is sent nothing."""
    own = software.software()
    other = software.to_json(dataclasses.replace(own, versions={**own.versions, "keras": "3.14.0"}))
    client = pretended(bad=lambda content: ("result", other), good=None)
    ask(client)

    assert "bad" not in client.sent
    assert [[], []] == [trainer.missing(job) for job in PLAN]
    (line,) = told()
    assert line.startswith(f"worker bad: got keras 3.14.0, wanted {own.versions['keras']}; install it there")


def test_a_worker_that_joins_later_is_asked_and_used(ask, pretended, trainer):
    """The first one is gone by then, with the job that it was sent."""
    client = pretended(first=None)

    def answers(content):
        if b"software" in content:
            return process.answer(content)
        client.workers = {"second": process.answer}
        raise OSError("connection lost")

    client.workers["first"] = answers
    ask(client)

    assert ["first", "second", "second"] == client.sent
    assert [[], []] == [trainer.missing(job) for job in PLAN]


def test_a_cluster_without_workers_is_given_up(ask, pretended, monkeypatch):
    """After a while, in one line."""
    monkeypatch.setattr(asking, "SECONDS_WITHOUT_WORKERS", 0.3)
    with pytest.raises(Lost, match=r"^for 0 s it has had no worker that may train$"):
        ask(pretended())


def test_a_scheduler_that_is_gone_for_good_is_told(ask, pretended):
    """Once Dask has closed the connection."""
    client = pretended(one=None)
    client.status = "closed"
    with pytest.raises(Lost, match=r"^its scheduler is gone$"):
        ask(client)


def test_plain_keras_is_sent_too(ask, pretended, trainer, bits):
    """Seed by seed, with its seconds; a snapshot of the compiled loop in its place is refused."""
    from lstm_lab.training.plain_keras import fit

    plain = Job(TINY, (0,), (2, 4), Eligibility("for this test", False, ()))
    ask(pretended(one=None), [plain])
    wanted = list(fit.train(TINY, TINY.problem.samples(0), 0, (2, 4)))

    assert [bits(one) for one in wanted] == [bits(trainer.store.load(TINY, (0,), stop)) for stop in (2, 4)]
    assert [1] == [len(seconds) for seconds in trainer.plain_keras_seconds.values()]


def test_progress_is_told_while_the_cluster_trains(ask, pretended, trainer, monkeypatch):
    """How many of the jobs are done, and on how many processes."""
    lines = []

    def watched(content):
        lines.extend(progress.under_way(trainer.reporter.folder))
        return process.answer(content)

    ask(pretended(one=watched, two=watched))

    assert "on the cluster here, 2 processes: 0 of 2 done" in lines
