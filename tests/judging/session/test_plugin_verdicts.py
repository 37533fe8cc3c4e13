"""Verdicts against the record: in the exit status, the terminal, junit XML and what failed last."""

import xml.etree.ElementTree as ElementTree

import pytest

CLAIM = (
    '@claim("here/{0}", "x", source=HERE, criterion=at_least(0.8), expect={1!r})\n'
    "def test_{0}(seed, observe):\n    observe({2})\n\n\n"
)


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_verdict_against_the_record_is_red(suite, workers):
    """Supported against refuted fails, with a test report of its own; agreement, drift and new claims do not."""
    claims = [
        ("kept", "supported", "True"),
        ("refuted_as_recorded", "refuted", "False"),
        ("lost", "supported", "False"),
        ("found", "refuted", "True"),
        ("drifted", "supported", "seed > 5"),
        ("new", None, "False"),
    ]
    suite.write("a", "".join(CLAIM.format(*claim) for claim in claims).replace("here/refuted_as_recorded", "here/old"))
    run = suite.run(workers)

    assert pytest.ExitCode.TESTS_FAILED == run.ret
    assert 2 == run.parseoutcomes()["failed"]
    run.stdout.fnmatch_lines(
        [
            "=* claims: 3 of 6 not as recorded =*",
            "1 inconclusive, 3 refuted, 2 supported",
            "contradicts the record: here/lost: refuted, 0 of 30 seeds, interval 0.00 to 0.12, recorded as supported",
            "contradicts the record: here/found: supported, 30 of 30 seeds, interval 0.88 to 1.00, recorded as refuted",
            "drift: here/drifted: inconclusive, 24 of 30 seeds, *, recorded as supported",
            "new: here/new: refuted, 0 of 30 seeds, *",
            "read REPORT.md, or open file:///*/report.html",
            "FAILED claims/test_a.py::test_lost?verdict? - contradicts the record: here*",
            "FAILED claims/test_a.py::test_found?verdict? - contradicts the record: here*",
        ]
    )


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_refuted_as_recorded_is_green(suite, workers):
    """The suite passes when every verdict is the one on record, also where it is a refutation, drifts or is new."""
    claims = [("old", "refuted", "False"), ("drifted", "supported", "seed > 5"), ("new", None, "False")]
    suite.write("a", "".join(CLAIM.format(*claim) for claim in claims))

    assert pytest.ExitCode.OK == suite.run(workers).ret


def test_strict_verdicts_fail_on_drift(suite):
    """`--strict-verdicts` makes drift red."""
    suite.write("a", CLAIM.format("claimed", "supported", "seed > 5"))
    run = suite.run("--strict-verdicts")

    assert pytest.ExitCode.TESTS_FAILED == run.ret
    run.stdout.fnmatch_lines(["FAILED claims/test_a.py::test_claimed?verdict? - drift: here/claimed: *"])


def test_observation_against_its_claim_is_a_category_of_its_own(suite):
    """It is no failure and no pass: the letter a, the word AGAINST, a count of its own."""
    suite.write("a", CLAIM.format("claimed", "refuted", "seed == 1"))

    run = suite.run("--seeds", "3")
    assert {"passed": 2, "against": 2} == run.parseoutcomes()
    run.stdout.fnmatch_lines(["claims/test_a.py a.a.*100%*"])
    suite.run("--seeds", "3", "-v").stdout.fnmatch_lines(["*test_claimed?seed002? AGAINST *"])


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_progress_ends_at_a_hundred_percent(suite, workers):
    """The verdicts count in pytest's progress and do not take it beyond its end."""
    for name in "abc":
        suite.write(name, CLAIM.format(name, "supported", "True"))
    run = suite.run(workers, "-v", "--seeds", "17")

    shares = [int(line.partition("%]")[0].rpartition("[")[2]) for line in run.outlines if "%]" in line]
    assert 3 * 17 + 3 == len(shares)
    assert sorted(shares) == shares
    assert 100 == shares[-1]
    run.stdout.fnmatch_lines(["claims/test_c.py::test_c?verdict? PASSED *100%?"])


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_junit_xml_has_the_verdicts(suite, workers):
    """junit XML has one case for each observation and each verdict, counted right."""
    suite.write("a", CLAIM.format("wrong", "supported", "False") + CLAIM.format("right", "supported", "True"))
    suite.run(workers, "--junitxml=junit.xml")

    report = ElementTree.parse(suite.path / "junit.xml").find("testsuite")
    assert report is not None
    assert ("62", "1", "0", "0") == tuple(report.get(name) for name in ("tests", "failures", "errors", "skipped"))
    (failed,) = [case for case in report if case.find("failure") is not None]
    assert ("claims.test_a", "test_wrong[verdict]") == (failed.get("classname"), failed.get("name"))
    assert failed[0].get("message").startswith("contradicts the record: here/wrong: refuted")


@pytest.mark.parametrize(("workers", "option"), [("-n0", "-x"), ("-n2", "-x"), ("-n0", "--maxfail=2")])
def test_verdicts_are_all_reported_whatever_number_of_failures_stops(suite, workers, option):
    """When verdicts are reported every test has run: `-x` changes nothing but a line."""
    wrong = (CLAIM.format(name, "supported", "False") for name in ("one", "two", "three"))
    suite.write("a", "".join(wrong))
    run = suite.run(workers, option)

    assert pytest.ExitCode.TESTS_FAILED == run.ret
    assert {"failed": 3, "against": 90} == run.parseoutcomes()
    assert "" == suite.ledger[-1]["partial"]


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_last_failed_verdict_selects_all_its_seeds(suite, workers):
    """`--lf` measures all seeds of a claim whose verdict failed, also beside a seed that failed, and no others."""
    suite.write("a", CLAIM.format("wrong", "supported", "False") + CLAIM.format("right", "supported", "True"))
    suite.write("b", CLAIM.format("broken", "supported", "seed != 4 or 1 / 0") + CLAIM.format("fine", None, "True"))
    suite.run("--seeds", "9")
    run = suite.run("--lf", workers, "--seeds", "9", "-v")

    measured = {line.split("::")[1].split()[0] for line in run.outlines if "::" in line and "seed" in line}
    expected = {f"test_wrong[seed{seed:03d}]" for seed in range(9)} | {
        f"test_broken[seed{seed:03d}]" for seed in range(9)
    }
    assert expected == {test for test in measured if "verdict" not in test}
    run.stdout.fnmatch_lines(["partial run (*): verdicts are not compared with the record"])


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_last_failed_verdict_stays_red_beside_its_rival(suite, workers):
    """`--lf` measures what cannot hold together with a failed verdict, too, and fails again until that is mended."""
    rival = CLAIM.format("rival", "supported", "True")
    suite.write("a", CLAIM.format("wrong", "refuted", "True"))
    suite.write("b", rival.replace("criterion=", 'contradicts=["here/wrong"], criterion='))
    suite.write("c", CLAIM.format("other", "supported", "True"))
    assert pytest.ExitCode.TESTS_FAILED == suite.run().ret
    for _ in range(2):
        run = suite.run("--lf", workers)
        assert pytest.ExitCode.TESTS_FAILED == run.ret
        assert {"passed": 61, "failed": 1} == {name: run.parseoutcomes()[name] for name in ("passed", "failed")}
        run.stdout.fnmatch_lines(
            [
                "contradicts the record: here/wrong: *",
                "partial run (2 of 3 claim files selected): *",
                "--lf: 2 verdicts compared with the record all the same",
            ]
        )
        assert "contested" in suite.report
    suite.write("a", CLAIM.format("wrong", "supported", "True"))

    assert pytest.ExitCode.OK == suite.run("--lf", workers).ret
    assert {"passed": 93} == suite.run("--lf", workers).parseoutcomes(), "nothing is left that failed"


def test_last_failed_forgets_a_verdict_that_passed(suite):
    """What pytest remembers names verdicts and seeds that exist, and nothing once they pass."""
    remembered = suite.path / ".pytest_cache" / "v" / "cache" / "lastfailed"
    suite.write("a", CLAIM.format("wrong", "supported", "False"))
    suite.run()
    assert ['"claims/test_a.py::test_wrong[verdict]"'] == [
        line.strip().partition(":  ")[0].rpartition(": ")[0] for line in remembered.read_text().splitlines()[1:-1]
    ]
    suite.run("--lf")
    assert "seed" not in remembered.read_text()
    suite.write("a", CLAIM.format("wrong", "refuted", "False"))
    suite.run()

    assert not remembered.exists() or "{}" == remembered.read_text().strip()
