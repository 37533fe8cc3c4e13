"""The places that a run writes to, and why it could not."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_lab.files import file_error, folder_error
from lstm_lab.judging.evidence import TODAY, control_results
from lstm_lab.judging.report import path_error, report_name


def edition_of_run(config: pytest.Config) -> str:
    """The edition that the trained models of this run have: `--edition`, where a plugin has such an option."""
    return str(config.getoption("edition", TODAY))


def editions_folder(config: pytest.Config) -> Path:
    """The folder of what claims came to in other editions."""
    return config.rootpath / (config.getini("editions") or places(config)[1] / "editions")


def places(config: pytest.Config) -> tuple[Path, Path, Path]:
    """The paths of the report, of the folder of the evidence, and of the file of controls."""
    root = config.rootpath
    report = Path(config.option.report or root / report_name(edition_of_run(config)))
    evidence = Path(config.option.evidence or root / "evidence").resolve()
    named = config.getini("controls")
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
    recorded = editions_folder(config) / f"{edition_of_run(config)}.json"
    if edition_of_run(config) != TODAY and (error := file_error(recorded)):
        return f"editions: {error}"
    if error := folder_error(evidence / "runs"):
        return f"evidence {evidence}: {error}; name another folder with --evidence"
    return ""
