"""What the claims of this project declare, beyond what the lab asks of any claim."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from fixtures.front_page import PAGE
from lstm_lab.judging.claims import front_page_error

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "claims").glob("**/test_*.py"))

# Claims that every seed must agree with though they are about trained models and lose their support without training,
# each with the reason why no share of seeds is at stake.
REVIEWED: dict[str, str] = {}

PLUGIN = """
import json, os
from lstm_lab.judging.evidence import unstructure
from lstm_lab.judging.session import claim_tests
from lstm_lab.judging.session.collection import INVENTORY
from lstm_lab.suite.model_fixtures import case_experiments

def pytest_collection_finish(session):
    tests = [(item, claim.id) for item, claim, _ in claim_tests(session.items)]
    trained = {id for item, id in tests if "trainer" in item.fixturenames or case_experiments(item)}
    entries = session.config.stash[INVENTORY].entries.values()
    told = [{**unstructure(entry), "trained": entry.claim.id in trained} for entry in entries]
    with open(os.environ["DECLARED"], "w") as file:
        json.dump(told, file)
"""


class Declared(NamedTuple):
    """A claim as it is collected."""

    id: str
    stance: str
    on_record: str | None
    criterion: str
    control: str
    holds_with: str
    note: str
    sides: list[str]
    measure: str
    trained: bool


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> list[Declared]:
    """All claims, as a run would collect them."""
    folder = tmp_path_factory.mktemp("declared")
    (folder / "told_claims.py").write_text(PLUGIN)
    command = [sys.executable, "-m", "pytest", "claims", "-q", "--collect-only", "-n0"]
    environment = {**os.environ, "DECLARED": str(folder / "claims.json"), "PYTHONPATH": f"{ROOT}{os.pathsep}{folder}"}
    options = ["-p", "told_claims", "-p", "no:cacheprovider"]
    done = subprocess.run([*command, *options], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert 0 == done.returncode, done.stdout[-3000:] + done.stderr[-3000:]
    told = json.loads((folder / "claims.json").read_text())
    return [_declared(entry, entry["claim"]) for entry in told]


def _declared(entry: dict[str, Any], claim: dict[str, Any]) -> Declared:
    return Declared(
        claim["id"],
        claim["stance"],
        claim["found"] or claim["expect"],
        claim["criterion"]["kind"],
        claim["control"]["kind"],
        claim["holds_with"],
        entry["docstring"],
        claim["sides"],
        claim["measure"],
        entry["trained"],
    )


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    """The calls of a function of that name."""
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return (node for node in nodes if isinstance(node.func, ast.Name) and node.func.id == name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_claim_says_itself_what_it_is_to_the_text(path: Path) -> None:
    """Its stance stands in the declaration, or in each of its cases: nothing is a probe because nobody said."""

    def says(call: ast.Call) -> bool:
        return any(argument.arg == "stance" for argument in call.keywords)

    silent = [
        f"{path.name}:{call.lineno}"
        for call in calls(ast.parse(path.read_text(encoding="utf-8")), "claim")
        if not says(call) and not all(map(says, list(calls(call, "case")) or [call]))
    ]

    assert [] == silent


def test_what_contradicts_its_author_says_what_the_author_would_answer(declared: list[Declared]) -> None:
    """The note of each statement that is refuted answers the best defence: `Its author would answer that ...`."""
    refuted = [claim for claim in declared if claim.stance == "stated" and claim.on_record == "refuted"]
    unanswered = [claim.id for claim in refuted if not re.search(r"\bauthor would (answer|say|reply)\b", claim.note)]

    assert [] == unanswered


def test_what_is_refuted_names_what_it_would_hold_with(declared: list[Declared]) -> None:
    """A run under `--control` would be red without; arithmetic about the data is exempt."""
    refuted = [claim for claim in declared if claim.on_record == "refuted" and claim.control != "exempt"]

    assert [] == [claim.id for claim in refuted if not claim.holds_with]


def test_what_training_yields_is_no_matter_of_every_seed(declared: list[Declared]) -> None:
    """What holds exactly holds of untrained models, too, and names another variant that it must catch.

    A claim that loses its support without training is about what training yields: that takes a share of seeds, which
    belongs to the family of statistical verdicts, and not the agreement of a few.
    """
    yields = [
        claim.id
        for claim in declared
        if claim.criterion == "always"
        and claim.trained
        and claim.control == "untrained"
        and claim.on_record != "refuted"
    ]

    assert sorted(REVIEWED) == sorted(yields)


def test_comparisons_name_their_sides_and_their_measure(declared: list[Declared]) -> None:
    """The report says `with resets` and `without`; that one is the treatment is no word of the article."""
    compared = [claim for claim in declared if claim.criterion in ("beats", "equivalent")]

    assert len(compared) > 50
    assert [] == [claim.id for claim in compared if not claim.sides or not claim.measure]


def test_front_page_is_sound():
    """Its slots can be filled, and every sentence is carried by a verdict or only counts."""
    assert front_page_error(PAGE) == ""


def test_front_page_names_claims_that_exist(declared):
    """Also those that give the values of the picture and of the table of printed figures."""
    assert set(PAGE.claims) <= {one.id for one in declared}


def test_front_page_is_carried_by_the_verdicts_on_record(declared):
    """A verdict that moves takes its sentence with it, here as in the report."""
    on_record = {one.id: one.on_record for one in declared}
    moved = {
        (id, on_record[id], wanted.value)
        for sentence in PAGE.sentences
        for id, wanted in sentence.wanted
        if on_record[id] != wanted.value
    }
    assert moved == set()
