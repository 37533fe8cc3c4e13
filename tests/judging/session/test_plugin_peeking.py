"""A claim that knows whether it runs under `--control` could fail just there: it is refused, and the others run on."""

import pytest

GOOD = """
@claim("here/holds", "It holds.", source=HERE, criterion=at_least(0.8))
def test_holds(naive, observe):
    observe(naive.epochs > 0)
"""
CLAIM = """
import pytest

{before}

@claim("here/peeks", "It holds.", source=HERE, criterion=at_least(0.8))
def test_peeks({arguments}, observe):
    observe({observed})
"""
FIXTURE = "@pytest.fixture\ndef {}({}):\n    return {}\n"
ASKS = "test_b.py:?*, which asks for the control, wanted control="
PEEKING = {
    "the fixture": ("", "control", "control is None", "a test with the fixture control"),
    "a fixture of its own": (
        FIXTURE.format("mine", "control", "control is None"),
        "mine",
        "mine",
        "a fixture mine that takes the fixture control",
    ),
    "through a fixture": (
        FIXTURE.format("mine", "control", "control") + FIXTURE.format("outer", "mine", "mine is None"),
        "outer",
        "outer",
        "a fixture mine that takes the fixture control",
    ),
    "another broken": (
        FIXTURE.format("broken", "", "False"),
        "broken",
        "not broken",
        "a fixture broken of its own, wanted that of the suite",
    ),
    "another observe": (FIXTURE.format("observe", "", "print"), "seed", "True", "a fixture observe of its own"),
    "by request": (
        "",
        "request",
        "request.getfixturevalue('control') is None",
        ASKS,
    ),
    "the option": (
        "",
        "request",
        "not request.config.option.control",
        ASKS,
    ),
    "the option by name": ("", "pytestconfig", 'not pytestconfig.getoption("--control")', ASKS),
    "its parameters": ("", "request", '"x" if request.node.callspec.params["control"] else True', ASKS),
}


@pytest.mark.parametrize(("before", "arguments", "observed", "line"), PEEKING.values(), ids=PEEKING)
def test_claim_that_peeks_is_refused(planted, before, arguments, observed, line):
    """By whatever name it asks; `broken` is the one way to be told."""
    suite = planted(GOOD)
    suite.write("b", CLAIM.format(before=before, arguments=arguments, observed=observed))

    run = suite.run("--control")

    assert pytest.ExitCode.INTERRUPTED == run.ret
    assert 1 == run.parseoutcomes()["errors"]
    run.stdout.fnmatch_lines([f"claim here/peeks: got {line}*(claims/test_b.py:*)"])


def test_fixture_of_the_folder_that_peeks_is_refused(planted):
    """Also where it is defined elsewhere, and used by itself."""
    suite = planted(GOOD)
    suite.write("b", CLAIM.format(before="", arguments="mine", observed="mine"))
    (suite.path / "claims" / "conftest.py").write_text(
        "import pytest\n\n" + FIXTURE.format("mine", "pytestconfig", "not pytestconfig.option.control")
    )

    run = suite.run("-n1")

    assert {"passed": 31, "errors": 1} == run.parseoutcomes()
    run.stdout.fnmatch_lines(["claim here/peeks: got conftest.py:5, which asks for the control, wanted control=*"])
