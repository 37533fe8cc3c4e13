"""`--final-criteria`: every claim as it is now becomes final, in the commit that is checked out."""

from __future__ import annotations

import pytest

from lstm_lab.files import file_error
from lstm_lab.judging.evidence import EvidenceError, finalized, read_finals, write_finals
from lstm_lab.judging.session import environment
from lstm_lab.judging.session.places import criteria_file, seeds_of_run
from lstm_lab.judging.session.selection import Selection
from lstm_lab.text import pluralized

OPTION = "--final-criteria"


def finalize(config: pytest.Config, selection: Selection) -> str:
    """Write the file of final criteria; the line for the terminal. Raises UsageError where that cannot be."""
    path, seeds = criteria_file(config), seeds_of_run(config)
    if path is None:
        raise pytest.UsageError(f"{OPTION}: got no file for them, wanted criteria = 'PATH' in the settings of pytest")
    if seeds.exploring or not seeds.exploration:
        raise pytest.UsageError(f"{OPTION}: got seeds of exploration alone, wanted those that verdicts rest on")
    if selection.partial or not selection.entries:
        raise pytest.UsageError(f"{OPTION}: got {selection.partial or 'no claim'}, wanted all claims")
    changed = environment.uncommitted(config.rootpath, [path])
    if changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        raise pytest.UsageError(f"{OPTION}: got {changed[0]}{more} uncommitted, wanted a commit that has it all")
    head = environment.head(config.rootpath)
    if head is None:
        raise pytest.UsageError(f"{OPTION}: got no commit, wanted a repository of git: its commit is named in the file")
    if error := file_error(path):
        raise pytest.UsageError(f"{OPTION}: {error}")
    try:
        older = read_finals(path)
    except EvidenceError as error:
        raise pytest.UsageError(str(error)) from None
    finals, refused = finalized(selection.entries, older, *head)
    if refused:
        raise pytest.UsageError(*refused)
    write_finals(path, finals)
    new = sum(final != older.get(id) for id, final in finals.items())
    return f"final: {pluralized(len(finals), 'claim')}, {new} of them in commit {head[0][:7]}; now commit {path.name}"
