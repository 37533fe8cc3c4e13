"""The controller: a pytest plugin that collects the observations of all processes, judges them and tells verdicts."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lstm_lab.judging.claims import (
    FRONT_PAGE,
    OUTLINE,
    UNTESTED,
    control_part,
    front_page_error,
    place_error,
    untested_error,
)
from lstm_lab.judging.evidence import (
    TODAY,
    Entry,
    EvidenceError,
    Failure,
    Ledger,
    Observation,
    RecordedEdition,
    YourKeras,
    control_results,
    read_edition,
    read_editions,
)
from lstm_lab.judging.report import Report, finding_line, headline, summary
from lstm_lab.judging.session import environment
from lstm_lab.judging.session.collection import ONCE
from lstm_lab.judging.session.given import YOUR_KERAS
from lstm_lab.judging.session.last_failed import VERDICT, fail_as_well, failed_verdicts, remember_first_seeds
from lstm_lab.judging.session.observe import read_observation
from lstm_lab.judging.session.places import (
    edition_of_run,
    editions_folder,
    finals_of_run,
    is_judged_today,
    more_seeds_file,
    places,
    places_error,
    seeds_of_run,
)
from lstm_lab.judging.session.repetitions import fold_repetitions
from lstm_lab.judging.session.results import Results
from lstm_lab.judging.session.selection import Selection
from lstm_lab.judging.verdicts import Finding, fails_run, judge, with_recorded_verdicts
from lstm_lab.text import pluralized, writable

EXCHANGE_INPUT = "claims_exchange"  # the key of a worker's input that names the folder shared with the controller


class Controller:
    """The plugin of the process that is no xdist worker; does nothing in a run without claims."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        _, self.evidence, self.controls_path = places(config)
        self.seeds = seeds_of_run(config)
        self.strict: bool = config.option.strict_verdicts or self.seeds.exploring
        self.control: bool = config.option.control
        self.controls = control_results.ControlResults()  # of earlier runs, from their file
        self.edition = edition_of_run(config)
        self.started = datetime.now(UTC)
        self.clock = time.perf_counter()
        self.exchange: Path | None = None
        self.ledger: Ledger | None = None
        self.tests: dict[str, tuple[str, int]] = {}
        self.planted = Ledger()  # what claims were measured under their positive controls
        self.planted_tests: Collection[str] = ()
        self.unclaimed: tuple[str, ...] = ()
        self.unsettled: dict[str, Observation] = {}  # called, but not yet torn down
        self.uncollected: list[tuple[str, str]] = []
        self.judged: Report | None = None  # once every test has run
        self.written = ""
        self.session: pytest.Session | None = None
        self.ended_early = False
        self.again = 0  # verdicts compared with the record though the run is partial
        self.collected = 0  # tests, of whatever kind
        self.announced = 0  # verdicts counted in pytest's progress

    def begin(self, selection: Selection, collected: int) -> None:
        """Open the ledger for the selected claims; does nothing where there are none."""
        if selection.mistake:
            raise pytest.UsageError(selection.mistake)
        if self.ledger is not None or not (selection.entries or selection.planted):
            return
        if error := places_error(self.config):
            raise pytest.UsageError(error)
        untested, outline = self.config.stash.get(UNTESTED, ()), self.config.stash.get(OUTLINE, ())
        wrong = next(filter(None, map(untested_error, untested)), "")
        places = (place for one in untested for place in one.places) if not wrong else ()
        wrong = wrong or next(filter(None, (place_error(place, outline) for place in places)), "")
        if wrong:
            raise pytest.UsageError(f"what is not tested: {wrong}")
        front = self.config.stash.get(FRONT_PAGE, None)
        if front and (wrong := front_page_error(front)):
            raise pytest.UsageError(f"front page: {wrong}")
        self.tests, self.unclaimed = selection.tests, selection.unclaimed
        self.collected = collected
        self.announced = 0 if selection.partial else len(selection.entries) + len(selection.planted)
        try:
            folder = editions_folder(self.config, exploration=self.seeds.exploring)
            editions = {} if self.control else read_editions(folder)
            entries = selection.entries if self.edition == TODAY else self._of_edition(selection.entries, editions)
            finals = None if self.control else finals_of_run(self.config)
            more = more_seeds_file(self.config)
            recorded = read_edition(more).claims if more and more.exists() and is_judged_today(self.config) else {}
            told = self.config.stash.get(YOUR_KERAS, None)
            your_keras = told(selection.entries) if told else YourKeras()
        except EvidenceError as error:
            raise pytest.UsageError(str(error)) from None
        ids = {entry.claim.id for entry in entries}
        self.ledger = Ledger(
            catalogue={entry.claim.id: entry for entry in entries},
            versions={**environment.versions(), **({} if self.edition == TODAY else {"edition": self.edition})},
            default_seeds=self.seeds.count,
            partial=selection.partial,
            left_out=selection.left_out,
            untested=untested,
            outline=outline,
            front_page=front,
            edition=self.edition,
            editions=editions if self.edition == TODAY else {},
            your_keras=your_keras,
            finals=None if finals is None else {id: finals[id] for id in finals if id in ids},
            more_seeds={id: recorded[id] for id in recorded if id in ids},
        )
        terminal = self.config.pluginmanager.get_plugin("terminalreporter")
        if terminal is not None:
            for line in () if self.control else selection.measured_too(self.config.option.claim):
                terminal.write_line(line)
        for path, message in self.uncollected:
            self.ledger.add_uncollected(path, message)
        try:
            self.controls = control_results.read_results(self.controls_path)
        except control_results.ControlError as error:
            raise pytest.UsageError(str(error)) from None
        if self.control:  # nothing measured now is evidence for or against a claim
            self.planted_tests = selection.planted_tests
            planted = {entry.claim.id: entry for entry in selection.planted}
            self.planted = Ledger(planted, default_seeds=self.ledger.default_seeds, partial=self.ledger.partial)
            return
        self.ledger.controls, self.ledger.planted = (
            {id: results[id] for id in self.ledger.catalogue if id in results}
            for results in (self.controls.broken, self.controls.planted)
        )
        with self._stopping_when_full():
            self.ledger.keep(self.evidence / "runs" / f"{self.started:%Y%m%dT%H%M%SZ}-{os.getpid()}.jsonl")

    def _of_edition(self, entries: Sequence[Entry], editions: Mapping[str, RecordedEdition]) -> tuple[Entry, ...]:
        """The claims with the verdicts on record in the edition of the run, that of the exploration seeds, too."""
        explored = editions_folder(self.config, exploration=True) / f"{self.edition}.json"
        known = read_edition(explored) if self.seeds.first and explored.exists() else None
        return with_recorded_verdicts(entries, editions.get(self.edition), known)

    @contextlib.contextmanager
    def _stopping_when_full(self) -> Iterator[None]:
        """End the run when an observation cannot be written: it would be lost."""
        try:
            yield
        except OSError as error:
            wanted = "wanted a writable folder with room for it: free some space, or name another with --evidence"
            pytest.exit(f"evidence {self.evidence}: no observation can be kept ({error.strerror}); {wanted}", 1)

    # Workers

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Pass a worker the folder for its selection and its facts."""
        if self.exchange is None:
            self.exchange = Path(tempfile.mkdtemp(prefix="claims-"))
        node.workerinput[EXCHANGE_INPUT] = str(self.exchange)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node: Any, ids: Sequence[str]) -> None:
        """Take the selection from the first worker that has one; xdist checks that all have the same."""
        assert self.exchange is not None
        self.begin(Selection.read(self.exchange / f"selection-{node.gateway.id}.json"), len(ids))

    def pytest_unconfigure(self) -> None:
        """Remove the folder shared with the workers."""
        if self.exchange is not None:
            shutil.rmtree(self.exchange, ignore_errors=True)

    # Evidence as it arrives

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Store the session, whose test count includes the verdicts."""
        self.session = session

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Record a file or a claim that could not be collected."""
        if report.failed:
            record = report.nodeid.partition("::")[0], _message(report).partition("\n")[0]
            self.uncollected.append(record)
            if self.ledger is not None:
                with self._stopping_when_full():
                    self.ledger.add_uncollected(*record)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """An observation counts once its test is torn down, so that a failure of its teardown counts."""
        if self.ledger is None:
            return
        if self.session and self.session.testscollected == self.collected:  # xdist sets it for each worker anew
            self.session.testscollected += self.announced
        if report.nodeid not in self.tests:
            return
        with self._stopping_when_full():
            self._record(self.planted if report.nodeid in self.planted_tests else self.ledger, report)

    def _record(self, ledger: Ledger, report: pytest.TestReport) -> None:
        claim, seed = self.tests[report.nodeid]
        if report.skipped:
            ledger.add(Failure(claim, seed, "missing", _message(report)))
        elif report.failed:
            self.unsettled.pop(report.nodeid, None)
            # The report that xdist creates for a test whose worker crashed has no phase.
            kind = "error" if report.when in ("setup", "call", "teardown") else "crash"
            ledger.add(Failure(claim, seed, kind, _message(report)))  # type: ignore[arg-type]
        elif not report.passed:  # plugins that repeat failed tests have an outcome of their own
            got = f"got the outcome {report.outcome!r}, {ONCE}"
            ledger.add(Failure(claim, seed, "error", f"{got}\n{_message(report)}"))
        elif report.when == "call" and (observation := read_observation(report)) is not None:
            self.unsettled[report.nodeid] = observation
        elif report.when == "teardown" and report.nodeid in self.unsettled:
            ledger.add(self.unsettled.pop(report.nodeid))

    # Verdicts

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, object, object]:
        """Judge once every test has run; inside pytest's own wrapper, which prints the final progress afterwards."""
        finished = yield
        if self.ledger is not None:
            self.judged = Report(self.ledger, self.planted if self.control else None)
            verdicts = [
                finding
                for finding in self.judged.findings
                if not self.ledger.partial or fails_run(finding, self.strict)
            ]
            again = self._judged_again(self.ledger)
            self.again, verdicts = len(again), [*verdicts, *again]
            session.testscollected += len(verdicts) - self.announced
            for finding in verdicts:
                self.config.hook.pytest_runtest_logreport(report=self._verdict(finding))
            failed = [finding for finding in verdicts if fails_run(finding, self.strict)]
            remember_first_seeds(self.config, (finding.entry for finding in failed))
            fail_as_well(self.config, self._rivals(failed))
        return finished

    def _judged_again(self, ledger: Ledger) -> list[Finding]:
        """Of a part of the claims, those that `--lf` asked for since their verdict failed: compared with the record."""
        if not ledger.partial or ledger.exploring or self.control or not self.config.getoption("lf", False):
            return []
        again = set(failed_verdicts(self.config))
        if not any(entry.test(VERDICT) in again for entry in ledger.catalogue.values()):
            return []
        findings = judge(replace(ledger, partial=""))
        return [one for one in findings if one.judgement is not None and one.entry.test(VERDICT) in again]

    def _rivals(self, findings: Iterable[Finding]) -> Iterator[str]:
        """The verdicts on claims that cannot hold together with these."""
        assert self.judged is not None
        contradictions = self.judged.contradictions
        for rival in (rival for one in findings for rival in contradictions.rivals.get(one.entry.claim.id, ())):
            if rival in contradictions.findings:
                yield contradictions.findings[rival].entry.test(VERDICT)

    def _verdict(self, finding: Finding) -> pytest.TestReport:
        """The verdict on a claim as a test report, so that it counts in exit status, junit XML and `--lf`."""
        entry = finding.entry
        failed = fails_run(finding, self.strict)
        test = entry.test(control_part("planted" if finding.planted else None, VERDICT))
        return pytest.TestReport(
            nodeid=test,
            location=_location(entry, test),
            keywords={VERDICT: 1},
            outcome="failed" if failed else "passed",
            longrepr=finding_line(finding) if failed else None,
            when="call",
        )

    def pytest_keyboard_interrupt(self) -> None:
        """Note that the run did not come to its end: by Ctrl-C, or by `pytest.exit`, which may name any exit status."""
        self.ended_early = True

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the report, also after Ctrl-C or `-x`; a run that measured nothing overwrites none."""
        if self.ended_early:
            session.exitstatus = session.exitstatus or pytest.ExitCode.INTERRUPTED
        ledger = self.ledger
        if ledger is None:
            return
        terminal = self.config.pluginmanager.get_plugin("terminalreporter")
        if terminal is not None:
            fold_repetitions(terminal.stats, self.tests)
        if self.judged is None:
            interrupted = f"interrupted: {len(ledger.observations)} of {len(self.tests)} observations"
            ledger.partial = "; ".join(filter(None, [interrupted, ledger.partial]))
            self.planted.partial = ledger.partial
            self.judged = Report(ledger, self.planted if self.control else None)
        results = Results(self.config, self.exchange, self.started, time.perf_counter() - self.clock)
        self.written, failed = results.written(self.judged, self.strict)
        if failed:
            session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Print what needs attention, and the paths of the reports."""
        if self.judged is not None:
            terminalreporter.section(headline(self.judged))
            for line, markup in summary(self.judged, self.strict):
                terminalreporter.line(line, **markup)
            if self.again:
                which = pluralized(self.again, "verdict")
                terminalreporter.line(f"--lf: {which} compared with the record all the same")
            if self.unclaimed:
                more = f" and {len(self.unclaimed) - 1} more" if len(self.unclaimed) > 1 else ""
                without = "got a test without @claim(...), which is no evidence"
                terminalreporter.line(f"no claim: {self.unclaimed[0]}{more}: {without}", yellow=True)
            terminalreporter.line(self.written)


def _location(entry: Entry, test: str) -> tuple[str, int | None, str]:
    path, _, name = test.partition("::")
    return path, entry.line - 1, name.replace("::", ".")


def _message(report: pytest.TestReport | pytest.CollectReport) -> str:
    """A one-line summary of a failure, then pytest's full text of it; the same with and without workers."""
    if isinstance(report.longrepr, tuple):  # of a skipped test: path, line, reason
        return writable(report.longrepr[2])
    crash = getattr(report.longrepr, "reprcrash", None)
    text = writable(str(report.longrepr or ""))
    lines = writable(crash.message).splitlines() if crash else text.splitlines()
    raised = [line.removeprefix("E ").strip() for line in lines if line.startswith("E ")]
    summary_line = next((line for line in [*raised, *lines] if line.strip()), "no message")
    summary_line = summary_line.removeprefix("Failed: ")  # of `pytest.fail`: a name that says nothing
    return summary_line if summary_line == text else f"{summary_line}\n{text}"
