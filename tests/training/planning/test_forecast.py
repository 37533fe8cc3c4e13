"""What a plan would train, what it would load, and how long that takes; known before anything is trained."""

from dataclasses import astuple

import pytest
from kept import snapshot_of

from lstm_lab import Experiment, Regime, Windows, recurrent_classifier
from lstm_lab.training.execution.checked_store import open_store
from lstm_lab.training.execution.progress import Reporter
from lstm_lab.training.execution.trainer import Trainer
from lstm_lab.training.experiment import Eligibility
from lstm_lab.training.planning.cost_model import Rates
from lstm_lab.training.planning.eligibilities import eligibility_of
from lstm_lab.training.planning.forecast import (
    MOST_LINES,
    PlannedTraining,
    Workload,
    duration,
    forecast_lines,
    planned_trainings,
    seconds_of_each_seed,
    share_out,
)
from lstm_lab.training.planning.jobs import Job, plan_jobs

TINY = Experiment("tiny", Windows(symbols="ABCD"), recurrent_classifier(2, 4), Regime(epochs=4))
WIDE = TINY.but(name="wide", network=recurrent_classifier(3, 4))
BLOCK = tuple(range(10))
RATES = Rates(starting=1.0, compiling=10.0)


def told(wanted, store, processes=1, **options):
    """The lines about these experiments, each with its seeds."""
    return list(forecast_lines(plan_jobs(wanted), store, RATES, processes, **options))


def test_nothing_stored(store):
    """Blocks of which the same epochs are missing share a line; the totals count ensembles and trainings."""
    lines = told([(TINY.but(epochs=9, checkpoints=(4,)), seed) for seed in (0, 12, 35)], store)

    assert "to train: 6 ensembles in 3 trainings; to load: 0 ensembles" == lines[0]
    assert lines[1].startswith("  about 3.0 s of computing and 10 s of compiling 1 program: 13 s with 1 process, if ")
    assert "     3.0 s  tiny, 9 epochs: seeds 0 to 19, 30 to 39" == lines[-1]


def test_what_is_stored_is_loaded_or_gone_on_from(store):
    """A block that is complete is loaded; a longer training goes on from a shorter one."""
    store.save(TINY, snapshot_of(TINY, BLOCK))
    complete, longer = told([(TINY, 0)], store), told([(TINY, 0), (TINY.but(epochs=9), 0)], store)

    assert ["to train: nothing; to load: 1 ensemble"] == complete
    assert "to train: 1 ensemble in 1 training; to load: 1 ensemble" == longer[0]
    assert longer[-1].endswith("  tiny, 9 epochs, 5 of them more after 4: seeds 0 to 9")


def test_a_stored_end_does_not_spare_a_missing_checkpoint(store):
    """As the trainer does it: from the latest epoch before the first that is missing."""
    store.save(TINY, snapshot_of(TINY, BLOCK))
    (found,) = planned_trainings(plan_jobs([(TINY.but(epochs=4, checkpoints=(2,)), 0)]), store, RATES)

    assert ((4,), (2,), 0) == (found.stored, found.missing, found.start)


def test_more_seeds_train_only_the_missing_blocks(store):
    """Sixty seeds after thirty: foretold and done alike, and nothing stored is touched."""
    Trainer(store, Reporter()).run_jobs(plan_jobs((TINY, seed) for seed in range(30)))
    before = {path.name: path.read_bytes() for path in store.folder.glob("*.npz")}
    plan = plan_jobs((TINY, seed) for seed in range(60))
    missing = [one.job.seeds for one in planned_trainings(plan, store, RATES) if one.missing]
    later = Trainer(open_store(store.folder), Reporter())
    later.run_jobs(plan)

    assert [tuple(range(first, first + 10)) for first in (30, 40, 50)] == missing
    assert 3 == len(later.trained)
    assert before == {name: (store.folder / name).read_bytes() for name in before}
    assert 6 == len(list(store.folder.glob("*.npz")))


def test_processes_share_the_work_and_compile_each_for_itself():
    """The dearest first to whoever is free; a program is compiled once in every process that needs it."""
    found = [
        PlannedTraining(Job(TINY, tuple(range(seed, seed + 10)), (4,), eligibility_of(TINY)), (), 0, 8.0)
        for seed in (0, 10)
    ]
    found += [
        PlannedTraining(Job(WIDE, BLOCK, (4,), eligibility_of(WIDE)), (), 0, 2.0),
        PlannedTraining(Job(WIDE, BLOCK, (4,), eligibility_of(WIDE)), (4,), 4, 0.0),
    ]

    assert Workload(18.0, 20.0, 2, 38.0) == share_out(found, 1, 10.0)
    assert Workload(18.0, 30.0, 3, 30.0) == share_out(found, 2, 10.0)


def test_each_seed_of_plain_keras_starts_anew():
    """No program is compiled for it; what its model takes to compile is part of each seed, and is told."""
    plain = Eligibility("dropout", False, (9,))
    jobs = [Job(TINY.but(epochs=epochs), (7,), (epochs,), plain) for epochs in (4, 4000)]
    found = [PlannedTraining(jobs[0], (), 0, RATES.seconds(jobs[0], 4)) for _ in range(6)]
    short, long = map(seconds_of_each_seed, jobs)

    assert pytest.approx((6 * 0.636, 0.0, 0, 3 * 0.636)) == astuple(share_out(found, 2, 10.0))
    assert ("about 0.6 s for each seed, most of it compiling its model", "about 37 s for each seed") == (short, long)


def test_many_trainings_are_cut_short_unless_asked_for(store):
    """The dearest are listed, the others counted."""
    wanted = [(TINY.but(epochs=epochs, batch_size=1, reset=epochs), 0) for epochs in range(1, MOST_LINES + 5)]

    assert "  ... and 4 cheaper ones, which -v lists" == told(wanted, store)[-1]
    assert 3 + len(wanted) == len(told(wanted, store, in_full=True))


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.42, "0.4 s"), (9.97, "10 s"), (99.4, "99 s"), (100, "1.7 min"), (9000, "2.5 h")]
)
def test_durations(seconds, text):
    """Two digits, and the unit in which they say something."""
    assert text == duration(seconds)
