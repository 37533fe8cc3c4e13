"""Editions with the exploration seeds and with those that verdicts rest on: two records, and what differs in them."""

import json

import pytest
from told import written

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
from lstm_lab import Section, always, claim

HERE = Section("Here")


@claim("here/kept", "It is old.", source=HERE, criterion=always(), expect="refuted")
def test_kept(train, observe):
    observe(train(NAIVE_ONE_CHAR).edition != "today")


@claim("here/lost", "It is old for a while.", source=HERE, criterion=always(), expect="refuted")
def test_lost(train, seed, observe):
    observe(train(NAIVE_ONE_CHAR).edition != "today" and seed < 10)
"""


@pytest.fixture
def suite(suite_of):
    """Claims in a folder of their own, the first ten seeds for exploration."""
    pytester = suite_of(CONFTEST, CLAIMS)
    pytester.makepyprojecttoml('[tool.pytest]\nminversion = "9.0"\nexploration_seeds = 10\neditions = "kept"\n')
    return pytester


def run(suite, *arguments):
    """A run of the suite in 2016, or as `arguments` say."""
    return suite.runpytest_subprocess("claims", "-n0", *arguments)


def recorded(suite, path):
    """By claim, the marks of its seeds, and the first of these."""
    claims = json.loads((suite.path / path).read_text())["claims"]
    return {id: (claim["holds"], claim["seeds"][0]) for id, claim in claims.items()}


def test_each_kind_of_seeds_has_its_record_and_what_differs_is_told(suite):
    """The first judged run of an edition is new to its record; that the verdict is another one stands first."""
    explored = run(suite, "--edition", "2016", "--explore")

    assert 0 == explored.ret
    explored.stdout.fnmatch_lines(["read REPORT-2016-EXPLORE.md, *", "edition 2016: kept/exploration/2016.json, *"])
    assert {"here/kept": ("1" * 5, 0), "here/lost": ("1" * 5, 0)} == recorded(suite, "kept/exploration/2016.json")
    assert not (suite.path / "kept/2016.json").exists()

    assert 0 == run(suite, "--edition", "2016", "--explore", "--strict-verdicts").ret, "as it is recorded"
    judged = run(suite, "--edition", "2016")
    assert 0 == judged.ret
    judged.stdout.fnmatch_lines(
        ["failed replication, reversed: here/lost: exploration supported, now refuted, *", "new: here/kept: supported*"]
    )
    judged.stdout.no_fnmatch_line("*found=*")
    assert {"here/kept": ("1" * 5, 10), "here/lost": ("0" * 5, 10)} == recorded(suite, "kept/2016.json")
    text = written(suite.path / "REPORT-2016.md")
    assert "## What did not replicate" in text
    assert "1 of 2 verdicts came out as expected" in text

    # It is on record now, and compared with that.
    second = run(suite, "--edition", "2016", "--strict-verdicts")
    assert 0 == second.ret
    second.stdout.fnmatch_lines(["failed replication, reversed: here/lost: *the first is seed 10"])


def test_a_report_of_today_tells_the_edition_of_its_own_seeds(suite):
    """Each kind of today's runs beside the record of that kind; none is read for the other."""
    run(suite, "--edition", "2016", "--explore")
    assert 0 == run(suite).ret
    assert "2016" not in written(suite.path / "REPORT.md")

    assert 0 == run(suite, "--explore").ret
    report = written(suite.path / "REPORT-EXPLORE.md").replace("\u00a0", " ")
    assert "- With the arithmetic of Keras 1.0.6 (2016): ● SUPPORTED, 5 / 5, **not as today**" in report
    run(suite, "--edition", "2016")
    assert 0 == run(suite).ret
    assert "**True then, false now (2016, 1 claim)**" in written(suite.path / "REPORT.md")


def test_a_record_of_exploration_in_the_place_of_the_other_is_not_believed(suite):
    """No verdict rests on its seeds, wherever it lies."""
    run(suite, "--edition", "2016", "--explore")
    (suite.path / "kept/exploration/2016.json").rename(suite.path / "kept/2016.json")
    assert 0 == run(suite).ret

    assert "True then, false now" not in written(suite.path / "REPORT.md")
    judged = run(suite, "--edition", "2016")
    judged.stdout.fnmatch_lines(["new: here/kept: supported, *"])
