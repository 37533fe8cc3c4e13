"""Which claims are listed at the top of the report, and why."""

from dataclasses import replace

from ledgers import entry, everything, ledger_of, partial

from lstm_lab.judging.criteria.exact import always
from lstm_lab.judging.report.claim_tables import by_section
from lstm_lab.judging.report.overview import refuted_lines, undecided_lines
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.verdicts.findings import judge


def concerns(ledger):
    """The lines of what needs attention."""
    return list(Report(ledger).attention)


def test_refuted_claims_say_what_was_found():
    """Every refuted claim has one line with its statement, what was found and what it shows."""
    groups = by_section(judge(everything()))
    lines = [*refuted_lines(groups), *refuted_lines(groups, "readers")]

    assert 4 == len(lines)
    assert (
        "- [Few units and few epochs suffice.](#state--few-units-suffice) Found: holds with 2 of 20 seeds "
        "(10 %; 95 % interval 1.2 to 31.7 %), wanted 80 % or more. "
        "Shown: accuracy 88 % (median); answer: B in 17 of 20 seeds."
    ) == lines[2]
    assert " *Comment 4, Bob &lt;b>, 2016-08-24.* Found: happens with 0 of 30 seeds" in lines[3]


def test_undecided_claims_are_named():
    """Every inconclusive claim has one line."""
    assert 3 == len(list(undecided_lines(by_section(judge(everything())))))


def test_everything_out_of_order_is_named_under_its_title():
    """Departures from the record, lost seeds, new claims, uncollected files and contested pairs each have a part."""
    lines = concerns(everything())
    parts = {line.strip("*"): [] for line in lines if line.startswith("**")}
    for line in lines:
        if line.startswith("**"):
            part = parts[line.strip("*")]
        elif line:
            part.append(line)

    assert {
        "Verdicts that contradict the record": 1,
        "Tests that failed": 1,
        "Observations that are missing": 1,
        "Drift: verdicts that moved to or from inconclusive": 2,
        "New claims, without a verdict on record": 1,
        "Not collected": 1,
        "Contested: claims that cannot hold together, both supported": 1,
    } == {title: len(part) for title, part in parts.items()}
    assert parts["Tests that failed"][0].endswith("(seeds 26 to 29): `ValueError: got shape (3,), wanted (3, 1)`")
    assert ["- `claims/test_broken.py`: `ImportError: no module named 'x'`"] == parts["Not collected"]


def test_nothing_needs_attention_where_all_is_as_recorded():
    """A run whose verdicts are the recorded ones has no such part, and neither has a partial one."""
    one = entry("a/b", always())
    recorded = replace(one, claim=replace(one.claim, expect=judge(ledger_of((one, [True] * 5)))[0].judgement.verdict))

    assert [] == concerns(ledger_of((recorded, [True] * 5)))
    assert [] == concerns(partial())
