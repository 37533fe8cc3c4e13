"""Claims from the marks of the collected tests: all of them, and those that cannot be tested."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Collection
from fnmatch import fnmatch
from pathlib import Path

import pytest

from lstm_lab.judging.claims import (
    DEFAULT_SEEDS,
    MOST_SEEDS,
    OUTLINE,
    Claim,
    ClaimError,
    Declaration,
    Kind,
    Seeds,
    claim_fingerprint,
    must_hold,
    peeking_error,
    place_error,
    reason_not_broken,
    text_error,
    validation_error,
)
from lstm_lab.judging.criteria import Verdict
from lstm_lab.judging.evidence import Entry
from lstm_lab.judging.session.marks import declarations, fixture_functions, mark_as_collected

RESERVED = frozenset({"seed", "observe", "broken", "planted", "request"})  # no names for the values of a case
ONCE = "wanted each seed measured once: what is repeated until it passes is no evidence"


class Inventory:
    """All claims that were collected in this process, selected or not.

    Attributes:
        seeds: those of the run.
        control: whether the claims are run under their controls.
        unshown: ids of the selected claims for which `cannot_show`.
        entries: claim id -> the claim with all its seeds.
        files: the files whose tests were collected.
        not_selected: ids of claims whose tests were not collected, since the run was asked for others by their names.
        in_full: ids of claims that `--claim` does not mean, but of which every seed is collected all the same.
        not_asked: by claim id, why a plugin has left it out of this run, which is whole without it.
    """

    def __init__(self, seeds: Seeds, control: bool = False) -> None:
        self.seeds = seeds
        self.control = control
        self.entries: dict[str, Entry] = {}
        self._refused: list[tuple[str, str]] = []
        self.files: set[Path] = set()
        self.not_selected: set[str] = set()
        self.not_asked: dict[str, str] = {}
        self.unshown: set[str] = set()
        self.in_full: set[str] = set()

    def register(self, metafunc: pytest.Metafunc) -> list[tuple[Declaration, range]]:
        """Add the testable claims of a test; they are returned with their seeds, none for a test without a claim."""
        definition, registered = metafunc.definition, []
        line = (definition.location[1] or 0) + 1
        family = declarations(definition)
        mark_as_collected(definition)
        fixtures = fixture_functions(definition)
        names = {name for declaration in family for name in declaration.values}
        arguments = {name for name in names if name in metafunc.fixturenames} - RESERVED
        for declaration in family:
            claim = declaration.claim
            refusal = self._refusal(claim, metafunc) or _values_error(declaration, arguments)
            if isinstance(claim, ClaimError) or refusal:
                self._refused.append((definition.nodeid, f"{refusal} ({definition.location[0]}:{line})"))
                continue
            seeds = claim.seeds_of(self.seeds)
            note = declaration.note or inspect.getdoc(metafunc.function) or ""
            digest = claim_fingerprint(claim, metafunc.function, declaration.values, fixtures.values())
            self.entries[claim.id] = Entry(
                claim,
                definition.nodeid,
                line,
                note,
                tuple(seeds),
                len(seeds),
                digest,
                declaration.case,
                first_seed=seeds.start,
                exploring=self.seeds.exploring,
                explored=claim.expect if self.seeds.first else None,
            )
            registered.append((declaration, seeds))
        return registered

    def _refusal(self, claim: Claim | ClaimError, metafunc: pytest.Metafunc) -> str:
        """Why this claim cannot be tested, "" where it can."""
        if isinstance(claim, ClaimError):
            return str(claim)
        if metafunc.definition.get_closest_marker("flaky"):
            return f"claim {claim.id}: got the mark flaky, {ONCE}"
        if "observe" not in metafunc.fixturenames:
            return f"claim {claim.id}: got a test without the fixture observe, wanted one that observes"
        twin = self.entries.get(claim.id)
        if twin and twin.node != metafunc.definition.nodeid:
            return f"claim {claim.id}: declared before in {twin.node}, wanted an id of its own"
        outline = metafunc.config.stash.get(OUTLINE, ())
        misplaced = next(filter(None, (place_error(place, outline) for place in (claim.source, *claim.also))), "")
        if misplaced:
            return f"claim {claim.id}: {misplaced}"
        unfit = text_error("a docstring", metafunc.function.__doc__ or "", empty=True)
        if unfit:
            return f"claim {claim.id}: {unfit}"
        first, most = claim.judged_from, MOST_SEEDS - claim.seeds_wanted(self.seeds.count)
        if first is not None and not self.seeds.exploration <= first <= most:
            wanted = f"at least {self.seeds.exploration}, after the exploration seeds, and at most {most}"
            return f"claim {claim.id}: got judged_from={first}, wanted {wanted}"
        # Fewer seeds than the default are the user's wish and end in an inconclusive verdict.
        clause = claim.criterion.check(claim.seeds_wanted(max(self.seeds.count, DEFAULT_SEEDS)))
        clause = clause or peeking_error(metafunc.function, fixture_functions(metafunc.definition))
        fixtures = metafunc.fixturenames
        clause = clause or validation_error(claim.control, claim.holds_with, metafunc.function, fixtures)
        return f"claim {claim.id}: {clause}" if clause else ""

    def controls(self, claim: Claim) -> tuple[Kind | None, ...]:
        """The kinds of control under which the tests of a claim are collected; None where it is measured as it is."""
        if not self.control:
            return (None,)
        return (claim.control.kind, "planted") if claim.positive_control else (claim.control.kind,)

    def reason_not_run(self, claim: Claim, control: Kind | None = None) -> str:
        """Why a claim is not run under this control in a run of this kind, "" where it is."""
        if claim.id in self.not_asked:
            return self.not_asked[claim.id]
        recorded = self.recorded(claim)
        return reason_not_broken(claim.control, recorded) if self.control and control != "planted" else ""

    def recorded(self, claim: Claim) -> Verdict | None:
        """The verdict on record of a claim for the seeds of this run."""
        return claim.expect if self.seeds.exploring else claim.on_record

    def cannot_show(self, claim: Claim) -> bool:
        """Whether a claim must show in this run that it can hold, and declares nothing by which it could."""
        return self.control and claim.positive_control is None and must_hold(claim.control, self.recorded(claim))

    def pop_errors(self) -> list[tuple[str, str]]:
        """Node id of the test and refusal of each claim that was refused since the last call."""
        refused, self._refused = self._refused, []
        return refused

    def mark_collected(self, path: Path) -> None:
        """Note that the tests of this file were collected."""
        self.files.add(path)

    def nearest(self, id: str) -> str:
        """A clause about an id that no collected claim has: the nearest ids."""
        if not self.entries:
            return "no claims were collected, wanted a path that has some, as in `pytest claims/ --claim ...`"
        nearest = difflib.get_close_matches(id, self.entries, n=3, cutoff=0.4)
        return f"no such claim, nearest are {', '.join(nearest)}" if nearest else "no such claim, see --list-claims"

    def uncollected_files(self, config: pytest.Config) -> set[Path]:
        """The files of the suite that were not collected."""
        return self.claim_files(config) - self.files

    def claim_files(self, config: pytest.Config) -> set[Path]:
        """All test files of the suite."""
        patterns = config.getini("python_files")
        return {path for path in self.folder_files(config) if any(fnmatch(path.name, one) for one in patterns)}

    def folder_files(self, config: pytest.Config) -> set[Path]:
        """All Python files of the suite: of the folders below the root that hold claims, or of the root itself."""
        paths = [Path(entry.node.partition("::")[0]) for entry in self.entries.values()]
        folders = {  # each with whether to search it recursively
            config.rootpath / path.parts[0] if len(path.parts) > 1 else config.rootpath: len(path.parts) > 1
            for path in paths
        }
        return {path for folder, deep in folders.items() for path in folder.glob("**/*.py" if deep else "*.py")}


INVENTORY = pytest.StashKey[Inventory]()


def _values_error(declaration: Declaration, arguments: Collection[str]) -> str:
    """Why a case cannot be given to its test, "" where it can.

    Args:
        declaration: of the case.
        arguments: the parameters of the test and its fixtures for which any of its cases has a value.
    """
    named = f"claim {declaration.claim.id}" if isinstance(declaration.claim, Claim) else "claim"
    reserved = sorted(RESERVED & declaration.values.keys())
    if reserved:
        return f"{named}: got {reserved[0]}=..., wanted another name: every test has a {reserved[0]}"
    missing = sorted(arguments - declaration.values.keys())
    unused = sorted(declaration.values.keys() - declaration.slots - set(arguments))
    if missing:
        return f"{named}: got no value for {missing[0]}, wanted one as in the other cases of its test"
    wanted = "wanted a name that its statement has a slot for or that its test takes"
    return f"{named}: got {unused[0]}=..., {wanted}" if unused else ""
