"""A test with cases: each is a claim of its own, from collection to the report and to `--lf`."""

import html

import pytest

FAMILY = """
import pytest


@pytest.fixture
def doubled(length):
    return 2 * length


@pytest.fixture
def text(request):
    return request.param * 2


@claim("here/before", "It holds.", source=HERE, criterion=always())
def test_before(observe):
    observe(True)


@claim(
    "here/holds",
    "It holds for {length} letters.",
    source=HERE,
    criterion=always(),
    expect="supported",
    cases=[
        case(length=6, text="A", seeds=4, seeds_reason="four"),
        case("8-letters", length=8, text="B", expect="refuted", note="Of eight."),
        case("9-letters", length=9, text="C"),
    ],
)
def test_holds(doubled, text, length, seed, observe):
    '''Of six.'''
    observe(length != 8 or seed < 3, doubled=doubled, text=text)


@claim("here/after", "It holds.", source=HERE, criterion=always())
def test_after(observe):
    observe(True)
"""
IMPORT = "from lstm_lab import case\n"


@pytest.fixture
def of_cases(suite):
    """A suite with a family of three claims between two others."""
    suite.write("a", IMPORT + FAMILY)
    return suite


def names(run):
    """The tests that a run names."""
    return [line.split("::")[1].split()[0] for line in run.outlines if "::" in line]


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_each_case_is_measured_and_judged(of_cases, workers):
    """With its values and its seeds, to a verdict of its own; also with workers."""
    run = of_cases.run(workers, "-v")

    assert pytest.ExitCode.OK == run.ret
    shown = {
        (one["claim"], one["seed"]): one["shown"] for one in of_cases.records("observation") if "holds" in one["claim"]
    }
    assert {
        **{("here/holds", seed): {"doubled": 12, "text": "AA"} for seed in range(4)},
        **{("here/holds-8-letters", seed): {"doubled": 16, "text": "BB"} for seed in range(5)},
        **{("here/holds-9-letters", seed): {"doubled": 18, "text": "CC"} for seed in range(5)},
    } == shown
    verdicts = [name for name in names(run) if "verdict" in name]
    family = ["test_holds[verdict]", "test_holds[8-letters-verdict]", "test_holds[9-letters-verdict]"]
    assert ["test_before[verdict]", *family, "test_after[verdict]"] == verdicts
    for line in ("It holds for 6 letters.", "It holds for 8 letters.", "Of six.", "Of eight."):
        assert line in of_cases.report
    replays = {id: of_cases.data[id]["replay"] for id in ("here/holds", "here/holds-8-letters", "here/holds-9-letters")}
    replay = "pytest 'claims/test_a.py::test_holds[8-letters-seed003]'"
    assert {"here/holds": None, "here/holds-8-letters": replay, "here/holds-9-letters": None} == replays
    page = html.unescape((of_cases.path / "report.html").read_text())
    assert f"replay with <code>{replay}</code>" in page


def test_the_order_is_by_seed_and_then_as_declared(of_cases):
    """What the cases share of a seed is measured together."""
    run = of_cases.run("--collect-only", "-q", "--seeds", "2")

    tests = ("test_before[{}]", "test_holds[{}]", "test_holds[8-letters-{}]", "test_holds[9-letters-{}]")
    expected = [test.format(seed) for seed in ("seed000", "seed001") for test in (*tests, "test_after[{}]")]
    assert expected == names(run)


@pytest.mark.parametrize(
    ("arguments", "tests"),
    [
        (("--claim", "here/holds-8-letters"), {"test_holds[8-letters-seed003]", "test_holds[8-letters-seed004]"}),
        (("--claim", "here/holds"), {"test_holds[seed003]"}),
        (
            ("-m", 'claim(id="here/holds-9-letters")'),
            {"test_holds[9-letters-seed003]", "test_holds[9-letters-seed004]"},
        ),
        (("-m", 'claim(id="here/holds")'), {"test_holds[seed003]"}),
        (("-k", "8-letters and seed003"), {"test_holds[8-letters-seed003]"}),
    ],
    ids=["a case", "the first", "a case by mark", "the first by mark", "keyword"],
)
def test_a_case_is_selected_like_any_claim(of_cases, arguments, tests):
    """By id, by the mark, by a part of the name."""
    run = of_cases.run("--collect-only", "-q", *arguments)

    assert tests == {name for name in names(run) if "seed003" in name or "seed004" in name}


def test_the_replayed_test_is_the_one(of_cases):
    """The node id that the report's data and page have selects the one seed of the one case."""
    run = of_cases.run(paths=("claims/test_a.py::test_holds[8-letters-seed003]",))

    assert {"against": 1} == run.parseoutcomes()


def test_last_failed_verdict_selects_the_seeds_of_its_case(suite):
    """And of no other case."""
    suite.write("a", IMPORT + FAMILY.replace('expect="refuted"', 'expect="supported"'))
    suite.run()
    run = suite.run("--lf", "-v")

    assert {f"test_holds[8-letters-seed{seed:03d}]" for seed in range(5)} == {
        name for name in names(run) if "seed" in name
    }


BAD = {
    "no value": (
        'case("x", other=1)',
        "claim here/holds-x: got no value for length, wanted one as in the other cases *",
    ),
    "unused": (
        'case("x", length=1, y=2)',
        "claim here/holds-x: got y=..., wanted a name that its statement has a slot *",
    ),
    "reserved": ('case("x", length=1, seed=2)', "claim here/holds-x: got seed=..., wanted another name: every test *"),
    "too few seeds": (
        'case("x", length=1, criterion=at_least(0.95))',
        "claim here/holds-x: at_least(0.95) cannot be satisfied by 30 seeds, wanted at least 72 *",
    ),
    "an id twice": (
        'case("twin", length=1)',
        "claim here/holds-twin: declared before in claims/test_a.py::test_twin, *",
    ),
    "no case": ("5", "claim here/holds: got the case 5, wanted case(*"),
}
SHORT = """
@claim("here/holds-twin", "It holds.", source=HERE, criterion=always())
def test_twin(observe):
    observe(True)


@claim("here/holds", "It holds.", source=HERE, criterion=always(), cases=[case(length=2), {bad}, case("y", length=3)])
def test_holds(length, observe):
    observe(length > 0)
"""


@pytest.mark.parametrize(("bad", "line"), BAD.values(), ids=BAD)
def test_a_bad_case_is_refused_alone(suite, bad, line):
    """In one line at collection; with workers the other cases are measured."""
    suite.write("a", IMPORT + SHORT.format(bad=bad))
    run = suite.run("-n2")

    run.stdout.fnmatch_lines(["*ERROR collecting claims/test_a.py*", line + "(claims/test_a.py:*)"])
    assert "Traceback" not in run.stdout.str() + run.stderr.str()
    assert {"here/holds-twin", "here/holds", "here/holds-y"} == {one["claim"] for one in suite.records("observation")}


def test_a_test_whose_cases_are_all_bad_is_no_test(suite):
    """Nothing of it is run without a seed."""
    suite.write("a", IMPORT + SHORT.replace('case(length=2), {bad}, case("y", length=3)', "4"))
    run = suite.run("-n2")

    assert {"passed": 6, "errors": 1} == run.parseoutcomes()


def test_a_case_has_a_control_of_its_own(suite):
    """Under `--control` each case is run under what it declares, or not at all; the results are kept by claim."""
    suite.write(
        "a",
        IMPORT
        + """
@claim(
    "here/holds",
    "It holds {how}.",
    source=HERE,
    criterion=at_least(0.8),
    cases=[
        case(how="so", length=2, control="a length of nought"),
        case("refuted", how="not", length=3, control="a length of nought", expect="refuted"),
        case("always", how="always", length=-1, control="a length of nought"),
    ],
)
def test_holds(length, broken, observe):
    observe(length != 0 and (length < 0 or not broken))
""",
    )
    run = suite.run("--control", "-v")

    assert {"test_holds", "test_holds[always"} == {
        name.partition("[seed")[0].partition("-seed")[0] for name in names(run) if "seed" in name
    }
    run.stdout.fnmatch_lines(["*here/holds-always*"])
