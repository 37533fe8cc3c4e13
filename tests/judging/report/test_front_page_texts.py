"""The front page: its sentences filled with counts, and held to the verdicts that carry them."""

from dataclasses import replace

import pytest
from fronts import FRONT, K_TO_B, LEARNS, STEPS
from ledgers import entry, everything, ledger_of, mixed, pairs

from lstm_lab.judging.claims.front_page import COUNTS, Carried, GlanceRow, PrintedFigure, Side
from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.judgement import Verdict
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.report.front_page import counted, front_texts, not_carried
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.verdicts.findings import judge


def with_front(**changes):
    """The run that has everything, with a front page."""
    ledger = everything()
    ledger.front_page = replace(FRONT, **changes)
    return ledger


def texts_of(ledger):
    """What its front page says."""
    return front_texts(ledger, judge(ledger))


def test_counts_are_filled_in():
    """All that a sentence may count is counted, in the evidence."""
    findings = judge(everything())
    counts = counted(findings)
    stated = [one for one in findings if one.entry.claim.source.voice == "text"]

    assert set(COUNTS) == counts.keys()
    assert counts["stated"] == str(len(stated))
    assert counts["stated_hold"] == str(sum(one.verdict is Verdict.SUPPORTED for one in stated))
    assert texts_of(with_front()).questions[0][1] == f"{counts['stated_hold']} of {counts['stated']}."


def test_sentence_whose_verdict_has_moved_is_not_printed():
    """It names the verdict that moved, and the report wants attention for it."""
    ledger = with_front(lessons=(Carried("K gives L.", refuted=(K_TO_B,)),))
    report = Report(ledger)

    assert report.front_page.lessons == ("*Not carried by this run: `state/k-predicts-b` is supported, not refuted.*",)
    assert "- “K gives L.” Not carried by this run: `state/k-predicts-b` is supported, not refuted." in report.attention


def test_sentence_on_a_claim_that_was_not_measured_is_not_printed():
    """Nor one on a claim that is gone."""
    front = replace(FRONT, lessons=(Carried("So it is.", supported=("no/such",)),))

    assert ["- “So it is.” Not carried by this run: `no/such` is not judged, not supported."] == list(
        not_carried(front, judge(everything()))
    )


@pytest.mark.parametrize("change", [{"partial": "one claim"}, {"edition": "2016"}, {"front_page": None}])
def test_other_runs_have_no_front_page(change):
    """A part of the claims, another edition, or a suite that declares none."""
    ledger = with_front()
    for name, value in change.items():
        setattr(ledger, name, value)

    assert texts_of(ledger) is None


def test_picture_has_the_medians_of_its_sides():
    """Of a share of seeds it is the share; the text is right where its claim is supported."""
    steps, learned = texts_of(with_front()).glance

    assert [mark.label for mark in steps.marks] == ["features", "steps"]
    assert steps.marks[1].value == pytest.approx(steps.marks[0].value + 0.13, abs=0.03)
    assert steps.is_right is True
    assert learned.marks[0].value == pytest.approx(1 / 30)


def test_row_whose_values_are_missing_is_left_out():
    """The picture has the other rows."""
    row = GlanceRow("x", STEPS, (Side("x", STEPS, "no_such_value"),), Carried("y", supported=(STEPS,)))

    assert texts_of(with_front(glance=(row,))).glance == ()


def test_stricter_reading_is_neither_right_nor_wrong():
    """What the text only allows is no mistake of it."""
    ledger = ledger_of((entry("a/one", at_least(0.5), stance="strict"), mixed(30)))
    row = GlanceRow("x", "a/one", (Side("x", "a/one", "holds"),), Carried("y", supported=("a/one",)))
    ledger.front_page = replace(FRONT, glance=(row,))

    assert [one.is_right for one in texts_of(ledger).glance] == [None]


def test_printed_figure_stands_beside_median_and_range():
    """Of texts the most frequent one; beside both what the one run came to in its own arithmetic."""
    ledger = ledger_of(
        (entry("a/pairs", beats()), pairs([0.1] * 30)),
        (entry("a/again", at_least(0.5)), mixed(30)),
        showing=lambda seed: {"said": "B" if seed else "C"},
    )
    figures = (
        PrintedFigure("as shares", "84.00 %", "a/pairs", "baseline", "a/again"),
        PrintedFigure("as texts", "B", "a/again", "said", "a/pairs", "text"),
    )
    ledger.front_page = replace(FRONT, printed=figures)
    shares, texts = texts_of(ledger).printed

    assert (shares.found, shares.again) == ("76 % (75 to 77 %)", "the same")
    assert texts.found == "B in 29 of 30"


def test_sections_count_what_the_text_states():
    """Neither stricter readings nor the comments of readers."""
    ledger = with_front()
    windows = texts_of(ledger).parts[1]
    stated = [
        one
        for one in judge(ledger)
        if one.entry.claim.source in FRONT.parts[1].sections and one.entry.claim.stance == "stated"
    ]

    assert sum(windows.counts.values()) == len(stated) > 0
    assert windows.counts[Verdict.SUPPORTED] == sum(one.verdict is Verdict.SUPPORTED for one in stated)


def test_front_page_goes_through_the_evidence_file(tmp_path):
    """A report that is rebuilt from a file has it."""
    ledger = with_front()
    run, ledger.run = ledger.run, None
    ledger.keep(tmp_path / "run.jsonl")
    ledger.close(run)

    assert Ledger.read(tmp_path / "run.jsonl").front_page == FRONT
    assert LEARNS in Ledger.read(tmp_path / "run.jsonl").catalogue
