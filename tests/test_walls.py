"""What loads TensorFlow, and what claims import; which package may import which is held by `lint-imports`."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAB = ROOT / "lstm_lab"
HEAVY = ("tensorflow", "keras")

# What collecting claims and sharing work needs; the others hold Keras models and are imported by whoever asks one.
WITHOUT_MODELS = [
    f"lstm_lab.training.{name}"
    for name in ("errors", "identity", "problems", "experiment", "store", "planning", "execution", "execution.cluster")
]


def modules(folder: Path) -> list[str]:
    """The modules below a folder by their dotted names."""
    paths = sorted(path.relative_to(ROOT).with_suffix("") for path in folder.rglob("*.py"))
    return [".".join(path.parts).removesuffix(".__init__") for path in paths]


def imported(path: Path) -> Iterator[str]:
    """Every module a file imports, wherever in the file, also only for its types."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def crossing(folder: Path, forbidden: str) -> list[str]:
    """The imports below a folder that reach into a forbidden package."""
    return [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted(folder.rglob("*.py"))
        for name in imported(path)
        if name == forbidden or name.startswith(f"{forbidden}.")
    ]


@pytest.mark.parametrize(
    "names",
    [["lstm_lab"], modules(LAB / "judging"), WITHOUT_MODELS, modules(LAB / "suite")],
    ids=["the door", "the judging wing", "training packages without models", "the suite"],
)
def test_no_tensorflow_behind_the_door(names) -> None:
    """Importing the lab, its judging wing, and what plans trainings loads neither TensorFlow nor Keras."""
    code = f"import sys, {', '.join(names)}; print([name for name in {HEAVY} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert "[]" == loaded.stdout.strip()


@pytest.mark.parametrize("wing", ["training", "judging"])
def test_claims_come_through_the_door(wing) -> None:
    """Claims use the lab's public names only."""
    assert [] == crossing(ROOT / "claims", f"lstm_lab.{wing}")
