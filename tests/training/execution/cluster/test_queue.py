"""What is sent next, and to which worker."""

from lstm_lab import Experiment, Regime, Windows, recurrent_classifier
from lstm_lab.training.execution.cluster.queue import Queue
from lstm_lab.training.planning.jobs import plan_jobs

TINY = Experiment("tiny", Windows(symbols="ABCD"), recurrent_classifier(2, 4), Regime(epochs=40))
OTHER = TINY.but(name="other", network=recurrent_classifier(3, 4), epochs=20)
# Two programs: of three blocks, and of two that are cheaper.
PLAN = plan_jobs([*((TINY, seed) for seed in (0, 10, 20)), *((OTHER, seed) for seed in (0, 10))])
FIRST, SECOND = (job.program for job in (PLAN[0], PLAN[-1]))


def names(tasks):
    """Experiment and first seed of each task."""
    return [(task.job.experiment.name, task.job.seeds[0]) for task in tasks]


def test_the_dearest_first():
    """To a worker that has compiled nothing, while no other has: in the order of the plan."""
    queue = Queue(PLAN)

    assert [("tiny", 0), ("tiny", 10), ("tiny", 20), ("other", 0), ("other", 10)] == names(
        queue.take((), ()) for _ in PLAN
    )
    assert 0 == len(queue)
    assert queue.take((), ()) is None


def test_a_worker_stays_with_its_program():
    """It goes on with what it has compiled, also where something else is dearer."""
    queue = Queue(PLAN)

    assert [("other", 0), ("other", 10), ("tiny", 0)] == names(queue.take({SECOND}, {FIRST}) for _ in range(3))


def test_two_workers_take_two_programs():
    """The second worker leaves the dearest job to the one that has its program, and helps when nothing else is left."""
    queue = Queue(PLAN)
    first = queue.take((), ())

    assert [("tiny", 0)] == names([first])
    assert [("other", 0), ("other", 10), ("tiny", 10)] == names(queue.take({SECOND}, {FIRST}) for _ in range(3))


def test_what_is_put_back_comes_next():
    """Not at the end: it was dearer than what is left of its program."""
    queue = Queue(PLAN)
    lost = queue.take((), ())
    queue.take({FIRST}, ())
    queue.put_back(lost)

    assert 4 == len(queue)
    assert lost is queue.take({FIRST}, ())
