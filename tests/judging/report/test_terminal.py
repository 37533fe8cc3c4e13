"""The end of a run on the terminal."""

from dataclasses import replace

import pytest
from ledgers import ADA, RUN, entry, ledger_of, mixed

from lstm_lab.judging.criteria.judgement import Verdict
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.report.header import repeat_lines
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.report.scoreboard import headline
from lstm_lab.judging.report.terminal import MOST_TOLD, summary

SUPPORTED, REFUTED = Verdict.SUPPORTED, Verdict.REFUTED
CLAIMS = (
    (entry("a/right", at_least(0.8), expect=SUPPORTED, published="98 %"), [True] * 30),
    (entry("a/wrong", at_least(0.8), expect=REFUTED), [False] * 30),
    (entry("a/open", at_least(0.8), expect=Verdict.INCONCLUSIVE, published="84 %"), mixed(24)),
    (entry("c/reader", at_least(0.8), source=ADA, expect=SUPPORTED), [True] * 30),
    (entry("a/probe", at_least(0.8), stance="probe", expect=REFUTED), [False] * 30),
)


def told(ledger) -> list[str]:
    """The lines at the end of a run."""
    return [line for line, _ in summary(Report(ledger), strict=False)]


def test_a_full_run_ends_with_a_table():
    """What the article and its readers state, by what came of it; printed figures apart; what "a" means."""
    ledger = ledger_of(*CLAIMS)

    assert "claims: all as recorded" == headline(Report(ledger))
    assert [
        "1 inconclusive, 2 refuted, 2 supported",
        "           holds  wrong   open",
        "article        1      1      1     printed figures: 1 holds, 0 fail, 1 open",
        "readers        1      0      0",
        '150 seeds measured; 66 spoke against their claim ("a"), which is no failure',
    ] == told(ledger)


def test_the_title_says_what_departs():
    """How many verdicts are not as recorded; claims without a record are new."""
    moved = [(replace(one, claim=replace(one.claim, expect=SUPPORTED)), all) for one, all in CLAIMS]
    new = [(replace(one, claim=replace(one.claim, expect=None)), all) for one, all in CLAIMS]

    assert "claims: 3 of 5 not as recorded" == headline(Report(ledger_of(*moved)))
    assert "claims: all new" == headline(Report(ledger_of(*new)))
    assert "claims: 1 new, the others as recorded" == headline(Report(ledger_of(*CLAIMS[:4], new[4])))


@pytest.mark.parametrize("details", [{"partial": "5 of 9 claims selected"}, {"edition": "2016"}])
def test_only_a_full_run_of_today_has_the_table(details):
    """A part says nothing of the whole, and another edition is no record of today's."""
    ledger = ledger_of(*CLAIMS, **details)

    assert "claims" == headline(Report(ledger))
    assert not any("holds  wrong" in line or "seeds measured" in line for line in told(ledger))


def test_a_few_claims_are_told_one_by_one():
    """In two lines each; many are counted."""
    few, many = (
        ledger_of(*CLAIMS[:2], partial="2 of 9 claims selected"),
        ledger_of(
            *((entry(f"a/claim-{number}", at_least(0.8)), [True] * 30) for number in range(MOST_TOLD + 1)),
            partial="6 of 9 claims selected",
        ),
    )

    assert [
        "partial run (2 of 9 claims selected): verdicts are not compared with the record",
        "SUPPORTED a/right: 30 of 30 seeds, 95 % interval 88 to 100 %, needs 80 %",
        "  the article printed 98 %",
        "REFUTED a/wrong: 0 of 30 seeds, 95 % interval 0 to 12 %, needs 80 %",
    ] == told(few)
    assert "6 supported" == told(many)[1]


def test_seeds_that_are_missing_are_counted_and_told():
    """A claim without a verdict keeps its line that says why."""
    lines = told(ledger_of((CLAIMS[0][0], [True] * 20), partial="1 of 9 claims selected"))

    assert ["1 incomplete", "incomplete: a/right: 10 of 30 seeds without evidence (20, 21, 22, 23, 24, ...)"] == [
        lines[1],
        lines[2].partition(": no report")[0],
    ]


@pytest.mark.parametrize("workers", ["-n auto", "-n 4", "-n2", "--numprocesses=2"])
def test_a_partial_report_names_its_own_command(workers):
    """Without the number of processes, which changes nothing; a full one names the command for all."""
    ledger = ledger_of(*CLAIMS, partial="1 of 9 claims selected")
    ledger.run = replace(RUN, command=f"pytest claims/ {workers} --claim a/right --seeds 40")
    first, *_ = repeat_lines(ledger)
    ledger.partial = ""
    full, *_ = repeat_lines(ledger)

    assert first.startswith("- Repeat with `pytest claims/ --claim a/right --seeds 40`")
    assert full.startswith("- Repeat with `pytest claims/ -n auto`")
