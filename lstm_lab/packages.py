"""Which packages are installed, read from their metadata: nothing is imported."""

from __future__ import annotations

from importlib import metadata

# One package has several names, for other builds of it.
NAMES = {"tensorflow": ("tensorflow", "tensorflow-cpu", "tensorflow-macos", "tf-nightly", "tf-nightly-cpu")}
MISSING = "not installed"


def installed_version(package: str) -> str:
    """The version of a package, whichever build of it is installed; MISSING where none is."""
    for name in NAMES.get(package, (package,)):
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return MISSING
