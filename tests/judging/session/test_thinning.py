"""With `--claim`, a run of one claim with many seeds collects these, and not those of all."""

CLAIMS = """
@claim("here/holds", "It holds.", source=HERE, criterion=at_least(0.8), expect="supported")
def test_holds(observe):
    observe(True)


@claim("here/disputed", "It holds, too.", source=HERE, criterion=at_least(0.8), expect="supported")
def test_disputed(observe):
    observe(True)
"""

LATER = """
@claim("there/does-not", "It does not.", source=HERE, criterion=at_least(0.8), challenges="here/disputed")
def test_does_not(observe):
    observe(False)
"""


def test_of_other_claims_one_seed_is_collected(suite):
    """Forty of the claim asked for; of the other one the first, which is left out."""
    suite.write("here", CLAIMS)
    run = suite.run("--collect-only", "-q", "--seeds", "40", "--claim", "here/holds")

    assert "40/41 tests collected (1 deselected)" in run.stdout.str()
    assert 40 == run.stdout.str().count("test_holds[")
    assert "test_disputed" not in run.stdout.str()


def test_every_seed_of_a_challenged_claim_is_collected_though_it_came_first(suite):
    """That it is challenged is known once the file with the challenge has been collected, too."""
    suite.write("here", CLAIMS)
    suite.write("there", LATER)
    run = suite.run("--claim", "there/*", "--seeds", "40")

    assert 0 == run.ret
    assert {"passed": 40, "against": 40, "deselected": 1} == run.parseoutcomes()
    run.stdout.fnmatch_lines(["collected 81 items / 1 deselected / 80 selected"])
    assert [40, 40] == [len(one["seeds"]) for one in suite.records("header")[0]["catalogue"]]
    assert {("here/disputed", 39), ("there/does-not", 39)} <= {
        (one["claim"], one["seed"]) for one in suite.records("observation")
    }


def test_a_test_that_is_named_is_found_whatever_claim_is_asked_for(suite):
    """A seed of another claim may be named beside `--claim`: pytest must find it, to leave it out."""
    suite.write("here", CLAIMS)
    named = ("claims/test_here.py::test_holds", "claims/test_here.py::test_disputed[seed005]")
    run = suite.run("--claim", "here/holds", "--seeds", "40", paths=named)

    assert {"passed": 40, "deselected": 1} == run.parseoutcomes()
