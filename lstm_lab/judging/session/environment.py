"""The environment of a run: package versions, compiler settings, commit and command line."""

from __future__ import annotations

import os
import platform
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lstm_lab import machine
from lstm_lab.packages import installed_version
from lstm_lab.serialization import LONGEST

PACKAGES = ("tensorflow", "keras", "jax", "numpy", "scipy", "pytest", "pytest-xdist")
COMPILER = "XLA_FLAGS"  # the environment variable with XLA's options, such as the instruction set

FILES = ("100644", "100755")  # the modes of files in a commit; links and submodules are left to `git status`
SETTINGS = ("pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg")


def versions() -> dict[str, str]:
    """The versions evidence depends on, and the settings of the compiler; read without importing anything."""
    installed = {"python": platform.python_version(), **{name: installed_version(name) for name in PACKAGES}}
    trained_on = {"trained on": machine.gpu()} if machine.gpu() else {}
    return {**installed, COMPILER: os.environ.get(COMPILER) or "not set", **trained_on}


def commit(root: Path, generated: Sequence[Path] = ()) -> str:
    """The commit checked out in `root`, as `abc1234` or `abc1234 (modified)`; "" outside a repository.

    The files in `generated` do not count as modified: a run writes them itself.
    """
    head = _git(root, "rev-parse", "--short", "HEAD")
    if not head:
        return ""
    return f"{head} (modified)" if _is_modified(root, generated) else head


def _is_modified(root: Path, generated: Sequence[Path]) -> bool:
    """Whether a file below `root` is another one than in the commit, or code lies there that is not in it.

    The index is not asked alone: it may be told to take files for unchanged, or to ignore them.
    """
    outside = [f":(exclude){path.relative_to(root).as_posix()}" for path in generated if path.is_relative_to(root)]
    status = ("status", "--porcelain", "--untracked-files=all", "--ignore-submodules=none")
    if _git(root, "-c", "core.fsmonitor=false", *status, "--", ".", *outside):
        return True
    committed = {}
    for entry in filter(None, _git(root, "ls-tree", "-r", "-z", "HEAD").split("\0")):
        meta, _, name = entry.partition("\t")
        mode, _, digest = meta.split()
        if mode in FILES and not any(root / name == one or one in (root / name).parents for one in generated):
            committed[name] = digest
    folders = {name.partition("/")[0] for name in committed if "/" in name and name.endswith(".py")}
    code = [*root.glob("*.py"), *(path for folder in folders for path in (root / folder).rglob("*.py"))]
    code += [root / name for name in SETTINGS if (root / name).exists()]
    if not {path.relative_to(root).as_posix() for path in code} <= committed.keys():
        return True
    # A file that is missing has no digest, and then the lists differ.
    digests = _git(root, "hash-object", "--stdin-paths", given="".join(f"{name}\n" for name in committed))
    return digests.split() != list(committed.values())


def head(root: Path) -> tuple[str, str] | None:
    """Hash and ISO date of the commit checked out in `root`; None outside a repository."""
    hash, _, date = _git(root, "log", "-1", "--format=%H %cs").partition(" ")
    return (hash, date) if date else None


def uncommitted(root: Path, generated: Sequence[Path] = ()) -> list[str]:
    """The files that are not as in the commit: code, settings, and all in the folders that have code; but `generated`.

    Args:
        root: of the repository.
        generated: files that do not count.
    """
    known = _git(root, "ls-files", "--", "*.py").splitlines()
    folders = {name.partition("/")[0] for name in known if "/" in name}
    outside = [f":(exclude){path.relative_to(root).as_posix()}" for path in generated if path.is_relative_to(root)]
    asked = (("diff", "--name-only", "-z", "HEAD"), ("ls-files", "--others", "--exclude-standard", "-z"))
    names = sorted({name for one in asked for name in _git(root, *one, "--", ".", *outside).split("\0") if name})
    return [name for name in names if name.partition("/")[0] in {*folders, *SETTINGS} or name.endswith(".py")]


def command(arguments: Sequence[str]) -> str:
    """The command line that repeats this run, cut to the longest text of evidence."""
    return shlex.join(["pytest", *arguments])[:LONGEST]


def _git(root: Path, *arguments: str, given: str | None = None) -> str:
    elsewhere = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")  # would name another repository than that of `root`
    environment = {name: value for name, value in os.environ.items() if name not in elsewhere}
    options: dict[str, Any] = {"env": environment, "capture_output": True, "text": True, "timeout": 60, "check": False}
    try:
        done = subprocess.run(["git", *arguments], cwd=root, input=given, **options)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return str(done.stdout).strip() if done.returncode == 0 else ""
