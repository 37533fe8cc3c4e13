"""The files of the report: the one it begins with, its HTML page and its details, and where they may stand."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path

from lstm_lab.files import file_error, folder_error, write_text
from lstm_lab.judging.evidence import TODAY
from lstm_lab.judging.report import data
from lstm_lab.judging.report.data import CSV, JSON
from lstm_lab.judging.report.formatting import Place
from lstm_lab.judging.report.html import page
from lstm_lab.judging.report.markdown import FRONT, documents
from lstm_lab.judging.report.plots.style import MADE_HERE
from lstm_lab.judging.report.report import Report

MARKDOWN, PAGE, SVG = ".md", ".html", ".svg"
GUIDE = "claims/README.md"  # how to doubt a claim
# What a file that a report made begins with, by its suffix; a picture has it in its metadata.
MARKS = {MARKDOWN: f"<!-- {MADE_HERE}/", SVG: MADE_HERE, ".csv": data.CSV_BEGINS, ".json": data.JSON_BEGINS}
FIRST_BYTES = 2**16  # of a file, in which its mark is


def write(report: Report, path: Path, root: Path | None = None) -> list[str]:
    """Write the report as Markdown to `path`, as an HTML page beside it, and its details to a folder beside it.

    Each file is replaced as a whole: no reader sees a part of one. Details of an earlier report that this one does not
    have are removed; files that no report made are left alone.

    Args:
        report: the report.
        path: of the Markdown.
        root: of the project, from which the evidence names the files of tests; None where it is not known.

    Returns:
        One line for each picture that could not be drawn, and for each link that leads nowhere.
    """
    place = _place(report, path, root)
    markdown, lost = documents(report, place)
    details = {f"{name}{MARKDOWN}": text for name, text in markdown.items() if name != FRONT}
    details |= {CSV: data.to_csv(report), JSON: data.to_json(report)}
    details |= {f"{plot.name}{SVG}": plot.svg for plot in report.plots}
    _write_details(folder_of(path), details)
    write_text(path, markdown[FRONT])
    write_text(page_of(path), page.render(report, place))
    return [*(plot.trouble for plot in report.plots if plot.trouble), *lost]


def _place(report: Report, path: Path, root: Path | None) -> Place:
    """Where the report stands, and what it leads to from there."""
    tests = {entry.node.partition("::")[0] for entry in report.ledger.catalogue.values()}
    seen = _seen(root, path.parent, [*tests, GUIDE]) if root else {}
    guide = seen.pop(GUIDE, "")
    return Place(folder_of(path).name, seen, path.name, page_of(path).name, guide)


def _seen(root: Path, folder: Path, names: Collection[str]) -> dict[str, str]:
    """Files below `root` as seen from `folder`; those that are not there are left out."""
    root, folder = root.resolve(), folder.resolve()
    files = {name: (root / name).resolve() for name in names if os.path.isfile(root / name)}
    return {
        name: Path(os.path.relpath(file, folder)).as_posix()
        for name, file in files.items()
        if file.is_relative_to(root)
    }


def _write_details(folder: Path, details: Mapping[str, str]) -> None:
    """Write all details, then remove those of an earlier report; files that no report made are left alone."""
    for name in details:
        if os.path.lexists(folder / name) and not _is_made_here(folder / name):
            raise FileExistsError(f"{folder / name}: got a file that no report made, wanted another place")
    for name, text in details.items():
        write_text(folder / name, text)
    for path in folder.iterdir():
        if path.name not in details and _is_made_here(path):
            path.unlink()


def _is_made_here(path: Path) -> bool:
    """Whether a report has made this file; a link is none."""
    if path.suffix not in MARKS or not path.is_file() or path.is_symlink():
        return False
    with path.open("rb") as file:
        beginning = file.read(FIRST_BYTES)
    mark = MARKS[path.suffix].encode()
    return mark in beginning if path.suffix == SVG else beginning.startswith(mark)


def page_of(report: Path) -> Path:
    """The path of a report's HTML page: `report.html` beside `REPORT.md`."""
    return report.with_name(report.stem.lower() + PAGE)


def folder_of(report: Path) -> Path:
    """The folder of a report's details: `report` beside `REPORT.md`."""
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
    details = folder_of(report)
    taken = {path.resolve() for path in kept}
    for path in (report, page_of(report), details):
        if path.resolve() in taken:
            return f"got {path}, where the evidence is, wanted another place"
    if details.is_symlink():
        return f"got {details}, which is a link, wanted a folder for the details"
    return file_error(report) or file_error(page_of(report)) or folder_error(details)
