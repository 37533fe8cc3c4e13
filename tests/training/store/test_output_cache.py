"""Outputs of trained ensembles on disk: computed once, and believed only where nothing that they rest on changed."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from lstm_lab import Experiment, Regime, Windows, recurrent_classifier
from lstm_lab.training.ensemble import ensemble as ensemble_module
from lstm_lab.training.ensemble.member import Member
from lstm_lab.training.execution.checked_store import open_store
from lstm_lab.training.execution.progress import Reporter
from lstm_lab.training.execution.trainer import Trainer
from lstm_lab.training.identity import EVERYTHING, reachable_definitions
from lstm_lab.training.store.npz import pack, unpack
from lstm_lab.training.store.output_cache import ENSEMBLE, OutputCache
from lstm_lab.training.store.store import Store

TINY = Experiment("tiny", Windows(symbols="ABCDEF"), recurrent_classifier(2, 6), Regime(epochs=2))
SHAPES = [(2, 3), ()]
INPUTS = [np.arange(6.0), np.array([True, False])]


class Computing:
    """Computes outputs and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> list[np.ndarray]:
        """Two arrays, other ones each time."""
        self.times += 1
        return [np.full((2, 3), self.times, np.float32), np.float32(self.times).reshape(1)]


@pytest.fixture
def computing() -> Computing:
    """A new one."""
    return Computing()


def kept_in(folder: Path, ensemble: str = "one") -> OutputCache:
    """The outputs of an ensemble of this name, as a process of its own finds them."""
    return OutputCache(Store(folder / "ensembles"), ensemble, "tiny")


def test_what_was_computed_is_not_computed_again(tmp_path, computing) -> None:
    """The same ensemble and the same inputs: the same arrays, in another process, too."""
    first = kept_in(tmp_path).get_or_compute(INPUTS, computing, SHAPES)
    again = kept_in(tmp_path).get_or_compute(INPUTS, computing, SHAPES)

    assert 1 == computing.times
    for expected, actual in zip(first, again, strict=True):
        np.testing.assert_array_equal(expected, actual)
        assert expected.dtype == actual.dtype


@pytest.mark.parametrize(
    ("ensemble", "inputs"),
    [
        ("other", INPUTS),
        ("one", [np.arange(6.0) + 1e-12, INPUTS[1]]),
        ("one", [np.arange(6.0).reshape(2, 3), INPUTS[1]]),
        ("one", [np.arange(6.0).view(np.int64), INPUTS[1]]),
        ("one", INPUTS[:1]),
    ],
    ids=["ensemble", "number", "shape", "type", "mask"],
)
def test_anything_else_is_computed(tmp_path, computing, ensemble, inputs) -> None:
    """Another ensemble, or inputs that differ in a number, their shape, their type or their mask."""
    kept_in(tmp_path).get_or_compute(INPUTS, computing, SHAPES)
    kept_in(tmp_path, ensemble).get_or_compute(inputs, computing, SHAPES)

    assert 2 == computing.times


def test_another_question_is_computed(tmp_path, computing) -> None:
    """What Keras evaluates is not what the network puts out, for the same inputs."""
    kept_in(tmp_path).get_or_compute(INPUTS, computing, SHAPES)
    kept_in(tmp_path).get_or_compute(INPUTS, computing, SHAPES, "keras_accuracy")

    assert 2 == computing.times


def test_a_damaged_file_is_computed_anew_and_replaced(tmp_path, computing) -> None:
    """One byte that has changed is noticed; the next who asks finds whole outputs again."""
    kept = kept_in(tmp_path)
    kept.get_or_compute(INPUTS, computing, SHAPES)
    (path,) = (tmp_path / "outputs").iterdir()
    content = bytearray(path.read_bytes())
    content[content.index(b"NUMPY") + 130] ^= 1
    path.write_bytes(content)

    assert [2, 2] == [kept.get_or_compute(INPUTS, computing, SHAPES)[0][0, 0] for _ in range(2)]
    assert [f"tiny, outputs, {path.name}: is not stored outputs (BadZipFile); computed anew"] == kept.store.refused
    assert path.with_suffix(".refused").exists()


def swapped(path: Path, other: Path) -> None:
    """The sound file of another question under this name."""
    other.replace(path)


def packed(path: Path, other: Path) -> None:
    """The same arrays, compressed: of a small file nobody knows how much it holds."""
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)


def rewritten(change: Callable[[dict], dict]) -> Callable[[Path, Path], None]:
    """A sound file, key and checksum and all, of other arrays than are computed."""

    def damage(path: Path, other: Path) -> None:
        header, arrays = unpack(path.read_bytes(), "stored outputs")
        path.write_bytes(pack(header, change(arrays)))

    return damage


OTHERS = "its arrays are others than are computed"
DAMAGED = {
    "swapped": (swapped, "holds other outputs than its name says"),
    "packed": (packed, "is not stored outputs (its arrays are compressed, or larger than the file)"),
    "one missing": (rewritten(lambda all: {"array_000": all["array_000"]}), OTHERS),
    "one more": (rewritten(lambda all: {**all, "array_002": all["array_001"]}), OTHERS),
    "other shape": (rewritten(lambda all: {**all, "array_000": all["array_000"].T}), OTHERS),
    "whole numbers": (rewritten(lambda all: {**all, "array_001": all["array_001"].astype(np.int32)}), OTHERS),
}


@pytest.mark.parametrize(("damage", "reason"), DAMAGED.values(), ids=DAMAGED)
def test_what_is_not_believed_is_computed_anew(damage, reason, tmp_path, computing) -> None:
    """It is set aside, and one line says what, why and what follows."""
    kept_in(tmp_path).get_or_compute(INPUTS, computing, SHAPES)
    (path,) = (tmp_path / "outputs").iterdir()
    kept_in(tmp_path).get_or_compute(INPUTS[:1], computing, SHAPES)
    (other,) = {*(tmp_path / "outputs").iterdir()} - {path}
    damage(path, other)
    kept = kept_in(tmp_path)

    assert [3, 3] == [kept.get_or_compute(INPUTS, computing, SHAPES)[0][0, 0] for _ in range(2)]
    assert [f"tiny, outputs, {path.name}: {reason}; computed anew"] == kept.store.refused


def test_what_is_no_float_is_kept_nowhere(tmp_path) -> None:
    """A model that puts out whole numbers is asked each time, and nothing is refused."""
    kept = kept_in(tmp_path)

    assert [3, 3] == [kept.get_or_compute(INPUTS, lambda: [np.array([3])], [(1,)])[0][0] for _ in range(2)]
    assert [] == [*tmp_path.iterdir(), *kept.store.refused]


def test_a_fresh_run_uses_its_own_outputs_only(tmp_path, computing) -> None:
    """Whatever the clock says: those of earlier runs count for nothing, and a later run uses all."""
    kept_in(tmp_path).get_or_compute(INPUTS, computing, SHAPES)
    (path,) = (tmp_path / "outputs").iterdir()
    os.utime(path, (time.time() + 10**6,) * 2)
    for fresh in ("first", "first", "second", ""):
        OutputCache(Store(tmp_path / "ensembles", fresh), "one", "tiny").get_or_compute(INPUTS, computing, SHAPES)

    assert 3 == computing.times


def test_where_nothing_can_be_kept_it_is_computed(tmp_path, computing) -> None:
    """A folder that cannot be made costs time and nothing else."""
    (tmp_path / "file").write_text("in the way")
    kept = kept_in(tmp_path / "file")

    assert [1, 2] == [kept.get_or_compute(INPUTS, computing, SHAPES)[0][0, 0] for _ in range(2)]


def test_a_second_trainer_computes_no_output(tmp_path, monkeypatch) -> None:
    """Of what another process has trained and asked: accuracy, Keras's own and the lab's, and answers, to the last bit,
    without a network."""

    def asked() -> tuple[list[float], list[float], list[str]]:
        ensemble = Trainer(open_store(tmp_path / "ensembles"), Reporter()).ensemble(TINY, (0, 1))
        return ensemble.accuracy.tolist(), ensemble.keras_accuracy.tolist(), ensemble.answers(("A", "B"))

    first = asked()
    monkeypatch.setattr(ensemble_module, "mapped_predictor", None)
    monkeypatch.setattr(Member, "keras_model", None)

    assert first == asked()


def test_the_code_that_asks_is_part_of_the_name() -> None:
    """It is found under the name of its module; a module that is not there would silently count for nothing."""
    assert {"Ensemble", "mapped_predictor"} <= reachable_definitions([(ENSEMBLE, EVERYTHING)]).keys()
