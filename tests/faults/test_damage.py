"""Stored ensembles that were damaged or forged: refused, said so, trained anew; and nothing in a store is ever run."""

import dataclasses
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import tiny
from laboratory import Laboratory, Undisturbed

from lstm_lab import Experiment
from lstm_lab.training.store.store import Store

Damage = Callable[[Store, Experiment, int], None]


def bit_flipped(store: Store, experiment: Experiment, epoch: int) -> None:
    """One bit of one number is another."""
    path = store.path(experiment, tiny.BLOCK, epoch)
    content = bytearray(path.read_bytes())
    content[content.index(store.load(experiment, tiny.BLOCK, epoch).losses.tobytes())] ^= 4
    path.write_bytes(content)


def truncated(store: Store, experiment: Experiment, epoch: int) -> None:
    """The second half is missing."""
    path = store.path(experiment, tiny.BLOCK, epoch)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


class Trap:
    """Loading its pickle writes a file."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        """What unpickling calls."""
        return Path.write_text, (self.marker, "run by whoever loaded it")


def pickled(store: Store, experiment: Experiment, epoch: int) -> None:
    """A pickle that does something when it is loaded."""
    trap = pickle.dumps(Trap(store.folder / "marker"))
    store.path(experiment, tiny.BLOCK, epoch).write_bytes(trap)


def pickled_inside(store: Store, experiment: Experiment, epoch: int) -> None:
    """A sound archive, one array of which is such a pickle."""
    path = store.path(experiment, tiny.BLOCK, epoch)
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    arrays["weights_000"] = np.array([Trap(store.folder / "marker")], dtype=object)
    with path.open("wb") as file:
        np.savez(file, **arrays)


def not_finite(group: str, value: float) -> Damage:
    """A sound file, checksum and all, in which one number of a seed with finite losses is not finite."""

    def damage(store: Store, experiment: Experiment, epoch: int) -> None:
        snapshot = store.load(experiment, tiny.BLOCK, epoch)
        arrays = [array.copy() for array in getattr(snapshot, group)]
        next(array for array in arrays if array.ndim)[3].flat[0] = value
        store.save(experiment, dataclasses.replace(snapshot, **{group: arrays}))

    return damage


def changed(**changes: Callable[[list], list]) -> Damage:
    """A sound file, checksum and all, whose arrays are not those that a training of this network leaves."""

    def damage(store: Store, experiment: Experiment, epoch: int) -> None:
        snapshot = store.load(experiment, tiny.BLOCK, epoch)
        other = {group: change(getattr(snapshot, group)) for group, change in changes.items()}
        store.save(experiment, dataclasses.replace(snapshot, **other))

    return damage


def wider(arrays: list) -> list:
    """The same arrays, each one column wider."""
    return [np.concatenate([array, array[..., :1]], axis=-1) if array.ndim > 1 else array for array in arrays]


def doubled(arrays: list) -> list:
    """The same numbers in a longer type."""
    return [array.astype(np.float64) for array in arrays]


ARCHIVE = "is not a stored ensemble"
FINITE = "seed 3 is no longer made of finite numbers, though its losses are"
FIT = "do not fit the network"
DAMAGES = [
    ("bit flipped", bit_flipped, ARCHIVE),
    ("truncated", truncated, ARCHIVE),
    ("pickled", pickled, ARCHIVE),
    ("pickled inside", pickled_inside, ARCHIVE),
    ("nan among weights", not_finite("weights", np.nan), FINITE),
    ("infinity among weights", not_finite("weights", -np.inf), FINITE),
    ("nan among states", not_finite("states", np.nan), FINITE),
    ("nan among moments", not_finite("moments", np.nan), FINITE),
    ("wider weights", changed(weights=wider), f"its weights {FIT} (got float32[10, 1, 9], wanted float32[10, 1, 8])"),
    (
        "longer weights",
        changed(weights=doubled),
        f"its weights {FIT} (got float64[10, 1, 8], wanted float32[10, 1, 8])",
    ),
    ("few weights", changed(weights=lambda all: all[:-1]), f"its weights {FIT} (got none, wanted float32[10, 4])"),
    ("wider moments", changed(moments=wider), f"its moments {FIT}"),
    ("no states", changed(states=lambda all: []), f"its states {FIT} (got none, wanted float32[10, 1, 2])"),
    ("few losses", changed(losses=lambda all: all[:, :-1]), "its losses do not fit its epochs (got float32[10, 5])"),
]


@pytest.mark.parametrize(("damage", "reason"), [rest for _, *rest in DAMAGES], ids=[name for name, *_ in DAMAGES])
def test_what_no_training_left_is_refused(damage: Damage, reason: str, stocked: Laboratory) -> None:
    """A file that really was trained and then damaged or forged is refused in one line, set aside, and never run."""
    store = stocked.store
    path = store.path(tiny.KEPT, tiny.BLOCK, 6)
    damage(store, tiny.KEPT, 6)

    assert [] == store.refused
    assert store.load(tiny.KEPT, tiny.BLOCK, 6) is None
    (line,) = store.refused
    assert line.startswith(f"kept, {path.name}: {reason}")
    assert line.endswith("; trained anew")
    assert (False, True) == (path.exists(), path.with_suffix(".refused").exists())
    assert not (store.folder / "marker").exists()


def test_infinite_moments_are_sound(stocked: Laboratory) -> None:
    """The square of a large gradient overflows in a training that goes on: that is no damage."""
    store = stocked.store
    not_finite("moments", np.inf)(store, tiny.KEPT, 6)

    assert store.load(tiny.KEPT, tiny.BLOCK, 6) is not None


def test_a_run_on_swapped_outputs(stocked: Laboratory, undisturbed: Undisturbed) -> None:
    """What one model puts out is never taken for what another does, though every file is sound in itself."""
    outputs = stocked.evidence / "outputs"
    shutil.copytree(undisturbed.evidence / "outputs", outputs)
    paths = sorted(outputs.glob("*.npz"))
    contents = [path.read_bytes() for path in paths]
    for path, content in zip(paths, contents[1:] + contents[:1], strict=True):
        path.write_bytes(content)

    assert len(paths) > 2
    assert 0 == stocked.run(), stocked.output
    assert undisturbed.outcome == stocked.outcome()
    assert undisturbed.observed == stocked.observed()
    assert {path.name for path in paths} == {line.split(": ")[0].rpartition(", ")[2] for line in stocked.refused}
    assert all(line.endswith("holds other outputs than its name says; computed anew") for line in stocked.refused)
    assert contents == [path.read_bytes() for path in paths]


def test_a_run_on_a_damaged_store(stocked: Laboratory, undisturbed: Undisturbed) -> None:
    """It trains anew what it refuses, loads the rest, ends with the report of an undamaged store, and says it all."""
    damages = [
        bit_flipped,
        truncated,
        pickled,
        not_finite("weights", np.nan),
        changed(weights=wider),
    ]
    damaged = [(tiny.ALONE, 8), (tiny.IN_ORDER, 8), (tiny.IN_ORDER, 3), (tiny.KEPT, 6), (tiny.DRAWN, 4)]
    for damage, (experiment, epoch) in zip(damages, damaged, strict=True):
        damage(stocked.store, experiment, epoch)

    assert 0 == stocked.run(), stocked.output
    assert undisturbed.outcome == stocked.outcome()
    assert undisturbed.observed == stocked.observed()
    names = {stocked.store.path(experiment, tiny.BLOCK, epoch).name for experiment, epoch in damaged}
    assert names == {line.split(": ")[0].split(", ")[1] for line in stocked.refused}
    assert all(f"{line}" in (stocked.path / "REPORT.md").read_text() for line in stocked.refused)
    assert names == {path.with_suffix(".npz").name for path in stocked.store.folder.glob("*.refused")}
    assert not (stocked.store.folder / "marker").exists()
    store = stocked.store
    assert all(store.load(experiment, tiny.BLOCK, epoch) is not None for experiment, epoch in tiny.STOPS)
    assert [] == store.refused
