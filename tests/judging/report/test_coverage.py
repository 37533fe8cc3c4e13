"""What the claims measure of each part of the text, and what is left out."""

from ledgers import BOB, ONE_CHAR, WINDOWS, entry, ledger_of

from lstm_lab.judging.claims.untested import Untested
from lstm_lab.judging.criteria.exact import always
from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.evidence.serialization import unstructure
from lstm_lab.judging.report.coverage import coverage_lines
from lstm_lab.judging.report.json import report_to_json
from lstm_lab.judging.report.markdown import render
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.verdicts.findings import judge

UNTESTED = (
    Untested(ONE_CHAR, "It is simple.", "an opinion"),
    Untested(BOB, "Thanks, twice.", "courtesy", 2),
)


def measured(**details) -> Ledger:
    """Two claims of sections, one of a comment."""
    entries = [entry(f"here/{n}", always(), source=source) for n, source in enumerate((ONE_CHAR, ONE_CHAR, WINDOWS))]
    return ledger_of(*((one, [True] * 5) for one in entries), **details)


def test_counts_by_part_of_the_text() -> None:
    """Sections come first, comments with their replies after them; a part without claims is there too."""
    lines = list(coverage_lines(judge(measured()), UNTESTED))

    assert "| Learning One Letter at a Time | 2 | 1 |" in lines
    assert "| Windows of Three Letters | 1 | 0 |" in lines
    assert "| Comment 4 and replies | 0 | 2 |" in lines
    assert "| all | 3 | 3 |" in lines
    assert "  - It is simple. Not measured: an opinion." in lines
    assert "  - Thanks, twice. *Bob &lt;b>.* (2 statements) Not measured: courtesy." in lines


def test_only_a_whole_run_tells_coverage() -> None:
    """A part of the claims says nothing about how much of the text is covered."""
    whole, part = measured(untested=UNTESTED), measured(untested=UNTESTED, partial="1 of 2 claims selected")

    assert "## What is measured and what is not" in render(Report(whole))
    assert "What is not measured" not in render(Report(part))


def test_kept_with_the_evidence(tmp_path) -> None:
    """The report can be written again from the evidence alone."""
    ledger = measured(untested=UNTESTED)
    ledger.keep(tmp_path / "run.jsonl")
    again = Ledger.read(tmp_path / "run.jsonl")

    assert UNTESTED == again.untested
    assert unstructure(UNTESTED) == report_to_json(Report(again))["untested"]
