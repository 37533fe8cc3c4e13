"""Versions, commit, command line, and how many workers the machine carries."""

import os
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from lstm_lab.judging.session.environment import command, commit, versions
from lstm_lab.machine import WORKER_BYTES, children_peak_mebibytes, peak_mebibytes, processor, workers


def meminfo(path: Path, kibibytes: int) -> Path:
    """A file as Linux has it."""
    file = path / "meminfo"
    file.write_text(f"MemTotal:       16000000 kB\nMemFree:        1 kB\nMemAvailable:   {kibibytes} kB\n")
    return file


@pytest.fixture
def four_cores(monkeypatch):
    """A machine with four cores for this process."""
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)


@pytest.mark.parametrize(("carried", "expected"), [(0.5, 1), (1, 1), (2.9, 2), (4, 4), (40, 4)])
def test_workers_need_memory(four_cores, tmp_path, carried, expected):
    """One worker a core, as long as each has its 1.5 GiB; never fewer than one."""
    file = meminfo(tmp_path, int(carried * WORKER_BYTES / 1024))

    assert expected == workers(file)


@pytest.mark.parametrize("text", [None, "", "MemAvailable:\n", "MemAvailable: much kB\n"])
def test_workers_without_known_memory(four_cores, tmp_path, text):
    """Where the free memory is unknown only the cores count."""
    file = tmp_path / "meminfo"
    if text is not None:
        file.write_text(text)

    assert 4 == workers(file)


def test_versions_import_nothing_heavy():
    """The versions of the lab's packages are read without importing them."""
    script = (
        "import sys; from lstm_lab.judging.session.environment import versions; found = versions();"
        "assert found['tensorflow'] and found['keras'] and not {'tensorflow', 'keras'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[3])

    packages = ["python", "tensorflow", "keras", "jax", "numpy", "scipy", "pytest", "pytest-xdist"]
    assert [*packages, "XLA_FLAGS"] == list(versions())


@pytest.mark.parametrize(("flags", "told"), [("--xla_cpu_max_isa=AVX2", "--xla_cpu_max_isa=AVX2"), ("", "not set")])
def test_versions_tell_for_which_instructions_is_compiled(monkeypatch, flags, told):
    """The setting of the compiler stands with the versions: another one moves verdicts, too."""
    monkeypatch.setenv("XLA_FLAGS", flags)

    assert told == versions()["XLA_FLAGS"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("processor\t: 0\nmodel name\t: A Fast One: 3 GHz\nmodel name\t: Another\n", "A Fast One: 3 GHz"),
        ("processor\t: 0\n", platform.processor() or platform.machine()),
        (None, platform.processor() or platform.machine()),
    ],
    ids=["named", "unnamed", "no file"],
)
def test_processor(tmp_path, text, expected):
    """The first that the machine names, or what Python knows of it."""
    file = tmp_path / "cpuinfo"
    if text is not None:
        file.write_text(text)

    assert expected == processor(file)


def test_commit_says_what_was_modified(tmp_path):
    """The commit is marked when anything but the generated files differs from it."""
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@x"]
    assert "" == commit(tmp_path)
    for name in ("claim.py", "REPORT.md"):
        (tmp_path / name).write_text("1")
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "one"]):
        subprocess.run([*git, *arguments], cwd=tmp_path, check=True)
    head = commit(tmp_path)
    (tmp_path / "REPORT.md").write_text("2")
    generated = [tmp_path / "REPORT.md", Path("/elsewhere/REPORT.md")]

    assert 7 <= len(head) <= 12
    assert head == commit(tmp_path, generated)
    assert f"{head} (modified)" == commit(tmp_path)
    (tmp_path / "new_claim.py").write_text("1")
    assert f"{head} (modified)" == commit(tmp_path, generated)


def changed(root: Path) -> None:
    """The claim says something else."""
    (root / "claims/test_it.py").write_text("2")


HIDING = {
    "changed": (changed,),
    "staged": (changed, ("add", "-A")),
    "assumed to be unchanged": (("update-index", "--assume-unchanged", "claims/test_it.py"), changed),
    "skipped in the work tree": (("update-index", "--skip-worktree", "claims/test_it.py"), changed),
    "gone and skipped": (
        ("update-index", "--skip-worktree", "claims/test_it.py"),
        lambda root: (root / "claims/test_it.py").unlink(),
    ),
    "of the same time and size": (
        ("config", "core.trustctime", "false"),
        lambda root: os.utime(root / "claims/test_it.py", (1, 1)),
        ("update-index", "--refresh"),
        changed,
        lambda root: os.utime(root / "claims/test_it.py", (1, 1)),
    ),
    "new": (lambda root: (root / "claims/test_new.py").touch(),),
    "new and not shown": (("config", "status.showUntrackedFiles", "no"), lambda root: (root / "a.txt").touch()),
    "new and ignored": (
        lambda root: (root / ".git/info/exclude").write_text("test_new.py\n"),
        lambda root: (root / "claims/test_new.py").touch(),
    ),
    "new settings, ignored": (
        lambda root: (root / ".git/info/exclude").write_text("*.ini\n"),
        lambda root: (root / "pytest.ini").touch(),
    ),
    "new and staged": (lambda root: (root / "claims/test_new.py").touch(), ("add", "-A")),
}


@pytest.mark.parametrize("steps", HIDING.values(), ids=HIDING)
def test_change_that_is_hidden_from_the_index_is_seen(tmp_path, steps, monkeypatch):
    """Files are compared with those of the commit; in a folder of the repository as at its root."""
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@x"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    (tmp_path / "claims").mkdir()
    for name in ("claims/test_it.py", "pyproject.toml", "ä b.txt"):
        (tmp_path / name).write_text("1")
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "one"]):
        subprocess.run([*git, *arguments], cwd=tmp_path, check=True, env=environment)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".git/info/exclude").write_text(".venv/\n")
    (tmp_path / ".venv/other.py").touch()
    head = commit(tmp_path)
    assert not head.endswith(")")
    for step in steps:
        if callable(step):
            step(tmp_path)
        else:
            subprocess.run([*git, *step], cwd=tmp_path, check=True, env=environment)

    assert f"{head} (modified)" == commit(tmp_path)


def test_command_can_be_pasted():
    """Arguments with blanks are quoted."""
    assert "pytest claims/ -k 'one or two'" == command(["claims/", "-k", "one or two"])


def test_the_peak_of_a_process_is_its_own(tmp_path):
    """A small process that a large one starts has a small peak; where the system gives no account, as much or more."""
    large = np.ones(2**26)  # 512 MiB
    code = "from lstm_lab.machine import peak_mebibytes as peak; from pathlib import Path; "
    code += "print(peak(), peak(Path('/nothing/here')))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    own, other = map(int, told)

    assert 5 < own < 200
    assert own <= other
    assert peak_mebibytes() > large.nbytes // 2**20
    assert children_peak_mebibytes() >= own
