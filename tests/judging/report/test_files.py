"""Where the report, its page and its pictures stand, and what they never take the place of."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from fronts import FRONT
from ledgers import RUN, everything, partial

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


QUOTED = "mine, about <!-- the-claims-and-the-evidence/pictures -->"  # no file of a report begins so


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


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *((name, content) for name in ("pictures.md", "data.csv", "data.json") for content in ("", "mine", QUOTED)),
        ("pass_rates.svg", "<svg/>"),
    ],
)
def test_a_file_of_somebody_else_is_not_replaced(name, content, tmp_path):
    """Whatever it is called, and whatever it says: nothing is written at all."""
    own = tmp_path / "report" / name
    own.parent.mkdir()
    own.write_text(content)

    with pytest.raises(FileExistsError, match=f"{name}: got a file that no report made, wanted another place"):
        write(Report(everything()), tmp_path / "REPORT.md")
    assert {f"report/{name}": content.encode()} == contents(tmp_path)


def test_details_that_no_longer_exist_are_removed_and_others_left(tmp_path):
    """A report of fewer claims has fewer files; what others put beside them stays."""
    write(Report(everything()), tmp_path / "REPORT.md")
    for name in ("own.md", "own.csv", "own.json", "own.txt"):
        (tmp_path / "report" / name).write_text("<!-- mine -->")
    write(Report(partial()), tmp_path / "REPORT.md")
    names = sorted(path.name for path in (tmp_path / "report").iterdir())

    assert [
        *("contradicted.md", "data.csv", "data.json", "how-sure.md", "learning-one-letter-at-a-time.md"),
        *("own.csv", "own.json", "own.md", "own.txt", "pass_rates.svg", "pictures.md"),
    ] == names


def test_the_same_evidence_gives_the_same_bytes(tmp_path):
    """Of every file, but for the run that `REPORT.md` and the page tell."""
    ledger = everything()
    write(Report(ledger), tmp_path / "REPORT.md")
    before = contents(tmp_path)
    ledger.run = replace(RUN, started="2026-02-03T04:05:06+00:00", seconds=12.0, command="pytest", commit="")
    ledger.observations = dict(reversed(ledger.observations.items()))
    write(Report(ledger), tmp_path / "REPORT.md")
    after = contents(tmp_path)

    assert before.keys() == after.keys()
    assert {"REPORT.md", "report.html"} == {name for name in before if before[name] != after[name]}


def test_a_link_that_leads_nowhere_is_told(tmp_path):
    """The report is there all the same."""
    ledger = everything()
    ledger.front_page = replace(FRONT, lessons=(replace(FRONT.lessons[0], text="Give [steps](#nowhere)."),))

    assert ["REPORT.md: got a link to #nowhere, wanted an anchor that the report has"] == write(
        Report(ledger), tmp_path / "REPORT.md"
    )
    assert "1. Give [steps](#nowhere)." in (tmp_path / "REPORT.md").read_text()


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
