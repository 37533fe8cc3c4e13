"""Links from one file of a report to another."""

import pytest

from lstm_lab.judging.report.formatting import IN_THE_ROOT, Place
from lstm_lab.judging.report.markdown.links import FRONT, resolved

ONE = ["# One", "", '<a id="a--b"></a>A claim.', "", "## How, sure?"]
TWO = ["# Two", "", "| a [*link*](#a--b) | [other](#how-sure) |"]


def texts(place: Place = IN_THE_ROOT, **documents: list[str]) -> dict[str, str]:
    """The texts of files by their names, `front` for the first; no link may be lost."""
    told, lost = resolved({FRONT if name == "front" else name: lines for name, lines in documents.items()}, place)

    assert () == lost
    return told


def test_the_file_comes_before_an_anchor_of_another_one():
    """Details lie in one folder beside the first file."""
    told = texts(front=["See [it](#a--b)."], one=ONE, two=[*TWO, "[back](#start)"], three=["# Start"])

    assert "See [it](report/one.md#a--b).\n" == told[FRONT]
    assert "| a [*link*](one.md#a--b) | [other](one.md#how-sure) |\n[back](three.md#start)\n" in told["two"]


def test_details_lead_back_to_the_first_file():
    """Whatever it is called."""
    told = texts(Place("my report", report="My Report.md"), front=["# Start", "[it](#a--b)"], one=[*ONE, "[s](#start)"])

    assert told[FRONT].endswith("[it](my%20report/one.md#a--b)\n")
    assert told["one"].endswith("[s](../My%20Report.md#start)\n")


def test_what_a_file_has_itself_stays_in_it():
    """Also where another one has it, too; an element comes before a heading of that name."""
    told = texts(front=["# How sure", "[how](#how-sure)"], one=ONE, two=TWO, three=["# A--b"])

    assert told[FRONT].endswith("[how](#how-sure)\n")
    assert "](one.md#a--b) | [other](../REPORT.md#how-sure)" in told["two"]


def test_a_whole_file_can_be_led_to():
    """By its name."""
    assert "[one](report/one.md)\n" == texts(front=["[one](#file-one)"], one=ONE)[FRONT]


@pytest.mark.parametrize(
    "line",
    [
        "`[x](#a--b)`",
        r"\[x\](#nowhere)",
        r"text \](#nowhere)",
        "[`x](#nowhere)`](https://example.org/#a--b)",
        "[x](https://example.org/#a--b)",
    ],
)
def test_texts_are_left_alone(line):
    """What is code, or escaped, is no link; nor is an address elsewhere one of ours."""
    assert f"{line}\n" == texts(front=[line], one=ONE)[FRONT]


def test_links_around_code_and_after_a_backslash_are_links():
    """Code may be the text of a link, and a text may end with a backslash, which is two in Markdown."""
    told = texts(front=["[`a/b`](#a--b) `x` [y\\\\](#a--b)"], one=ONE)

    assert "[`a/b`](report/one.md#a--b) `x` [y\\\\](report/one.md#a--b)\n" == told[FRONT]


def test_a_block_of_code_has_neither_links_nor_anchors():
    """The facts of a run are anybody's text."""
    block = ["```", "# How sure", "[x](#a--b)", '<a id="a--b">', "```"]
    told = texts(front=block, one=ONE, two=TWO)

    assert "\n".join(block) + "\n" == told[FRONT]
    assert "](one.md#a--b) | [other](one.md#how-sure)" in told["two"]


def test_a_link_that_leads_nowhere_is_told_once():
    """In which file, and where to; the file is there all the same."""
    told, lost = resolved(
        {FRONT: ["[x](#nowhere) [y](#file-none)"], "one": [*ONE, "[x](#no)", "[x](#no)"]}, IN_THE_ROOT
    )

    assert (
        "REPORT.md: got a link to #nowhere, wanted an anchor that the report has",
        "REPORT.md: got a link to #file-none, wanted an anchor that the report has",
        "report/one.md: got a link to #no, wanted an anchor that the report has",
    ) == lost
    assert "[x](#nowhere) [y](#file-none)\n" == told[FRONT]
