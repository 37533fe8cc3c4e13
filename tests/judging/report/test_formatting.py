"""How the report writes things down."""

import re
from html import unescape

import pytest

from lstm_lab.judging.report import formatting
from lstm_lab.judging.report.html.markup import blocks, inline
from lstm_lab.text import printable


def test_angle_brackets_are_no_html_outside_of_code():
    """Text with an angle bracket stays text; in code the bracket is left as it is."""
    assert "a &lt;b> `a < b`" == formatting.escaped("a <b>\n  `a < b`")


def test_cells_do_not_break_their_row():
    """A bar inside a cell is escaped."""
    assert r"| a \| b | c |" == formatting.row(["a | b", "c"])


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("ImportError: module '/home/me/x/claims/test_x.py'\nmore", "`ImportError: module 'test_x.py'`"),
        ("see https://a.org/b/c and claims/test_x.py, 3/4", "`see https://a.org/b/c and claims/test_x.py, 3/4`"),
        ("no `tick`", "`no 'tick'`"),
    ],
)
def test_headlines_tell_nothing_of_the_machine(message, text):
    """A message is cut to its first line and loses the folders of absolute paths, nothing else."""
    assert text == formatting.headline(message)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("# Heading", r"\# Heading"),
        ("> said", r"\> said"),
        ("- item", r"\- item"),
        ("12. item", r"12\. item"),
        ("12 units, -0.5 and 1.5", "12 units, -0.5 and 1.5"),
        ("*x* _x_ ~~x~~ same_name", r"\*x\* \_x\_ \~\~x\~\~ same_name"),
        ("[x](http://a.org) ![x](y)", r"\[x\](http://a.org) !\[x\](y)"),
        ("&lt;b> & c", r"&amp;lt;b> & c"),
        (r"a \` [b](c)`", r"a \\` [b](c)`"),
        ("``` `a`", r"\`\`\` `a`"),
        ("a\n\n# b\r\x85c", "a # b c"),
        ("\x1b[31m \u202e \ud800", "\ufffd\\[31m \ufffd \ufffd"),
    ],
)
def test_text_is_no_markdown(text, markdown):
    """Neither at the beginning of a line nor within it; code alone is code, and the page shows the text itself."""
    assert markdown == formatting.escaped(text)
    shown = re.sub(r"<code>(.*?)</code>", r"`\1`", inline(markdown))
    assert printable(" ".join(text.split())) == unescape(shown)


@pytest.mark.parametrize("cell", [r"a\|b", r"`a\|b`", r"`a|b`", r"a\\|b"])
def test_no_cell_ends_its_row(cell):
    """Whatever stands before the bar."""
    html = blocks(["| a | b |", "| - | - |", formatting.row([cell, "last"])])

    assert 2 == html.count("<td")
    assert "<td>last</td>" in html
