"""The files of the report: its Markdown, its HTML page and its pictures, and where they may stand."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path

from lstm_lab.files import file_error, folder_error, write_text
from lstm_lab.judging.evidence import TODAY, Ledger
from lstm_lab.judging.report.formatting import Place
from lstm_lab.judging.report.html import page
from lstm_lab.judging.report.markdown import render
from lstm_lab.judging.report.plots.catalogue import Plot
from lstm_lab.judging.report.plots.style import MADE_HERE
from lstm_lab.judging.report.report import Report

MARKDOWN, PAGE = ".md", ".html"


def write(report: Report, path: Path, root: Path | None = None) -> list[str]:
    """Write the report as Markdown to `path`, as an HTML page beside it, and its pictures to a folder beside it.

    Each file is replaced as a whole: no reader sees a part of one.

    Args:
        report: the report.
        path: of the Markdown.
        root: of the project, from which the evidence names the files of tests; None where it is not known.

    Returns:
        One line for each picture that could not be drawn.
    """
    place = Place(pictures_of(path).name, _tests(report.ledger, root, path.parent) if root else {})
    _write_pictures(pictures_of(path), report.plots)
    write_text(path, render(report, place))
    write_text(page_of(path), page.render(report, place))
    return [plot.trouble for plot in report.plots if plot.trouble]


def _tests(ledger: Ledger, root: Path, folder: Path) -> dict[str, str]:
    """The files of tests below `root`, each as seen from `folder`; those that are not there are left out."""
    root, folder = root.resolve(), folder.resolve()
    names = {entry.node.partition("::")[0] for entry in ledger.catalogue.values()}
    files = {name: (root / name).resolve() for name in names if os.path.isfile(root / name)}
    return {
        name: Path(os.path.relpath(file, folder)).as_posix()
        for name, file in files.items()
        if file.is_relative_to(root)
    }


def _write_pictures(folder: Path, plots: Sequence[Plot]) -> None:
    """Write all pictures, then remove those of an earlier report; files that no report made are left alone."""
    names = {f"{plot.name}.svg": plot for plot in plots}
    for name in names:
        if os.path.lexists(folder / name) and not _is_made_here(folder / name):
            raise FileExistsError(f"{folder / name}: got a file that no report made, wanted to write a picture there")
    for name, plot in names.items():
        write_text(folder / name, plot.svg)
    for path in folder.glob("*.svg"):
        if path.name not in names and _is_made_here(path):
            path.unlink()


def _is_made_here(path: Path) -> bool:
    """Whether a report has made this picture; a link is none."""
    return path.is_file() and not path.is_symlink() and MADE_HERE.encode() in path.read_bytes()


def page_of(report: Path) -> Path:
    """The path of a report's HTML page: `report.html` beside `REPORT.md`."""
    return report.with_name(report.stem.lower() + PAGE)


def pictures_of(report: Path) -> Path:
    """The folder of a report's pictures: `report` beside `REPORT.md`."""
    return report.with_name(report.stem.lower())


def report_name(edition: str, *, exploring: bool) -> str:
    """The name of the report of a run in an edition, with the exploration seeds or not, unless the user names one."""
    return "-".join(["REPORT", *([] if edition == TODAY else [edition]), *(["EXPLORE"] if exploring else [])]) + ".md"


def path_error(report: Path, kept: Collection[Path] = ()) -> str:
    """Why no report can be written to this path, "" where it can; to be asked before anything is measured.

    Args:
        report: the path of its Markdown.
        kept: files and folders of the evidence, in the place of which no file of the report may stand.
    """
    if report.suffix.lower() != MARKDOWN:
        wanted = "wanted the name of the Markdown, as REPORT.md; the page is written beside it, as report.html"
        return f"got {report}, {wanted}"
    pictures = pictures_of(report)
    taken = {path.resolve() for path in kept}
    for path in (report, page_of(report), pictures):
        if path.resolve() in taken:
            return f"got {path}, where the evidence is, wanted another place"
    if pictures.is_symlink():
        return f"got {pictures}, which is a link, wanted a folder for the pictures"
    return file_error(report) or file_error(page_of(report)) or folder_error(pictures)
