"""Trained ensembles on disk: kept whole and bit by bit, shared between processes, told apart by runs."""

import dataclasses
import fcntl
import os
import time
from pathlib import Path

import numpy as np
import pytest
from kept import snapshot_of

from lstm_lab import Experiment, Regime, Windows, recurrent_classifier
from lstm_lab.training.errors import StoreError
from lstm_lab.training.store.snapshot import Snapshot
from lstm_lab.training.store.store import Store

TINY = Experiment("tiny", Windows(symbols="ABCD"), recurrent_classifier(2, 4, stateful=True), Regime(epochs=3))
SEEDS = (0, 1)

SNAPSHOT = snapshot_of(TINY, SEEDS)


def everything(snapshot: Snapshot) -> list:
    """What a snapshot holds, comparable bit by bit."""
    arrays = [*snapshot.weights, *snapshot.moments, *snapshot.states, snapshot.losses]
    counts = [len(snapshot.weights), len(snapshot.moments), len(snapshot.states)]
    return [snapshot.seeds, snapshot.epoch, counts, [(a.dtype, a.shape, a.tobytes()) for a in arrays]]


def test_what_is_kept_comes_back_bit_by_bit(store, path) -> None:
    """Shapes, types, signs of zero and NaN included."""
    assert everything(SNAPSHOT) == everything(store.load(TINY, SEEDS, 3))
    assert [] == store.refused


def test_a_store_says_what_it_has(store) -> None:
    """The epochs kept for some seeds rise, and are those of these seeds and this training only."""
    for epoch in (300, 20):
        store.save(TINY, dataclasses.replace(SNAPSHOT, epoch=epoch))
    store.save(TINY.but(shuffle="never"), dataclasses.replace(SNAPSHOT, epoch=5))
    store.save(TINY, dataclasses.replace(SNAPSHOT, seeds=(2, 3), epoch=7))

    assert [20, 300] == store.epochs(TINY, SEEDS)
    assert [20, 300] == store.epochs(TINY.but(epochs=9, name="other"), SEEDS)
    assert [7] == store.epochs(TINY, (2, 3))
    assert [] == store.epochs(TINY, (0, 2))


def test_an_empty_store_has_nothing(store) -> None:
    """Nothing kept is None, not an error, and nothing is made by asking."""
    assert (None, []) == (store.load(TINY, SEEDS, 3), store.epochs(TINY, SEEDS))
    assert not store.folder.exists()


def test_no_pickle_is_written(path) -> None:
    """Every array of a file is plain numbers that NumPy reads without pickle."""
    with np.load(path, allow_pickle=False) as file:
        assert not [name for name in file.files if file[name].dtype.hasobject]


def test_killed_while_writing(store, monkeypatch) -> None:
    """A process that dies before the renaming leaves nothing that is believed, and nothing in the way."""

    def killed(*_) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            store.save(TINY, SNAPSHOT)

    assert ([], None) == (store.epochs(TINY, SEEDS), store.load(TINY, SEEDS, 3))
    assert [] == list(store.folder.glob("*.npz"))
    store.save(TINY, SNAPSHOT)
    assert everything(SNAPSHOT) == everything(store.load(TINY, SEEDS, 3))


def test_a_fresh_run_uses_its_own_files_only(store, path) -> None:
    """Whatever the clock says: it sees only what it has written itself, and harms nothing older."""
    os.utime(path, (time.time() + 10**6,) * 2)
    fresh = Store(store.folder, fresh="a run")

    assert ([], None, False) == (fresh.epochs(TINY, SEEDS), fresh.load(TINY, SEEDS, 3), fresh.is_usable(path))
    assert [] == fresh.refused
    fresh.save(TINY, SNAPSHOT)
    os.utime(path, (0, 0))
    for same in (fresh, Store(store.folder, fresh="a run"), store):
        assert [3] == same.epochs(TINY, SEEDS)
        assert everything(SNAPSHOT) == everything(same.load(TINY, SEEDS, 3))
    assert not Store(store.folder, fresh="a later run").is_usable(path)


def test_two_fresh_runs_do_not_take_turns_for_ever(store, path) -> None:
    """What one writes over the other's file counts for both: both have trained it."""
    one, other = Store(store.folder, fresh="one"), Store(store.folder, fresh="other")
    one.save(TINY, SNAPSHOT)
    assert not other.is_usable(path)
    other.save(TINY, SNAPSHOT)

    assert one.is_usable(path)
    assert other.is_usable(path)


@pytest.mark.parametrize(
    ("use", "what"),
    [
        (lambda store: store.save(TINY, SNAPSHOT), "cannot keep {name} (Not a directory)"),
        (lambda store: store.lock(TINY, SEEDS, wait=False).__enter__(), "cannot be written to (Not a directory)"),
    ],
    ids=["keeping", "locking"],
)
def test_an_unusable_folder_is_one_clear_line(use, what, tmp_path) -> None:
    """It says which folder, what could not be done and why, and what to do about it."""
    (tmp_path / "file").write_text("in the way")
    store = Store(tmp_path / "file" / "ensembles")

    with pytest.raises(StoreError) as error:
        use(store)

    told = what.format(name=store.path(TINY, SEEDS, 3).name)
    assert (
        f"store {store.folder}: {told}; wanted a writable folder with room for it: "
        "free some space, or name another folder with --evidence"
    ) == str(error.value)


def test_a_disk_that_fills_leaves_nothing_half_written(store, monkeypatch) -> None:
    """Without room for the file there is one clear line, and neither the file nor its temporary name."""

    def full(self, content) -> None:
        self.open("wb").close()
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as context:
        context.setattr(Path, "write_bytes", full)
        with pytest.raises(StoreError, match="No space left on device"):
            store.save(TINY, SNAPSHOT)

    assert [] == list(store.folder.iterdir())


def test_one_lock_per_training(store) -> None:
    """While one holder trains some seeds nobody else gets them; other seeds and trainings are free."""
    with store.lock(TINY, SEEDS, wait=False) as mine:
        with store.lock(TINY, SEEDS, wait=False) as again:
            taken = mine, again
        with (
            store.lock(TINY, (2, 3), wait=False) as others,
            store.lock(TINY.but(batch_size=3), SEEDS, wait=True) as more,
        ):
            free = others, more
    with store.lock(TINY, SEEDS, wait=True) as released:
        pass

    assert ((True, False), (True, True), True) == (taken, free, released)


def test_the_lock_is_the_kernels(store) -> None:
    """It is held on an open file, so it ends with its holder, however that ends."""
    with store.lock(TINY, SEEDS, wait=False):
        (file,) = store.folder.glob("*.lock")
    with file.open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with store.lock(TINY, SEEDS, wait=False) as mine:
            assert not mine
