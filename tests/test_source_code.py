"""Which code counts for a problem, or for anything else: its class and all that it names, and nothing beside."""

from pathlib import Path

import pytest

from lstm_lab import Experiment, Regime, Windows, recurrent_classifier, source_code
from lstm_lab.source_code import reachable_definitions
from lstm_lab.training.experiment.keys import code_digest
from lstm_lab.training.identity import classes_of

MODULES = {
    "problems": """
import numpy as np
from dataclasses import dataclass
import shapes
from drawing import drawn, Base as Ground
from package import below

SIZE, OTHER_SIZE = 3, 4
TABLE = {}
TABLE["x"] = 7
if SIZE > 2:
    LIMIT = 5
else:
    LIMIT = 6


@dataclass(frozen=True)
class Mine(Ground):
    def samples(self, seed):
        from late import lately
        return drawn(SIZE), shapes.flat(LIMIT), below.depth(), lately()


@dataclass(frozen=True)
class Neighbour:
    size: int = OTHER_SIZE
""",
    "drawing": """
from helping import *

class Base:
    varies = False

def drawn(size):
    return helped(size)

def sketched(size):
    return 2
""",
    "helping": "def helped(size):\n    return size\n",
    "shapes": "WIDE = 1\n\ndef flat(limit):\n    return limit\n",
    "late": "def lately():\n    return 8\n\ndef never():\n    return 9\n",
    "package/below": "from . import beside\n\ndef depth():\n    return beside.DEPTH\n",
    "package/beside": "DEPTH = 1\n",
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Modules that are not installed; what is read of them is read anew each time."""
    (tmp_path / "package").mkdir()
    for name, text in MODULES.items():
        (tmp_path / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def code_of(name: str) -> dict[str, list[str]]:
    """What counts for one class of the problems."""
    for cached in (source_code.text_of, source_code.is_project_code):
        cached.cache_clear()
    return reachable_definitions([("problems", name)])


@pytest.mark.parametrize(
    ("module", "old", "new"),
    [
        ("problems", "return drawn(SIZE)", "return drawn(SIZE + 1)"),
        ("problems", "= 3, 4", "= 2, 4"),
        ("problems", '["x"] = 7', '["x"] = 8'),
        ("problems", "LIMIT = 6", "LIMIT = 7"),
        ("problems", "SIZE > 2", "SIZE > 3"),
        ("drawing", "varies = False", "varies = True"),
        ("drawing", "return helped(size)", "return helped(size) + 1"),
        ("helping", "return size", "return size + 1"),
        ("shapes", "return limit", "return limit + 1"),
        ("late", "return 8", "return 9"),
        ("package/beside", "DEPTH = 1", "DEPTH = 2"),
    ],
    ids=[
        "its class",
        "a constant",
        "a table",
        "a branch",
        "a condition",
        "its base",
        "a function",
        "a star import",
        "a module",
        "a late import",
        "a package",
    ],
)
def test_what_a_problem_names_counts(module, old, new, project) -> None:
    """Directly or through other names, in whatever way it is imported."""
    before = code_of("Mine")
    path = project / f"{module}.py"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))

    assert before != code_of("Mine")


@pytest.mark.parametrize(
    ("module", "old", "new"),
    [
        ("problems", "class Neighbour:", "class Neighbour:\n    depth: int = 1\n"),
        ("problems", "class Mine(Ground):", 'class Mine(Ground):\n    """Mine."""\n'),
        ("problems", "import numpy as np", "import numpy as np\nimport json"),
        ("drawing", "return 2", "return 3"),
        ("late", "return 9", "return 10"),
    ],
    ids=["a neighbour", "a docstring", "an import", "a function beside", "a function beside a late import"],
)
def test_what_it_does_not_name_does_not_count(module, old, new, project) -> None:
    """The neighbours in its file and in the files it draws on."""
    before = code_of("Mine")
    path = project / f"{module}.py"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))

    assert before == code_of("Mine")


def test_installed_packages_count_by_their_version() -> None:
    """Their code is not read: versions are part of a key."""
    assert "Windows" in reachable_definitions([("lstm_lab", "Windows")])
    assert [False] * 4 == [
        source_code.is_project_code(name) for name in ("numpy", "numpy.random", "json", "no_such_module")
    ]


def test_a_name_behind_the_door_brings_no_other_one() -> None:
    """The door imports a name when it is asked for: its module counts as if it were imported from there."""
    assert reachable_definitions([("lstm_lab", "Letters")]) == reachable_definitions(
        [("lstm_lab.training.problems.alphabet", "Letters")]
    )


def test_the_code_of_a_problem_from_anywhere_counts() -> None:
    """A problem of another file, or of inside a function, brings its code along; so does one that it holds."""

    class Elsewhere(Windows):
        """Windows whose code stands in this file."""

    tiny = Experiment("tiny", Windows(symbols="ABCD"), recurrent_classifier(2, 4), Regime(epochs=3))

    assert 3 == len({code_digest(frozenset(one)) for one in ([], [Windows], [Elsewhere])})
    assert {Windows, Experiment, Regime} < classes_of(tiny)


def test_a_class_without_a_text_brings_its_whole_module(project) -> None:
    """Where a definition cannot be found, everything beside it counts."""
    assert {"Mine", "Neighbour"} < set(code_of("made_at_run_time"))


def test_a_module_is_parsed_again_where_python_fails(monkeypatch):
    """As 3.11.7 does when another thread parses at the same time; what fails again and again is told."""
    tries = []

    def parse(source):
        tries.append(source)
        if len(tries) < fails:
            raise SystemError("AST constructor recursion depth mismatch (before=180, after=82)")
        return "a tree"

    monkeypatch.setattr(source_code.ast, "parse", parse)
    fails = 3

    assert "a tree" == source_code.parsed("x = 1")
    assert 3 == len(tries)

    tries.clear()
    fails = 100
    with pytest.raises(SystemError, match="mismatch"):
        source_code.parsed("x = 1")
