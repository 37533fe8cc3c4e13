"""The environment of a run: package versions, compiler settings, commit and command line."""

from __future__ import annotations

import os
import platform
import shlex
import subprocess
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from lstm_lab.serialization import LONGEST

PACKAGES = ("tensorflow", "keras", "numpy", "scipy", "pytest", "pytest-xdist")
COMPILER = "XLA_FLAGS"  # the environment variable with XLA's options, such as the instruction set


def versions() -> dict[str, str]:
    """The versions evidence depends on, and the settings of the compiler; read without importing anything."""
    installed = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            installed[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            installed[package] = "not installed"
    return {**installed, COMPILER: os.environ.get(COMPILER) or "not set"}


def commit(root: Path, generated: Sequence[Path] = ()) -> str:
    """The commit checked out in `root`, as `abc1234` or `abc1234 (modified)`; "" outside a repository.

    The files in `generated` do not count as modified: a run writes them itself.
    """
    head = _git(root, "rev-parse", "--short", "HEAD")
    if not head:
        return ""
    outside = [f":(exclude){path.relative_to(root).as_posix()}" for path in generated if path.is_relative_to(root)]
    modified = _git(root, "status", "--porcelain", "--", ".", *outside)
    return f"{head} (modified)" if modified else head


def command(arguments: Sequence[str]) -> str:
    """The command line that repeats this run, cut to the longest text of evidence."""
    return shlex.join(["pytest", *arguments])[:LONGEST]


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
