"""`observe`: exactly one observation per seed, of the right form; everything else is an error and never evidence."""

import pytest

CLAIM = '@claim("here/{0}", "x", source=HERE, criterion={1})\ndef test_{0}({2}):\n    {3}\n\n\n'

NO_NUMBER = "claim here/bad, seed 0: x: got *, wanted one number"
ERRORS = {
    "an assertion": ("at_least(0.8)", "observe(True); assert seed < 0", "assert 0 < 0"),
    "an exception": ("at_least(0.8)", "observe(seed / 0 == 1)", "ZeroDivisionError: division by zero"),
    "nothing": ("at_least(0.8)", "pass", "claim here/bad, seed 0: observed nothing, wanted one call of observe*"),
    "twice": (
        "at_least(0.8)",
        "observe(True); observe(True)",
        "claim here/bad, seed 0: observed twice, wanted one observation per seed",
    ),
    "twice, swallowed": (
        "at_least(0.8)",
        "\n    observe(True)\n    try:\n        observe(True)\n    except Exception:\n        pass",
        "claim here/bad, seed 0: observed twice, wanted one observation per seed",
    ),
    "twice, all swallowed": (
        "at_least(0.8)",
        "\n    observe(True)\n    try:\n        observe(True)\n    except BaseException:\n        pass",
        "claim here/bad, seed 0: observed twice, wanted one observation per seed",
    ),
    "wrong, then right": (
        "at_least(0.8)",
        "\n    try:\n        observe(0.7)\n    except BaseException:\n        observe(True)",
        "claim here/bad, seed 0: got 0.7 (float), wanted True*",
    ),
    "a masked value": (
        "beats()",
        "import numpy; observe(numpy.ma.masked, against=-1)",
        "claim here/bad, seed 0: x: got *",
    ),
    "a duration": (
        "beats()",
        "import numpy; observe(numpy.timedelta64(5, 'ns'), against=1)",
        "claim here/bad, seed 0: x: *",
    ),
    "a number for a bool": ("at_least(0.8)", "observe(0.7)", "claim here/bad, seed 0: got 0.7 (float), wanted True*"),
    "no baseline": ("beats()", "observe(0.7)", "claim here/bad, seed 0: got 0.7 (float) alone, wanted observe*"),
    "a baseline too much": ("always()", "observe(True, against=1)", "claim here/bad, seed 0: got against=1 (int)*"),
    "not a number": ("beats()", "observe(float('nan'), against=1)", "claim here/bad, seed 0: x: got nan (float)*"),
    "a list shown": ("always()", "observe(True, what=[1])", "claim here/bad, seed 0: what: got ?1? (list), wanted *"),
}


def test_anything_but_one_observation_is_an_error(suite):
    """The seed is an error of one line in the terminal and in the ledger; nothing of it is evidence."""
    names = [name.translate({ord(" "): "-", ord(","): None}) for name in ERRORS]
    for name, (criterion, body, _) in zip(names, ERRORS.values(), strict=True):
        suite.write(
            name.replace("-", "_"),
            CLAIM.format("bad", criterion, "seed, observe", body).replace("here/bad", f"here/{name}"),
        )
    run = suite.run("-k", "seed000")

    assert pytest.ExitCode.TESTS_FAILED == run.ret
    for name, (_, _, line) in zip(names, ERRORS.values(), strict=True):
        expected = line.replace("here/bad", f"here/{name}")
        run.stdout.fnmatch_lines_random([f"error: here/{name}: 1 of 1 seeds without evidence (0): {expected}"])
    assert sorted(names) == sorted(failure["claim"].removeprefix("here/") for failure in suite.records("failure"))
    assert {"error"} == {failure["kind"] for failure in suite.records("failure")}
    assert [] == suite.records("observation")


def test_numpy_values_travel_between_processes(suite):
    """NumPy scalars, which kill a worker on the way, arrive as the builtins they are."""
    suite.write(
        "a",
        "import numpy as np\n\n"
        + CLAIM.format("bool", "at_least(0.8)", "observe", "observe(np.bool_(True), figure=np.float32(0.5))")
        + CLAIM.format("pair", "beats()", "observe", "observe(np.float32(2), against=np.array(1.0))"),
    )
    run = suite.run("-n2", "-k", "seed000")

    assert {"passed": 2} == run.parseoutcomes()
    one, two = sorted(suite.records("observation"), key=lambda one: one["claim"])
    assert (True, {"figure": 0.5}) == (one["holds"], one["shown"])
    assert (2.0, 1.0) == (two["value"], two["against"])


def test_what_decides_alone_is_measured_twice(suite):
    """A counterexample of always() and a witness of possible() are measured again before they count, nothing else."""
    bodies = [("counterexample", "always()", False), ("agrees", "always()", True)]
    bodies += [("witness", "possible()", True), ("none", "possible()", False)]
    for name, criterion, holds in bodies:
        suite.write(name, CLAIM.format(name, criterion, "observe", f"observe({holds}); print('MEASURED {name}')"))
    run = suite.run("-k", "seed000", "-s")

    times = {name: run.stdout.str().count(f"MEASURED {name}") for name, _, _ in bodies}
    assert {"counterexample": 2, "agrees": 1, "witness": 2, "none": 1} == times
    assert 4 == len(suite.records("observation"))


def test_what_is_not_reproducible_is_an_error(suite):
    """A counterexample that the second measurement does not confirm is no evidence."""
    body = "observe(len(times) > 0, times=len(times)); times.append(1)"
    suite.write("a", "times = []\n\n" + CLAIM.format("once", "always()", "observe", body))
    suite.run("-k", "seed000")

    (failure,) = suite.records("failure")
    assert (
        "claim here/once, seed 0: not reproducible, measured False times=0, then True times=1"
        == failure["message"].splitlines()[0]
    )
    assert [] == suite.records("observation")


def test_other_tests_observe_nothing(suite):
    """`observe` and `seed` belong to the tests of claims."""
    suite.write("a", "def test_observes(observe): pass\n\ndef test_asks_for_a_seed(seed): pass")
    run = suite.run()

    assert {"errors": 2} == run.parseoutcomes()
    run.stdout.fnmatch_lines(["seed: got a test without a claim, wanted one decorated with @claim(...)"])


def test_parameters_beside_the_seed_are_refused(suite):
    """A claim measured under several parameters would give one seed several observations."""
    suite.write(
        "a",
        "import pytest\n\n@pytest.mark.parametrize('units', [16, 50])\n"
        + CLAIM.format("many", "always()", "observe, units", "observe(True)"),
    )
    run = suite.run("-k", "seed000", "-n2")

    run.stdout.fnmatch_lines(["*claim here/many: got a test with parameters ?'units'?, wanted the seed alone"])
    assert [] == suite.records("observation")


def test_observation_counts_once_its_test_is_torn_down(suite):
    """A test whose teardown fails has no evidence, although it observed."""
    suite.write(
        "a",
        "import pytest\n\n@pytest.fixture\ndef leaky():\n    yield\n    raise RuntimeError('leak')\n\n"
        + CLAIM.format("leaks", "always()", "leaky, observe", "observe(True)"),
    )
    suite.run("-k", "seed000")

    assert [] == suite.records("observation")
    assert ["RuntimeError: leak"] == [one["message"].splitlines()[0] for one in suite.records("failure")]


def test_skipped_seed_is_missing(suite):
    """A seed that skips gives no evidence: the claim is incomplete, and red."""
    suite.write(
        "a",
        "import pytest\n\n"
        + CLAIM.format("skips", "always()", "observe", "observe(True); pytest.skip('not on this machine')"),
    )
    run = suite.run("-k", "seed000")

    assert pytest.ExitCode.TESTS_FAILED == run.ret
    run.stdout.fnmatch_lines(
        ["incomplete: here/skips: 1 of 1 seeds without evidence (0): Skipped: not on this machine"]
    )
