"""A run whose models a cluster trains comes to the same bytes as one without, whoever is killed in it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import tiny
from dask_processes import Processes, dask_processes
from laboratory import Laboratory, Undisturbed


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    """A cluster of which nothing is started yet."""
    with dask_processes(tmp_path / "cluster") as made:
        yield made


def page(evidence: Path) -> str:
    """The page of the report beside this evidence, but for the run block."""
    text = (evidence.parent / "report.html").read_text(encoding="utf-8")
    without, blocks = re.subn(r"<!-- run -->.*?<!-- /run -->", "", text, flags=re.DOTALL)
    assert 1 == blocks
    return without


def snapshots(evidence: Path) -> dict[str, bytes]:
    """Every stored ensemble, byte by byte."""
    return {path.name: path.read_bytes() for path in (evidence / "ensembles").glob("*.npz")}


def assert_same(laboratory: Laboratory, undisturbed: Undisturbed) -> None:
    """Report, page, picture, evidence and stored ensembles are those of a run that no cluster was asked for."""
    assert undisturbed.outcome == laboratory.outcome()
    assert page(undisturbed.evidence) == page(laboratory.evidence)
    assert undisturbed.observed == laboratory.observed()
    assert snapshots(undisturbed.evidence) == snapshots(laboratory.evidence)


@pytest.mark.parametrize("workers", [0, 2], ids=["no workers of pytest", "two workers of pytest"])
def test_processes_of_this_machine(workers: int, laboratory: Laboratory, undisturbed: Undisturbed) -> None:
    """`--cluster local:2`: all is trained there, and once more nothing is."""
    pytest.importorskip("distributed", reason="needs Dask: pip install -c constraints.txt -e '.[cluster]'")
    assert 0 == laboratory.run("--cluster", "local:2", workers=workers), laboratory.output
    assert (len(tiny.STOPS), 0) == laboratory.models
    facts = laboratory.last_run["facts"]
    assert [4] == [fact for name, fact in facts.items() if name.startswith("trainings on cluster, ")]
    assert_same(laboratory, undisturbed)


def test_a_worker_is_killed_in_it(processes: Processes, laboratory: Laboratory, undisturbed: Undisturbed) -> None:
    """While the first of its jobs are trained; what is stored is not trained again, the rest by the other worker."""
    processes.scheduler()
    processes.worker("one")
    processes.worker("two")
    run = laboratory.start("--cluster", processes.address)
    laboratory.wait_for(lambda: run.poll() is not None or any(laboratory.store.folder.glob("*.npz")))
    processes.kill("one")

    assert 0 == run.wait(timeout=600), laboratory.output
    assert (len(tiny.STOPS), 0) == laboratory.models
    assert_same(laboratory, undisturbed)


def test_the_scheduler_is_killed_in_it(processes: Processes, laboratory: Laboratory, undisturbed: Undisturbed) -> None:
    """A line says so, what is stored stays, and this machine trains the rest."""
    processes.scheduler()
    processes.worker("one")
    run = laboratory.start("--cluster", processes.address)
    laboratory.wait_for(lambda: run.poll() is not None or any(laboratory.store.folder.glob("*.npz")))
    processes.kill("scheduler")

    assert 0 == run.wait(timeout=600), laboratory.output
    assert f"training cluster {processes.address}: its scheduler is gone; what it has trained is kept" in (
        laboratory.output
    )
    assert_same(laboratory, undisturbed)


def test_a_killed_run_goes_on(processes: Processes, laboratory: Laboratory, undisturbed: Undisturbed) -> None:
    """The process that judges and those that measure are killed; the next run asks for what is missing."""
    processes.scheduler()
    processes.worker("one")
    run = laboratory.start("--cluster", processes.address)
    laboratory.wait_for(lambda: run.poll() is not None or any(laboratory.store.folder.glob("*.npz")))
    laboratory.end()
    kept = len(snapshots(laboratory.evidence))

    assert 0 == laboratory.run("--cluster", processes.address), laboratory.output
    assert laboratory.models[0] <= len(tiny.STOPS) - kept
    assert_same(laboratory, undisturbed)


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (("--cluster", "local:none"), "--cluster local:none: got 'none', wanted a number of processes from 1 to 1024"),
        (("--cluster", "tcp://127.0.0.1:9"), "--cluster tcp://127.0.0.1:9: got no scheduler ("),
        (("--cluster", "local:2", "--device", "gpu"), "--cluster --device gpu: "),
    ],
    ids=["no number", "no scheduler", "a GPU as well"],
)
def test_what_is_wrong_is_one_line(options: tuple[str, ...], line: str, laboratory: Laboratory) -> None:
    """And nothing is measured."""
    pytest.importorskip("distributed", reason="needs Dask: pip install -c constraints.txt -e '.[cluster]'")
    assert 4 == laboratory.run(*options, workers=0)
    assert f"ERROR: {line}" in laboratory.output
    assert not laboratory.evidence.exists()
