"""Criteria become final in a commit, before the seeds are run that verdicts rest on; what changes later is told."""

import json
import os
import subprocess

import pytest

CLAIM = (
    '@claim("here/{0}", "x", source=HERE, criterion=at_least({1}), expect="supported"{2})\n'
    "def test_{0}(seed, observe):\n    observe({3})\n\n\n"
)
WORDED = ", revised='2026-11: the bar; was SUPPORTED'"


@pytest.fixture
def final(suite):
    """A suite of two claims in a repository, with a file of final criteria, and what commits it."""
    settings = suite.path / "pyproject.toml"
    settings.write_text(settings.read_text() + '\nexploration_seeds = 10\ncriteria = "kept/criteria.json"\n')
    (suite.path / "kept").mkdir()
    (suite.path / ".gitignore").write_text("evidence/\nREPORT*\nreport*\n__pycache__/\n.pytest_cache/\n")
    suite.write("here", CLAIM.format("one", 0.5, "", "True") + CLAIM.format("two", 0.5, "", "True"))
    commit(suite, "init", "-q")
    return suite


def commit(suite, *first):
    """Commit everything; the short hash."""
    told = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_COMMITTER_DATE": "2026-11-28T12:00:00Z"}
    who = ("-c", "user.name=x", "-c", "user.email=x@x")
    commands = (first, ("add", "-A"), (*who, "commit", "-qm", "x", "--allow-empty"), ("rev-parse", "--short=7", "HEAD"))
    for one in filter(None, commands):
        done = subprocess.run(
            ["git", *one], cwd=suite.path, env={**os.environ, **told}, check=True, capture_output=True, text=True
        )
    return done.stdout.strip()


def kept(suite):
    """The file: by claim, its first seed, the commit in which it became final, and what was revised."""
    claims = json.loads((suite.path / "kept/criteria.json").read_text())["claims"]
    return {id: (one["first_seed"], one["commit"][:7], one.get("revised", "")) for id, one in claims.items()}


def header(suite):
    """What the report says of final criteria, at its head and among what needs attention."""
    front = (suite.path / "REPORT.md").read_text()  # the details repeat these lines
    told = [line for line in front.splitlines() if line.startswith(("- Criteria final", "- **Not final"))]
    _, _, open_ = suite.report.partition("**Criteria that were not final before the run**\n\n")
    return told, [line for line in open_.partition("\n\n")[0].splitlines() if line.startswith("- ")]


def test_claims_become_final_in_a_commit(final):
    """Nothing is measured; the file has each claim with the commit; the report and a strict run are content with it."""
    hash = commit(final)
    run = final.run("--final-criteria")

    assert 0 == run.ret
    run.stdout.fnmatch_lines([f"final: 2 claims, 2 of them in commit {hash}; now commit criteria.json"])
    assert {"here/one": (10, hash, ""), "here/two": (10, hash, "")} == kept(final)
    assert not (final.path / "evidence").exists()
    assert 0 == final.run("--strict-verdicts").ret
    assert ([f"- Criteria final in commit `{hash}` of 2026-11-28, before any judged seed was run."], []) == header(
        final
    )
    final.run("--list-claims").stdout.no_fnmatch_line("*not final*")


def test_a_claim_that_changed_later_or_is_new_is_named(final):
    """On the terminal, in the list, and in the report; red under --strict-verdicts alone. What is not judged may."""
    hash = commit(final)
    final.run("--final-criteria")
    final.write(
        "here",
        CLAIM.format("one", 0.6, "", "True")
        + CLAIM.format("two", 0.5, ", stance='stated', published='1', revised='2026-12: a word'", "True")
        + CLAIM.format("new", 0.5, "", "True"),
    )
    told = [
        "not final: here/one: changed since it was final",
        "not final: here/new: new since criteria were final",
    ]
    run = final.run("-n2")

    assert 0 == run.ret
    run.stdout.fnmatch_lines(told)
    run.stdout.no_fnmatch_line("*not final: here/two*")
    assert (
        [
            f"- Criteria final in commit `{hash}` of 2026-11-28, before any judged seed was run.",
            "- **Not final: 2 claims.**",
        ],
        [
            "- [`here/one`](here.md#here--one): changed since it was final",
            "- [`here/new`](here.md#here--new): new since criteria were final",
        ],
    ) == header(final)
    final.run("--list-claims").stdout.fnmatch_lines(told)
    strict = final.run("--strict-verdicts")
    assert 1 == strict.ret
    assert "failed" not in strict.parseoutcomes()
    final.run("--explore").stdout.no_fnmatch_line("*not final*")


def test_what_changed_becomes_final_with_a_reason_and_seeds_not_yet_seen(final):
    """Each that cannot is a line, and the file stays; then what has not changed stays as it was."""
    first = commit(final)
    final.run("--final-criteria")
    before = (final.path / "kept/criteria.json").read_text()
    two = CLAIM.format("two", 0.5, "", "True")
    for more, line in (
        ("", "ERROR: claim here/one: changed since it was final, wanted revised='when and what; was SUPPORTED'"),
        (
            WORDED,
            "ERROR: claim here/one: changed since it was final, wanted judged_from=40 or more: seeds not yet seen",
        ),
        (f"{WORDED}, judged_from=39", "ERROR: claim here/one: changed since it was final, wanted judged_from=40 *"),
    ):
        final.write("here", CLAIM.format("one", 0.6, more, "True") + two)
        commit(final)
        refused = final.run("--final-criteria")
        assert 4 == refused.ret
        refused.stderr.fnmatch_lines([line])
        assert before == (final.path / "kept/criteria.json").read_text()

    final.write("here", CLAIM.format("one", 0.6, f"{WORDED}, judged_from=40", "True") + two)
    second = commit(final)
    assert 0 == final.run("--final-criteria").ret
    assert {"here/one": (40, second, "2026-11: the bar; was SUPPORTED"), "here/two": (10, first, "")} == kept(final)
    final.run("--strict-verdicts", "--seeds", "40")
    assert [
        f"- Criteria final in commit `{first}` of 2026-11-28, before any judged seed was run; "
        "1 claim changed since, declared as revised."
    ] == header(final)[0]

    # Once more, with the words of the last time; and other seeds without any change.
    final.write("here", CLAIM.format("one", 0.7, f"{WORDED}, judged_from=70", "True") + two)
    commit(final)
    final.run("--final-criteria").stderr.fnmatch_lines(["ERROR: claim here/one: changed *, wanted revised=*"])
    final.write("here", CLAIM.format("one", 0.6, f"{WORDED}, judged_from=70", "True") + two)
    commit(final)
    final.run("--final-criteria").stderr.fnmatch_lines(
        ["ERROR: claim here/one: judged from seed 70, final with seed 40, wanted revised=*"]
    )


@pytest.mark.parametrize(
    ("path", "arguments", "line"),
    [
        ("claims/helper.py", [], "ERROR: --final-criteria: got claims/helper.py uncommitted, wanted a commit *"),
        ("conftest.py", [], "ERROR: --final-criteria: got conftest.py uncommitted, wanted a commit that has it all"),
        ("claims/test_here.py", [], "ERROR: --final-criteria: got claims/test_here.py uncommitted, *"),
        ("", ["--claim", "here/one"], "ERROR: --final-criteria: got 1 of 2 claims selected, wanted all claims"),
        ("", ["--explore"], "ERROR: --final-criteria: got seeds of exploration alone, wanted those that verdicts *"),
        ("", ["-o", "exploration_seeds=0"], "ERROR: --final-criteria: got seeds of exploration alone, *"),
        ("", ["-o", "criteria="], "ERROR: --final-criteria: got no file for them, wanted criteria = 'PATH' *"),
    ],
)
def test_what_cannot_become_final_is_one_line(final, path, arguments, line):
    """Uncommitted code, a part of the claims, no seeds that verdicts rest on, no file."""
    (final.path / "notes.txt").write_text("no code")
    if path:
        with (final.path / path).open("a") as file:
            file.write("\n# changed\n")
    run = final.run("--final-criteria", *arguments)

    assert 4 == run.ret
    run.stderr.fnmatch_lines([line])
    assert not (final.path / "kept/criteria.json").exists()


def test_outside_a_repository_and_with_a_broken_file_nothing_is_written(final):
    """One line each, also in a run."""
    (final.path / "kept/criteria.json").write_text("{}")
    for run in (final.run("--final-criteria"), final.run()):
        assert 4 == run.ret
        run.stderr.fnmatch_lines(
            ["ERROR: *criteria.json: got KeyError 'format', wanted what `pytest claims/ --final-*"]
        )
    (final.path / "kept/criteria.json").unlink()
    (final.path / ".git").rename(final.path / ".nothing")
    final.run("--final-criteria").stderr.fnmatch_lines(
        ["ERROR: --final-criteria: got no commit, wanted a repository *"]
    )
