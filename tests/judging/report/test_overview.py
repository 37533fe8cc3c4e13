"""The overview that opens the report."""

from dataclasses import replace

from ledgers import entry, everything, ledger_of, mixed, partial

from lstm_lab.judging.criteria.exact import always
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.report.claim_tables import by_section
from lstm_lab.judging.report.overview import attention, contradictions, family_view, undecided, verdict_counts
from lstm_lab.judging.verdicts.contradictions import Contradictions
from lstm_lab.judging.verdicts.findings import judge


def concerns(ledger):
    """The lines of what needs attention."""
    found = judge(ledger)
    return list(attention(by_section(found), Contradictions.among(found), ledger.uncollected))


def test_verdicts_are_counted():
    """Every claim is counted once, those without a verdict as well."""
    counts = verdict_counts(judge(everything()))

    assert "15 claims: 6 supported, 4 refuted, 3 inconclusive, 2 not judged" == counts


def test_refuted_claims_say_what_was_found():
    """Every refuted claim has one line with its statement, what was found and what it shows."""
    lines = list(contradictions(by_section(judge(everything()))))

    assert 4 == len(lines)
    assert (
        "- [Few units and few epochs suffice.](#state--few-units-suffice) Found: holds with 2 of 20 seeds "
        "(10.0 %; 95 % interval 1.2 to 31.7 %), wanted 80.0 % or more. "
        "Shown: accuracy 0.88 in the median, answer B in 17 of 20."
    ) == lines[2]
    assert " *Comment 4, Bob &lt;b>, 2016-08-24.* Found: happens with 0 of 30 seeds" in lines[3]


def test_undecided_claims_are_named():
    """Every inconclusive claim has one line."""
    assert 3 == len(list(undecided(by_section(judge(everything())))))


def test_everything_out_of_order_is_named_under_its_title():
    """Departures from the record, lost seeds, new claims, uncollected files and disputes each have a part."""
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


def test_family_view_names_each_verdict_that_may_be_chance():
    """The decided verdicts that do not survive are linked, beside the number of wrong ones to expect."""
    expected, together = family_view(judge(everything()))

    assert expected.startswith("Verdicts that rest on statistics: 9. ")
    assert expected.endswith("so at most 0.28 wrong ones are expected.")
    assert together.endswith(
        " false discoveries): 5 of 6; under any dependence between claims (Benjamini-Yekutieli) 4 of 6; "
        "[`state/k-predicts-b`](#state--k-predicts-b) may be chance."
    )


def test_family_in_which_all_survive_names_none():
    """Where no decided verdict is lost, only their number is told."""
    expected, together = family_view(judge(ledger_of((entry("a/b", at_least(0.5)), mixed(30)))))

    assert expected.endswith("so at most 0.025 wrong ones are expected.")
    assert together.endswith(": 1 of 1; under any dependence between claims (Benjamini-Yekutieli) 1 of 1.")


def test_claims_outside_the_family_have_no_family_view():
    """Verdicts that one seed decides are no statistical ones."""
    assert ["No verdict of this report is statistical."] == list(family_view(judge(partial())))
