"""A store without room, one that takes nothing, one that two runs share: a clear line, and no wrong evidence."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import tiny
from laboratory import LONGEST, Laboratory, Undisturbed

from lstm_lab.judging.evidence.ledger import Ledger

Mount = Callable[..., None]
PLAIN = """
from lstm_lab import Section, at_least, claim


@claim("here/plain", "x", source=Section("Here"), criterion=at_least(0.8))
def test_plain(observe):
    observe(True, words="so many words that a page is full before every seed has said its own " * 20)
"""


@pytest.fixture
def mount() -> Iterator[Mount]:
    """Mounts a small file system on a folder, or changes a mounted one; skips where that is not allowed."""
    mounted = []

    def done(folder: Path, options: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        kind = ["-t", "tmpfs", "tmpfs"] if "remount" not in options else []
        try:
            subprocess.run(["mount", *kind, "-o", options, str(folder)], capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"mounting a small file system: {getattr(error, 'stderr', '') or error}")
        mounted.append(folder)

    yield done
    for folder in set(mounted):
        subprocess.run(["umount", "-l", str(folder)], check=True)


def plain(laboratory: Laboratory) -> Laboratory:
    """The suite with a claim that trains nothing in the place of the others."""
    (laboratory.path / "claims" / "conftest.py").write_text("")
    (laboratory.path / "claims" / "test_tiny.py").write_text(PLAIN)
    return laboratory


def test_a_store_without_room(laboratory: Laboratory, undisturbed: Undisturbed, mount: Mount) -> None:
    """What cannot be kept is an error of one line that says what to do; with room again, the run is as any other."""
    folder = laboratory.store.folder
    mount(folder, "size=16k")

    assert pytest.ExitCode.TESTS_FAILED == laboratory.run(workers=1)
    line = f"StoreError: store {folder}: cannot keep "
    assert line in laboratory.output
    assert "(No space left on device); wanted a writable folder with room for it" in laboratory.output
    ledger = Ledger.read(laboratory.ledgers()[-1])
    assert {} == ledger.observations
    assert tiny.TESTS == len(ledger.failures)
    assert all(line in failure.message.splitlines()[0] for failure in ledger.failures)
    assert [] == [path.name for path in folder.iterdir() if path.suffix not in (".npz", ".lock")]

    mount(folder, "remount,size=4m")
    assert 0 == laboratory.run(), laboratory.output
    assert (undisturbed.outcome, []) == (laboratory.outcome(), laboratory.refused)


def test_a_store_that_is_read_only(stocked: Laboratory, undisturbed: Undisturbed, mount: Mount) -> None:
    """What it has is used; what it lacks ends in the line that says why it cannot be kept."""
    folder = stocked.store.folder
    kept = {path.name: path.read_bytes() for path in folder.iterdir()}
    mount(folder, "size=4m")
    for name, content in kept.items():
        (folder / name).write_bytes(content)
    mount(folder, "remount,ro")

    assert 0 == stocked.run(workers=1), stocked.output
    assert (undisturbed.outcome, (0, 4)) == (stocked.outcome(), stocked.models)

    mount(folder, "remount,rw")
    stocked.store.path(tiny.KEPT, tiny.BLOCK, 6).unlink()
    mount(folder, "remount,ro")
    assert pytest.ExitCode.TESTS_FAILED == stocked.run(workers=1)
    assert f"StoreError: store {folder}: cannot be written to (Read-only file system)" in stocked.output
    assert {} == Ledger.read(stocked.ledgers()[-1]).observations


def test_a_file_in_the_place_of_the_evidence(laboratory: Laboratory) -> None:
    """The run stops before it measures, with one line, and leaves the last report as it was."""
    plain(laboratory).evidence.write_text("in the way")
    (laboratory.path / "REPORT.md").write_text("the last report")

    for workers in (0, 2):
        assert laboratory.run(workers=workers) in (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.USAGE_ERROR)
        told = [line for line in laboratory.output.splitlines() if "Not a directory" in line]
        assert 1 == len(told), laboratory.output
        assert str(laboratory.evidence) in told[0]
        assert "Traceback" not in laboratory.output
        assert "INTERNALERROR" not in laboratory.output
        assert "the last report" == (laboratory.path / "REPORT.md").read_text()


@pytest.mark.parametrize("workers", [0, 2])
def test_no_room_for_observations(workers: int, laboratory: Laboratory, mount: Mount) -> None:
    """The run ends with one line; what arrived is read back, marked as partial, and the report says the same."""
    runs = plain(laboratory).evidence / "runs"
    mount(runs, "size=8k")

    assert pytest.ExitCode.TESTS_FAILED == laboratory.run(workers=workers)
    assert f"evidence {laboratory.evidence}: no observation can be kept (No space left on device)" in laboratory.output
    assert "INTERNALERROR" not in laboratory.output
    (path,) = laboratory.ledgers()
    ledger = Ledger.read(path)
    assert 0 < len(ledger.observations) < tiny.SEEDS
    assert ledger.partial.startswith("the run did not end")
    assert "**Partial: interrupted: " in laboratory.report()


@pytest.mark.parametrize(
    "arguments", [(), ("--plan",), ("--list-claims",), ("--collect-only",)], ids=["run", "plan", "list", "collect"]
)
def test_a_run_that_trains_nothing_removes_nothing(arguments: tuple[str, ...], laboratory: Laboratory) -> None:
    """Whatever lies where progress would be written; nor does it tell what another run has left there."""
    folder = plain(laboratory).evidence / "progress"
    folder.mkdir(parents=True)
    names = ("123.json", f"{'a' * 20}.note", "plan", "thesis.txt")
    for name in names:
        (folder / name).write_text("mine")

    assert 0 == laboratory.run(*arguments), laboratory.output
    assert {*names} == {path.name for path in folder.iterdir()}
    assert "training mine" not in laboratory.output


def test_a_run_that_trains_removes_what_a_killed_one_left(laboratory: Laboratory) -> None:
    """Once, however many processes train; and files of somebody else stay."""
    folder = laboratory.evidence / "progress"
    folder.mkdir(parents=True)
    for name in ("123.json", f"{'a' * 20}.note", "thesis.txt"):
        (folder / name).write_text("mine")

    assert 0 == laboratory.run(), laboratory.output
    assert {"plan", "run.lock", "run.token", "thesis.txt"} == {path.name for path in folder.iterdir()}
    assert "training mine" not in laboratory.output


def test_two_runs_at_once(laboratory: Laboratory, undisturbed: Undisturbed) -> None:
    """They share the work and the store: each ensemble is trained once, and both end with the same report."""
    reports = [laboratory.path / name / "REPORT.md" for name in ("one", "other")]
    runs = [laboratory.start("--report", str(report)) for report in reports]

    assert [0, 0] == [run.wait(timeout=LONGEST) for run in runs], laboratory.output
    told = [laboratory.report(report) for report in reports]
    assert [undisturbed.outcome[0]] * 2 == [report.replace("](../claims/", "](claims/") for report in told]
    ledgers = [Ledger.read(path) for path in laboratory.ledgers()]
    assert [0, 0] == [len(ledger.failures) for ledger in ledgers]
    assert [undisturbed.outcome[2]["claims"]] * 2 == [laboratory.outcome_of(ledger)["claims"] for ledger in ledgers]
    trained = [ledger.run.models_trained for ledger in ledgers]
    assert len(tiny.STOPS) == sum(trained), trained
    assert [] == [line for ledger in ledgers for line in ledger.run.facts.get("refused", [])]
