"""Where the report stands, and its page beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lstm_lab.files import write_text
from lstm_lab.judging.report.html import page
from lstm_lab.judging.report.markdown import render
from lstm_lab.judging.report.plots.catalogue import FOLDER, Plot
from lstm_lab.judging.report.plots.style import MADE_HERE
from lstm_lab.judging.report.report import Report


def write(report: Report, path: Path) -> None:
    """Write the report to `path`, beside it the same as one page, its pictures to the folder there.

    None of the files is ever seen half-written.
    """
    _write_pictures(path.parent / FOLDER, report.plots)
    write_text(path, render(report))
    write_text(page_of(path), page.render(report))


def _write_pictures(folder: Path, shown: Sequence[Plot]) -> None:
    """Write all pictures, then remove those of an earlier report; what else lies in the folder is left alone."""
    for picture in shown:
        write_text(folder / f"{picture.name}.svg", picture.svg)
    names = {f"{picture.name}.svg" for picture in shown}
    for path in folder.glob("*.svg"):
        if path.name not in names and MADE_HERE.encode() in path.read_bytes():
            path.unlink()


PAGE = ".html"


def page_of(report: Path) -> Path:
    """Where the page of a report stands: `report.html` beside `REPORT.md`."""
    return report.with_name(report.stem.lower() + PAGE)


def path_error(report: str | Path) -> str:
    """Why no report can stand there, "" where one can: its page would take its place."""
    if Path(report).suffix.lower() != PAGE:
        return ""
    return f"got {report}, wanted the name of the Markdown, as REPORT.md; the page is written beside it, as report.html"
