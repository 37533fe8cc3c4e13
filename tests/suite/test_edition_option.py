"""Runs in another edition: which claims they ask, with which models, what they leave, and what a run of today tells."""

import json

import pytest
from told import written

from lstm_lab.judging.evidence import Ledger

# A trainer that trains nothing: a member is the network that was asked for.
CONFTEST = """
from types import SimpleNamespace

import pytest

pytest_plugins = ["lstm_lab.judging.session.plugin", "lstm_lab.suite.plugin"]


@pytest.fixture(scope="session")
def trainer():
    return SimpleNamespace(elsewhere=None, member=lambda one, seed: SimpleNamespace(edition=one.network.edition))
"""
CLAIMS = """
from fixtures.experiments import NAIVE_ONE_CHAR
from lstm_lab import Section, always, case, claim

HERE = Section("Here")


@claim("here/trained", "It is of today.", source=HERE, criterion=always(), expect="supported")
def test_trained(train, observe):
    observe(train(NAIVE_ONE_CHAR).edition == "today")


@claim("here/case", "It is old.", source=HERE, criterion=always(), expect="refuted", cases=[case(model=NAIVE_ONE_CHAR)])
def test_case(model, observe):
    observe(model.edition != "today", edition=model.edition)


@claim("here/own", "It keeps its year.", source=HERE, criterion=always(), expect="supported")
def test_own(train, observe):
    observe(train(NAIVE_ONE_CHAR.in_edition("2016")).edition == "2016")


@claim("here/own-case", "x", source=HERE, criterion=always(), cases=[case(model=NAIVE_ONE_CHAR.in_edition("2016"))])
def test_own_case(model, observe):
    observe(model.edition == "2016")


@claim("here/calls", "It is about calls.", source=HERE, criterion=always(), asks=["fit_batch_to_batch"])
def test_calls(train, observe):
    observe(train(NAIVE_ONE_CHAR).edition == "today")


@claim("here/data", "It trains nothing.", source=HERE, criterion=always(), expect="supported")
def test_data(observe):
    observe(True)
"""


@pytest.fixture
def suite(suite_of):
    """The claims in a folder of their own."""
    return suite_of(CONFTEST, CLAIMS)


def run(suite, *arguments):
    """A run of the suite."""
    return suite.runpytest_subprocess("claims", *arguments)


def recorded(suite, edition="2016"):
    """What each claim came to: its marks."""
    path = suite.path / f"evidence/editions/{edition}.json"
    return {id: claim["holds"] for id, claim in json.loads(path.read_text())["claims"].items()}


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_models_have_the_edition_and_claims_that_train_nothing_are_not_asked(suite, workers):
    """The record has outcomes of the edition; the report of today is not written."""
    result = run(suite, workers, "--edition", "2017")

    assert 0 == result.ret
    (path,) = (suite.path / "evidence/runs").glob("*.jsonl")
    assert "2017" == Ledger.read(path).versions["edition"], "so that comparing and merging runs tells it"
    assert {"here/trained": "0" * 5, "here/case": "1" * 5, "here/own": "1" * 5} == recorded(suite, "2017")
    result.stdout.fnmatch_lines(["edition 2017: evidence/editions/2017.json, for the report of the next run of today*"])
    assert not (suite.path / "REPORT.md").exists()
    text = written(suite.path / "REPORT-2017.md")
    assert "**Edition 2017: " in text
    assert "**Partial: " not in text


def test_a_run_of_today_tells_both(suite):
    """What moved, in its chapter and at each claim; a later run of the edition compares with its own record."""
    assert 0 == run(suite, "--edition", "2016").ret
    assert 0 == run(suite, "--strict-verdicts").ret

    text = written(suite.path / "REPORT.md").replace("\u00a0", " ")
    assert "**False then, true now (2016, 1 claim)**" in text
    assert "- With the arithmetic of Keras 1.0.6 (2016): ○ REFUTED, 0 / 5, **not as today**" in text
    again = run(suite, "--edition", "2016", "--strict-verdicts")
    assert 0 == again.ret
    again.stdout.no_fnmatch_line("*new*")


def test_another_outcome_than_recorded_in_the_edition_is_red(suite):
    """As it is today."""
    run(suite, "--edition", "2016")
    path = suite.path / "evidence/editions/2016.json"
    path.write_text(
        path.read_text().replace('"here/case": {"digest": ', '"here/case": {"digest":').replace("11111", "00000", 1)
    )

    result = run(suite, "--edition", "2016")

    assert 1 == result.ret
    result.stdout.fnmatch_lines(["contradicts the record: here/case: supported, 5 of 5 seeds*, recorded as refuted"])
    result.stdout.fnmatch_lines(["edition 2016: *; left as recorded: 1 contradicting verdict"])
    assert "00000" == recorded(suite)["here/case"], "or the next run would be green"


def test_a_part_keeps_what_was_recorded_of_the_others(suite):
    """And measures the one claim anew."""
    run(suite, "--edition", "2016")
    whole = recorded(suite)

    run(suite, "--edition", "2016", "--claim", "here/case")

    assert whole == recorded(suite)


def test_bad_input_is_one_line(suite):
    """An unknown edition, controls in an edition, a claim that it does not ask, a record that is none."""
    unknown = run(suite, "--edition", "1999")
    unknown.stderr.fnmatch_lines(["*argument --edition: invalid choice: '1999' (choose from*2016*2017*today*)"])
    both = run(suite, "--edition", "2016", "--control")
    both.stderr.fnmatch_lines(
        ["ERROR: --control --edition 2016: wanted one of the two: controls are of today's edition"]
    )
    not_asked = run(suite, "--edition", "2016", "--claim", "here/data")
    not_asked.stderr.fnmatch_lines(
        ["ERROR: --claim here/data: it asks no trained model, and an edition changes nothing else; there is nothing*"]
    )
    (suite.path / "evidence/editions").mkdir(parents=True, exist_ok=True)
    (suite.path / "evidence/editions/2016.json").write_text("{}")
    broken = run(suite)
    broken.stderr.fnmatch_lines(
        ["ERROR: *2016.json: got KeyError 'format', wanted what `pytest claims/ --edition 2016`*"]
    )
    assert [4, 4, 4, 4] == [one.ret for one in (unknown, both, not_asked, broken)]
