"""The files of the report: its Markdown, its HTML page and its pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lstm_lab.files import write_text
from lstm_lab.judging.report.html import page
from lstm_lab.judging.report.markdown import render
from lstm_lab.judging.report.plots.catalogue import FOLDER, Plot
from lstm_lab.judging.report.plots.style import MADE_HERE
from lstm_lab.judging.report.report import Report

PAGE = ".html"


def write(report: Report, path: Path) -> None:
    """Write the report as Markdown to `path`, as an HTML page beside it, and its pictures to `FOLDER` beside it.

    Each file is replaced as a whole: no reader sees a part of one.
    """
    _write_pictures(path.parent / FOLDER, report.plots)
    write_text(path, render(report))
    write_text(page_of(path), page.render(report))


def _write_pictures(folder: Path, plots: Sequence[Plot]) -> None:
    """Write all pictures, then remove those of an earlier report; other files of the folder are left alone."""
    for plot in plots:
        write_text(folder / f"{plot.name}.svg", plot.svg)
    names = {f"{plot.name}.svg" for plot in plots}
    for path in folder.glob("*.svg"):
        if path.name not in names and MADE_HERE.encode() in path.read_bytes():
            path.unlink()


def page_of(report: Path) -> Path:
    """The path of a report's HTML page: `report.html` beside `REPORT.md`."""
    return report.with_name(report.stem.lower() + PAGE)


def path_error(report: str | Path) -> str:
    """Why no report can be written to this path, "" where it can: its HTML page would overwrite it."""
    if Path(report).suffix.lower() != PAGE:
        return ""
    return f"got {report}, wanted the name of the Markdown, as REPORT.md; the page is written beside it, as report.html"
