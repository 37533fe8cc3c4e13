"""Where the report, its page and its pictures stand, and what they never take the place of."""

import os
from pathlib import Path

import pytest
from ledgers import everything, partial

from lstm_lab.judging.report.files import page_of, path_error, write
from lstm_lab.judging.report.report import Report


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


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_each_report_has_its_own_pictures(tmp_path):
    """A second report in the same folder neither removes nor overwrites what the first one leads to."""
    write(Report(everything()), tmp_path / "REPORT.md")
    first = contents(tmp_path)
    write(Report(partial()), tmp_path / "other.md")

    assert first == {name: content for name, content in contents(tmp_path).items() if "other" not in name}
    assert (tmp_path / "other" / "pass_rates.svg").exists()


def test_only_what_a_report_made_is_removed_or_replaced(tmp_path):
    """A link is neither followed nor removed, wherever it leads; a file of somebody else is not replaced."""
    write(Report(everything()), tmp_path / "away" / "REPORT.md")
    kept = contents(tmp_path / "away")
    for name in ("own.svg", "pass_rates.svg"):
        folder = tmp_path / name
        (folder / "report").mkdir(parents=True)
        (folder / "report" / name).symlink_to(tmp_path / "away" / "report" / "paired_differences.svg")
        if name == "own.svg":
            write(Report(everything()), folder / "REPORT.md")
        else:
            with pytest.raises(FileExistsError, match=r"pass_rates\.svg: got a file that no report made"):
                write(Report(everything()), folder / "REPORT.md")
            assert not (folder / "REPORT.md").exists()
        assert (folder / "report" / name).is_symlink()
    assert kept == contents(tmp_path / "away")


def test_a_link_to_a_report_stays_one(tmp_path):
    """Where the report is a link to a file, that file is written."""
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "old.md").write_text("old")
    (tmp_path / "REPORT.md").symlink_to("kept/old.md")

    assert "" == path_error(tmp_path / "REPORT.md")
    write(Report(partial()), tmp_path / "REPORT.md")
    assert (tmp_path / "REPORT.md").is_symlink()
    assert (tmp_path / "kept" / "old.md").read_text().startswith("# The claims")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("/dev/null", "got /dev/null, wanted the name of the Markdown"),
        ("report", "got report, wanted the name of the Markdown"),
        ("controls.json", "got controls.json, wanted the name of the Markdown"),
        ("folder.md", "got folder.md, which is a folder, wanted a file"),
        ("device.md", "got device.md, which is no regular file, wanted a file"),
        ("fifo.md", "got fifo.md, which is no regular file, wanted a file"),
        ("other.md", "got other.html, which is a folder, wanted a file"),
        ("linked.md", "got linked, which is a link, wanted a folder for the details"),
        ("taken.md", "/taken, which is a file (Not a directory), wanted a folder"),
        ("taken/REPORT.md", "/taken, which is a file (Not a directory), wanted a folder"),
        ("evidence.md", "got evidence, where the evidence is, wanted another place"),
        ("run.md", "got run.md, where the evidence is, wanted another place"),
        ("same.md", "got same.md, where the evidence is, wanted another place"),
    ],
)
def test_places_that_no_report_takes(name, told, tmp_path, monkeypatch):
    """One line says so, and nothing is touched."""
    monkeypatch.chdir(tmp_path)
    for folder in ("folder.md", "other.html", "evidence"):
        Path(folder).mkdir()
    Path("device.md").symlink_to("/dev/null")
    os.mkfifo("fifo.md")
    Path("linked").symlink_to("folder.md")
    for file in ("taken", "run.md"):
        Path(file).touch()
    Path("same.md").symlink_to("run.md")

    error = path_error(Path(name), [Path("evidence"), tmp_path / "run.md"])
    assert told in error
    assert "\n" not in error


def test_a_folder_that_takes_no_file(tmp_path, monkeypatch):
    """It is asked before anything is measured, also for folders that are still to be made."""
    monkeypatch.setattr(os, "access", lambda path, mode: str(path) != str(tmp_path))

    wanted = f"got {tmp_path}, which cannot be written to, wanted a writable folder"
    assert [wanted] * 2 == [path_error(tmp_path / name) for name in ("REPORT.md", "a/b/REPORT.md")]
