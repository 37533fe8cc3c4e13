"""What the claims measure of each part of the text, and what is left out."""

from dataclasses import replace

from ledgers import BOB, ONE_CHAR, WINDOWS, entry, ledger_of
from told import told as render

from lstm_lab.judging.claims.untested import Paragraphs, Untested
from lstm_lab.judging.criteria.exact import always
from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.evidence.serialization import unstructure
from lstm_lab.judging.report.coverage import coverage_lines
from lstm_lab.judging.report.json import report_to_json
from lstm_lab.judging.report.report import Report

UNTESTED = (
    Untested((ONE_CHAR.at(2),), "It is simple.", "an opinion"),
    Untested((BOB.at(1, 1), BOB.at(1, 2)), "Thanks, twice.", "courtesy"),
)
OUTLINE = (Paragraphs(ONE_CHAR, (1, 1, 2)), Paragraphs(WINDOWS, (1, 1)), Paragraphs(BOB, (2,)))
SOURCES = (ONE_CHAR.at(1), ONE_CHAR.at(3, 2), WINDOWS)


def measured(**details) -> Ledger:
    """Two claims of sections, one of them about a place in a section, too, and one of a whole section."""
    entries = [entry(f"here/{n}", always(), source=source) for n, source in enumerate(SOURCES)]
    return ledger_of(*((one, [True] * 5) for one in entries), **details)


def test_counts_by_part_of_the_text() -> None:
    """Sections come first, comments with their replies after them; each paragraph says what measures it, or why not."""
    claims = [one.claim for one in measured().catalogue.values()]
    lines = list(coverage_lines([claims[0], replace(claims[1], also=(ONE_CHAR.at(1),)), claims[2]], UNTESTED, OUTLINE))

    assert "| Learning One Letter at a Time | 2 | 3 | 2 | 1 |" in lines
    assert "| Windows of Three Letters | 1 | 2 | 0 | 0 |" in lines
    assert "| Comment 4 and replies | 0 | 1 | 0 | 2 |" in lines
    assert "| all | 3 | 6 | 2 | 3 |" in lines
    assert "  - Paragraph 1: [`here/0`](#here--0), [`here/1`](#here--1)." in lines
    assert "  - Paragraph 2: It is simple. Not measured: an opinion." in lines
    assert "  - Paragraph 3: [`here/1`](#here--1)." in lines
    assert "  - As a whole: [`here/2`](#here--2)." in lines
    assert "  - Paragraphs 1 to 2: neither measured nor is there a reason why not." in lines
    assert "  - Paragraph 1, *Bob &lt;b>*: Thanks, twice. Not measured: courtesy." in lines


def test_only_a_whole_run_tells_coverage() -> None:
    """A part of the claims says nothing about how much of the text is covered."""
    whole, part = (
        measured(untested=UNTESTED, outline=OUTLINE),
        measured(untested=UNTESTED, partial="1 of 2 claims selected"),
    )

    assert "# What is measured and what is not\n" in render(Report(whole))
    assert "What is measured and what is not" not in render(Report(part))


def test_kept_with_the_evidence(tmp_path) -> None:
    """The report can be written again from the evidence alone."""
    ledger = measured(untested=UNTESTED, outline=OUTLINE)
    ledger.keep(tmp_path / "run.jsonl")
    again = Ledger.read(tmp_path / "run.jsonl")

    assert (UNTESTED, OUTLINE) == (again.untested, again.outline)
    assert unstructure(UNTESTED) == report_to_json(Report(again))["untested"]
