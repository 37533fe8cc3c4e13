"""How many trainings of a plan are left, and for how long, told to whoever does not know the plan."""

import pytest
from kept import snapshot_of

from lstm_lab import Experiment, Regime, Windows, recurrent_classifier
from lstm_lab.training.execution.progress import Reporter
from lstm_lab.training.execution.remaining import FILE, remaining_lines, write_plan
from lstm_lab.training.planning.cost_model import Rates
from lstm_lab.training.planning.forecast import planned_trainings
from lstm_lab.training.planning.jobs import plan_jobs
from lstm_lab.training.store.store import Store

TINY = Experiment("tiny", Windows(symbols="ABCD"), recurrent_classifier(2, 4), Regime(epochs=4))
OTHER = TINY.but(name="other", shuffle="never", checkpoints=(2,))
PLAN = plan_jobs([(TINY, 0), (OTHER, 0)])
BLOCK = tuple(range(10))
RATES = Rates(starting=10.0, compiling=5.0)


@pytest.fixture
def left(store, tmp_path):
    """The line for so many processes, after the plan was left."""
    write_plan(tmp_path, store, planned_trainings(PLAN, store, RATES), RATES.compiling)
    return lambda processes=1: remaining_lines(tmp_path, store, processes)


def test_nothing_done_yet(left) -> None:
    """As a forecast has it: two trainings of ten seconds, and a program of five for each process."""
    assert ["2 of 2 trainings left, about 25 s"] == left()
    assert ["2 of 2 trainings left, about 15 s"] == left(processes=2)


def test_what_is_kept_is_done(left, store) -> None:
    """A training is left until the last of its epochs is kept, whoever trained it."""
    store.save(TINY, snapshot_of(TINY, BLOCK))
    one, before = left(), OTHER.but(epochs=2, checkpoints=())
    store.save(before, snapshot_of(before, BLOCK))
    half = left()
    store.save(OTHER, snapshot_of(OTHER, BLOCK))

    assert ["1 of 2 trainings left, about 15 s"] == one == half
    assert [] == left()


def test_what_is_under_way_takes_what_it_says(left, tmp_path) -> None:
    """Its own progress is nearer to the truth than the forecast."""
    with Reporter(tmp_path).training("tiny", BLOCK, start=0, stop=4):
        (path,) = tmp_path.glob("*.json")
        compiling = left()
        path.write_text(path.read_text().replace('"left": null', '"left": 2.0'))

        assert ["2 of 2 trainings left, about 25 s"] == compiling
        assert ["2 of 2 trainings left, about 17 s"] == left()


def test_what_was_stored_before_a_fresh_run_is_not_done(left, store, tmp_path) -> None:
    """It is trained anew, so it is left."""
    store.save(TINY, snapshot_of(TINY, BLOCK))
    fresh = Store(store.folder, fresh="this run")

    assert ["2 of 2 trainings left, about 25 s"] == remaining_lines(tmp_path, fresh, 1)


def test_no_plan_no_line(store, tmp_path) -> None:
    """Neither where none was left, nor where one is torn, nor where it cannot be left."""
    none = remaining_lines(tmp_path, store, 1)
    (tmp_path / FILE).write_text('{"compiling": 5.0, "trai')
    for damaged in ("[]", '{"compiling": 5.0}', '{"compiling": 5.0, "trainings": [{"name": "tiny"}]}'):
        (tmp_path / FILE).write_text(damaged)
        assert none == remaining_lines(tmp_path, store, 1)
    write_plan(tmp_path / FILE, store, planned_trainings(PLAN, store, RATES), RATES.compiling)

    assert [] == none == remaining_lines(tmp_path, store, 1)
