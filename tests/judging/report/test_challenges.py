"""A challenge and what it challenges, side by side."""

import pytest
from ledgers import BOB, entry, ledger_of, mixed, pairs
from told import told as render

from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.judgement import Verdict
from lstm_lab.judging.criteria.rates import at_least, at_most
from lstm_lab.judging.report.challenges import challenge_lines, challenges_to_json, chapter
from lstm_lab.judging.report.json import report_to_json
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.verdicts.contradictions import OUTCOMES, Contradictions, Outcome, outcome
from lstm_lab.judging.verdicts.findings import judge

PASSES = {Verdict.SUPPORTED: 30, Verdict.REFUTED: 0, Verdict.INCONCLUSIVE: 15}


def ledger(challenge: int | None, challenged: int | None):
    """A challenge that holds with so many of 30 seeds, and what it challenges; one seed is missing with None."""
    entries = entry("doubt/x", at_least(0.5), challenges="text/y", source=BOB), entry("text/y", at_least(0.5))
    held = [mixed(30)[1:] if passes is None else mixed(passes) for passes in (challenge, challenged)]
    return ledger_of(*zip(entries, held, strict=True))


def contradictions(challenge: int | None, challenged: int | None) -> Contradictions:
    """The contradictions of such a run."""
    return Contradictions.among(judge(ledger(challenge, challenged)))


@pytest.mark.parametrize(
    ("challenge", "challenged", "wanted"),
    [
        ("SUPPORTED", "REFUTED", Outcome.STANDS),
        ("SUPPORTED", "INCONCLUSIVE", Outcome.STANDS),
        ("REFUTED", "SUPPORTED", Outcome.WITHSTANDS),
        ("INCONCLUSIVE", "SUPPORTED", Outcome.WITHSTANDS),
        ("SUPPORTED", "SUPPORTED", Outcome.CONTESTED),
        ("REFUTED", "REFUTED", Outcome.NEITHER),
        ("REFUTED", "INCONCLUSIVE", Outcome.FAILS),
        ("INCONCLUSIVE", "REFUTED", Outcome.SHAKEN),
        ("INCONCLUSIVE", "INCONCLUSIVE", Outcome.OPEN),
    ],
)
def test_with_whom_the_evidence_stands(challenge, challenged, wanted):
    """Every two verdicts come to something; a refuted challenge supports nothing by itself."""
    passes = PASSES[Verdict[challenge]], PASSES[Verdict[challenged]]

    assert wanted is outcome(contradictions(*passes), "doubt/x", "text/y")
    assert 9 == len(OUTCOMES)


@pytest.mark.parametrize("held", [(None, 30), (30, None)], ids=["challenge", "challenged"])
def test_an_unjudged_side_decides_nothing(held):
    """A missing seed leaves the challenge open, and both sides say why."""
    text = "\n".join(chapter(contradictions(*held)))

    assert Outcome.NOT_JUDGED is outcome(contradictions(*held), "doubt/x", "text/y")
    assert "is not judged: not judged: of 30 seeds, 1 left no observation (seed 29)" in text


def test_both_stand_side_by_side():
    """One table for each challenge, its sides in columns, and a line that says what follows and why."""
    assert [
        "|  | challenge | challenged |",
        "| :-- | :-- | :-- |",
        "| claim | [What x says.](#doubt--x)<br>`doubt/x` | [What y says.](#text--y)<br>`text/y` |",
        "| source | Comment 4, Bob &lt;b>, 2016-08-24 | Section “Learning One Letter at a Time” |",
        "| criterion | `at_least(0.5)` | `at_least(0.5)` |",
        "| verdict | ●\u00a0SUPPORTED | ○\u00a0REFUTED |",
        "| passes / seeds | 30 / 30 | 0 / 30 |",
        "| 95 % interval | 88.4 to 100 % | 0 to 11.6 % |",
        "| effect (mean difference) | – | – |",
        "",
        "**The challenge stands.** [`doubt/x`](#doubt--x) is supported: holds with 30 of 30 seeds "
        "(100 %; 95 % interval 88.4 to 100 %). [`text/y`](#text--y) is refuted: holds with 0 of 30 seeds "
        "(0 %; 95 % interval 0 to 11.6 %), wanted 50 % or more.",
        "",
    ] == list(chapter(contradictions(30, 0)))


def test_a_contested_challenge_says_whose_evidence_is_stronger():
    """Two supported sides: the stronger one is named, or neither."""
    assert ["doubt/x challenges text/y: contested, both are supported, the challenged claim more strongly"] == list(
        challenge_lines(contradictions(26, 30))
    )
    assert ["doubt/x challenges text/y: contested, both are supported, neither more strongly"] == list(
        challenge_lines(contradictions(30, 30))
    )


def test_a_pair_shows_its_effect():
    """A comparison is challenged by its effect as well."""
    one, other = entry("doubt/x", beats(), challenges="text/y"), entry("text/y", at_most(0.5))
    told = list(chapter(Contradictions.among(judge(ledger_of((one, pairs([0.1, 0.2] * 15)), (other, mixed(30)))))))

    assert "| effect (mean difference) | +0.15<br>(+0.131 to +0.169) | – |" in told


def test_what_is_not_in_the_run_is_named_with_the_command():
    """A challenge whose other side was not selected says how to measure both."""
    told = list(
        chapter(Contradictions.among(judge(ledger_of((entry("doubt/x", at_least(0.5), challenges="text/y"), [])))))
    )

    assert "| claim | [What x says.](#doubt--x)<br>`doubt/x` | `text/y` |" in told
    assert "**The challenged claim is not in this run.** `pytest claims/ --claim doubt/x` measures both." == told[-2]


def test_the_report_has_the_chapter_only_with_challenges():
    """It comes first of all chapters; both sections name the other side; JSON tells the outcome."""
    text = render(Report(ledger(30, 0)))

    assert text.index("## Challenges") < text.index("## Section by section")
    challenged, challenge = "learning-one-letter-at-a-time.md#text--y", "comment-04.md#doubt--x"
    assert f"- Challenges [`text/y`]({challenged}), ○\u00a0REFUTED; the evidence supports this one" in text
    assert f"- Is challenged by [`doubt/x`]({challenge}), ●\u00a0SUPPORTED; the evidence supports that one" in text
    assert [{"challenge": "doubt/x", "challenged": "text/y", "outcome": "stands"}] == challenges_to_json(
        contradictions(30, 0)
    )
    assert challenges_to_json(contradictions(30, 0)) == report_to_json(Report(ledger(30, 0)))["challenges"]
    without = ledger_of((entry("text/y", at_least(0.5)), mixed(30)))
    assert "## Challenges" not in render(Report(without))
