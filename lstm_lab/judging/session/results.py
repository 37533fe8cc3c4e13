"""What a run leaves in files: its report, and what the claims came to in an edition, with more seeds, under control."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from lstm_lab import machine
from lstm_lab.files import write_json
from lstm_lab.judging.claims import DEFAULT_SEEDS
from lstm_lab.judging.evidence import (
    PROCESSOR,
    TODAY,
    EvidenceError,
    RecordedClaim,
    RecordedEdition,
    Run,
    control_results,
    not_final,
    update_edition,
)
from lstm_lab.judging.report import Report, folder_of, page_of, report_to_json, write
from lstm_lab.judging.session import environment
from lstm_lab.judging.session.exchange import facts_of_run
from lstm_lab.judging.session.given import SOFTWARE
from lstm_lab.judging.session.places import (
    edition_file,
    edition_of_run,
    is_judged_today,
    more_seeds_file,
    places,
    seeds_of_run,
)
from lstm_lab.judging.session.plot_collection import NOT_DRAWN, collected_plots
from lstm_lab.judging.verdicts import Finding, Status
from lstm_lab.text import pluralized

MODELS = ("trained", "loaded")  # facts: the ids of the ensembles that a process trained, and those that it loaded


@dataclass(frozen=True)
class Results:
    """The files of a run that has ended.

    Attributes:
        config: of the run.
        exchange: the folder shared with the workers; None where there are none.
        started: when the run began.
        seconds: how long it took.
    """

    config: pytest.Config
    exchange: Path | None
    started: datetime
    seconds: float

    def written(self, report: Report, strict: bool) -> tuple[str, bool]:
        """Write the files; gives what the terminal is told of them, and whether the run fails for it.

        Args:
            report: the judged run.
            strict: whether drift fails a run, and so criteria that are not final.
        """
        control = self.config.option.control
        try:
            return (self._controls(report), False) if control else self._report(report, strict)
        except OSError as error:
            return f"the {'controls' if control else 'report'} could not be written: {error}", True

    def _report(self, report: Report, strict: bool) -> tuple[str, bool]:
        """Write the report as Markdown, page and JSON, and what the next reports take from this run."""
        ledger, (path, evidence, _) = report.ledger, places(self.config)
        for drawing in collected_plots(self.config, self.exchange):
            ledger.add_drawing(drawing)
        page = page_of(path)
        ledger.close(self._run([path, page, folder_of(path)]), ledger.partial)
        if ledger.partial and not ledger.observations and not ledger.failures:
            return f"nothing was measured, {self._relative(path)} is left as it was", False
        undrawn = write(report, path, self.config.rootpath)
        open_ = any(not_final(ledger.catalogue.values(), ledger.finals))
        if is_judged_today(self.config):
            write_json(evidence / "report.json", report_to_json(report))
        not_drawn = ledger.run.facts.get(NOT_DRAWN) if ledger.run else None
        trouble = f"; pictures {NOT_DRAWN}: {', '.join(not_drawn)}" if isinstance(not_drawn, list) else ""
        lines = [f"read {self._relative(path)}, or open {page.absolute().as_uri()}{trouble}", *undrawn]
        if edition_of_run(self.config) != TODAY:
            lines.append(self._edition(report))
        more = more_seeds_file(self.config)
        if more and is_judged_today(self.config) and seeds_of_run(self.config).count > DEFAULT_SEEDS:
            lines.append(self._more_seeds(report, more))
        return "\n".join(lines), bool(undrawn) or (open_ and strict)

    def _more_seeds(self, report: Report, path: Path) -> str:
        """Write what the claims came to that took more seeds than usual; the terminal's line."""
        judged = [one for one in report.findings if one.complete and len(one.observations) > DEFAULT_SEEDS]
        self._record_outcomes(report, judged, path, None)
        return f"more seeds: {self._relative(path)}, for the report of the next run with {DEFAULT_SEEDS}"

    def _edition(self, report: Report) -> str:
        """Write what the claims came to in this edition, in a partial run with the older ones; the terminal's line."""
        path = edition_file(self.config)
        contradicting = [one for one in report.findings if one.status is Status.CONTRADICTS_RECORD]
        judged = [one for one in report.findings if one.complete and one.status is not Status.CONTRADICTS_RECORD]
        self._record_outcomes(report, judged, path, None if report.ledger.partial else report.ledger.catalogue)
        left = f"; left as recorded: {pluralized(len(contradicting), 'contradicting verdict')}" if contradicting else ""
        where = f"edition {edition_of_run(self.config)}: {self._relative(path)}"
        return f"{where}, for the report of the next run of today's edition{left}"

    def _record_outcomes(
        self, report: Report, judged: Sequence[Finding], path: Path, collected: Collection[str] | None
    ) -> None:
        """Write the outcomes of these claims to a file of the project; see `update_edition`."""
        claims = {one.entry.claim.id: RecordedClaim.of(one.entry.digest, one.observations) for one in judged}
        recorded = RecordedEdition(str(self.config.stash.get(SOFTWARE, "")), report.ledger.versions, claims)
        try:
            update_edition(path, recorded, collected)
        except EvidenceError as error:
            raise OSError(str(error)) from None

    def _controls(self, report: Report) -> str:
        """Write the results under controls, in a partial run with the older ones; the line for the terminal."""
        path = places(self.config)[2]
        findings = [one for one in report.findings if one.control or one.planted_control or one.failures]
        broken = {one.entry.claim.id: one.control for one in findings if not one.planted}
        planted = {one.entry.claim.id: one.planted_control for one in findings if one.planted}
        try:
            control_results.update_results(path, broken, planted, whole=not report.ledger.partial)
        except control_results.ControlError as error:
            raise OSError(str(error)) from None
        return f"controls: {self._relative(path)}, for the report of the next run without --control"

    def _run(self, generated: Sequence[Path]) -> Run:
        """The run itself, as the report tells it."""
        facts = facts_of_run(self.config, self.exchange)
        trained, loaded = (_distinct(facts.pop(name, [])) for name in MODELS)
        facts[PROCESSOR] = [machine.processor()]
        return Run(
            started=self.started.isoformat(timespec="seconds"),
            seconds=round(self.seconds, 1),
            command=environment.command(self.config.invocation_params.args),
            commit=environment.commit(self.config.rootpath, generated),
            workers=len(self.config.getoption("tx", None) or [""]),
            models_trained=len(trained),
            models_loaded=len(loaded - trained),  # an ensemble trained by one worker may be loaded by another
            facts=facts,
        )

    def _relative(self, path: Path) -> str:
        here = self.config.invocation_params.dir
        return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _distinct(fact: object) -> set[str]:
    """The distinct elements of a fact that several processes may have recorded."""
    return set(fact) if isinstance(fact, list) else set()
