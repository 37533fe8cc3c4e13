"""How much of a plan of trainings is left, told to whoever does not know the plan."""

import pytest
from kept import snapshot_of

from lstm_lab import Experiment, Regime, Windows, recurrent_classifier
from lstm_lab.training.execution.progress import Reporter
from lstm_lab.training.execution.remaining import FILE, Remaining, remaining, write_plan
from lstm_lab.training.planning.cost_model import Rates
from lstm_lab.training.planning.forecast import planned_trainings
from lstm_lab.training.planning.jobs import plan_jobs
from lstm_lab.training.store.store import Store

TINY = Experiment("tiny", Windows(symbols="ABCD"), recurrent_classifier(2, 4), Regime(epochs=4))
OTHER = TINY.but(name="other", shuffle="never", checkpoints=(2,))
PLAN = plan_jobs([(TINY, 0), (OTHER, 0)])
BLOCK = tuple(range(10))
RATES = Rates(starting=10.0, compiling=5.0)
ALL = Remaining(trainings=2, of=2, stored=0, seconds=pytest.approx(25, 0.01), planned=pytest.approx(25, 0.01))


@pytest.fixture
def left(store, tmp_path):
    """What is left for so many processes, after the plan was written."""
    write_plan(tmp_path, store, planned_trainings(PLAN, store, RATES), RATES.compiling)
    return lambda processes=1: remaining(tmp_path, store, processes)


def test_nothing_done_yet(left) -> None:
    """As a forecast has it: two trainings of ten seconds, and a program of five for each process."""
    assert ALL == left()
    assert (2, pytest.approx(15, 0.01)) == (left(processes=2).trainings, left(processes=2).seconds)


def test_what_is_kept_is_done(left, store) -> None:
    """A training is left until the last of its epochs is kept, whoever trained it; what was planned stays."""
    store.save(TINY, snapshot_of(TINY, BLOCK))
    one, before = left(), OTHER.but(epochs=2, checkpoints=())
    store.save(before, snapshot_of(before, BLOCK))
    half = left()
    store.save(OTHER, snapshot_of(OTHER, BLOCK))

    assert (1, 2, pytest.approx(15, 0.01), pytest.approx(25, 0.01)) == (one.trainings, one.of, one.seconds, one.planned)
    assert one == half
    assert (0, 0.0, pytest.approx(25, 0.01)) == (left().trainings, left().seconds, left().planned)


def test_what_is_under_way_counts_by_its_epochs(left, tmp_path) -> None:
    """Of a training at its third epoch of four a quarter is left, whatever its progress says of seconds."""
    with Reporter(tmp_path).training("tiny, 4 epochs", BLOCK, start=0, stop=4):
        (path,) = tmp_path.glob("*.json")
        compiling = left()
        path.write_text(path.read_text().replace('"epoch": 0', '"epoch": 3').replace('"left": null', '"left": 9999.0'))

        assert ALL == compiling
        assert pytest.approx(10 + 2.5 + 5, 0.01) == left().seconds


def test_a_continued_training_counts_from_where_it_goes_on(store, tmp_path) -> None:
    """Half of what is trained now is half of its seconds, though most epochs were stored before."""
    store.save(TINY, snapshot_of(TINY, BLOCK))
    longer = plan_jobs([(TINY.but(epochs=8, name="tiny"), 0)])
    write_plan(tmp_path, store, planned_trainings(longer, store, RATES), RATES.compiling)
    with Reporter(tmp_path).training("tiny, 8 epochs", BLOCK, start=4, stop=8):
        (path,) = tmp_path.glob("*.json")
        path.write_text(path.read_text().replace('"epoch": 4', '"epoch": 6'))

        assert pytest.approx(5 + 5, 0.01) == remaining(tmp_path, store, 1).seconds


def test_what_was_stored_before_is_not_of_the_plan(store, tmp_path) -> None:
    """It is only loaded; in a fresh run it is trained anew, so it is left."""
    store.save(TINY, snapshot_of(TINY, BLOCK))
    fresh = Store(store.folder, fresh="this run")
    write_plan(tmp_path, store, planned_trainings(PLAN, store, RATES), RATES.compiling)
    some = remaining(tmp_path, store, 1)
    (tmp_path / FILE).unlink()
    write_plan(tmp_path, fresh, planned_trainings(PLAN, fresh, RATES), RATES.compiling)

    assert (1, 1, 1) == (some.trainings, some.of, some.stored)
    assert ALL == remaining(tmp_path, fresh, 1)


def test_the_first_process_writes_the_plan(left, store, tmp_path) -> None:
    """One that comes later misses less, and the plan would seem smaller than it was."""
    store.save(TINY, snapshot_of(TINY, BLOCK))
    write_plan(tmp_path, store, planned_trainings(PLAN, store, RATES), RATES.compiling)

    assert (1, 2, 0) == (left().trainings, left().of, left().stored)


def test_no_plan_nothing_left(store, tmp_path) -> None:
    """Neither where none was written, nor where one is torn, nor where it cannot be written."""
    none = remaining(tmp_path, store, 1)
    (tmp_path / FILE).write_text('{"compiling": 5.0, "trai')
    for damaged in ("[]", '{"compiling": 5.0}', '{"compiling": 5.0, "trainings": [{"name": "tiny"}]}'):
        (tmp_path / FILE).write_text(damaged)
        assert none is remaining(tmp_path, store, 1)
    write_plan(tmp_path / FILE, store, planned_trainings(PLAN, store, RATES), RATES.compiling)

    assert None is none is remaining(tmp_path, store, 1)
