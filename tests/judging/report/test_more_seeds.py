"""Claims that were measured once with more seeds."""

from dataclasses import replace

import pytest
from ledgers import entry, ledger_of, mixed

from lstm_lab.judging.criteria.judgement import Verdict
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.evidence.editions import RecordedClaim
from lstm_lab.judging.report.more_seeds import chapter, more_seeds_sentence
from lstm_lab.judging.verdicts.findings import judge

OPEN = replace(entry("a/open", at_least(0.5)), digest="1111")


def findings(passes, recorded, *others):
    """The claim with so many passes of 30 seeds, and these outcomes of more seeds on record; others beside it."""
    ledger = ledger_of((OPEN, mixed(passes)), *others)
    seeds = tuple(range(len(recorded)))
    ledger.more_seeds = {"a/open": RecordedClaim("1111", seeds, "".join(str(int(one)) for one in recorded))}
    return judge(ledger)


def test_open_claim_is_settled_by_more_seeds():
    """The verdict of the run stays; beside it stand the other and its error, larger for a second look."""
    (finding,) = found = findings(18, mixed(600, 1000))
    text = "\n".join(chapter(found))

    assert finding.verdict is Verdict.INCONCLUSIVE
    assert finding.settled_with_more_seeds
    assert "**Decided now (1 claim)**" in text
    assert more_seeds_sentence(finding) == (
        "●\N{NO-BREAK SPACE}SUPPORTED: holds with 600 of 1000 seeds (60 %; 95 % interval 56.9 to 63.1 %); this second "
        "look raises the risk of a wrong verdict from 2.1 % to 4.3 %"
    )


def test_claim_that_more_seeds_leave_open_says_so():
    """It stands under a title of its own."""
    text = "\n".join(chapter(findings(18, mixed(510, 1000))))

    assert "**Still open (1 claim)**" in text
    assert "Decided" not in text


@pytest.mark.parametrize(
    ("passes", "recorded"),
    [(30, mixed(1000, 1000)), (18, mixed(18))],
    ids=["decided beyond doubt", "no more seeds than the run"],
)
def test_others_have_no_chapter(passes, recorded):
    """What is decided anyway, and what was measured with as many seeds."""
    assert [] == list(chapter(findings(passes, recorded)))


def test_those_that_were_left_are_named():
    """Near their bar as well; with the reason of those that take no more seeds."""
    few = entry("a/few", at_least(0.5), seeds=10, asked=10, seeds_reason="one takes a minute.")
    sure = entry("a/sure", at_least(0.5))
    found = findings(18, mixed(600, 1000), (few, mixed(6, 10)), (sure, mixed(30)))
    told = "\n".join(chapter(found)).partition("**Not measured with more seeds (1 claim)**")[2]

    assert "(#a--few) At most 10 seeds: one takes a minute." in told
    assert "a--sure" not in told


def test_record_of_a_claim_as_it_was_before_a_change_is_left_out():
    """More seeds of something else say nothing of it."""
    ledger = ledger_of((OPEN, mixed(18)))
    ledger.more_seeds = {"a/open": RecordedClaim("2222", tuple(range(100)), "1" * 100)}

    assert [None] == [one.with_more_seeds for one in judge(ledger)]
