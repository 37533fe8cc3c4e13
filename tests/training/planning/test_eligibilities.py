"""How each experiment is trained: decided once, by whichever process asks first, and believed where nothing changed."""

import json
import os
import subprocess
import sys
import time

import own_builders as own
import pytest

from lstm_lab import Experiment, Regime, Windows, recurrent_classifier
from lstm_lab.training import plain_keras
from lstm_lab.training.errors import NetworkError
from lstm_lab.training.execution.checked_store import open_store
from lstm_lab.training.execution.progress import Reporter
from lstm_lab.training.execution.trainer import Trainer
from lstm_lab.training.planning import eligibilities
from lstm_lab.training.planning.eligibilities import eligibility_of
from lstm_lab.training.planning.jobs import plan_jobs, seed_block

OWN = own.mine(own.plainly)

# An own model whose file imports Keras only where a model is built.
MODEL = """
import numpy as np

from lstm_lab import experiment_of


def built():
    import keras

    return keras.Sequential([keras.layers.LSTM(2), keras.layers.Dense(3, activation="softmax")])


EXPERIMENT = experiment_of(built, np.zeros((6, 1, 1)), np.eye(3)[[0, 1, 2, 0, 1, 2]], epochs=1)
"""
ASKED_ELSEWHERE = """
import sys
from pathlib import Path

from model_of_eligibility import EXPERIMENT

from lstm_lab.training.execution import open_store
from lstm_lab.training.planning import seed_block

print(seed_block(EXPERIMENT, 3, open_store(Path(sys.argv[1]))), sorted({"keras", "tensorflow"} & set(sys.modules)))
"""


@pytest.fixture
def forgotten(monkeypatch):
    """What this process has decided is forgotten when called, as in a process of its own."""
    return lambda: monkeypatch.setattr(eligibilities, "cache", {})


@pytest.fixture
def decisions(monkeypatch, forgotten):
    """The experiments that Keras was asked about."""
    asked, decide = [], plain_keras.decide_eligibility
    monkeypatch.setattr(plain_keras, "decide_eligibility", lambda one: asked.append(one) or decide(one))
    forgotten()
    return asked


def kept(store):
    """The one file that holds an answer."""
    (path,) = (store.folder.parent / "eligibility").glob("*.json")
    return path


def test_a_second_process_builds_no_keras_model(tmp_path, monkeypatch) -> None:
    """The first loads Keras to find the seeds that are trained together; the second reads what it has decided."""
    (tmp_path / "model_of_eligibility.py").write_text(MODEL)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.getcwd()]))

    def elsewhere() -> str:
        command = [sys.executable, "-c", ASKED_ELSEWHERE, str(tmp_path / "ensembles")]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    assert f"{tuple(range(10))} ['keras', 'tensorflow']" == elsewhere()
    assert f"{tuple(range(10))} []" == elsewhere()


def test_decided_once_in_a_process(store, decisions) -> None:
    """Whoever asks for a block, a plan or a member, for however many epochs and in whatever order of samples."""
    trainer = Trainer(store, Reporter())
    for experiment in (OWN, OWN.but(epochs=5), OWN.but(shuffle="never", name="other")):
        seed_block(experiment, 11, store)
    plan_jobs([(OWN, seed) for seed in range(30)], store=store)
    trainer.member(OWN, 0)

    assert [OWN] == decisions
    seed_block(OWN.but(batch_size=4), 0, store)
    assert 2 == len(decisions)


def test_what_is_read_is_what_was_decided(store, decisions, forgotten) -> None:
    """The reason, whether step by step, and the weights of the layers."""
    experiments = [OWN, own.mine(own.deciding)]
    before = [eligibility_of(experiment, store) for experiment in experiments]
    forgotten()

    assert before == [eligibility_of(experiment, store) for experiment in experiments]
    assert experiments == decisions
    assert [False, True] == [one.eagerly for one in before]
    assert all(one.weights for one in before)


def emptied(path) -> None:
    """Nothing is left."""
    path.write_bytes(b"")


def other_reason(path) -> None:
    """Well-formed, and not what was written."""
    path.write_text(json.dumps({**json.loads(path.read_text()), "reason": "a reason that nobody gave"}))


def of_another(path) -> None:
    """The whole answer of another experiment under this name."""
    store = open_store(path.parent.parent / "other" / "ensembles")
    eligibility_of(own.mine(own.dropout), store)
    kept(store).replace(path)


def foreign(path) -> None:
    """JSON of something else."""
    path.write_text("[1, 2]")


def of_another_run(path) -> None:
    """The same answer of another run, in a run that wants everything fresh; of the future, says the clock."""
    path.unlink()
    eligibilities.cache.clear()
    eligibility_of(OWN, open_store(path.parent.parent / "ensembles", "another run"))
    os.utime(path, (time.time() + 10**6,) * 2)


DAMAGES = [emptied, other_reason, of_another, foreign, of_another_run]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda one: one.__name__)
def test_a_file_that_is_not_believed_is_decided_anew(damage, store, decisions, forgotten) -> None:
    """And replaced, so that the next process believes it."""
    store.fresh = "this run"
    before = eligibility_of(OWN, store)
    damage(kept(store))
    decisions.clear()
    for _ in range(2):
        forgotten()
        assert before == eligibility_of(OWN, store)

    assert [OWN] == decisions


def test_where_nothing_can_be_kept_each_process_decides(tmp_path, decisions, forgotten) -> None:
    """A folder that cannot be made costs time and nothing else."""
    (tmp_path / "file").write_text("in the way")
    store = open_store(tmp_path / "file" / "ensembles")
    for _ in range(2):
        forgotten()
        assert "" == eligibility_of(OWN, store).reason

    assert [OWN, OWN] == decisions


def test_what_cannot_be_trained_is_kept_nowhere(store, decisions) -> None:
    """It is refused to everybody who asks, in the same line."""
    lines = set()
    for _ in range(2):
        with pytest.raises(NetworkError) as raised:
            seed_block(own.mine(own.failing), 0, store)
        lines.add(str(raised.value))

    assert 1 == len(lines)
    assert [] == list((store.folder.parent / "eligibility").glob("*.json"))


def test_of_a_network_of_the_lab_nothing_is_kept(store, decisions) -> None:
    """It is known without Keras."""
    tiny = Experiment("tiny", Windows(symbols="ABCD"), recurrent_classifier(2, 4), Regime(epochs=3))

    assert tuple(range(10)) == seed_block(tiny, 0, store)
    assert [] == decisions
    assert not store.folder.parent.joinpath("eligibility").exists()
