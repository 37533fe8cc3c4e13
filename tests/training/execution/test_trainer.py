"""Who trains what, when: continued trainings, and work shared between processes."""

import contextlib
import os
from pathlib import Path

import pytest

from lstm_lab import Experiment, Regime, Windows, recurrent_classifier
from lstm_lab.files import write_bytes
from lstm_lab.training.execution import trainer as trainer_module
from lstm_lab.training.execution.checked_store import open_store
from lstm_lab.training.execution.progress import Reporter, under_way
from lstm_lab.training.execution.trainer import Trainer
from lstm_lab.training.planning.jobs import plan_jobs
from lstm_lab.training.store import store as store_module
from lstm_lab.training.store.store import Store

TINY = Experiment("tiny", Windows(symbols="ABCD"), recurrent_classifier(2, 4), Regime(epochs=4))
OTHER = TINY.but(name="other", shuffle="never")
BLOCK = tuple(range(10))


def trainer_of(store: Store, folder: Path | None = None) -> Trainer:
    """A trainer that remembers nothing, as in a process of its own."""
    return Trainer(open_store(store.folder), Reporter(folder))


def epochs_of(ids: list[str]) -> list[str]:
    """The epochs of trained or loaded ensembles."""
    return [one.rpartition("-")[2] for one in ids]


@pytest.fixture(scope="module")
def uninterrupted(snapshots):
    """The ten seeds of an experiment, trained without trainer or store."""
    return lambda experiment: snapshots(experiment, BLOCK)[-1]


def test_a_seed_shows_the_same_whatever_else_is_asked_for(store, tmp_path, uninterrupted, bits) -> None:
    """The weights of a seed are the same bits when it is asked for alone and among many, in any order."""
    alone = trainer_of(store).member(TINY, 3)
    many = trainer_of(open_store(tmp_path / "elsewhere"))
    among = [many.member(TINY, seed) for seed in (12, 5, 3)][-1]

    assert [w.tobytes() for w in alone.weights] == [w.tobytes() for w in among.weights]
    assert bits(uninterrupted(TINY)) == bits(alone.ensemble.snapshot)


def test_trained_once_then_remembered_then_loaded(store, bits) -> None:
    """A process trains what nobody has, remembers it, and another process loads it."""
    first, second = trainer_of(store), trainer_of(store)
    ensemble = first.ensemble(TINY, BLOCK)

    assert ensemble is first.member(TINY, 7).ensemble
    assert bits(ensemble.snapshot) == bits(second.ensemble(TINY, BLOCK).snapshot)
    assert (["4"], []) == (epochs_of(first.trained), epochs_of(first.loaded))
    assert ([], ["4"]) == (epochs_of(second.trained), epochs_of(second.loaded))


def test_a_clock_that_is_behind_lets_nothing_be_trained_again(store, monkeypatch) -> None:
    """A fresh run knows its own files, also where the file system dates them long before its start."""

    def dated(path: Path, content: bytes) -> None:
        write_bytes(path, content)
        os.utime(path, (1000, 1000))

    monkeypatch.setattr(store_module, "write_bytes", dated)
    fresh = Trainer(open_store(store.folder, "this run"), Reporter())
    done = fresh.run_jobs(plan_jobs([(TINY, 0), (OTHER, 0)]), enough=lambda: len(fresh.trained) > 2)
    fresh.member(TINY, 3)

    assert done
    assert (["4", "4"], ["4"]) == (epochs_of(fresh.trained), epochs_of(fresh.loaded))


def test_what_was_not_asked_for_longest_is_forgotten(store, monkeypatch) -> None:
    """No more ensembles are remembered than a suite asks for again; a forgotten one is loaded once more."""
    monkeypatch.setattr(trainer_module, "MOST_IN_MEMORY", 2)
    trainer = trainer_of(store)
    first = trainer.ensemble(TINY, BLOCK)
    trainer.ensemble(OTHER, BLOCK)
    again = trainer.ensemble(TINY, BLOCK)
    trainer.ensemble(TINY.untrained, BLOCK)  # OTHER is the one to go
    before = list(trainer.loaded)
    trainer.ensemble(TINY, BLOCK)
    kept = list(trainer.loaded)
    trainer.ensemble(OTHER, BLOCK)

    assert first is again
    assert [] == before == kept
    assert ["4"] == epochs_of(trainer.loaded)


def test_one_training_under_two_names(store) -> None:
    """Names are for people: the same training under another name is not trained again."""
    trainer_of(store).ensemble(TINY, BLOCK)
    again = trainer_of(store)
    again.ensemble(TINY.but(name="another"), BLOCK)

    assert [] == again.trained


def test_untrained_models_are_never_kept(store) -> None:
    """Initial weights cost little, so they are neither stored nor counted."""
    trainer = trainer_of(store)

    assert 0 == trainer.ensemble(TINY.untrained, BLOCK).snapshot.epoch
    assert ([], []) == (trainer.trained, trainer.loaded)
    assert [] == list(store.folder.glob("*.npz"))


def test_checkpoints_beyond_the_end_are_not_reached(store) -> None:
    """An experiment stopped before its checkpoints is trained to its own end."""
    assert 4 == trainer_of(store).ensemble(TINY.but(checkpoints=(2, 9)), BLOCK).snapshot.epoch
    assert [2, 4] == store.epochs(TINY, BLOCK)


def test_longer_trainings_go_on_from_shorter_ones(store, monkeypatch, uninterrupted, bits) -> None:
    """What is stored is not trained again: the rest is, with the bits of a training never interrupted."""
    from lstm_lab.training.execution import block_training

    trainer_of(store).ensemble(TINY, BLOCK)
    starts, train = [], block_training.train

    def watched(*arguments, start=None, **settings):
        starts.append(start.epoch if start else 0)
        return train(*arguments, start=start, **settings)

    monkeypatch.setattr(block_training, "train", watched)
    longer = trainer_of(store).ensemble(TINY.but(epochs=9), BLOCK)

    assert [4] == starts
    assert bits(uninterrupted(TINY.but(epochs=9))) == bits(longer.snapshot)


def test_a_refused_file_is_trained_anew(store, uninterrupted, bits) -> None:
    """A damaged file costs time, never a number: it is reported and replaced."""
    trainer_of(store).ensemble(TINY, BLOCK)
    store.path(TINY, BLOCK, 4).write_bytes(b"damaged")
    again, after = trainer_of(store), trainer_of(store)

    assert bits(uninterrupted(TINY)) == bits(again.ensemble(TINY, BLOCK).snapshot)
    assert (["4"], 1) == (epochs_of(again.trained), len(again.store.refused))
    assert bits(uninterrupted(TINY)) == bits(after.ensemble(TINY, BLOCK).snapshot)
    assert ([], ["4"], []) == (after.trained, epochs_of(after.loaded), after.store.refused)


def test_working_off_a_plan(store) -> None:
    """Each job is done once, whoever works; a second worker finds nothing left."""
    plan = plan_jobs([(TINY, 0), (OTHER, 0), (TINY.but(epochs=9), 0)])
    first, second = trainer_of(store), trainer_of(store)
    first.run_jobs(plan)
    second.run_jobs(plan)

    assert ["4", "4", "9"] == sorted(epochs_of(first.trained))
    assert [] == second.trained
    assert ([4, 9], [4]) == (store.epochs(TINY, BLOCK), store.epochs(OTHER, BLOCK))


class Elsewhere:
    """Another process that is training something, as seen from here: it holds the lock until it is done or dies."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.held: dict[str, contextlib.ExitStack] = {}

    def begins(self, experiment: Experiment) -> None:
        """Take the lock."""
        self.held[experiment.name] = contextlib.ExitStack()
        assert self.held[experiment.name].enter_context(self.store.lock(experiment, BLOCK, wait=False))

    def ends(self, experiment: Experiment, snapshot=None) -> None:
        """Give the lock back, with a snapshot kept or without."""
        if snapshot is not None:
            self.store.save(experiment, snapshot)
        self.held.pop(experiment.name).close()


def test_what_another_process_trains_is_waited_for(store, monkeypatch, uninterrupted, bits) -> None:
    """It is not trained a second time: other jobs are done, then it is loaded once the other process has it."""
    elsewhere, here = Elsewhere(store), trainer_of(store)
    elsewhere.begins(TINY)
    here.run_jobs(plan_jobs([(TINY, 0), (OTHER, 0)]))
    waits = []

    def waited(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            elsewhere.ends(TINY, uninterrupted(TINY))

    monkeypatch.setattr(trainer_module.time, "sleep", waited)

    assert [4] == store.epochs(OTHER, BLOCK)
    assert bits(uninterrupted(TINY)) == bits(here.ensemble(TINY, BLOCK).snapshot)
    assert 3 == len(waits)
    assert (1, 1) == (len(here.trained), len(here.loaded))


def test_other_jobs_are_done_while_waiting(store, monkeypatch, uninterrupted) -> None:
    """Whoever waits for one training does what has become free of the plan meanwhile."""
    elsewhere, here = Elsewhere(store), trainer_of(store)
    elsewhere.begins(TINY)
    elsewhere.begins(OTHER)
    here.run_jobs(plan_jobs([(TINY, 0), (OTHER, 0)]))
    before = list(here.trained)
    elsewhere.ends(OTHER)
    monkeypatch.setattr(trainer_module.time, "sleep", lambda _: elsewhere.ends(TINY, uninterrupted(TINY)))
    here.ensemble(TINY, BLOCK)

    assert [] == before
    assert [4] == store.epochs(OTHER, BLOCK)
    assert (1, 1) == (len(here.trained), len(here.loaded))


def test_a_process_that_dies_is_taken_over(store, monkeypatch, uninterrupted, bits) -> None:
    """When the process that was training is gone and has kept nothing, the training is done here."""
    elsewhere, here = Elsewhere(store), trainer_of(store)
    elsewhere.begins(TINY)
    monkeypatch.setattr(trainer_module.time, "sleep", lambda _: elsewhere.ends(TINY))

    assert bits(uninterrupted(TINY)) == bits(here.ensemble(TINY, BLOCK).snapshot)
    assert (["4"], []) == (epochs_of(here.trained), here.loaded)


def test_training_shows_under_way(store, tmp_path, monkeypatch) -> None:
    """While an ensemble trains, its progress can be seen; afterwards nothing is left of it."""
    folder, seen, save = tmp_path / "progress", [], Store.save

    def watched(self, experiment, snapshot):
        seen.extend(under_way(folder))
        save(self, experiment, snapshot)

    monkeypatch.setattr(Store, "save", watched)
    trainer_of(store, folder).ensemble(TINY, BLOCK)

    assert 1 == len(seen)
    assert seen[0].startswith("tiny, 4 epochs, seeds 0-9: epoch ")
    assert [] == under_way(folder)


@pytest.mark.parametrize(
    "use",
    [lambda trainer: trainer.run_jobs(plan_jobs([(TINY, 0)])), lambda trainer: trainer.ensemble(TINY, BLOCK)],
    ids=["working off a plan", "asking for an ensemble"],
)
def test_what_was_finished_a_moment_ago_is_not_trained_again(use, store, monkeypatch, uninterrupted) -> None:
    """A process that gets the lock looks once more: its last holder may have kept what is wanted."""
    lock = Store.lock

    def finished_just_now(self, experiment, seeds, *, wait):
        store.save(experiment, uninterrupted(experiment))
        return lock(self, experiment, seeds, wait=wait)

    monkeypatch.setattr(Store, "lock", finished_just_now)
    here = trainer_of(store)
    use(here)

    assert [] == here.trained
