"""Code that changed: exactly what depends on it is trained anew, and an ensemble of other code is never mixed in."""

import dataclasses
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import tiny
from laboratory import HERE, ROOT, Laboratory

TRAINING = "lstm_lab/training"
NETWORK, ALPHABET = f"{TRAINING}/experiment/network.py", f"{TRAINING}/problems/alphabet.py"
WINDOWS = {"alone", "in order", "kept"}
DRAWN = {"drawn"}
EDITS = {
    "a seed": (
        NETWORK,
        "set_random_seed(seed)",
        "set_random_seed(seed + 1)",
        WINDOWS | DRAWN,
    ),
    "an epsilon": (
        f"{TRAINING}/compiled/program.py",
        "by_epoch.T.astype",
        "(by_epoch.T + 1e-9).astype",
        WINDOWS | DRAWN,
    ),
    "the order": (f"{TRAINING}/experiment/schedule.py", '"order").permuted', '"order ").permuted', WINDOWS | DRAWN),
    "what all draw": (f"{TRAINING}/problems/problem.py", "([seed, *purpose", "([seed + 1, *purpose", WINDOWS | DRAWN),
    "what all code": (ALPHABET, "np.eye(classes,", "0.9 * np.eye(classes,", WINDOWS | DRAWN),
    "one problem": (f"{TRAINING}/problems/runs.py", "random.integers(size - 2)", "random.integers(size - 1)", DRAWN),
    "the other problem": (
        ALPHABET,
        "= np.array([start +",
        "= np.array([0 + start +",
        WINDOWS,
    ),
    "a docstring": (NETWORK, '"""A network as a value, and', '"""A value, and', set()),
    "a comment": (f"{TRAINING}/compiled/program.py", "# One call of the program takes", "# A call takes", set()),
    "a neighbour": (ALPHABET, "ALPHABET = ", "MORE = 1\nALPHABET = ", set()),
    "the store's words": (f"{TRAINING}/store/npz.py", "its numbers do not have", "its numbers have not", set()),
    "who trains": (f"{TRAINING}/execution/trainer.py", "time.sleep(0.05)", "time.sleep(0.06)", set()),
    "the report's words": ("lstm_lab/judging/report/overview.py", '"Tests that failed"', '"Tests that erred"', set()),
    "a judgement": (
        "lstm_lab/judging/verdicts/findings.py",
        "FALSE_DISCOVERIES = 0.05",
        "FALSE_DISCOVERIES = 0.01",
        set(),
    ),
    "a fixture": (
        "lstm_lab/suite/progress_lines.py",
        "SECONDS_BETWEEN_LINES = 60",
        "SECONDS_BETWEEN_LINES = 61",
        set(),
    ),
}
KEYS = """
import json, tiny
from lstm_lab.training.store.store import key
print(json.dumps({one.name: key(one, tiny.BLOCK) for one in (tiny.ALONE, tiny.IN_ORDER, tiny.KEPT, tiny.DRAWN)}))
"""


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """A copy of the lab to edit."""
    for package in ("lstm_lab", "fixtures"):
        shutil.copytree(ROOT / package, tmp_path / "code" / package, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "code"


def edit(code: Path, name: str, old: str, new: str) -> None:
    """Change one place of one file of the copy."""
    path = code / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (name, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def keys(code: Path) -> dict[str, str]:
    """The key of each experiment, as a process sees it that runs this code."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (code, HERE)))}
    command = [sys.executable, "-c", KEYS]
    told = subprocess.run(command, cwd=code, env=environment, capture_output=True, text=True, check=True)
    return json.loads(told.stdout)


def test_an_edit_renames_what_depends_on_it(code: Path) -> None:
    """What trains counts for every experiment, a problem's own code for its experiments, everything else for none."""
    before = keys(code)
    renamed = {}
    for name, (path, old, new, _) in EDITS.items():
        edit(code, path, old, new)
        after = keys(code)
        renamed[name] = {one for one in before if before[one] != after[one]}
        edit(code, path, new, old)

    assert {name: expected for name, (*_, expected) in EDITS.items()} == renamed
    assert before == keys(code)


def test_what_was_trained_by_other_code_is_left_alone(laboratory: Laboratory, code: Path) -> None:
    """Edits that train nothing load everything; one that trains trains everything anew, and keeps the old beside it."""
    laboratory = dataclasses.replace(laboratory, code=code)
    assert 0 == laboratory.run(workers=1), laboratory.output
    first, observed = laboratory.outcome(), laboratory.observed()
    kept = {path.name: path.read_bytes() for path in laboratory.store.folder.glob("*.npz")}

    for name, (path, old, new, expected) in EDITS.items():
        if not expected and name != "a judgement":
            edit(code, path, old, new)
    assert 0 == laboratory.run(workers=1), laboratory.output
    assert (first, observed, (0, 4)) == (laboratory.outcome(), laboratory.observed(), laboratory.models)

    edit(code, *EDITS["a seed"][:3])
    assert 0 == laboratory.run(workers=1), laboratory.output
    assert (len(tiny.STOPS), 0) == laboratory.models
    assert not observed & laboratory.observed()
    assert [] == laboratory.refused
    assert kept == {name: (laboratory.store.folder / name).read_bytes() for name in kept}
    assert 2 * len(kept) == len(list(laboratory.store.folder.glob("*.npz")))
