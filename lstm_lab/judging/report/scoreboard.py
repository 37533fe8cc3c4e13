"""The end of a full run on the terminal: what is stated, by who states it and what came of it, in a small table."""

from __future__ import annotations

from collections.abc import Iterator

from lstm_lab.judging.evidence import TODAY
from lstm_lab.judging.report.front_page import counted
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.verdicts import Status
from lstm_lab.text import pluralized

VOICES = {"stated": "article", "readers": "readers"}  # by their names among the counts of the front page
COLUMNS = {"hold": "holds", "wrong": "wrong", "open": "open"}


def headline(report: Report) -> str:
    """The title of the end of a run: whether all verdicts are as recorded, where they are compared with the record."""
    ledger = report.ledger
    if report.under_control or ledger.partial or ledger.exploring or ledger.edition != TODAY:
        return "claims"
    new = sum(finding.status is Status.NEW for finding in report.findings)
    recorded = sum(finding.status is Status.AS_RECORDED for finding in report.findings)
    departing = len(report.findings) - new - recorded
    if departing:
        return f"claims: {departing} of {len(report.findings)} not as recorded"
    if new:
        return f"claims: {new} new, the others as recorded" if recorded else "claims: all new"
    return "claims: all as recorded"


def scoreboard(report: Report) -> Iterator[str]:
    """A row for the article and one for its readers, and beside them the figures that are printed; see `headline`."""
    counts = counted(report.findings)
    if not any(int(counts[voice]) for voice in VOICES):
        return
    yield " ".join(["         ", *(f"{title:>6}" for title in COLUMNS.values())])
    for voice, name in VOICES.items():
        row = " ".join([f"{name:<9}", *(f"{counts[f'{voice}_{column}']:>6}" for column in COLUMNS)])
        yield f"{row}     {_printed(counts)}" if voice == "stated" and int(counts["printed"]) else row


def _printed(counts: dict[str, str]) -> str:
    hold, wrong, open_ = (counts[f"printed_{column}"] for column in COLUMNS)
    return f"printed figures: {hold} {'holds' if hold == '1' else 'hold'}, {wrong} fail, {open_} open"


def measured(report: Report) -> str:
    """How many seeds were measured, and what the letter of those against their claim means."""
    observations = report.ledger.observations.values()
    against = sum(one.holds is False for one in observations)
    seeds = f"{pluralized(len(observations), 'seed')} measured"
    return f'{seeds}; {against} spoke against their claim ("a"), which is no failure' if against else seeds
