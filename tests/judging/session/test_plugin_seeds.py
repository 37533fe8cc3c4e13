"""Seeds to look at while claims are written, and others that verdicts rest on."""

import html
import json
import re
import sys

import pytest
from told import written

CLAIM = (
    '@claim("here/{0}", "What {0} says.", source=HERE, criterion={1}, {2})\n'
    "def test_{0}(seed, observe):\n    observe({3})\n\n\n"
)
OFTEN = "at_least(0.5)"


@pytest.fixture
def explored(suite):
    """A suite of which the first ten seeds are for exploration, and what writes its claims."""
    settings = suite.path / "pyproject.toml"
    settings.write_text(settings.read_text() + "\nexploration_seeds = 10\n")

    def write(*claims, name="here"):
        suite.write(name, "".join(CLAIM.format(*claim) for claim in claims))
        return suite

    return write


def measured(run):
    """By test, the seeds that a run with -v measured."""
    tests = [line.split("::")[1].split()[0] for line in run.outlines if "::" in line and "[seed" in line]
    seeds: dict[str, set[int]] = {}
    for name, _, seed in (test.rstrip("]").partition("[seed") for test in tests):
        seeds.setdefault(name.removeprefix("test_"), set()).add(int(seed))
    return {name: (min(found), max(found), len(found)) for name, found in seeds.items()}


CLAIMS = [
    ("often", OFTEN, "expect='supported'", "seed < 40"),
    ("exact", "always()", "expect='supported'", "True"),
    ("revised", OFTEN, "expect='supported', judged_from=60, revised='2026-11: metric'", "True"),
]


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_verdicts_rest_on_the_seeds_after_those_of_exploration(explored, workers):
    """As many as before, of a claim that was revised later ones; the report says which."""
    suite = explored(*CLAIMS)
    run = suite.run(workers, "-v")

    assert 0 == run.ret
    assert {"often": (10, 39, 30), "exact": (10, 14, 5), "revised": (60, 89, 30)} == measured(run)
    assert (
        "- Seeds 10 to 39 for each claim, unless it declares fewer; `always()` takes 5; 1 claim with later ones."
        in (suite.report)
    )
    assert "looking at earlier seeds, the exploration seeds; on these 3 of 3 verdicts came out" in (suite.report)
    listed = suite.run("--list-claims").stdout
    listed.fnmatch_lines(["here/often * 30 seeds *Section*", "here/revised * 30 seeds from 60  Section*"])
    assert {"often": (10, 21, 12), "exact": (10, 14, 5), "revised": (60, 71, 12)} == measured(
        suite.run("-v", "--seeds", "12")
    )
    dry = suite.run("--collect-only", "-q").outlines
    assert sum("test_often[seed" in line for line in dry) == 30
    assert not any("seed009" in line for line in dry)
    suite.run("--plan").stdout.fnmatch_lines(["  at_least(0.5) with 30 seeds: *"])


def test_exploration_measures_the_first_seeds_and_writes_a_report_of_its_own(explored):
    """No verdict rests on it, it says; the report of verdicts is left as it is."""
    suite = explored(*CLAIMS, ("possible", "possible()", "expect='supported'", "seed == 3"))
    run = suite.run("--explore", "-v")

    assert 0 == run.ret
    assert {"often": (0, 9, 10), "exact": (0, 4, 5), "revised": (0, 9, 10), "possible": (0, 9, 10)} == measured(run)
    run.stdout.fnmatch_lines(["exploration: no verdict rests on these seeds", "read REPORT-EXPLORE.md, *"])
    assert not (suite.path / "REPORT.md").exists()
    assert not (suite.path / "evidence/report.json").exists()
    report = written(suite.path / "REPORT-EXPLORE.md")
    page = (suite.path / "report-explore.html").read_text()
    assert "**Exploration: these seeds are looked at while claims are written. No verdict rests on them.**" in report
    assert "- Seeds 0 to 9 for each claim, unless it declares fewer; `always()` takes 5." in report
    assert "came out as expected" not in report
    assert "- Repeat with `pytest claims/ -n auto --explore --seeds 10`." in report
    replay = "replay with <code>pytest 'claims/test_here.py::test_possible[seed003]' --explore</code>"
    assert replay in html.unescape(page)
    assert {"often": (0, 5, 6), "exact": (0, 4, 5), "revised": (0, 5, 6), "possible": (0, 5, 6)} == measured(
        suite.run("--explore", "-v", "--seeds", "6")
    )


def test_exploration_is_red_where_it_does_not_say_what_is_expected(explored):
    """Also where the verdict is only open: `expect` is what it says. What the judged seeds found is no matter."""
    suite = explored(
        ("wrong", OFTEN, "expect='supported'", "seed > 9"),
        ("open", OFTEN, "expect='supported'", "seed % 2 == 1"),
        ("right", OFTEN, "expect='refuted', found='supported'", "seed > 9"),
        ("new", OFTEN, "", "True"),
    )
    run = suite.run("--explore")

    assert 1 == run.ret
    run.stdout.fnmatch_lines(
        [
            "contradicts the record: here/wrong: refuted, 0 of 10 seeds, *, recorded as supported",
            "drift: here/open: inconclusive, 5 of 10 seeds, *, recorded as supported",
            "new: here/new: supported, 10 of 10 seeds, *",
        ]
    )
    run.stdout.no_fnmatch_line("*here/right*")
    run.stdout.no_fnmatch_line("*replication*")
    alone = suite.run("--explore", "--claim", "here/wrong")
    assert 1 == alone.ret, "one finds what to record claim by claim"
    alone.stdout.fnmatch_lines(["partial run (1 of 4 claims selected)", "contradicts the record: here/wrong: *"])


FAILED = [
    ("lost", OFTEN, "expect='supported'", "seed < 10"),
    ("opened", OFTEN, "expect='supported'", "seed < 10 or seed % 2 == 1"),
    ("kept", OFTEN, "expect='refuted'", "False"),
]


def test_a_failed_replication_comes_first_and_says_what_to_do(explored):
    """Reversed is red, open only with --strict-verdicts; once recorded both are told and green."""
    suite = explored(*FAILED)
    run = suite.run()

    assert 1 == run.ret
    told = [
        "failed replication, reversed: here/lost: exploration supported, now refuted, *; examine it, then record "
        'found="refuted"',
        "failed replication, moved: here/opened: exploration supported, now inconclusive, *; examine it, then record "
        'found="inconclusive"',
    ]
    run.stdout.fnmatch_lines(["1 inconclusive, 2 refuted", *told, "read *"])
    run.stdout.fnmatch_lines(["FAILED *test_lost?verdict? - contradicts the record: *"])
    assert {"failed": 1} == {name: n for name, n in run.parseoutcomes().items() if name == "failed"}
    assert 2 == suite.run("--strict-verdicts").parseoutcomes()["failed"]

    chapters = re.findall("^## (.*)$", (suite.path / "report/how-sure.md").read_text(), re.MULTILINE)
    assert ["What did not replicate", "What needs attention", "What is not decided"] == chapters[:3]
    chapter = suite.report.partition("## What did not replicate\n")[2].partition("\n## ")[0].replace("\u00a0", " ")
    reversed_, _, moved = chapter.partition("**Moved: one decides what the other leaves open**")
    assert "**Reversed: one supports what the other refutes**" in reversed_
    assert (
        "- [What lost says.](here.md#here--lost) Exploration SUPPORTED, now REFUTED: holds with 0 of 30 seeds"
        in reversed_
    )
    assert reversed_.rstrip().endswith('; examine it, then record `found="refuted"`.')
    assert (
        "- [What opened says.](here.md#here--opened) Exploration SUPPORTED, now INCONCLUSIVE: holds with 15 of" in moved
    )
    assert "kept" not in chapter
    assert "1 of 3 verdicts came out as expected" in (suite.path / "REPORT.md").read_text()
    assert "**The exploration seeds said SUPPORTED.**" in suite.report
    page = (suite.path / "report.html").read_text()
    assert page.index('id="replications"') < page.index('id="what-needs-attention"')


def test_what_the_judged_seeds_found_is_recorded_beside_what_was_expected(explored):
    """It is green as recorded, and stays first in the report; what it says must not change unseen."""
    found = [
        (name, bar, more + (f", found='{verdict}'" if verdict else ""), holds)
        for (name, bar, more, holds), verdict in zip(FAILED, ("refuted", "inconclusive", ""), strict=True)
    ]
    suite = explored(*found)
    run = suite.run("--strict-verdicts")

    assert 0 == run.ret
    run.stdout.fnmatch_lines(["failed replication, reversed: here/lost: *", "*here/opened*"])
    told = suite.report.partition("## What did not replicate")[2].partition("\n## ")[0]
    (lost,) = [line for line in told.splitlines() if "What lost says." in line]
    assert "examine it" not in lost  # it is on record
    assert 0 == suite.run("--explore").ret

    back = explored(("lost", OFTEN, "expect='supported', found='refuted'", "True")).run()
    assert 1 == back.ret
    back.stdout.fnmatch_lines(["contradicts the record: here/lost: supported, *, recorded as refuted"])
    back.stdout.no_fnmatch_line("*replication*")


def test_a_part_of_the_claims_tells_failed_replications_too(explored):
    """Whoever runs one claim, once, learns of it; nothing is compared with the record, and nothing is red."""
    suite = explored(*FAILED)
    run = suite.run("--claim", "here/lost")

    assert 0 == run.ret
    run.stdout.fnmatch_lines(["failed replication, reversed: here/lost: exploration supported, now refuted, *"])
    run.stdout.fnmatch_lines(["*; examine it, then record *"])

    more = suite.run("--claim", "here/lost", "--seeds", "40")  # the record is of 30
    more.stdout.fnmatch_lines(["failed replication, reversed: here/lost: exploration supported, now refuted, *"])
    more.stdout.no_fnmatch_line("*examine it*")


def test_without_exploration_seeds_nothing_is_different(suite):
    """The first seed is 0, nothing can be explored, no verdict is one of a replication."""
    suite.write("here", "".join(CLAIM.format(*claim) for claim in FAILED))
    run = suite.run("-v")

    assert (0, 29, 30) == measured(run)["lost"]
    run.stdout.no_fnmatch_line("*replication*")
    refused = suite.run("--explore")
    assert 4 == refused.ret
    refused.stderr.fnmatch_lines(["ERROR: --explore: got no exploration seeds, wanted exploration_seeds = 30, say, *"])


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--explore", "--seeds", "11"], "ERROR: --explore --seeds 11: wanted at most 10, the exploration seeds"),
        (["--seeds", "99995"], "ERROR: --seeds 99995: wanted at most 99990, as the first is seed 10"),
        (["--control", "--explore"], "ERROR: --control --seeds 10: wanted at least 30: *"),
        (["-o", "exploration_seeds=-1"], "ERROR: exploration_seeds: got -1, wanted at least 0 and less than 100000"),
    ],
)
def test_seeds_that_a_run_cannot_measure_are_one_line(explored, arguments, line):
    """Before anything is collected."""
    run = explored(*CLAIMS).run(*arguments)

    assert 4 == run.ret
    run.stderr.fnmatch_lines([line])


def test_a_claim_is_judged_by_no_seed_of_exploration(explored):
    """Its first judged seed comes after them, and there are as many as it takes."""
    run = explored(
        ("early", OFTEN, "judged_from=9", "True"),
        ("late", OFTEN, "judged_from=99_971", "True"),
        ("same", OFTEN, "expect='refuted', found='refuted'", "True"),
        ("alone", OFTEN, "found='refuted'", "True"),
        ("word", OFTEN, "judged_from='60'", "True"),
        ("fine", OFTEN, "judged_from=99_970", "True"),
    ).run()

    run.stdout.fnmatch_lines(
        [
            "claim here/early: got judged_from=9, wanted at least 10, after the exploration seeds, and at most 99970 *",
            "claim here/late: got judged_from=99971, wanted at least 10, *",
            "claim here/same: got found='refuted', the same as expect, wanted found= only where the judged seeds *",
            "claim here/alone: got found='refuted' without expect, wanted expect='refuted', or both *",
            "claim here/word: got judged_from='60', wanted a whole number, at least 0 and less than 100000 *",
        ]
    )


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_last_failed_measures_the_seeds_that_the_verdict_rests_on(explored, workers):
    """Those after the exploration, and the later ones of a claim that was revised."""
    suite = explored(
        ("wrong", OFTEN, "expect='supported'", "False"),
        ("later", OFTEN, "expect='supported', judged_from=60", "False"),
        ("right", OFTEN, "expect='refuted'", "False"),
    )
    assert 1 == suite.run().ret

    assert {"wrong": (10, 39, 30), "later": (60, 89, 30)} == measured(suite.run("--lf", "-v", workers))
    assert 1 == suite.run("--explore").ret
    assert {"wrong": (0, 9, 10), "later": (0, 9, 10)} == measured(suite.run("--explore", "--lf", "-v", workers))


def test_controls_are_of_the_judged_seeds(explored):
    """So that measure, seeds and criterion are the same; those of the exploration seeds are kept apart."""
    suite = explored(("often", OFTEN, "expect='supported'", "True"), ("lost", OFTEN, FOUND, "True"))
    suite.run("--control")
    (shown,) = json.loads((suite.path / "evidence/control.json").read_text())["broken"].items()

    assert ("here/often", list(range(10, 40))) == (shown[0], shown[1]["seeds"])


FOUND = "expect='supported', found='refuted'"


def test_controls_of_exploration_are_kept_apart(explored):
    """They take no place of those of the judged seeds."""
    suite = explored(("often", OFTEN, "expect='supported'", "True"), ("lost", OFTEN, FOUND, "True"))
    run = suite.run("--control", "--explore", "-o", "exploration_seeds=30")
    shown = json.loads((suite.path / "evidence/control-explore.json").read_text())["broken"]

    run.stdout.fnmatch_lines(["controls: evidence/control-explore.json, for the report of the next run without *"])
    assert {"here/often": list(range(30)), "here/lost": list(range(30))} == {
        claim: one["seeds"] for claim, one in shown.items()
    }
    assert not (suite.path / "evidence/control.json").exists()


def test_reports_are_rebuilt_as_what_they_are_and_kinds_of_seeds_do_not_merge(explored, tmp_path):
    """From the observations alone; a line says which file has which seeds."""
    suite = explored(*FAILED)
    for option in ("--explore", "-q"):
        suite.run(option, "--evidence", f"evidence{option}")
    explored_lines, judged_lines = (
        str(next((suite.path / f"evidence{option}/runs").glob("*.jsonl"))) for option in ("--explore", "-q")
    )
    lab = [suite.pytester.run(sys.executable, "-m", "lstm_lab", *arguments) for arguments in (
        ("report", explored_lines),
        ("report", judged_lines, "--out", "other.md"),
        ("merge", explored_lines, judged_lines),
        ("diff", explored_lines, judged_lines),
    )]  # fmt: skip

    lab[0].stdout.fnmatch_lines(["REPORT-EXPLORE.md and report-explore.html written from *"])
    assert "## What did not replicate" in (suite.path / "other/how-sure.md").read_text()
    assert "on these 1 of 3 verdicts came out as expected" in (suite.path / "other.md").read_text()
    assert 2 == lab[2].ret
    lab[2].stderr.fnmatch_lines(["seeds: got those of exploration in *, others in *, wanted one kind; the option *"])
    lab[3].stdout.fnmatch_lines(["seeds here/lost: 10 in the first, 30 in the second, 0 in both"])


def test_parts_of_the_judged_seeds_merge_to_a_whole(explored):
    """Whatever the first seed of a claim is."""
    suite = explored(*FAILED, ("later", OFTEN, "expect='refuted', judged_from=60", "False"))
    for part in ("lost or opened", "kept or later"):
        suite.run("-k", part, "--evidence", f"evidence-{part[:4]}")
    parts = [str(next((suite.path / f"evidence-{part}/runs").glob("*.jsonl"))) for part in ("lost", "kept")]
    merged = suite.pytester.run(sys.executable, "-m", "lstm_lab", "merge", *parts)

    assert 0 == merged.ret
    merged.stderr.no_fnmatch_line("partial*")
    merged.stdout.fnmatch_lines(["merged.jsonl written: 120 observations of 4 claims from 2 runs; *"])


def test_more_seeds_than_usual_are_kept_for_the_reports_of_usual_runs(explored):
    """A run of all claims takes its own seeds, and tells beside an open verdict what more of them said."""
    suite = explored(("near", OFTEN, "expect='inconclusive'", "seed % 5 < 3"))
    settings = suite.path / "pyproject.toml"
    settings.write_text(settings.read_text() + '\nmore_seeds = "more.json"\n')

    more = suite.run("-n0", "--seeds", "200", "--report", "evidence/more/REPORT.md")
    assert "more seeds: more.json, for the report of the next run with 30" in more.outlines
    recorded = json.loads((suite.path / "more.json").read_text())["claims"]["here/near"]
    assert (recorded["seeds"][0], recorded["seeds"][-1]) == (10, 209)

    usual = suite.run("-n0")
    assert 0 == usual.ret
    assert "**Decided now (1 claim)**" in suite.report
    assert "SUPPORTED: holds with 120 of 200 seeds" in suite.report
