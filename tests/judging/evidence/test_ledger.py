"""The ledger loses nothing: every record is on disk the moment it arrives, and is read back as it was."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from lstm_lab.judging.claims.claim import Claim
from lstm_lab.judging.claims.source import Comment, Section
from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.judgement import Verdict
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.evidence.records import Entry, EvidenceError, Failure, Observation, Run

RUN = Run("2024-05-06T07:08:09+00:00", 61.5, "pytest claims/", "abc1234", 2, 6, 1, {"refused": ["a"]})
HOLDS = Claim("here/holds", "It “holds”.", Section("Here"), at_least(0.8), Verdict.SUPPORTED)
BEATS = Claim("here/beats", "It beats.", Comment(4, "someone", "2016-08-24"), beats(), contradicts=("here/holds",))


@pytest.fixture
def ledger() -> Ledger:
    """A ledger of two claims with three seeds each, nothing recorded yet."""
    entries = [
        Entry(HOLDS, "claims/test_here.py::test_holds", 7, "A note.", (0, 1, 2), 3),
        Entry(BEATS, "claims/test_here.py::test_beats", 17, "", (0, 1, 2), 3),
    ]
    return Ledger({entry.claim.id: entry for entry in entries}, {"numpy": "2.4.6"}, 3)


def record(ledger: Ledger) -> None:
    """Let one record of each kind arrive."""
    ledger.add(Observation("here/holds", 1, holds=True, shown={"letter": "B", "loss": 0.1 + 0.2}))
    ledger.add(Observation("here/beats", 0, value=1 / 3, against=-1e-17))
    ledger.add(Failure("here/holds", 2, "error", "ValueError: “no”\nmore \udc80 lines"))
    ledger.add_uncollected("claims/test_bad.py", "SyntaxError: invalid syntax")


def test_a_ledger_is_read_back_as_it_was(ledger: Ledger, tmp_path: Path) -> None:
    """What was kept is what is read: catalogue, versions, every record and how the run went."""
    path = tmp_path / "evidence" / "run.jsonl"
    ledger.keep(path)
    record(ledger)
    ledger.close(RUN, "interrupted")

    assert Ledger.read(path) == ledger
    assert Ledger.read(path).partial == "interrupted"
    assert list(Ledger.read(path).catalogue) == ["here/holds", "here/beats"]


def test_what_an_observation_was_measured_on_is_read_back(ledger: Ledger, tmp_path: Path) -> None:
    """The names of its experiments are kept with it; a file from before there were any is read all the same."""
    path = tmp_path / "run.jsonl"
    ledger.keep(path)
    ledger.add(Observation("here/holds", 0, holds=True, subjects=("one", "other")))
    ledger.add(Observation("here/holds", 1, holds=True, subjects=("one",)))
    lines = path.read_text()

    assert [("one", "other"), ("one",)] == [one.subjects for one in Ledger.read(path).observations.values()]
    assert {"one"} == Ledger.read(path).subjects("here/holds")
    path.write_text(lines.replace(', "subjects": ["one", "other"]', "").replace(', "subjects": ["one"]', ""))
    assert [(), ()] == [one.subjects for one in Ledger.read(path).observations.values()]
    assert ledger.observations == Ledger.read(path).observations


def test_every_record_is_one_line(ledger: Ledger, tmp_path: Path) -> None:
    """The file is JSON, a line each: the header, the records in the order they came, the closing line."""
    path = tmp_path / "run.jsonl"
    ledger.keep(path)
    record(ledger)
    ledger.close(RUN)
    lines = [json.loads(line) for line in path.read_text().splitlines()]

    assert [next(iter(line)) for line in lines] == [
        "header", "observation", "observation", "failure", "uncollected", "run",
    ]  # fmt: skip
    assert lines[-1]["partial"] == ""


def test_a_record_is_on_disk_when_it_arrives(ledger: Ledger, tmp_path: Path) -> None:
    """A run that is killed leaves everything that had arrived; read back, it is marked as partial."""
    path = tmp_path / "run.jsonl"
    ledger.keep(path)
    record(ledger)
    killed = Ledger.read(path)

    assert killed.observations == ledger.observations
    assert killed.failures == ledger.failures
    assert killed.uncollected == ledger.uncollected
    assert killed.run is None
    assert killed.partial == "the run did not end"


def test_what_came_before_the_file_is_kept_too(ledger: Ledger, tmp_path: Path) -> None:
    """Records that arrived before the file was begun are written with its header."""
    path = tmp_path / "run.jsonl"
    record(ledger)
    ledger.keep(path)
    ledger.close(RUN)

    assert Ledger.read(path) == ledger


def test_a_torn_last_line_is_left_out(ledger: Ledger, tmp_path: Path) -> None:
    """Wherever the last line was cut off, the records before it are read, and the loss is noted."""
    path = tmp_path / "run.jsonl"
    ledger.keep(path)
    ledger.add(Observation("here/holds", 0, holds=True))
    whole = path.read_text()
    ledger.add(Observation("here/holds", 1, holds=False))
    added = path.read_text()[len(whole) :]
    for length in range(1, len(added) - 1):
        path.write_text(whole + added[:length])
        torn = Ledger.read(path)

        assert list(torn.observations) == [("here/holds", 0)]
        assert torn.partial == "the run did not end; its last record is torn and left out"
        assert torn.missing("here/holds") == (1, 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "got no header, wanted a ledger of format 1"),
        ("\x00\x01", "got no header, wanted a ledger of format 1"),
        ('{"header": {"format": 2}}\n', "got format 2, wanted a ledger of format 1"),
        ('[{"a": 1}]\n', "got no header, wanted a ledger of format 1"),
    ],
    ids=["empty", "binary", "other-format", "foreign"],
)
def test_a_foreign_file(tmp_path: Path, text: str, message: str) -> None:
    """A file that is no ledger is refused in one line."""
    path = tmp_path / "run.jsonl"
    path.write_text(text)
    with pytest.raises(EvidenceError) as error:
        Ledger.read(path)

    assert str(error.value) == f"{path}: {message}"


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '{"observation": {"claim": "here/holds"}}',
        '{"observation": {"claim": "x/y", "seed": 0}}',
        '{"other": 1}',
        "7",
    ],
    ids=["torn", "half", "unknown-claim", "unknown-kind", "number"],
)
def test_a_broken_line_is_named(ledger: Ledger, tmp_path: Path, line: str) -> None:
    """A line in the middle that is no record is refused by its number, not passed over."""
    path = tmp_path / "run.jsonl"
    ledger.keep(path)
    path.write_text(f"{path.read_text()}{line}\n{path.read_text()}")
    with pytest.raises(EvidenceError, match=r"run\.jsonl, line 2: got "):
        Ledger.read(path)


def test_missing_seeds(ledger: Ledger) -> None:
    """A selected seed with neither observation nor failure is missing; a failed claim accounts for all its seeds."""
    record(ledger)

    assert ledger.missing("here/holds") == (0,)
    assert ledger.missing("here/beats") == (1, 2)
    ledger.add(Failure("here/beats", None, "error", "no fixture"))
    assert ledger.missing("here/beats") == ()


def test_a_second_observation_is_a_failure(ledger: Ledger) -> None:
    """A repeated test is no further evidence: the first observation stays, the repetition is recorded as an error."""
    ledger.add(Observation("here/holds", 1, holds=False))
    ledger.add(Observation("here/holds", 1, holds=True))

    assert ledger.observations["here/holds", 1].holds is False
    assert [(one.seed, one.kind) for one in ledger.failures] == [(1, "error")]


@pytest.mark.parametrize(("claim", "seed"), [("here/unknown", 0), ("here/holds", 9)])
def test_evidence_outside_the_catalogue(ledger: Ledger, claim: str, seed: int) -> None:
    """A record of a claim or a seed that was not selected is refused: it would be lost."""
    with pytest.raises(EvidenceError, match="wanted one of the claims and seeds selected"):
        ledger.add(Observation(claim, seed, holds=True))


def test_the_same_uncollected_file_counts_once(ledger: Ledger) -> None:
    """Every worker reports a file that cannot be collected; it is recorded once."""
    ledger.add_uncollected("claims/test_bad.py", "SyntaxError")
    ledger.add_uncollected("claims/test_bad.py", "SyntaxError")

    assert ledger.uncollected == [("claims/test_bad.py", "SyntaxError")]


def refused(path: Path, lines: list[str]) -> str:
    """The line that refuses a file of these lines."""
    path.write_text("".join(lines))
    with pytest.raises(EvidenceError) as error:
        Ledger.read(path)
    assert "\n" not in str(error.value)
    return str(error.value).removeprefix(str(path))


@pytest.mark.parametrize("ended", [True, False], ids=["ended", "killed"])
def test_two_runs_in_one_file(ledger: Ledger, tmp_path: Path, ended: bool) -> None:
    """The claims of the first would be lost: refused, whether that run ended or was killed, with what to do."""
    path = tmp_path / "run.jsonl"
    ledger.keep(path)
    record(ledger)
    if ended:
        ledger.close(RUN)
    lines = path.read_text().splitlines(keepends=True)

    line = refused(path, lines * 2)
    assert line.startswith(f", line {len(lines) + 1}: got ")
    assert line.endswith("a file has one run, and `python -m lstm_lab merge` unites several files")


def test_nothing_follows_the_end_of_a_run(ledger: Ledger, tmp_path: Path) -> None:
    """Neither a record nor a torn one; an empty line does."""
    path = tmp_path / "run.jsonl"
    ledger.keep(path)
    record(ledger)
    ledger.close(RUN)
    lines = path.read_text().splitlines(keepends=True)

    assert "a line after the end of the run" in refused(path, [*lines, lines[1]])
    assert "a line after the end of the run" in refused(path, [*lines, "{"])
    path.write_text("".join([*lines, "\n"]))
    assert ledger == Ledger.read(path)


def test_what_would_count_twice(ledger: Ledger, tmp_path: Path) -> None:
    """A claim that the header has twice, a seed that a claim has twice, a line that is two records."""
    path = tmp_path / "run.jsonl"
    ledger.keep(path)
    record(ledger)
    header, first, second, *_ = path.read_text().splitlines(keepends=True)
    plain = json.loads(header)
    plain["header"]["catalogue"] *= 2
    assert "got two claims here/holds, wanted one" in refused(path, [json.dumps(plain) + "\n", first])
    plain = json.loads(header)
    plain["header"]["catalogue"][0]["seeds"] = [0, 1, 1]
    assert "claim here/holds: got a seed twice, wanted each seed once" in refused(path, [json.dumps(plain)])
    both = json.dumps({**json.loads(first), "failure": {}})
    assert "several kinds of it on one line" in refused(path, [header, both, "\n", second])


def test_a_file_without_end(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a line nor a file of any length is taken into memory; a device is no other."""
    path = tmp_path / "run.jsonl"
    ledger.keep(path)
    record(ledger)
    header, *rest = path.read_text().splitlines(keepends=True)
    with pytest.raises(EvidenceError, match=r"^/dev/zero, line 1: got more, wanted a line of at most 16777216 bytes"):
        Ledger.read(Path("/dev/zero"))
    monkeypatch.setattr("lstm_lab.judging.evidence.ledger.LARGEST", len(header) + len(rest[0]) - 1)
    assert f", line 2: got more, wanted a file of at most {len(header) + len(rest[0]) - 1} bytes" in refused(
        path, [header, *rest]
    )


def test_a_run_without_measure(ledger: Ledger, tmp_path: Path) -> None:
    """Times and counts that no run comes to would be sums beyond all floats."""
    path = tmp_path / "run.jsonl"
    ledger.keep(path)
    header = path.read_text()
    for field, value in (("seconds", 1e300), ("workers", -1), ("models_trained", 10**30), ("facts", {"n": 1e308})):
        ending = json.dumps({"run": {**vars(RUN), field: value}, "partial": ""})
        assert field.removesuffix("s") in refused(path, [header, ending])


def test_many_seeds_are_read_in_no_time(tmp_path: Path) -> None:
    """Whether a seed was selected is looked up, not searched for: 50 000 times 50 000 steps would take minutes."""
    entry = Entry(HOLDS, "claims/test_here.py::test_holds", 7, "", tuple(range(50_000)), 50_000)
    ledger = Ledger({HOLDS.id: entry}, {}, 3)
    began = time.process_time()
    for seed in range(50_000):
        ledger.add(Observation(HOLDS.id, seed, holds=True))

    assert time.process_time() - began < 5
