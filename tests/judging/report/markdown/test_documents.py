"""Which files a report has."""

import re
from dataclasses import replace

from fronts import FRONT as FRONT_PAGE
from ledgers import ADA, BOB, ONE_CHAR, STATE, WINDOWS, entry, everything, ledger_of, mixed

from lstm_lab.judging.claims import Part
from lstm_lab.judging.claims.source import Comment, Link, Section
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.report.markdown import FRONT, documents
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.verdicts.findings import judge

WHOLE = {"contradicted", "readings", "how-sure", "not-measured", "editions", "your-keras", "pictures"}


def parts(*sources, front=None, **details):
    """The files on parts of the text, for a run with a claim for each of these sources."""
    one = [(entry(f"a/c-{number}", at_least(0.5), source=source), mixed(30)) for number, source in enumerate(sources)]
    texts, lost = documents(Report(ledger_of(*one, front_page=front, **details)))

    assert () == lost or front
    return {name: text for name, text in texts.items() if name not in {FRONT, *WHOLE}}


def test_the_front_page_names_the_files_of_the_sections():
    """And leads to them; its comments have none to lead to here."""
    ledger = everything()
    ledger.front_page = replace(
        FRONT_PAGE, parts=(*FRONT_PAGE.parts, Part((), "replies", "Replies", FRONT_PAGE.lessons[0]))
    )
    texts, lost = documents(Report(ledger))

    assert () == lost
    assert {FRONT, "one-char", "windows", "state", "replies", "comment-04", "comment-12"} == texts.keys() - WHOLE
    assert ["one-char", "windows", "state", "replies"] == re.findall(
        r"^\| \[.*\]\(report/(.*)\.md\) \|", texts[FRONT], re.M
    )
    assert "\nIn one line: better as steps.\n" in texts["windows"]
    assert "[why](report/state.md#state--k-predicts-b)" in texts[FRONT]


def test_sections_that_share_a_part_share_a_file():
    """Then each place names its section; in the order of the text."""
    late, early = Section("Late", 2), Section("Early", 1)
    shared = replace(FRONT_PAGE, parts=(Part((late, early), "both", "Both", FRONT_PAGE.lessons[0]),))
    told = parts(late.at(1), early.at(2), early.at(1), front=shared)

    assert {"both"} == told.keys()
    assert ["# Early, Late", "## Section “Early”, paragraph 1", "## Section “Early”, paragraph 2"] == re.findall(
        r"^#+ .*$", told["both"], re.M
    )[:3]


def test_every_file_has_a_name_of_its_own():
    """A section may be called as a file is that there is anyway, as another section is, or have no letters at all."""
    headings = ("How sure", "How, sure!", "Comment 12", "Ünïcode", "…", "../../etc", "x" * 300)
    told = parts(*(Section(heading, place) for place, heading in enumerate(headings)), ADA, BOB)

    assert {
        *("how-sure-2", "how-sure-3", "comment-12", "n-code", "part", "etc", "x" * 80),
        *("comments", "comment-12-2", "comment-04"),
    } == told.keys()


def test_comments_have_a_file_each_and_one_that_leads_to_them():
    """Replies stand with the comment."""
    told = parts(BOB, replace(BOB, reply=1, author="Eve"), Comment(5, "Max", "2016-09-01"), ADA)

    assert {"comments", "comment-04", "comment-05", "comment-12"} == told.keys()
    assert "| [Comment 4 and replies](comment-04.md) | 2 | " in told["comments"]
    assert "## Comment 4, reply 1, Eve, 2016-08-24\n" in told["comment-04"]


def test_claims_stand_by_their_place_what_the_text_states_first():
    """One heading for each place, one table under it."""
    place = STATE.at(3, 2)
    claims = [("a/late", STATE.at(4), "stated"), ("a/strict", place, "strict"), ("a/stated", place, "stated")]
    ledger = ledger_of(
        *[(entry(id, at_least(0.5), source=at, stance=stance), mixed(30)) for id, at, stance in claims],
        (entry("a/other", at_least(0.5), source=Link("https://example.org", "Other")), mixed(30)),
    )
    texts = documents(Report(ledger)).texts
    told = texts["keeping-state-between-batches"]

    assert ["Paragraph 3, sentence 2", "Paragraph 4"] == re.findall(r"^## (.*)$", told, re.M)
    assert ["a--stated", "a--strict", "a--late"] == re.findall(r'^\| <a id="(.*?)">', told, re.M)
    assert "## [Other](https://example.org)" in texts["elsewhere"]


def test_seeds_are_folded_and_commands_left_to_the_page():
    """So are p-values: they stand on the page and in the data."""
    texts = documents(Report(everything())).texts

    for name in texts.keys() - WHOLE - {FRONT}:
        open_text = re.sub(r"<details>.*?</details>", "", texts[name], flags=re.S)
        assert "- Seeds 0 to" not in open_text
        assert not re.search(r"^- (p =|Test:|First \w+: seed)", texts[name], re.M)
    assert 15 == sum(text.count("<details>") for text in texts.values()) == len(judge(everything()))


def test_every_file_but_the_first_says_who_made_it():
    """In its first line, by which a later report knows it."""
    texts = documents(Report(everything())).texts

    assert {name: f"<!-- the-claims-and-the-evidence/{name} -->" for name in texts if name != FRONT} == {
        name: text.partition("\n")[0] for name, text in texts.items() if name != FRONT
    }
    assert texts[FRONT].startswith("# The claims and the evidence\n")


def test_the_first_file_counts_the_verdicts_of_each_part():
    """And leads to it; claims that are not judged have a column where there are any."""
    front = documents(Report(everything())).texts[FRONT]
    decided = documents(Report(ledger_of((entry("a/b", at_least(0.5)), mixed(30))))).texts[FRONT]

    assert "| section | supported | refuted | inconclusive | not judged |" in front
    assert "| [Windows of Three Letters](report/windows-of-three-letters.md) | 2 | 1 | 2 | 0 |" in front
    assert "| [Comments](report/comments.md) | 1 | 1 | 0 | 0 |" in front
    assert "| section | supported | refuted | inconclusive |\n" in decided
    assert ONE_CHAR.heading in decided
    assert WINDOWS.heading not in decided
