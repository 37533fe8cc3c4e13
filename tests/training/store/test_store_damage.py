"""Stored files that are not what they should be: refused, set aside, reported, trained anew."""

import dataclasses
import json
import pickle
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from kept import snapshot_of

from lstm_lab import Experiment, Regime, Windows, recurrent_classifier
from lstm_lab.training.execution.checked_store import open_store
from lstm_lab.training.store.snapshot import Snapshot
from lstm_lab.training.store.store import Store

TINY = Experiment("tiny", Windows(symbols="ABCD"), recurrent_classifier(2, 4), Regime(epochs=3))
SEEDS = (0, 1)
SNAPSHOT = snapshot_of(TINY, SEEDS)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store, as every process of a run opens it."""
    return open_store(tmp_path / "ensembles")


@pytest.fixture
def path(store: Store) -> Path:
    """The file of a kept snapshot."""
    store.save(TINY, SNAPSHOT)
    return store.path(TINY, SEEDS, 3)


def numbers(snapshot: Snapshot) -> list:
    """What a snapshot holds, comparable bit by bit."""
    arrays = [*snapshot.weights, *snapshot.moments, *snapshot.states, snapshot.losses]
    return [snapshot.seeds, snapshot.epoch, [(a.dtype, a.shape, a.tobytes()) for a in arrays]]


def truncated(path: Path) -> None:
    """The end is missing."""
    path.write_bytes(path.read_bytes()[:-200])


def emptied(path: Path) -> None:
    """Nothing is left."""
    path.write_bytes(b"")


def bit_flipped(path: Path) -> None:
    """One bit of one number is another."""
    content = bytearray(path.read_bytes())
    content[content.index(SNAPSHOT.losses.tobytes())] ^= 1
    path.write_bytes(content)


def resealed(path: Path) -> None:
    """Another number, in an archive that is sound in itself."""
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    arrays["losses"] = arrays["losses"] + 1
    with path.open("wb") as file:
        np.savez(file, **arrays)


def other_seeds(path: Path) -> None:
    """The header names other seeds than were trained."""
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    header = {**json.loads(arrays["header"].tobytes()), "seeds": [4, 5]}
    arrays["header"] = np.frombuffer(json.dumps(header).encode(), np.uint8)
    with path.open("wb") as file:
        np.savez(file, **arrays)


def another_experiment(path: Path) -> None:
    """A sound file of another training under this name."""
    other = Store(path.parent.parent / "other")
    other.save(TINY.but(shuffle="never"), SNAPSHOT)
    other.path(TINY.but(shuffle="never"), SEEDS, 3).replace(path)


def another_epoch(path: Path) -> None:
    """A sound file of another epoch under this name."""
    other = Store(path.parent.parent / "other")
    other.save(TINY, dataclasses.replace(SNAPSHOT, epoch=2))
    other.path(TINY, SEEDS, 2).replace(path)


def unreadable_method(path: Path) -> None:
    """An archive that claims a compression nobody knows, which NumPy reports in a way of its own."""
    content = bytearray(path.read_bytes())
    content[content.rindex(b"PK\x01\x02") + 10] = 77
    path.write_bytes(content)


def pickled(path: Path) -> None:
    """A pickle, which must never be loaded."""
    path.write_bytes(pickle.dumps({"weights": [1.0]}))


def pickled_inside(path: Path) -> None:
    """An archive with a pickled array."""
    with path.open("wb") as file:
        np.savez(file, header=np.array([{"key": "x"}], dtype=object))


def foreign_archive(path: Path) -> None:
    """A sound archive of something else."""
    with path.open("wb") as file:
        np.savez(file, some=np.zeros(3))


def a_folder(path: Path) -> None:
    """Not even a file."""
    path.unlink()
    path.mkdir()


def other_layout(path: Path) -> None:
    """A sound file under this name, checksum and all, that lacks one of the weights."""
    Store(path.parent).save(TINY, dataclasses.replace(SNAPSHOT, weights=SNAPSHOT.weights[:-1]))


NOT_STORED = "is not a stored ensemble"
OTHER = "holds another experiment than its name says"
CHECKSUM = "its numbers do not have the checksum they were stored with"
DAMAGED = {
    truncated: NOT_STORED,
    emptied: NOT_STORED,
    bit_flipped: NOT_STORED,
    resealed: CHECKSUM,
    other_seeds: OTHER,
    another_experiment: OTHER,
    another_epoch: OTHER,
    unreadable_method: NOT_STORED,
    pickled: NOT_STORED,
    pickled_inside: NOT_STORED,
    foreign_archive: NOT_STORED,
    other_layout: "its weights do not fit the network (got none, wanted float32[2, 4])",
    a_folder: "cannot be read (Is a directory)",
}


@pytest.mark.parametrize(("damage", "reason"), DAMAGED.items(), ids=[f.__name__.replace("_", " ") for f in DAMAGED])
def test_what_is_not_believed_is_set_aside(damage, reason, store, path) -> None:
    """It is as if the file were not there; it is kept beside, and one line says what, why and what follows."""
    damage(path)

    assert store.load(TINY, SEEDS, 3) is None
    assert [] == store.epochs(TINY, SEEDS)
    assert path.with_suffix(".refused").exists()
    (line,) = store.refused
    assert line.startswith(f"tiny, {path.name}: {reason}")
    assert line.endswith("; trained anew")
    assert "\n" not in line


def test_a_refused_file_makes_room(store, path) -> None:
    """After a file was set aside, the name is free for the ensemble trained anew."""
    truncated(path)
    store.load(TINY, SEEDS, 3)
    store.save(TINY, SNAPSHOT)

    assert numbers(SNAPSHOT) == numbers(store.load(TINY, SEEDS, 3))


@pytest.mark.parametrize("mask", [0x01, 0x10, 0x80, 0xFF], ids=["low", "middle", "high", "all"])
def test_no_damaged_byte_is_believed_or_raises(mask, store, path) -> None:
    """Whichever byte of a file is damaged, it is refused, or every number of it is as it was kept."""
    sound = path.read_bytes()
    loaded = []
    for position in range(0, len(sound), 3):
        damaged = bytearray(sound)
        damaged[position] ^= mask
        path.write_bytes(damaged)
        loaded.append(store.load(TINY, SEEDS, 3))
    believed = [numbers(snapshot) for snapshot in loaded if snapshot is not None]

    assert len(believed) < len(loaded) == len(store.refused) + len(believed)
    assert all(numbers(SNAPSHOT) == snapshot for snapshot in believed)


def test_an_archive_that_inflates_is_not_inflated(path: Path, store: Store) -> None:
    """A few bytes that become any number of them are refused by what the archive says of itself."""
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    with path.open("wb") as target:
        np.savez_compressed(target, **arrays, weights_999=np.zeros(2**26, np.int8))
    tracemalloc.start()
    try:
        assert store.load(TINY, SEEDS, 3) is None
        assert tracemalloc.get_traced_memory()[1] < 2**22
    finally:
        tracemalloc.stop()
    assert "is not a stored ensemble (ValueError)" in store.refused[0]
