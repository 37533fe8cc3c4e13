"""The ledger: all records of one run, in memory and in a file.

The file has JSON lines: the header with the catalogue of claims, one line for each record as it arrives, and the
closing line. It can be read back and judged again without training anything.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lstm_lab.judging.claims import FrontPage, Paragraphs, SeedCount, Untested
from lstm_lab.judging.evidence.control_results import ControlResult
from lstm_lab.judging.evidence.editions import TODAY, RecordedClaim, RecordedEdition, check_names
from lstm_lab.judging.evidence.experiment_ids import shared_ids
from lstm_lab.judging.evidence.final_criteria import Final
from lstm_lab.judging.evidence.plot_data import PlotData
from lstm_lab.judging.evidence.records import Entry, EvidenceError, Failure, Observation, Run, observed
from lstm_lab.judging.evidence.serialization import structure, unstructure
from lstm_lab.judging.evidence.your_keras import YourKeras
from lstm_lab.serialization import LONGEST
from lstm_lab.text import describe_value, one_line

FORMAT = 1  # of the file; another one is refused
LARGEST, LONGEST_LINE = 2**27, 2**24  # bytes of a file, and of a line of it, that are read
MOST_TOLD = 400  # characters of a message about a line


class EvidenceFileError(EvidenceError):
    """A file that cannot be read as evidence; the message begins with its path."""


@dataclass(frozen=True, kw_only=True)
class _Header:
    """The first line of a file; `Ledger` says what the fields are. Older files have fewer."""

    format: int = FORMAT
    versions: dict[str, str]
    default_seeds: SeedCount
    left_out: tuple[str, ...] | None = None
    catalogue: tuple[Entry, ...]
    controls: dict[str, ControlResult] = field(default_factory=dict)
    planted: dict[str, ControlResult] = field(default_factory=dict)
    untested: tuple[Untested, ...] = ()
    outline: tuple[Paragraphs, ...] = ()
    front_page: FrontPage | None = None
    edition: str = TODAY
    editions: dict[str, RecordedEdition] = field(default_factory=dict)
    your_keras: YourKeras = field(default_factory=YourKeras)
    finals: dict[str, Final] | None = None
    more_seeds: dict[str, RecordedClaim] = field(default_factory=dict)


@dataclass
class Ledger:
    """The evidence of one run. After `keep`, every record is also appended to a file as it arrives.

    Attributes:
        catalogue: the claims selected, by id, in the order of collection.
        versions: of the packages the evidence depends on.
        default_seeds: the number of seeds of the run.
        observations: by claim id and seed.
        failures: in the order of arrival.
        uncollected: (path, message) of each file that could not be collected.
        partial: why this is not a full run, "" where it is one.
        left_out: of a partial run, the ids of claims and the files of claims not selected; None where not on record.
        controls: by claim id, the last result under its negative control.
        planted: by claim id, the last result under its positive control.
        untested: what the text says that no claim measures.
        outline: the paragraphs of the text, where they are known.
        front_page: what the report begins with, None where the suite declares none.
        edition: of the software whose defaults the trained models had.
        editions: by name, what the claims came to in other editions.
        your_keras: what other installations of Keras do.
        finals: by claim id, the claims as they were final before the run; None where the suite has no file of that.
        more_seeds: by claim id, what a run with more seeds measured.
        drawings: plots of trained models as plain numbers, by name, in the order of the report.
        run: the run's time, command line, commit and facts; None until it is closed.
    """

    catalogue: dict[str, Entry] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    default_seeds: int = 30
    observations: dict[tuple[str, int], Observation] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    uncollected: list[tuple[str, str]] = field(default_factory=list)
    partial: str = ""
    left_out: tuple[str, ...] | None = None
    controls: dict[str, ControlResult] = field(default_factory=dict)
    planted: dict[str, ControlResult] = field(default_factory=dict)
    untested: tuple[Untested, ...] = ()
    outline: tuple[Paragraphs, ...] = ()
    front_page: FrontPage | None = None
    edition: str = TODAY
    editions: dict[str, RecordedEdition] = field(default_factory=dict)
    your_keras: YourKeras = field(default_factory=YourKeras)
    finals: dict[str, Final] | None = None
    more_seeds: dict[str, RecordedClaim] = field(default_factory=dict)
    drawings: dict[str, PlotData] = field(default_factory=dict)
    run: Run | None = None
    _known_files: set[tuple[str, str]] = field(default_factory=set, init=False, repr=False, compare=False)
    _path: Path | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def exploring(self) -> bool:
        """Whether the seeds are those of exploration, on which no verdict rests."""
        return any(entry.exploring for entry in self.catalogue.values())

    @property
    def seeds(self) -> range:
        """The seeds of the run: those of a claim that takes as many, and does not say where its own begin."""
        first = min((entry.first_seed for entry in self.catalogue.values()), default=0)
        return range(first, first + self.default_seeds)

    def add(self, record: Observation | Failure) -> None:
        """Record an observation, or why a seed gave none. A second observation of a seed is a failure.

        Raises:
            EvidenceError: a claim or a seed that the catalogue does not have.
        """
        entry = self.catalogue.get(record.claim)
        if entry is None or (record.seed is not None and record.seed not in entry.selected):
            what = f"claim {record.claim}" if entry is None else f"claim {record.claim}, seed {record.seed}"
            raise EvidenceError(f"{what}: got a record of it, wanted one of the claims and seeds selected")
        if isinstance(record, Observation):
            if (record.claim, record.seed) in self.observations:
                twice = "observed twice, wanted one observation per seed: a repeated test is no further evidence"
                self.add(Failure(record.claim, record.seed, "error", twice))
                return
            self.observations[record.claim, record.seed] = record
            self._write({"observation": record})
        else:
            failure = replace(record, message=record.message[:LONGEST])
            self.failures.append(failure)
            self._write({"failure": failure})

    def add_uncollected(self, path: str, message: str) -> None:
        """Record a file of claims that could not be collected; the same record twice counts once."""
        file = (path, message[:LONGEST])
        if file not in self._known_files:
            self._known_files.add(file)
            self.uncollected.append(file)
            self._write({"uncollected": file})

    def add_drawing(self, drawing: PlotData) -> None:
        """Record a plot of trained models; a second one of that name replaces the first."""
        self.drawings[drawing.name] = drawing
        self._write({"drawing": drawing})

    def failures_by_claim(self) -> dict[str, list[Failure]]:
        """The failures of each claim that has any, in the order of arrival."""
        failures: dict[str, list[Failure]] = {}
        for failure in self.failures:
            failures.setdefault(failure.claim, []).append(failure)
        return failures

    def missing(self, claim: str, failures: Collection[Failure] | None = None) -> tuple[int, ...]:
        """The selected seeds of a claim with neither an observation nor a failure; `failures` are its own, if known."""
        failed = {
            failure.seed for failure in (self.failures if failures is None else failures) if failure.claim == claim
        }
        if None in failed:
            return ()
        seeds = self.catalogue[claim].seeds
        return tuple(seed for seed in seeds if seed not in failed and (claim, seed) not in self.observations)

    def subjects(self, claim: str) -> frozenset[str]:
        """The ids of the experiments that every observation of a claim was measured on."""
        seeds = self.catalogue[claim].seeds
        return shared_ids(self.observations[claim, seed] for seed in seeds if (claim, seed) in self.observations)

    def keep(self, path: Path) -> None:
        """Write the header and all records so far to a new file `path`; the catalogue must be complete."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="ascii")
        self._path = path
        header = _Header(
            versions=self.versions,
            default_seeds=self.default_seeds,
            left_out=self.left_out,
            catalogue=tuple(self.catalogue.values()),
            controls=self.controls,
            planted=self.planted,
            untested=self.untested,
            outline=self.outline,
            front_page=self.front_page,
            edition=self.edition,
            editions=self.editions,
            your_keras=self.your_keras,
            finals=self.finals,
            more_seeds=self.more_seeds,
        )
        self._write({"header": header})
        records = {"observation": self.observations.values(), "failure": self.failures}
        records |= {"uncollected": self.uncollected, "drawing": self.drawings.values()}
        for kind, items in records.items():
            for item in items:
                self._write({kind: item})

    def close(self, run: Run, partial: str = "") -> None:
        """End the run: complete, or partial with the reason."""
        self.run, self.partial = run, partial
        self._write({"run": run, "partial": partial})
        self._path = None

    @classmethod
    def read(cls, path: Path) -> Ledger:
        """The ledger in the file `path`; that of a killed run has the records until then and is marked as partial.

        Raises:
            EvidenceError: a file that is no ledger of this format, or a broken one.
        """
        ledger, number = cls(partial="the run did not end"), 0
        try:
            for number, line in _lines(path):
                if number == 1:
                    ledger._add_header(path, line)
                else:
                    ledger._add_line(line)
        except EvidenceFileError:
            raise
        except ValueError as error:
            got = f"{path}, line {number}: got {describe_value(line)}, wanted a record"
            raise EvidenceFileError(f"{got}: {one_line(str(error))[:MOST_TOLD]}") from error
        except MemoryError:
            raise EvidenceFileError(f"{path}, line {number}: got more than the memory holds, wanted a run") from None
        return ledger

    def _add_header(self, path: Path, line: Any) -> None:
        """Take the catalogue and what belongs to it from the first line of a file."""
        plain = line.get("header") if isinstance(line, dict) and len(line) == 1 else None
        if not isinstance(plain, dict) or plain.get("format") != FORMAT:
            got = (
                f"format {describe_value(plain.get('format')).removesuffix(' (int)')}"
                if isinstance(plain, dict)
                else "no header"
            )
            raise EvidenceFileError(f"{path}: got {got}, wanted a ledger of format {FORMAT}")
        header = structure(plain, _Header, "header")
        self.versions, self.default_seeds = header.versions, header.default_seeds
        for entry in header.catalogue:
            if self.catalogue.setdefault(entry.claim.id, entry) is not entry:
                raise EvidenceError(f"header: got two claims {entry.claim.id}, wanted one")
            if len(entry.selected) < len(entry.seeds):
                raise EvidenceError(f"claim {entry.claim.id}: got a seed twice, wanted each seed once")
        self.left_out, self.untested, self.outline = header.left_out, header.untested, header.outline
        self.front_page = header.front_page
        self.controls, self.planted = header.controls, header.planted
        check_names([*header.editions, *([] if header.edition == TODAY else [header.edition])])
        self.edition, self.editions, self.your_keras = header.edition, header.editions, header.your_keras
        self.finals, self.more_seeds = header.finals, header.more_seeds

    def _add_line(self, line: Any) -> None:
        """Record a further line of a file."""
        if self.run is not None or (isinstance(line, dict) and "header" in line):
            more = "a line after the end of the run" if self.run is not None else "the header of another run"
            raise EvidenceError(f"{more}; a file has one run, and `python -m lstm_lab merge` unites several files")
        if isinstance(line, dict) and line.keys() != {"run", "partial"} and len(line) != 1:
            raise EvidenceError("several kinds of it on one line")
        match line:
            case {"observation": plain}:
                self.add(self._checked(structure(plain, Observation, "observation")))
            case {"failure": plain}:
                self.add(structure(plain, Failure, "failure"))
            case {"uncollected": plain}:
                self.add_uncollected(*structure(plain, tuple[str, str], "uncollected"))
            case {"drawing": plain}:
                self.add_drawing(structure(plain, PlotData, "drawing"))
            case {"run": plain, "partial": partial}:
                self.close(structure(plain, Run, "run"), structure(partial, str, "partial"))
            case None:
                self.partial += "; its last record is torn and left out"
            case _:
                raise EvidenceError("of a kind that is not known")

    def _checked(self, stored: Observation) -> Observation:
        """An observation read from a file, if a test of its claim can observe it, else EvidenceError."""
        entry = self.catalogue.get(stored.claim)
        first = stored.value if stored.holds is None else stored.holds
        if entry is not None and observed(entry.claim, stored.seed, first, stored.against, stored.shown) != stored:
            where = f"claim {stored.claim}, seed {stored.seed}"
            raise EvidenceError(f"{where}: got both forms of an observation, wanted one")
        return stored

    def _write(self, line: dict[str, Any]) -> None:
        if self._path is not None:
            path, self._path = self._path, None  # after a failed write, nothing more is appended
            with path.open("a", encoding="ascii", newline="\n") as file:
                file.write(json.dumps(unstructure(line), allow_nan=False) + "\n")
            self._path = path


def _lines(path: Path) -> Iterator[tuple[int, Any]]:
    """The numbered lines of `path` as JSON; None for an unfinished last line."""
    with path.open("rb") as file:
        number, left, line = 1, LARGEST, file.readline(LONGEST_LINE + 1)
        while True:
            left -= len(line)
            if len(line) > LONGEST_LINE or left < 0:
                most = f"a line of at most {LONGEST_LINE}" if left >= 0 else f"a file of at most {LARGEST}"
                raise EvidenceFileError(f"{path}, line {number}: got more, wanted {most} bytes: no run writes more")
            following = file.readline(LONGEST_LINE + 1)
            if number > 1 and not following and not line.strip():
                return
            yield number, _parsed(path, number, line.decode("ascii", "replace"), is_last=not following)
            if not following:
                return
            number, line = number + 1, following


def _parsed(path: Path, number: int, line: str, *, is_last: bool) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):  # no JSON, or of more digits or more levels than Python reads
        if not is_last:
            raise EvidenceFileError(f"{path}, line {number}: got {describe_value(line)}, wanted JSON") from None
        return None
