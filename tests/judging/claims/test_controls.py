"""What a claim's control may be, what it hangs on, and whether it has shown that the claim can fail."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lstm_lab import at_least, exempt
from lstm_lab.judging.claims.claim import Claim, ClaimError
from lstm_lab.judging.claims.controls import UNTRAINED, Control, must_hold, reason_not_broken
from lstm_lab.judging.claims.declaration import claim
from lstm_lab.judging.claims.fingerprint import claim_fingerprint
from lstm_lab.judging.claims.source import Section
from lstm_lab.judging.criteria.exact import always
from lstm_lab.judging.criteria.judgement import Verdict
from lstm_lab.judging.evidence.control_results import (
    ControlError,
    ControlResult,
    ControlResults,
    Shown,
    can_fail,
    can_hold,
    read_results,
    update_results,
    write_results,
)
from lstm_lab.judging.evidence.serialization import structure, unstructure

CLAIM = Claim("here/holds", "It holds.", Section("Here"), at_least(0.8), Verdict.SUPPORTED)
BROKEN = Control("broken", "a stateful layer instead of a stateless one")
LOST = ControlResult(UNTRAINED, Verdict.REFUTED, 0, 30, tuple(range(30)), "abc")
KEPT = replace(LOST, verdict=Verdict.SUPPORTED, passes=30)
OPEN = replace(LOST, verdict=Verdict.INCONCLUSIVE, passes=22)

FILE = '''"""What the file is about."""

from lstm_lab import Section, claim
from lstm_lab import at_least

BAR = 1e-6


def measure(member):
    return member < BAR


@claim("here/holds", "It holds.", source=Section("Here"), criterion=at_least(0.8), expect="supported", published="1")
def test_holds(member, observe):
    observe(measure(member))


@claim("here/other", "Another.", source=Section("Here"), criterion=at_least(0.8))
def test_other(member, observe):
    observe(member > 1)
'''


def declared(control: Any) -> Claim | ClaimError:
    """What the decorator keeps of a claim with this control."""

    @claim("here/holds", "It holds.", source=Section("Here"), criterion=always(), control=control)
    def test() -> None: ...

    kept: Claim | ClaimError = test.pytestmark[0].args[0]  # type: ignore[attr-defined]
    return kept


@pytest.mark.parametrize(
    ("control", "kept"),
    [
        (None, UNTRAINED),
        ("a stateful layer instead of a stateless one", BROKEN),
        (exempt("a plain fact about the data"), Control("exempt", "a plain fact about the data")),
    ],
    ids=["left-out", "text", "exempt"],
)
def test_a_control_is_declared_in_one_line(control: Any, kept: Control) -> None:
    """Left out it is the training that is taken away; a text names a broken variant; exempt gives a reason."""
    one = declared(control)

    assert isinstance(one, Claim)
    assert one.control == kept
    assert one == structure(json.loads(json.dumps(unstructure(one))), Claim, "claim")


@pytest.mark.parametrize(
    ("control", "message"),
    [
        ("untrained", "got control 'untrained', wanted one line of at least 3 words"),
        ("", "got control '', wanted one line of at least 3 words"),
        ("two\nlines of words", "got control 'two\\nlines of words', wanted one line of at least 3 words"),
        (exempt("fact"), "got exempt 'fact', wanted one line of at least 3 words"),
        (True, "wanted a few words that name a broken variant, or exempt('reason')"),
        (exempt, "wanted a few words that name a broken variant, or exempt('reason')"),
    ],
    ids=["one-word", "empty", "two-lines", "no-reason", "no-text", "not-called"],
)
def test_a_control_that_says_nothing_is_refused(control: Any, message: str) -> None:
    """A control has a few words that name what is broken, on one line."""
    kept = declared(control)

    assert isinstance(kept, ClaimError)
    assert str(kept).startswith("claim here/holds: ")
    assert message in str(kept)
    assert "\n" not in str(kept)


@pytest.mark.parametrize("holds_with", ["planted", "two\nlines of words"])
def test_a_positive_control_that_says_nothing_is_refused(holds_with: str) -> None:
    """It has a few words that name what is planted, on one line."""
    with pytest.raises(ClaimError) as error:
        replace(CLAIM, holds_with=holds_with)
    assert str(error.value) == f"claim here/holds: got holds_with {holds_with!r}, wanted one line of at least 3 words"


def test_a_claim_from_before_there_were_controls_is_read() -> None:
    """A claim written without a control is read as one with the default."""
    plain = unstructure(CLAIM)
    del plain["control"], plain["holds_with"]

    assert structure(plain, Claim, "claim") == CLAIM


def digested(folder: Path, old: str = "", new: str = "", **changed: Any) -> str:
    """The digest of the first claim of `FILE`, with `old` replaced by `new`."""
    assert old in FILE
    path = folder / f"test_{len(list(folder.iterdir()))}.py"
    path.write_text(FILE.replace(old, new) if old else FILE)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return claim_fingerprint(replace(module.test_holds.pytestmark[0].args[0], **changed), module.test_holds)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("member < BAR", "member <= BAR"),
        ("BAR = 1e-6", "BAR = 1e-5"),
        ("observe(measure(member))", "observe(True)"),
        ('"It holds."', '"It holds well."'),
        ("at_least(0.8), expect", "at_least(0.5), expect"),
    ],
    ids=["helper", "constant", "test", "statement", "criterion"],
)
def test_a_claim_that_is_measured_or_judged_otherwise_has_another_digest(tmp_path: Path, old: str, new: str) -> None:
    """Whatever may change the verdict under the control changes the digest."""
    assert digested(tmp_path) != digested(tmp_path, old, new)


def test_another_control_has_another_digest(tmp_path: Path) -> None:
    """The controls belong to what they showed."""
    digests = [digested(tmp_path), digested(tmp_path, control=BROKEN), digested(tmp_path, holds_with="a shared state")]
    assert 3 == len(set(digests))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (', expect="supported"', ""),
        ('published="1"', 'published="2"'),
        ("member > 1", "member > 2"),
        ("Another.", "A third.\\nOf two lines."),
        ('"""What the file is about."""', '"""What the file\nis about."""\n'),
    ],
    ids=["record", "published", "other-test", "other-claim", "docstring"],
)
def test_what_has_no_part_in_it_leaves_the_digest(tmp_path: Path, old: str, new: str) -> None:
    """The verdict on record, the published figure, other claims of the file and its docstring change nothing."""
    assert digested(tmp_path) == digested(tmp_path, old, new)


@pytest.mark.parametrize(
    ("claim", "now", "shown", "expected"),
    [
        (CLAIM, Verdict.SUPPORTED, LOST, Shown.YES),
        (CLAIM, Verdict.SUPPORTED, OPEN, Shown.YES),
        (CLAIM, None, LOST, Shown.YES),
        (CLAIM, Verdict.SUPPORTED, KEPT, Shown.NO),
        (CLAIM, Verdict.INCONCLUSIVE, KEPT, Shown.NO),
        (CLAIM, Verdict.SUPPORTED, None, Shown.NOT_SHOWN),
        (CLAIM, Verdict.SUPPORTED, replace(LOST, digest="before"), Shown.NOT_SHOWN),
        (CLAIM, Verdict.REFUTED, None, Shown.NOT_ASKED),
        (replace(CLAIM, expect=Verdict.REFUTED), Verdict.REFUTED, None, Shown.NOT_ASKED),
        (replace(CLAIM, expect=Verdict.REFUTED), None, None, Shown.NOT_ASKED),
        (replace(CLAIM, expect=Verdict.REFUTED), Verdict.SUPPORTED, None, Shown.NOT_SHOWN),
        (replace(CLAIM, control=exempt("a plain fact")), Verdict.SUPPORTED, LOST, Shown.EXEMPT),
        (replace(CLAIM, control=exempt("a plain fact")), Verdict.REFUTED, None, Shown.NOT_ASKED),
        (replace(CLAIM, found=Verdict.REFUTED), None, LOST, Shown.NOT_ASKED),
    ],
)
def test_who_can_fail(claim: Claim, now: Verdict | None, shown: ControlResult | None, expected: Shown) -> None:
    """A claim can fail that lost its support; of a refuted one it is not asked; another digest shows nothing."""
    assert can_fail(claim, now, "abc", shown) is expected


HOLDS = replace(CLAIM, holds_with="two rows that do share a state")
FACT = replace(CLAIM, control=exempt("a plain fact"))


@pytest.mark.parametrize(
    ("claim", "now", "shown", "expected"),
    [
        (HOLDS, Verdict.REFUTED, KEPT, Shown.YES),
        (HOLDS, Verdict.REFUTED, OPEN, Shown.NO),
        (HOLDS, Verdict.REFUTED, LOST, Shown.NO),
        (HOLDS, Verdict.REFUTED, None, Shown.NOT_SHOWN),
        (HOLDS, Verdict.REFUTED, replace(KEPT, digest="before"), Shown.NOT_SHOWN),
        (HOLDS, Verdict.SUPPORTED, KEPT, Shown.YES),
        (CLAIM, Verdict.REFUTED, None, Shown.NOT_SHOWN),
        (CLAIM, Verdict.SUPPORTED, None, Shown.NOT_ASKED),
        (replace(CLAIM, found=Verdict.REFUTED), None, None, Shown.NOT_SHOWN),
        (FACT, Verdict.REFUTED, None, Shown.EXEMPT),
        (FACT, Verdict.SUPPORTED, None, Shown.NOT_ASKED),
    ],
)
def test_who_can_hold(claim: Claim, now: Verdict | None, shown: ControlResult | None, expected: Shown) -> None:
    """A refuted claim can hold that is supported with its property planted, and in no other way."""
    assert can_hold(claim, now, "abc", shown) is expected


@pytest.mark.parametrize(
    ("claim", "then", "now", "expected"),
    [
        (CLAIM, ("a",), {"a"}, Shown.YES),
        (CLAIM, ("a",), {"b"}, Shown.NOT_SHOWN),
        (CLAIM, ("a", "b"), {"a", "c"}, Shown.NOT_SHOWN),
        (CLAIM, ("a", "b"), {"a"}, Shown.YES),
        (CLAIM, (), {"a"}, Shown.YES),
        (replace(CLAIM, control=BROKEN), ("b",), {"a"}, Shown.YES),
    ],
    ids=["the same", "edited", "one of two edited", "asked for less", "not on record", "a broken variant"],
)
def test_experiments_that_were_edited(claim: Claim, then: tuple[str, ...], now: set[str], expected: Shown) -> None:
    """What was shown of an experiment says nothing about another; a broken variant may be one of its own."""
    assert can_fail(claim, Verdict.SUPPORTED, "abc", replace(LOST, subjects=then), now) is expected


def test_who_is_not_run() -> None:
    """A claim that is refuted on record needs no negative control but a positive one, an exempt one has none."""
    assert reason_not_broken(UNTRAINED, Verdict.SUPPORTED) == ""
    assert reason_not_broken(UNTRAINED, None) == ""
    assert reason_not_broken(UNTRAINED, Verdict.REFUTED) == "refuted on record"
    assert reason_not_broken(exempt("a plain fact"), Verdict.SUPPORTED) == "exempt, a plain fact"
    assert must_hold(UNTRAINED, Verdict.REFUTED)
    assert not must_hold(UNTRAINED, Verdict.INCONCLUSIVE)
    assert not must_hold(exempt("a plain fact"), Verdict.REFUTED)


def test_what_was_shown_is_read_back(tmp_path: Path) -> None:
    """What is written is what is read, in an order of its own and without a trace of another file."""
    path = tmp_path / "evidence" / "control.json"
    broken = {"here/two": replace(OPEN, passes=None, control=BROKEN), "here/one": replace(LOST, subjects=("a", "b"))}
    shown = ControlResults(broken, {"here/two": replace(KEPT, control=Control("planted", "a state that is shared"))})
    write_results(path, shown)

    assert read_results(path) == shown
    assert list(read_results(path).broken) == ["here/one", "here/two"]
    assert [one.name for one in path.parent.iterdir()] == ["control.json"]
    assert read_results(tmp_path / "none.json") == ControlResults()


def test_every_claim_has_a_line_of_its_own(tmp_path: Path) -> None:
    """Two versions of the file are compared line by line; one from before the experiments were kept is read."""
    path = tmp_path / "control.json"
    write_results(path, ControlResults({"here/two": OPEN, "here/one": LOST}, {"here/one": KEPT}))
    first, one, two, between, planted, last = path.read_text().splitlines()

    assert ('{"format": 2, "broken": {', '}, "planted": {', "}}") == (first, between, last)
    assert json.loads(f"{{{planted}}}") == {"here/one": json.loads(json.dumps(unstructure(KEPT)))}
    assert [one, two] == sorted([one, two])
    assert json.loads(f"{{{two}}}") == {"here/two": json.loads(json.dumps(unstructure(OPEN)))}
    path.write_text(path.read_text().replace(', "subjects": []', ""))
    assert read_results(path) == ControlResults({"here/one": LOST, "here/two": OPEN}, {"here/one": KEPT})
    write_results(path, ControlResults())
    assert read_results(path) == ControlResults()


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{}", "\0", "[" * 9999, '{"format": 2, "broken": {}}', '{"format": 1, "claims": {}}'),
        '{"format": 2, "broken": {"a/b": {"n": 3}}, "planted": {}}',
    ],
)
def test_a_foreign_file(tmp_path: Path, text: str) -> None:
    """A file that is none of ours is refused in one line that says what to do."""
    path = tmp_path / "control.json"
    path.write_text(text)
    with pytest.raises(ControlError) as error:
        read_results(path)

    assert str(error.value).startswith(f"{path}: got ")
    assert str(error.value).endswith("wanted what `pytest claims/ --control` writes; delete it and run that")
    assert "\n" not in str(error.value)


UPDATES = """
import sys
from pathlib import Path

from test_controls import LOST
from lstm_lab.judging.evidence.control_results import update_results

for number in range(20):
    update_results(Path(sys.argv[1]), {f"here/{sys.argv[2]}-{number}": LOST}, {}, whole=False)
"""


def test_results_of_runs_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    """Each reads what the others have left, and writes before the next one reads."""
    path = tmp_path / "controls.json"
    folders = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    started = [
        subprocess.Popen([sys.executable, "-c", UPDATES, path, name], env={**os.environ, "PYTHONPATH": folders})
        for name in ("one", "other")
    ]

    assert [0, 0] == [process.wait() for process in started]
    assert 40 == len(read_results(path).broken)
    update_results(path, {"here/one-0": None}, {"here/one-1": KEPT}, whole=False)
    assert 39 == len(read_results(path).broken)
    assert {"here/one-1": KEPT} == read_results(path).planted
    update_results(path, {"here/new": LOST}, {}, whole=True)
    assert ControlResults({"here/new": LOST}) == read_results(path)
