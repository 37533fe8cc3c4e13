"""The places that a run writes to, and why it could not."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_lab.files import file_error, folder_error
from lstm_lab.judging.claims import DEFAULT_SEEDS, Seeds
from lstm_lab.judging.evidence import TODAY, Final, control_results, read_finals
from lstm_lab.judging.report import path_error, report_name


def edition_of_run(config: pytest.Config) -> str:
    """The edition that the trained models of this run have: `--edition`, where a plugin has such an option."""
    return str(config.getoption("edition", TODAY))


def seeds_of_run(config: pytest.Config) -> Seeds:
    """The seeds of this run: `--seeds`, and with `--explore` those that no verdict rests on."""
    exploration, exploring = int(config.getini("exploration_seeds")), bool(config.option.explore)
    return Seeds(config.option.seeds or (exploration if exploring else DEFAULT_SEEDS), exploration, exploring)


def is_judged_today(config: pytest.Config) -> bool:
    """Whether verdicts on today's software rest on the seeds of this run."""
    return edition_of_run(config) == TODAY and not config.option.explore and not config.option.control


def editions_folder(config: pytest.Config, *, exploration: bool = False) -> Path:
    """The folder of what claims came to in other editions; `exploration`: with the exploration seeds."""
    folder = config.rootpath / (config.getini("editions") or places(config)[1] / "editions")
    return folder / "exploration" if exploration else folder


def edition_file(config: pytest.Config) -> Path:
    """The file of what the claims come to in the edition of this run."""
    return editions_folder(config, exploration=config.option.explore) / f"{edition_of_run(config)}.json"


def criteria_file(config: pytest.Config) -> Path | None:
    """The file of final criteria; None where the suite has none."""
    named = config.getini("criteria")
    return config.rootpath / named if named else None


def more_seeds_file(config: pytest.Config) -> Path | None:
    """The file of what claims came to with more seeds than usual; None where the suite keeps none."""
    named = config.getini("more_seeds")
    return config.rootpath / named if named else None


def finals_of_run(config: pytest.Config) -> dict[str, Final] | None:
    """The claims that were final before this run; None where that is no matter. Raises EvidenceError."""
    path, seeds = criteria_file(config), seeds_of_run(config)
    return None if path is None or seeds.exploring or not seeds.exploration else read_finals(path)


def places(config: pytest.Config) -> tuple[Path, Path, Path]:
    """The paths of the report, of the folder of the evidence, and of the file of controls."""
    root = config.rootpath
    report = Path(config.option.report or root / report_name(edition_of_run(config), exploring=config.option.explore))
    evidence = Path(config.option.evidence or root / "evidence").resolve()
    named = config.getini("controls")
    if config.option.explore:  # what it shows of other seeds takes no place of what the judged ones show
        controls = evidence / control_results.EXPLORATION_FILE
    else:
        controls = root / named if named else evidence / control_results.FILE
    return report.parent.resolve() / report.name, evidence, controls


def places_error(config: pytest.Config) -> str:
    """Why the places cannot be written to, one line, "" where they can; to be asked before anything is measured."""
    report, evidence, controls = places(config)
    if config.option.control:
        error = file_error(controls)
        return error and f"controls: {error}"
    if error := path_error(report, [evidence, evidence / "runs", controls]):
        return f"--report: {error}"
    if edition_of_run(config) != TODAY and (error := file_error(edition_file(config))):
        return f"editions: {error}"
    if error := folder_error(evidence / "runs"):
        return f"evidence {evidence}: {error}; name another folder with --evidence"
    return ""
