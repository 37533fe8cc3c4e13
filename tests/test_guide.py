"""The guide from a doubt to a verdict, followed to the letter in a copy of the checkout."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "claims/README.md"
CHECKOUT = ("claims", "fixtures", "lstm_lab", "conftest.py", "pyproject.toml")
FILE = "claims/test_my_doubt_k_predicts_l.py"
EXPLORATION = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["exploration_seeds"]


@dataclass
class Reader:
    """Somebody who does what the guide says.

    Attributes:
        root: their copy of the checkout.
        said: what each command printed.
        planned: what was said before the two examples were run.
    """

    root: Path
    said: dict[str, str] = field(default_factory=dict)
    planned: str = ""

    def run(self, command: str) -> str:
        """Run a command; it must succeed."""
        told = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHONPATH"))}
        path = f"{Path(sys.executable).parent}{os.pathsep}{told['PATH']}"
        done = subprocess.run(
            command, shell=True, cwd=self.root, env={**told, "PATH": path}, capture_output=True, text=True, timeout=600
        )
        assert 0 == done.returncode, done.stdout + done.stderr
        self.said[command] = done.stdout
        return done.stdout

    def read(self, path: str) -> str:
        """A file of theirs."""
        return (self.root / path).read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The code blocks of the guide in one language."""
    return re.findall(rf"```{language}\n(.*?)\n```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    """A reader who came to the end of the guide, and ran the new file before filling it in, too."""
    root = tmp_path_factory.mktemp("checkout")
    for name in CHECKOUT:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, root / name)
    reader = Reader(root)
    first, *others = blocks("sh")
    for command in first.splitlines():
        reader.run(command)
    example, own_model, cases, planted = blocks("python")
    (as_it_is,) = re.findall("^run it:  (.*)$", reader.said[command], re.MULTILINE)
    reader.run(as_it_is)
    reader.said["as it is"] = reader.said.pop(as_it_is)
    (root / FILE).write_text(f'"""A doubt."""\n\n{example}\n', encoding="utf-8")
    reader.planned = reader.run("pytest claims/ --claim my-doubt/k-predicts-l --plan")
    for command in (line for block in others for line in block.splitlines()):
        if EXPLORATION or "--explore" not in command:  # without any the option is refused
            reader.run(command)
    reader.said["broken"] = reader.read("fixtures/controls.json")
    imports = example.partition("\n\n\n")[0]
    (root / FILE).write_text(f'"""A doubt."""\n\n{imports}\n\n\n{planted}\n', encoding="utf-8")
    reader.said["planted"] = reader.run("pytest claims/ --claim my-doubt/k-predicts-l --control")
    (root / "claims/test_my_own_model.py").write_text(own_model + "\n", encoding="utf-8")
    (root / "claims/test_my_cases.py").write_text(cases + "\n", encoding="utf-8")
    reader.planned += reader.run("pytest claims/ --claim my-doubt/few-units-suffice --seeds 12 --plan")
    reader.planned += reader.run("pytest claims/ --claim my-doubt/m-predicts-n-50-units --plan")
    reader.said["own model"] = reader.run(
        "pytest claims/ --claim my-doubt/few-units-suffice --seeds 12 --report evidence/own/REPORT.md"
    )
    return reader


def test_the_new_file_runs_as_it_is(reader):
    """Unfilled, and with nothing trained before, it is measured and judged beside what it challenges."""
    assert "my-doubt/k-predicts-l challenges stateful/k-predicts-b: contested" in reader.said["as it is"]


def test_the_verdict_is_what_the_guide_says(reader):
    """The challenge is refuted, and the report of the run shows both sides."""
    command = "pytest claims/ --claim my-doubt/k-predicts-l --report evidence/doubt/REPORT.md"

    assert "k-predicts-l challenges stateful/k-predicts-b: the challenged claim withstands" in reader.said[command]
    assert "**The challenged claim withstands.**" in reader.read("evidence/doubt/REPORT.md")
    assert not (reader.root / "REPORT.md").exists()


@pytest.mark.skipif(not EXPLORATION, reason="the suite has no exploration seeds")
def test_exploration_says_what_is_to_be_recorded(reader):
    """It measures the other seeds, beside what the claim challenges, and leaves the report of verdicts alone."""
    said = reader.said["pytest claims/ --claim my-doubt/k-predicts-l --explore"]

    assert "exploration: no verdict rests on these seeds" in said
    assert "new: my-doubt/k-predicts-l: refuted, " in said
    assert f"Seeds 0 to {EXPLORATION - 1} for each claim" in reader.read("REPORT-EXPLORE.md")


def test_all_examples_are_planned(reader):
    """What their tests ask `train` for is foretold, builders and cases included; none is cut short."""
    seeds, few = (f"seeds {EXPLORATION} to {EXPLORATION + count - 1}" for count in (30, 20))
    assert re.search(f"stateful one char, 500 epochs(, 200 of them more after 300)?: {seeds}\n", reader.planned)
    assert f"network, 200 epochs: {few}\n" in reader.planned
    assert f"stateful one char 50, 300 epochs: {seeds}\n" in reader.planned
    assert "cut short" not in reader.planned


def test_a_model_and_data_of_ones_own_give_a_verdict(reader):
    """The second example is measured for all its seeds, and its model is trained for all of them at once."""
    report = reader.read("evidence/own/REPORT.md")

    assert "- 1 claim: 1 refuted; some [need attention]" in report  # it is not final
    assert "by plain Keras" not in reader.said["own model"]


def test_the_control_is_kept_for_the_claim(reader):
    """The last command adds the line of the challenge to what the project has of all claims, and changes no other."""
    known = json.loads((ROOT / "fixtures/controls.json").read_text(encoding="utf-8"))["broken"]
    after = json.loads(reader.said["broken"])["broken"]

    assert {"my-doubt/k-predicts-l"} == after.keys() - known.keys()
    assert known == {claim: after[claim] for claim in known}


def test_the_refuted_claim_shows_that_it_can_hold(reader):
    """With the verdict on record and the letters before K read first, it is supported, and that is kept, too."""
    shown = json.loads(reader.read("fixtures/controls.json"))["planted"]

    assert "1 can hold" in reader.said["planted"].splitlines()
    assert "supported" == shown["my-doubt/k-predicts-l"]["verdict"]


def test_the_claims_are_listed(reader):
    """The first command lists what the example challenges."""
    assert re.search("^stateful/k-predicts-b ", reader.said["pytest claims/ --list-claims"], re.MULTILINE)


def test_the_example_is_in_order_and_can_be_kept(reader):
    """It passes the linter of the project; with the verdict on record, as the guide says, it is still collected."""
    lines = reader.read(FILE)

    assert 'expect="refuted"' in lines
    reader.run(f"ruff check {FILE} && ruff format --check {FILE}")
    assert re.search("^my-doubt/k-predicts-l +refuted ", reader.run("pytest claims/ --list-claims"), re.MULTILINE)


def test_the_criteria_and_the_commands_in_the_text_are_there():
    """Every criterion is in the guide, and what its prose calls an option or a probe exists."""
    text = GUIDE.read_text(encoding="utf-8")
    helped = subprocess.run(
        [sys.executable, "-m", "pytest", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    member = (ROOT / "lstm_lab/training/ensemble/member.py").read_text(encoding="utf-8")

    options = set(re.findall(r"(?<![\w-])--[a-z][\w-]+", text))
    assert set() == {option for option in options if option not in helped}
    for criterion in ("always", "at_least", "at_most", "possible", "beats", "equivalent"):
        assert f"`{criterion}(" in text
    for probe in ("accuracy", "answers", "cold_start", "warm_up", "roll_out", "losses", "keras_model"):
        assert f"`{probe}" in text
        assert f"def {probe}(" in member
