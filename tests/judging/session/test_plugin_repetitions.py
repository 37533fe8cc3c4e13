"""A mistake that fails every seed of a claim is shown once; nothing of the evidence is left out."""

import xml.etree.ElementTree as ElementTree

import pytest

CLAIMS = """
import pytest


@pytest.fixture
def misspelt():
    raise ValueError("network: got optimizer 'adm', wanted one of adam, rmsprop")


@claim("here/sound", "It holds.", source=HERE, criterion=at_least(0.8))
def test_sound(observe):
    observe(True)


@claim("here/first", "It holds.", source=HERE, criterion=at_least(0.8))
def test_first(misspelt, observe):
    observe(True)


@claim("here/second", "It holds.", source=HERE, criterion=at_least(0.8))
def test_second(seed, observe):
    if seed == 4:
        raise KeyError("another mistake")
    observe("neither True nor False")
"""


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_mistake_is_shown_once_for_all_seeds(suite, workers):
    """One traceback and one line for each mistake of each claim, and a line of the claim with the number of seeds."""
    suite.write("a", CLAIMS)
    run = suite.run(workers, "--junitxml=junit.xml")

    assert pytest.ExitCode.TESTS_FAILED == run.ret
    assert {"failed": 4, "errors": 1, "alike": 29 + 28, "passed": 31} == run.parseoutcomes()
    run.stdout.fnmatch_lines(
        [
            "error: here/first: 30 of 30 seeds without evidence (*): ValueError: network: got optimizer 'adm', *",
            "ERROR claims/test_a.py::test_first?seed000? - *",
        ]
    )
    shown = [line for line in run.outlines if line.startswith(("ERROR claims", "FAILED claims"))]
    assert ["first[seed000]", "second[seed000]", "second[seed004]", "first[verdict]", "second[verdict]"] == [
        line.partition("::test_")[2].partition(" ")[0] for line in sorted(shown, key=lambda line: "verdict" in line)
    ]
    assert 1 == sum(line.startswith("E ") and "optimizer 'adm'" in line for line in run.outlines)
    assert 60 == len(suite.records("failure"))
    (junit,) = ElementTree.parse(suite.path / "junit.xml").getroot()
    assert ("32", "30") == (junit.get("failures"), junit.get("errors"))
