"""Where the report and its page stand."""

from pathlib import Path

import pytest

from lstm_lab.judging.report.files import page_of, path_error


@pytest.mark.parametrize(
    ("report", "page"),
    [
        ("REPORT.md", "report.html"),
        ("out/claims.md", "out/claims.html"),
        ("/a/OLD.Report.md", "/a/old.report.html"),
    ],
    ids=["usual", "elsewhere", "with-dots"],
)
def test_page_stands_beside_the_report(report, page):
    """Same folder, the same name in small letters."""
    assert Path(page) == page_of(Path(report))


def test_report_named_like_its_page_is_refused():
    """The page would take the place of the Markdown; another name is fine."""
    assert "" == path_error(Path("REPORT.md"))
    assert (
        "got Report.HTML, wanted the name of the Markdown, as REPORT.md; the page is written beside it, as report.html"
    ) == path_error(Path("Report.HTML"))
