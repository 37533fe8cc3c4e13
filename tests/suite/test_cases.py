"""Experiments in the cases of a claim: trained, planned and on record as if a fixture had named them."""

import json

import pytest

from fixtures.experiments import NAIVE_ONE_CHAR
from lstm_lab.training.experiment.keys import experiment_id

# A trainer that trains nothing: a member is what was asked for.
CONFTEST = """
from types import SimpleNamespace

import pytest

pytest_plugins = ["lstm_lab.judging.session.plugin", "lstm_lab.suite.plugin"]


@pytest.fixture(scope="session")
def trainer():
    def member(one, seed):
        return SimpleNamespace(epochs=one.regime.epochs, seed=seed)

    return SimpleNamespace(elsewhere=None, member=member)
"""
CLAIMS = """
import pytest

from fixtures.experiments import NAIVE_ONE_CHAR
from lstm_lab import Section, always, case, claim

HERE = Section("Here")


def epochs(number):
    return NAIVE_ONE_CHAR.but(epochs=number)


@pytest.fixture(scope="session")
def through(model):
    return 2 * model.epochs


@claim(
    "here/cases",
    "x",
    source=HERE,
    criterion=always(),
    cases=[
        case(model=epochs(1), baseline=epochs(2), longer=epochs(3)),
        case("again", model=epochs(4), baseline=epochs(2), longer=epochs(5)),
    ],
)
def test_cases(model, through, baseline, longer, train, seed, observe):
    assert {seed} == {model.seed, baseline.seed, longer.seed}
    observe(False, model=model.epochs, through=through, baseline=baseline.epochs, longer=longer.epochs)


@claim("here/through", "x", source=HERE, criterion=always(), cases=[case("same", model=epochs(1))])
def test_through(through, observe):
    observe(True, through=through)


@claim("here/none", "x", source=HERE, criterion=always())
def test_none(observe):
    observe(True)
"""
NAMES = {experiment_id(NAIVE_ONE_CHAR.but(epochs=number)): number for number in range(1, 6)}


@pytest.fixture
def cases(suite_of):
    """`run` on the claims in a folder of their own."""
    return suite_of(CONFTEST, CLAIMS)


def observations(suite):
    """What each seed of each claim showed, and the epochs of the experiments it was measured on."""
    (path,) = (suite.path / "evidence/runs").glob("*.jsonl")
    records = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    seen = [line["observation"] for line in records if "observation" in line]
    return {
        (one["claim"].removeprefix("here/"), one["seed"]): (
            one["shown"],
            sorted(NAMES[name] for name in one["subjects"]),
        )
        for one in seen
    }


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_experiments_come_as_trained_members(cases, workers):
    """By whatever name, of the test's own seed, by way of fixtures, too; observations say what it was measured on."""
    cases.runpytest_subprocess(workers, "claims", "--seeds", "2")

    for seed in (0, 1):
        seen = {name: one for (name, of), one in observations(cases).items() if of == seed}
        assert {
            "cases": ({"model": 1, "through": 2, "baseline": 2, "longer": 3}, [1, 2, 3]),
            "cases-again": ({"model": 4, "through": 8, "baseline": 2, "longer": 5}, [2, 4, 5]),
            "through-same": ({"through": 2}, [1]),
            "none": ({}, []),
        } == seen


def test_they_are_known_before_any_test_runs(cases):
    """The plan has them, though no test is run, and whole: the dry run of the test gives it what it takes."""
    run = cases.runpytest_subprocess("claims", "--plan", "-v", "--seeds", "2")

    run.stdout.fnmatch_lines(["*to train: 5 ensembles in 1 training; *", "*naive one char, 5 epochs: seeds 0 to *"])
    assert "cut short" not in run.stdout.str()


def test_under_control_they_are_untrained(cases):
    """As what a fixture names is."""
    path = cases.path / "claims/test_here.py"
    path.write_text(CLAIMS.replace("observe(False, ", "observe(model.epochs + baseline.epochs + longer.epochs > 0, "))
    run = cases.runpytest_subprocess("claims", "--control", "--claim", "here/cases-again")

    assert {"against": 5, "deselected": 3} == run.parseoutcomes(), "of each other claim one seed is collected"


FORGOTTEN = """

@claim("here/model", "x", source=HERE, criterion=always())
def test_model(model, observe):
    observe(True)
"""


def test_model_without_a_case_says_what_it_wants(cases):
    """A test that takes `model` and has no case fails in one line."""
    (cases.path / "claims/test_here.py").write_text(CLAIMS + FORGOTTEN)
    run = cases.runpytest_subprocess("claims", "--claim", "here/model", "--seeds", "1")

    run.stdout.fnmatch_lines(["*model: got None, wanted a claim with case(model=experiment)*"])
