"""Every value of the wing comes back from JSON as it was, or is refused in one line that leads to the field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import drawn
import pytest

from lstm_lab.judging.claims.claim import Claim
from lstm_lab.judging.claims.controls import exempt
from lstm_lab.judging.claims.source import Comment, Section, Source
from lstm_lab.judging.claims.untested import Paragraphs, Untested
from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.criterion import Criterion, Verdict
from lstm_lab.judging.criteria.equivalence import equivalent
from lstm_lab.judging.criteria.exact import always, possible
from lstm_lab.judging.criteria.rates import at_least, at_most
from lstm_lab.judging.evidence.control_results import ControlResult
from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.evidence.plot_data import PlotData
from lstm_lab.judging.evidence.records import Entry, EvidenceError, Failure, Observation, Run
from lstm_lab.judging.evidence.serialization import structure, unstructure
from lstm_lab.judging.session.selection import Selection

CLAIM = Claim("here/holds", "It “holds”.", Section("Here", 2), at_least(0.8), Verdict.SUPPORTED, 6, "dear", ("a/b",))
NAMED = Claim(
    "here/beats",
    "It beats.",
    Section("Here"),
    beats(),
    sides=("with resets", "without"),
    measure="accuracy on the 25 pairs",
)
ENTRY = Entry(CLAIM, "claims/test_here.py::test_holds", 7, "A note.", (0, 1, 2), 30, "abc")
HOLDS = Observation("here/holds", 1, holds=True, shown={"n": 3, "ok": True, "x": 1, "y": 1.0}, subjects=("a",))
PAIR = Observation("here/beats", 0, value=1 / 3, against=-1e-17)
FAILURE = Failure("here/holds", None, "crash", "no\nmore \udc80 lines")
RUN = Run("2024-05-06T07:08:09+00:00", 61.5, "pytest", "abc1234", 2, 6, 1, {"refused": ["a"], "bytes": 7, "s": 0.5})
CONTROL = ControlResult(exempt("a plain fact"), Verdict.REFUTED, None, 3, (0, 1, 2), "abc", ("one", "other"))
UNTESTED = Untested((Comment(4, "someone", "2016-08-24", reply=2).at(1),), "It is beautiful.", "A matter of taste.")
OUTLINE = Paragraphs(Section("Here"), (1, 2))


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        *((criterion, Criterion) for criterion in (always(), at_least(0.8), at_most(0.2), beats(by=0.1))),
        *((criterion, Criterion) for criterion in (equivalent(within=0.05), possible(unless=0.2))),
        *((source, Source) for source in (Section("Here", 2), Comment(4, "someone", "2016-08-24"))),
        *((plot, PlotData) for plot in (drawn.curves(), drawn.named_curves(), drawn.heatmaps())),
        *((one, type(one)) for one in (CLAIM, ENTRY, HOLDS, PAIR, FAILURE, RUN, CONTROL, UNTESTED, OUTLINE)),
        (NAMED, Claim),
        (Selection((ENTRY,), "partial", "mistake", ("a/b",), ("x",), odd_tests={"a::b": ("here/holds", 1)}), Selection),
    ],
)
def test_every_value_comes_back_as_it_was(value: Any, kind: Any) -> None:
    """Through JSON text, each number in the type it had; what is written are plain JSON values."""
    plain = unstructure(value)
    text = json.dumps(plain, allow_nan=False)

    assert plain == json.loads(text)
    assert value == structure(json.loads(text), kind, "value")
    assert text == json.dumps(unstructure(structure(json.loads(text), kind, "value")))


def test_claims_of_older_files_have_no_names_of_sides() -> None:
    """They are read all the same; names that are no pair of them are refused as in a declaration."""
    older = {name: value for name, value in unstructure(NAMED).items() if name not in ("sides", "measure")}
    read = structure(older, Claim, "claim")

    assert ((), "", ("treatment", "baseline")) == (read.sides, read.measure, read.arms)
    with pytest.raises(EvidenceError, match=r"got sides=\('one',\) \(tuple\), wanted the names of treatment and"):
        structure({**older, "sides": ["one"]}, Claim, "claim")


@pytest.mark.parametrize(
    ("value", "kind", "tag"),
    [
        (Section("Here"), Source, "section"),
        (UNTESTED.places[0], Source, "comment"),
        (always(), Criterion, "always"),
        (drawn.curves(), PlotData, "curves"),
        (drawn.heatmaps(), PlotData, "matrices"),
    ],
)
def test_the_members_of_a_family_have_their_tag_in_front(value: Any, kind: Any, tag: str) -> None:
    """As the files of every version have them."""
    assert ("kind", tag) == next(iter(unstructure(value).items()))


def at(plain: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """A copy of `plain` with `new` at this path; without the field where it is `...`."""
    copy = json.loads(json.dumps(plain))
    target = copy
    for step in path[:-1]:
        target = target[step]
    if new is ...:
        del target[path[-1]]
    else:
        target[path[-1]] = new
    return copy


@pytest.mark.parametrize(
    ("value", "path", "new", "message"),
    [
        (HOLDS, ("seed",), "1", "value.seed: got '1' (str), wanted a whole number"),
        (HOLDS, ("seed",), True, "value.seed: got True (bool), wanted a whole number"),
        (HOLDS, ("seed",), 1.0, "value.seed: got 1.0 (float), wanted a whole number"),
        (HOLDS, ("seed",), ..., "value.seed: got none, wanted this field"),
        pytest.param(HOLDS, ("seed",), 10**400, f"got 1{56 * '0'}... (int), wanted a whole number", id="no float"),
        (HOLDS, ("holds",), 1, "value.holds: got 1 (int), wanted bool | None"),
        (HOLDS, ("claim",), None, "value.claim: got None (NoneType), wanted a text of at most 100000 characters"),
        pytest.param(HOLDS, ("claim",), "a" * 100_001, "aaa... (str), wanted a text of at most", id="long text"),
        (HOLDS, ("shown",), [], "value.shown: got [] (list), wanted an object"),
        (HOLDS, ("shown", "n"), [3], "value.shown['n']: got [3] (list), wanted bool | int | float | str"),
        (HOLDS, ("shown", "n"), float("nan"), "value.shown['n']: got nan (float), wanted a finite number"),
        (HOLDS, ("subjects",), "abc", "value.subjects: got 'abc' (str), wanted a list of at most 100000"),
        (HOLDS, ("subjects",), ["a", 2], "value.subjects[1]: got 2 (int), wanted a text of at most 100000 characters"),
        (HOLDS, ("more",), 1, "value: got 'more' (str) as well, wanted no such field"),
        (PAIR, ("value",), True, "value.value: got True (bool), wanted float | None"),
        (PAIR, ("value",), float("inf"), "value.value: got inf (float), wanted a finite number"),
        (FAILURE, ("kind",), "odd", "value.kind: got 'odd' (str), wanted one of error, missing, crash"),
        (FAILURE, ("kind",), ["error"], "value.kind: got ['error'] (list), wanted one of error, missing, crash"),
        (
            RUN,
            ("facts", "refused"),
            None,
            "value.facts['refused']: got None (NoneType), wanted a list of at most 100000",
        ),
        (RUN, ("facts", "refused"), [7], "value.facts['refused'][0]: got 7 (int), wanted a text of at most 100000"),
        (ENTRY, ("declared_seeds",), 0, "value.declared_seeds: got 0 (int), wanted a number from 1 to 100000"),
        (ENTRY, ("declared_seeds",), 10**9, "got 1000000000 (int), wanted a number from 1 to 100000"),
        (ENTRY, ("seeds",), list(range(100_001)), "wanted a list of at most 100000"),
        (ENTRY, ("seeds", 2), -1, "value.seeds[2]: got -1 (int), wanted a number from 0 to 99999"),
        (ENTRY, ("claim",), 7, "value.claim: got 7 (int), wanted an object"),
        (ENTRY, ("claim", "source", "place"), "1", "value.claim.source.place: got '1' (str), wanted a whole number"),
        (ENTRY, ("claim", "source", "kind"), ..., "wanted an object of kind section, comment"),
        (ENTRY, ("claim", "source", "kind"), ["section"], "wanted an object of kind section, comment"),
        (ENTRY, ("claim", "source"), "Here", "value.claim.source: got 'Here' (str), wanted an object of kind section"),
        (
            ENTRY,
            ("claim", "criterion", "kind"),
            "often",
            "of kind always, at_least, at_most, beats, equivalent, possible",
        ),
        (ENTRY, ("claim", "criterion", "p"), "0.8", "value.claim.criterion.p: got '0.8' (str), wanted a finite number"),
        (
            ENTRY,
            ("claim", "criterion", "p"),
            2,
            "value.claim.criterion: at_least: got p=2, wanted a number above 0 and",
        ),
        (ENTRY, ("claim", "criterion", "by"), 1, "value.claim.criterion: got 'by' (str) as well, wanted no such field"),
        (
            ENTRY,
            ("claim", "expect"),
            "yes",
            "value.claim.expect: got 'yes' (str), wanted one of supported, refuted, inco",
        ),
        (ENTRY, ("claim", "id"), "Holds", "value.claim: claim id: got 'Holds', wanted lower-case words"),
        (ENTRY, ("claim", "seeds"), 100_001, "value.claim.seeds: got 100001 (int), wanted a number from 1 to 100000"),
        (CONTROL, ("control", "text"), ..., "value.control.text: got none, wanted this field"),
        (
            CONTROL,
            ("verdict",),
            None,
            "value.verdict: got None (NoneType), wanted one of supported, refuted, inconclusive",
        ),
        (UNTESTED, ("places", 0, "paragraph"), "2", "value.places[0].paragraph: got '2' (str), wanted a whole number"),
        (OUTLINE, ("sentences", 1), 0, "value.sentences[1]: got 0 (int), wanted"),
    ],
)
def test_another_form_is_refused_in_one_line(value: Any, path: tuple[str | int, ...], new: Any, message: str) -> None:
    """The path of the field, what was got and what is wanted."""
    with pytest.raises(EvidenceError) as error:
        structure(at(unstructure(value), path, new), type(value), "value")

    assert message in str(error.value)
    assert str(error.value).startswith("value")
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 200


@pytest.mark.parametrize(
    ("path", "new", "message"),
    [
        (("kind",), "pie", "drawing: got {'kind': 'pie'"),
        (("panels", 0), 3, "drawing.panels[0]: got 3 (int), wanted an object"),
        (("panels", 0, "x", 1), None, "drawing.panels[0].x[1]: got None (NoneType), wanted a finite number"),
        (("panels", 0, "lines", 0, "quantiles", 0, 0), "1", "lines[0].quantiles[0][0]: got '1' (str), wanted a finite"),
        (("panels", 0, "marks", 1, "main"), 0, "drawing.panels[0].marks[1].main: got 0 (int), wanted true or false"),
        (("panels", 0, "x"), [1.0], "panel 'a first model' (str): line '': wanted 5 quantiles of 1 figures"),
        (("level",), "high", "drawing.level: got 'high' (str), wanted float | None"),
        (("name",), "../x", "drawing: drawing: got the name '../x' (str), wanted small letters, digits, underscores"),
    ],
)
def test_a_plot_of_another_form_is_refused(path: tuple[str | int, ...], new: Any, message: str) -> None:
    """Its types by their paths, then the form that it would be refused for anywhere."""
    with pytest.raises(EvidenceError) as error:
        structure(at(unstructure(drawn.curves()), path, new), PlotData, "drawing")

    assert message in str(error.value)
    assert "\n" not in str(error.value)


def kept(path: Path) -> list[Any]:
    """The lines of a ledger with one observation and one failure, kept in `path`."""
    ledger = Ledger(
        {"here/holds": ENTRY},
        {"numpy": "2.4.6"},
        30,
        controls={"here/holds": CONTROL},
        untested=(UNTESTED,),
        outline=(OUTLINE,),
    )
    ledger.left_out = ("a/b",)
    ledger.keep(path)
    ledger.add(HOLDS)
    ledger.add(Failure("here/holds", 2, "error", "no"))
    ledger.add_uncollected("claims/test_bad.py", "SyntaxError")
    ledger.close(RUN)
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.mark.parametrize(
    ("number", "path", "new", "message"),
    [
        (1, ("header", "default_seeds"), "30", "header.default_seeds: got '30' (str), wanted a whole number"),
        (1, ("header", "default_seeds"), 10**6, "header.default_seeds: got 1000000 (int), wanted a number from 1 to"),
        (1, ("header", "versions", "numpy"), 2, "header.versions['numpy']: got 2 (int), wanted a text"),
        (1, ("header", "catalogue", 0, "line"), "7", "header.catalogue[0].line: got '7' (str), wanted a whole number"),
        (
            1,
            ("header", "controls", "here/holds", "n"),
            0,
            "header.controls['here/holds'].n: got 0 (int), wanted a number",
        ),
        (1, ("header", "untested", 0, "reason"), ..., "header.untested[0].reason: got none, wanted this field"),
        (1, ("header", "left_out"), "a/b", "header.left_out: got 'a/b' (str), wanted a list of at most 100000"),
        (1, ("header", "catalogue"), ..., "header.catalogue: got none, wanted this field"),
        (
            2,
            ("observation", "shown", "n"),
            {},
            "observation.shown['n']: got {} (dict), wanted bool | int | float | str",
        ),
        (2, ("observation", "holds"), None, "got None (NoneType), wanted True or False for at_least(0.8)"),
        (3, ("failure", "message"), 7, "failure.message: got 7 (int), wanted a text of at most 100000 characters"),
        (4, ("uncollected",), ["a"], "uncollected: got ['a'] (list), wanted a list of 2"),
        (4, ("uncollected", 1), 7, "uncollected: got 7 (int), wanted a text of at most 100000 characters"),
        (5, ("run", "workers"), "two", "run.workers: got 'two' (str), wanted a whole number"),
        (5, ("partial",), None, "partial: got None (NoneType), wanted a text of at most 100000 characters"),
    ],
)
def test_a_ledger_of_another_form(
    tmp_path: Path, number: int, path: tuple[str | int, ...], new: Any, message: str
) -> None:
    """What renderers could not show is refused when it is read: file, line, field, what was got and what is wanted."""
    lines = kept(tmp_path / "run.jsonl")
    lines[number - 1] = at(lines[number - 1], path, new)
    (tmp_path / "run.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    with pytest.raises(EvidenceError) as error:
        Ledger.read(tmp_path / "run.jsonl")

    assert str(error.value).startswith(f"{tmp_path / 'run.jsonl'}, line {number}: got ")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("line", ["9" * 5000, "[" * 100_000], ids=["digits", "levels"])
def test_json_that_python_does_not_read(tmp_path: Path, line: str) -> None:
    """A number of too many digits and too many levels are refused as any other line that is no JSON."""
    path = tmp_path / "run.jsonl"
    kept(path)
    path.write_text(f"{path.read_text()}{line}\n{path.read_text()}")
    with pytest.raises(EvidenceError, match=r"run\.jsonl, line 6: got .*, wanted JSON$"):
        Ledger.read(path)


def test_evidence_from_before_the_optional_fields(tmp_path: Path) -> None:
    """Fields that were added since have their defaults."""
    header, observation, *rest = kept(tmp_path / "run.jsonl")
    for name in ("left_out", "controls", "untested"):
        del header["header"][name]
    for name in ("challenges", "control"):
        del header["header"]["catalogue"][0]["claim"][name]
    del header["header"]["catalogue"][0]["digest"], observation["observation"]["subjects"]
    (tmp_path / "run.jsonl").write_text("".join(json.dumps(line) + "\n" for line in (header, observation, *rest)))
    ledger = Ledger.read(tmp_path / "run.jsonl")

    assert (None, {}, ()) == (ledger.left_out, ledger.controls, ledger.untested)
    assert (CLAIM, "") == (ledger.catalogue["here/holds"].claim, ledger.catalogue["here/holds"].digest)
    assert () == ledger.observations["here/holds", 1].subjects
    assert HOLDS == ledger.observations["here/holds", 1]


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    """Messages that are longer than evidence holds are cut when they are recorded."""
    path = tmp_path / "run.jsonl"
    ledger = Ledger({"here/holds": ENTRY}, {}, 30)
    ledger.keep(path)
    ledger.add(Failure("here/holds", 2, "error", "no" * 60_000))
    ledger.add_uncollected("claims/test_bad.py", "no" * 60_000)
    ledger.close(RUN)

    assert ledger == Ledger.read(path)
    assert 100_000 == len(ledger.failures[0].message) == len(ledger.uncollected[0][1])
