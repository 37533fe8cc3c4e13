"""What claims are to the text: counts, stricter readings, questions and their answers, and what contradicts whom."""

import pytest
from ledgers import ADA, ONE_CHAR, STATE, entry, ledger_of, mixed
from told import told as render

from lstm_lab.judging.claims.source import Comment, Link
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.report.claim_tables import by_section
from lstm_lab.judging.report.overview import refuted_lines
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.report.stances import answer_lines, stance_counts, strict_lines
from lstm_lab.judging.verdicts.findings import judge

REPLY = Comment(12, "Author", "2016-09-02", reply=1, by_author=True)
GUIDE = Link("https://keras.io/guides", "a guide")
WRONG, RIGHT, OPEN = mixed(2), mixed(30), mixed(17)


def claimed(id, source, stance, outcomes, **details):
    """A claim, and what its seeds showed."""
    return entry(f"a/{id}", at_least(0.5), source=source, stance=stance, **details), outcomes


@pytest.fixture(scope="module")
def ledger():
    """Claims of every stance and voice."""
    return ledger_of(
        claimed("text", ONE_CHAR, "stated", WRONG),
        claimed("text-right", STATE, "stated", RIGHT),
        claimed("text-open", STATE, "stated", OPEN),
        claimed("author", REPLY, "stated", WRONG),
        claimed("reader", ADA, "stated", WRONG),
        claimed("guide", GUIDE, "stated", WRONG),
        claimed("strict", ONE_CHAR, "strict", WRONG),
        claimed("strict-right", ONE_CHAR, "strict", RIGHT),
        claimed("question", ADA, "question", WRONG, revised="2026-11: the seeds; was INCONCLUSIVE"),
        claimed("question-right", ADA, "question", RIGHT),
        claimed("question-open", ADA, "question", OPEN),
        claimed("probe", ADA, "probe", WRONG),
    )


def named(lines):
    """The ids of the claims that each line is about."""
    return [line.partition("](#a--")[2].partition(")")[0] for line in lines]


def test_each_stance_is_counted_apart(ledger):
    """What the text states, what readers state, stricter readings, questions and probes; one line each."""
    assert [
        "Stated by the text: 4 claims – 1 holds, 2 refuted, 1 open",
        "Stated by its readers: 1 claim – 0 hold, 1 refuted, 0 open",
        "Stated elsewhere: 1 claim – 0 hold, 1 refuted, 0 open",
        "Stricter readings: 2 claims – 1 holds, 1 refuted, 0 open",
        "Questions of readers: 3 claims – 1 holds, 1 refuted, 1 open",
        "Probes of ours: 1 claim – 0 hold, 1 refuted, 0 open",
    ] == list(stance_counts(judge(ledger)))
    header = list(Report(ledger).header)
    assert all(f"- {count}." in header for count in stance_counts(judge(ledger)))


def test_only_what_is_stated_can_be_contradicted(ledger):
    """A refuted stricter reading, question or probe contradicts nobody; replies of the author are the text's."""
    groups = by_section(judge(ledger))

    assert ["text", "author"] == named(refuted_lines(groups))
    assert ["reader"] == named(refuted_lines(groups, "readers"))
    assert ["guide"] == named(refuted_lines(groups, "elsewhere"))


def test_a_stricter_reading_has_a_verdict_and_a_question_an_answer(ledger):
    """Each in its own chapter, with what was found."""
    groups = by_section(judge(ledger))

    strict, right = strict_lines(groups)
    assert strict.startswith("- ○\u00a0REFUTED: [What strict says.](#a--strict) Found: holds with 2 of 30 seeds ")
    assert right.startswith("- ●\u00a0SUPPORTED: [What strict right says.](#a--strict-right) Found: ")
    no, yes, unknown = answer_lines(groups)
    who = "*Comment 12, Ada, 2016-09-01.*"
    assert no.startswith(f"- [What question says.](#a--question) {who} **No**: holds with 2 of 30 seeds ")
    assert f"{who} **Yes**: " in yes
    assert f"{who} **Open**: " in unknown


def test_the_chapters_of_the_report(ledger):
    """Stricter readings and questions stand after what contradicts somebody; what was revised is listed with why."""
    text = render(Report(ledger))
    chapters = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]

    assert [
        "What contradicts the text",
        "What contradicts its readers",
        "What contradicts other texts",
        "Stricter readings",
        "Questions and their answers",
    ] == [chapter for chapter in chapters if chapter.startswith(("What contra", "Stricter", "Questions"))]
    assert (
        "- Changed after a verdict was seen: 1 claim of 12, "
        "[each with what changed](report/how-sure.md#claims-that-were-revised); each is judged by seeds that were run "
        "after its change."
    ) in text.splitlines()
    revised = text.partition("## Claims that were revised\n\n")[2].partition("\n## ")[0]
    assert ["- [`a/question`](comment-12.md#a--question), ○\u00a0REFUTED: 2026-11: the seeds; was INCONCLUSIVE"] == [
        line for line in revised.splitlines() if line.startswith("-")
    ]
    plain = render(Report(ledger_of(claimed("text", ONE_CHAR, "stated", RIGHT))))
    assert "Nothing that the text states is refuted in this run." in plain
    for chapter in ("Stricter readings\n", "Questions and", "revised", "its readers"):
        assert f"## {chapter}" not in plain
