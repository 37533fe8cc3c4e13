"""Every observation has the ids of the experiments that its test requested, and counts for no others."""

import pytest

from fixtures.experiments import NAIVE_ONE_CHAR
from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.runs.compatibility import Source
from lstm_lab.judging.runs.merge import merge
from lstm_lab.training.experiment.keys import experiment_id

ASKING = """
import pytest


@pytest.fixture(scope="session")
def longer(naive, train):
    return train(NAIVE_ONE_CHAR.but(epochs=600))


@pytest.fixture(scope="session")
def late(request):
    return request.getfixturevalue("train")(NAIVE_ONE_CHAR.but(epochs=700))


@claim("here/none", "x", source=HERE, criterion=at_least(0.8))
def test_none(observe):
    observe(True)


@claim("here/fixture", "x", source=HERE, criterion=at_least(0.8))
def test_fixture(naive, observe):
    observe(True)


@claim("here/inside", "x", source=HERE, criterion=always())
def test_inside(naive, train, seed, observe):
    train(NAIVE_ONE_CHAR.but(epochs=800 + seed))
    observe(False)  # is measured twice


@claim("here/through", "x", source=HERE, criterion=at_least(0.8))
def test_through(longer, observe):
    observe(True)


@claim("here/through-again", "x", source=HERE, criterion=at_least(0.8))
def test_through_again(longer, late, observe):
    observe(True)
"""
NAMES = {experiment_id(NAIVE_ONE_CHAR.but(epochs=epochs)): epochs for epochs in (500, 600, 700, 800, 801)}

MODELS = """
from fixtures.experiments import NAIVE_ONE_CHAR

EXPERIMENT = NAIVE_ONE_CHAR.but(epochs={epochs})
"""
FIXTURE = """
from models import EXPERIMENT

from lstm_lab import trained

edited = trained(EXPERIMENT)
"""
ELSEWHERE = """
@claim("here/learned", "x", source=HERE, criterion=at_least(0.8))
def test_learned(edited, observe):
    observe(edited.epochs > 0)
"""


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_observations_name_what_was_asked_for(planted, workers):
    """By fixtures, also such as served an earlier test, and by the test itself; with workers as without."""
    suite = planted(ASKING)
    suite.run(workers, "-k", "seed000 or seed001")
    told = {
        (one["claim"].removeprefix("here/"), one["seed"]): sorted(NAMES[name] for name in one["subjects"])
        for one in suite.records("observation")
    }

    always = {"none": [], "fixture": [500], "through": [500, 600], "through-again": [500, 600, 700]}
    assert {
        **{(name, seed): asked for name, asked in always.items() for seed in (0, 1)},
        ("inside", 0): [500, 800],
        ("inside", 1): [500, 801],
    } == told


def test_an_experiment_that_was_edited_is_another_one(planted):
    """The claim's own file is the same: its seeds are not united with those before, its control is not shown."""
    suite = planted(ELSEWHERE)
    (suite.path / "claims" / "conftest.py").write_text(FIXTURE)
    suite.pytester.makepyfile(models=MODELS.format(epochs=300))
    assert pytest.ExitCode.OK == suite.run("--control").ret
    suite.run()
    can_fail = "- Can fail: yes; with the initial weights instead of the trained ones it is refuted, 0 of 30 seeds"
    assert can_fail in suite.report
    suite.pytester.makepyfile(models=MODELS.format(epochs=900))
    suite.run("--seeds", "60", "-k", "seed03 or seed04 or seed05")
    before, after = (
        Source(name, Ledger.read(path))
        for name, path in zip(("before", "after"), sorted((suite.path / "evidence/runs").iterdir()), strict=True)
    )

    assert "- Can fail: not shown; " in suite.report
    assert (
        "claim here/learned: got experiments in before that are not those in after, wanted one measurement; "
        "measure it again with all its seeds, or look at --side-by-side",
    ) == merge([before, after]).refused
