"""The front page as Markdown: its chapters, in the order of a reader in a hurry."""

import re

import pytest
from fronts import FRONT
from ledgers import everything

from lstm_lab.judging.report.formatting import IN_THE_ROOT
from lstm_lab.judging.report.markdown.front_page import front_lines
from lstm_lab.judging.report.report import Report


@pytest.fixture(scope="module")
def page():
    """The front page of the run that has everything."""
    ledger = everything()
    ledger.front_page = FRONT
    report = Report(ledger)
    return "\n".join(front_lines(report, report.front_page, IN_THE_ROOT))


def test_it_begins_with_the_text_and_the_answer(page):
    """Title, year, author, link, and one sentence."""
    title, _, answer, _, links, *_ = page.splitlines()

    assert title == "# Is it true? “Letters & states” (2016), checked"
    assert answer.startswith("**Time steps win.** ")
    assert links.startswith("[The article](https://example.org/letters), by Ada · ")


def test_chapters_come_in_the_order_of_the_questions(page):
    """What was printed, what to teach, where, and how sure."""
    assert [
        "Published and found",
        "What to teach",
        "Section by section",
        "How sure",
        "Open, not replicated",
        "The run",
    ] == [title for title in re.findall(r"^## (.*)$", page, re.MULTILINE) if title != "Your Keras"]


def test_picture_stands_before_the_figures(page):
    """It is seen first."""
    assert page.index("report/at_a_glance.svg") < page.index("## Published and found")


def test_undecided_claims_are_named_up_to_five(page):
    """The statements of the text first."""
    chapter = page.partition("## Open, not replicated")[2].partition("## ")[0]

    assert 1 <= chapter.count("\n  - ") <= 10
    assert "Undecided: " in chapter
