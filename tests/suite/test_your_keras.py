"""What the report tells of other installations of Keras, and of which claims."""

from dataclasses import replace
from pathlib import Path

import pytest
from ledgers import entry, ledger_of
from told import told as render

from lstm_lab.judging.criteria.exact import always
from lstm_lab.judging.evidence import EvidenceError, Ledger, YourKeras
from lstm_lab.judging.report.html import page
from lstm_lab.judging.report.report import Report
from lstm_lab.suite.your_keras import from_recordings

FOLDER = Path(__file__).parents[2] / "fixtures/semantics"
CARRIES = entry("a/carries", always(), asks=("fit_batch_to_batch",))
PLAIN = entry("a/plain", always())


def report(your_keras: YourKeras) -> Report:
    """A run of two claims, of which one is about Keras itself."""
    return Report(ledger_of((CARRIES, [True] * 5), (PLAIN, [True] * 5), your_keras=your_keras))


def test_the_chapter_and_the_line_of_a_claim_come_from_the_recordings() -> None:
    """What JAX forgets stands in the table, and at the claim that is about it alone."""
    text = render(report(from_recordings(FOLDER)([CARRIES, PLAIN])))

    table = text.partition("\n## Your Keras\n")[2].partition("\n## ")[0]
    (head,) = [line for line in table.splitlines() if line.startswith("| asked |")]
    (row,) = [line for line in table.splitlines() if line.startswith("| `fit`: the state from batch to batch |")]
    cells = dict(zip(head.split(" | "), row.split(" | "), strict=True))
    told = {title.rpartition(", ")[2].removesuffix(" |"): cell.removesuffix(" |") for title, cell in cells.items()}
    assert ("carries", "carries", "forgets", "raises") == tuple(
        told[name] for name in ("Theano", "TensorFlow", "JAX", "torch")
    )
    assert ["- Keras itself: `fit`, batch to batch: 2016 carries; today carries; JAX: forgets; torch: raises"] == [
        line for line in text.splitlines() if line.startswith("- Keras itself:")
    ]


def test_it_stands_in_the_page_and_in_the_evidence(tmp_path) -> None:
    """A report that is rebuilt from a file has it, too."""
    told = from_recordings(FOLDER)([CARRIES])
    ledger = report(told).ledger
    ledger.keep(tmp_path / "run.jsonl")

    assert told == Ledger.read(tmp_path / "run.jsonl").your_keras
    assert '<a href="#your-keras">' in page.render(Report(ledger))
    assert "Your Keras" not in render(report(YourKeras()))


def test_a_question_that_nobody_asks_is_one_line() -> None:
    """Which claim, and where the questions are."""
    wrong = replace(CARRIES, claim=replace(CARRIES.claim, asks=("fit_forgets",)))

    with pytest.raises(
        EvidenceError, match=r"^claim a/carries: got asks='fit_forgets', wanted the id of a question in "
    ):
        from_recordings(FOLDER)([wrong])
