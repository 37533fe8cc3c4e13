"""Which claims are collected, which are refused, and what counts as the whole suite."""

import pytest

GOOD = """
@claim("here/holds", "It holds.", source=HERE, criterion=at_least(0.8), expect="supported")
def test_holds(observe):
    observe(True)
"""

# What a plugin that repeats failed tests brings: an option, a mark, an outcome of its own.
REPEATING = """
import pytest

pytest_plugins = ["lstm_lab.judging.session.plugin"]


def pytest_addoption(parser):
    parser.addoption("--reruns", type=int)
    parser.addoption("--force-flaky", action="store_true")


def pytest_configure(config):
    config.addinivalue_line("markers", "flaky(reruns): repeat it where it fails")
"""

BAD = {
    "no criterion": (
        '@claim("bad/claim", "x", source=HERE)\ndef test_bad(observe): ...',
        "claim bad/claim: got criterion None, wanted one of always*",
    ),
    "bad id": (
        '@claim("Bad Claim", "x", source=HERE, criterion=always())\ndef test_bad(observe): ...',
        "claim id: got 'Bad Claim', wanted lower-case words*",
    ),
    "unknown verdict": (
        '@claim("bad/claim", "x", source=HERE, criterion=always(), expect="true")\ndef test_bad(observe): ...',
        "claim bad/claim: got expect='true', wanted one of 'supported', 'refuted', 'inconclusive' *",
    ),
    "the id of another claim": (
        '@claim("here/holds", "x", source=HERE, criterion=always())\ndef test_bad(observe): ...',
        "claim here/holds: declared before in claims/test_a.py::test_holds, wanted an id of its own *",
    ),
    "a mark that repeats it": (
        "import pytest\n@pytest.mark.flaky(reruns=2)\n"
        '@claim("bad/claim", "x", source=HERE, criterion=always())\ndef test_bad(observe): ...',
        "claim bad/claim: got the mark flaky, wanted each seed measured once: what is repeated until it passes *",
    ),
    "nothing observed": (
        '@claim("bad/claim", "x", source=HERE, criterion=always())\ndef test_bad(seed): ...',
        "claim bad/claim: got a test without the fixture observe, wanted one that observes *",
    ),
    "too few seeds": (
        '@claim("bad/claim", "x", source=HERE, criterion=at_least(0.95))\ndef test_bad(observe): ...',
        "claim bad/claim: at_least(0.95) cannot be satisfied by 30 seeds, wanted at least 72 *",
    ),
    "too few seeds declared": (
        '@claim("bad/claim", "x", source=HERE, criterion=beats(), seeds=3, seeds_reason="dear")\n'
        "def test_bad(observe): ...",
        "claim bad/claim: beats* cannot be satisfied by 3 seeds, wanted at least 6 *",
    ),
    "an argument that there is not": (
        '@claim("bad/claim", "x", source=HERE, criterion=always(), publishd="B")\ndef test_bad(observe): ...',
        "claim bad/claim: got publishd=..., wanted one of statement, source, stance, criterion, *",
    ),
    "no source": (
        '@claim("bad/claim", "x", criterion=always())\ndef test_bad(observe): ...',
        "claim bad/claim: got source None (NoneType), wanted Section(...), Comment(...) or Link(*",
    ),
    "half a character": (
        '@claim("bad/claim", "\\ud800", source=HERE, criterion=always())\ndef test_bad(observe): ...',
        r"claim bad/claim: got a statement '\ud800' with '\ud800', wanted characters that can be written *",
    ),
    "half a character in a docstring": (
        '@claim("bad/claim", "x", source=HERE, criterion=always())\ndef test_bad(observe): "\\ud800"',
        r"claim bad/claim: got a docstring '\ud800' with '\ud800', wanted characters that can be written *",
    ),
    "the bare mark": (
        'import pytest\n@pytest.mark.claim(id="bad/claim")\ndef test_bad(observe): ...',
        "marker claim: got () {'id': 'bad/claim'}, wanted the decorator @claim(id, statement, ...) *",
    ),
}


@pytest.mark.parametrize(
    ("workers", "status"), [("-n0", pytest.ExitCode.INTERRUPTED), ("-n2", pytest.ExitCode.TESTS_FAILED)]
)
def test_claim_that_cannot_be_tested_is_refused(suite, workers, status):
    """A claim that cannot be tested is a collection error of one line: what, got, wanted, where; the others run on.

    Without workers pytest itself runs nothing then.
    """
    suite.pytester.makeconftest(REPEATING)
    suite.write("a", GOOD)
    for number, (body, _) in enumerate(BAD.values()):
        suite.write(f"bad_{number}", body.replace("bad/claim", f"bad/claim-{number}"))
    run = suite.run(workers)

    assert status == run.ret
    said = run.stdout.str() + run.stderr.str()
    assert [] == [word for word in ("Traceback", "INTERNALERROR") if word in said]
    for number, (_, line) in enumerate(BAD.values()):
        expected = line.replace("bad/claim", f"bad/claim-{number}") + f"(claims/test_bad_{number}.py:*)"
        run.stdout.fnmatch_lines([f"*ERROR collecting claims/test_bad_{number}.py*", expected])
        run.stdout.fnmatch_lines([f"ERROR claims/test_bad_{number}.py - *"])
    assert (workers == "-n2") == (suite.path / "REPORT.md").exists()


def test_bad_claims_hide_no_other(suite):
    """With workers the good claims of the same file are measured, and each bad one is named once."""
    bad = '@claim("bad/{0}", "x", source=HERE)\ndef test_{0}(observe): ...\n'
    suite.write("a", bad.format("one") + GOOD + bad.format("two"))
    run = suite.run("-n2")

    assert {"passed": 31, "errors": 2} == run.parseoutcomes()
    assert pytest.ExitCode.TESTS_FAILED == run.ret
    assert 30 == len(suite.records("observation"))
    (one, two) = suite.records("uncollected")
    assert one[0] == two[0] == "claims/test_a.py"
    assert one[1].startswith("claim bad/one: got criterion None")
    assert "bad/two" in suite.report


def test_broken_file_is_named(suite):
    """A file that cannot be imported is named in the report with the error, the same with any number of workers."""
    suite.write("a", GOOD)
    suite.write("b", "import nonexistent_module")
    suite.run("-n2")

    assert [["claims/test_b.py", "ModuleNotFoundError: No module named 'nonexistent_module'"]] == suite.records(
        "uncollected"
    )
    assert "nonexistent_module" in suite.report


def test_fewer_seeds_by_option_are_no_error(suite):
    """`--seeds 5` is the user's wish: too few seeds is a verdict, and drift, but not red."""
    suite.write("a", GOOD)
    run = suite.run("--seeds", "5")

    assert pytest.ExitCode.OK == run.ret
    run.stdout.fnmatch_lines(["drift: here/holds: inconclusive*too few seeds: 5 of at least 17*recorded as supported"])


def test_more_seeds_by_option_suffice(suite):
    """A criterion that 30 seeds cannot satisfy is accepted where enough are asked for."""
    suite.write("a", GOOD.replace("at_least(0.8)", "at_least(0.95)"))
    run = suite.run("--seeds", "72", "--collect-only", "-q")

    assert pytest.ExitCode.OK == run.ret
    run.stdout.fnmatch_lines(["72 tests collected*"])


def test_order_is_by_file_and_in_it_by_seed(suite):
    """The claims of a file are measured with one seed before the next seed begins, and then those of the next file."""
    suite.write("a", GOOD + GOOD.replace("here/holds", "here/works").replace("test_holds", "test_works"))
    suite.write("b", GOOD.replace("here/", "there/"))
    run = suite.run("--collect-only", "-q", "--seeds", "2")

    tests = [line.partition("claims/test_")[2] for line in run.outlines if "::" in line]
    expected = [f"a.py::test_{test}[seed{seed:03d}]" for seed in (0, 1) for test in ("holds", "works")]
    assert [*expected, "b.py::test_holds[seed000]", "b.py::test_holds[seed001]"] == tests


def test_seed_reaches_a_fixture(suite):
    """A test that names only `observe` and a fixture gets a fixture of its seed."""
    suite.write(
        "a",
        "import pytest\n\n@pytest.fixture(scope='session')\ndef model(seed):\n    return seed * 10\n"
        + GOOD.replace("(observe)", "(model, observe)").replace("observe(True)", "observe(True, model=model)"),
    )
    suite.run("--seeds", "3")

    assert [0, 10, 20] == [one["shown"]["model"] for one in suite.records("observation")]


SELECTIONS = {
    "one seed": (("-k", "seed000"), "2 of 60 observations selected"),
    "one claim": (("--claim", "here/holds"), "1 of 2 claims selected"),
    "one keyword": (("-k", "test_b"), "1 of 2 claims selected"),
    "one file": (("claims/test_a.py",), "1 of 2 claim files selected"),
    "one test": (("claims/test_a.py::test_holds", "claims/test_b.py"), ""),
    "one ignored": (("claims", "--ignore=claims/test_b.py"), "1 of 2 claim files selected"),
}


@pytest.mark.parametrize(("arguments", "partial"), SELECTIONS.values(), ids=SELECTIONS)
def test_partial_selection_is_never_compared(suite, arguments, partial):
    """Whatever leaves something out makes the run partial: nothing is red, no verdict is reported."""
    suite.write("a", GOOD.replace("supported", "refuted"))
    suite.write("b", GOOD.replace("here/", "there/"))
    run = suite.run(*arguments, paths=() if "claims" in arguments[0] else ("claims",))

    assert partial == suite.ledger[-1]["partial"]
    assert ("[verdict]" in run.stdout.str()) is not bool(partial)
    assert (pytest.ExitCode.OK if partial else pytest.ExitCode.TESTS_FAILED) == run.ret


@pytest.mark.parametrize(("workers", "option"), [("-n0", "--reruns=2"), ("-n2", "--force-flaky")])
def test_repeating_until_it_passes_is_refused(suite, workers, option):
    """An option by which failed tests are repeated is a usage error of one line, where claims are measured."""
    suite.pytester.makeconftest(REPEATING)
    suite.write("a", GOOD)
    suite.pytester.makepyfile(test_other="def test_other(): pass")
    run = suite.run(workers, option)

    assert pytest.ExitCode.USAGE_ERROR == run.ret
    run.stderr.fnmatch_lines([f"ERROR: {option.partition('=')[0]}: got *, wanted each seed measured once: *"])
    assert "Traceback" not in run.stdout.str() + run.stderr.str()
    assert not (suite.path / "evidence").exists()
    assert {"passed": 1} == suite.run(workers, option, paths=("test_other.py",)).parseoutcomes()


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_test_without_a_claim_is_told(suite, workers):
    """What passes beside the claims without being one is named once: it is no evidence. Elsewhere it is no matter."""
    suite.write("a", GOOD + "\ndef test_forgotten(): pass\n\ndef test_too(): pass\n")
    suite.pytester.makepyfile(test_other="def test_other(): pass")
    run = suite.run(workers, paths=("claims", "test_other.py"))

    assert pytest.ExitCode.OK == run.ret
    run.stdout.fnmatch_lines(
        ["no claim: claims/test_a.py::test_forgotten and 1 more: got a test without @claim(...), which is no evidence"]
    )


def test_other_tests_leave_a_run_whole(suite):
    """Tests that measure no claim may be left out, and files without claims may be there."""
    suite.write("a", GOOD)
    suite.write("lab", "def test_lab(): pass")
    suite.write("empty", "")
    run = suite.run("--deselect", "claims/test_lab.py::test_lab")

    assert "" == suite.ledger[-1]["partial"]
    assert {"passed": 31, "deselected": 1} == run.parseoutcomes()
