"""The process of a worker: what it answers to a job that it cannot, must not or need not train."""

import sys
from pathlib import Path

import pytest
from own_builders import dropout, mine

from lstm_lab.training.errors import TrainingProcessError
from lstm_lab.training.execution.cluster import process
from lstm_lab.training.execution.cluster.process import Request, answer, find_modules, message, search_paths
from lstm_lab.training.experiment import key
from lstm_lab.training.planning.jobs import plan_jobs

BUILDER = """
def network():
    import keras

    return keras.Sequential([keras.Input((1, 1)), keras.layers.Dense(2)])
"""


def request_of(experiment, wanted=""):
    """The request for the first block of an experiment."""
    (job,) = plan_jobs([(experiment, 0)])
    return Request(job, wanted or key(job.experiment, job.seeds), job.stops, None)


def test_another_training_than_was_asked_for_is_refused():
    """Nothing is trained where the key is another one: code, data, versions or compiler differ."""
    kind, told = answer(message("train", request_of(mine(dropout), "another key")))

    assert "refused" == kind
    assert told.startswith("got other code or data of ")
    assert told.endswith("wanted those of this checkout; check out there what is checked out here")


def test_code_that_is_not_there_is_refused(tmp_path, monkeypatch):
    """The module of a builder, which only the asking side has: what is missing is told by name."""
    (tmp_path / "only_there.py").write_text(BUILDER)
    with monkeypatch.context() as there:
        there.syspath_prepend(str(tmp_path))
        import only_there

        sent = process.pickle.dumps(([], process.pickle.dumps(("train", (only_there.network,)))))
        del sys.modules["only_there"]
    kind, told = answer(sent)

    assert "refused" == kind
    assert told.startswith("got ModuleNotFoundError: No module named 'only_there' in reading a job, wanted the code of")


def test_an_error_of_the_model_is_no_fault_of_the_worker():
    """It is the same error wherever it is trained."""
    good = request_of(mine(dropout))
    bad = Request(good.job, good.key, (0, -1), None)

    assert "untrainable" == answer(message("train", bad))[0]


@pytest.mark.parametrize("error", [TrainingProcessError("it has ended"), MemoryError("no room"), OSError("disk full")])
def test_what_the_machine_lacks_is_its_fault(error, monkeypatch):
    """Another one is asked."""

    def raises():
        raise error

    monkeypatch.setitem(process.ANSWERS, "software", raises)
    kind, told = answer(message("software"))

    assert "broken" == kind
    assert str(error) in told


def test_modules_are_found_in_the_checkout_of_this_side(tmp_path, monkeypatch):
    """Paths in the checkout are those of this side's own; others are the same, where there is such a folder."""
    there, here = tmp_path / "there", tmp_path / "here"
    for folder in (there / "claims", here / "claims", tmp_path / "elsewhere"):
        folder.mkdir(parents=True)
    monkeypatch.setattr(process, "ROOT", there)
    monkeypatch.setattr(sys, "path", [str(there / "claims"), str(there), str(tmp_path / "elsewhere"), "/not/there"])
    sent = search_paths()
    monkeypatch.setattr(process, "ROOT", here)
    monkeypatch.setattr(sys, "path", [])
    find_modules(sent)

    assert [(True, "claims"), (True, "."), (False, str(tmp_path / "elsewhere")), (False, "/not/there")] == sent
    assert [here / "claims", here, tmp_path / "elsewhere"] == list(map(Path, sys.path))
