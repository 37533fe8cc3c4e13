"""Claims from the marks of the collected tests: all of them, those that cannot be tested, those selected."""

from __future__ import annotations

import difflib
import inspect
import json
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path

import pytest

from lstm_lab.files import write_json
from lstm_lab.judging.claims import (
    DEFAULT_SEEDS,
    Claim,
    ClaimError,
    Declaration,
    claim_fingerprint,
    reason_not_run,
    validation_error,
)
from lstm_lab.judging.evidence import Entry, structure, unstructure

RESERVED = frozenset({"seed", "observe", "broken", "request"})  # no names for the values of a case
ONCE = "wanted each seed measured once: what is repeated until it passes is no evidence"
RERUNS = ("reruns", "force_reruns", "force_flaky")  # options of other plugins that repeat whatever fails


@dataclass(frozen=True)
class Selection:
    """What one run measures.

    Attributes:
        entries: the selected claims, in the order of their files.
        tests: node id of each selected test, and its claim and seed.
        partial: why this is not the whole suite, "" where it is.
        mistake: what is wrong with the selection, in one line; "" for nothing.
        left_out: the ids of claims, and the files, that were not selected.
        unclaimed: node ids of the tests beside the claims that measure none.
    """

    entries: tuple[Entry, ...]
    tests: dict[str, tuple[str, int]]
    partial: str = ""
    mistake: str = ""
    left_out: tuple[str, ...] = ()
    unclaimed: tuple[str, ...] = ()

    def measured_too(self, ids: Collection[str]) -> Iterator[str]:
        """One line for each claim that is measured because one of `ids`, asked for by name, challenges it."""
        claims = {entry.claim.id: entry.claim for entry in self.entries}
        for id in ids:
            other = claims[id].challenges if id in claims else ""
            if other and other not in ids:
                also = "which is measured too" if other in claims else "which is not among the tests selected"
                yield f"{id} challenges {other}, {also}"

    def write(self, path: Path) -> None:
        """Write it to a file for the controller, which collects nothing itself under xdist."""
        write_json(path, unstructure(self))

    @classmethod
    def read(cls, path: Path) -> Selection:
        """The selection written by `write`."""
        return structure(json.loads(path.read_text(encoding="utf-8")), cls, path.name)


class Inventory:
    """All claims that were collected in this process, selected or not.

    Attributes:
        seeds: the value of `--seeds`.
        control: whether the claims are run under their negative controls.
        entries: claim id -> the claim with all its seeds.
        mistake: see `Selection`.
    """

    def __init__(self, seeds: int, control: bool = False) -> None:
        self.seeds = seeds
        self.control = control
        self.entries: dict[str, Entry] = {}
        self.mistake = ""
        self._refused: list[tuple[str, str]] = []
        self._files: set[Path] = set()

    def register(self, metafunc: pytest.Metafunc) -> list[tuple[Declaration, range]]:
        """Add the testable claims of a test; they are returned with their seeds, none for a test without a claim."""
        definition, registered = metafunc.definition, []
        line = (definition.location[1] or 0) + 1
        family = declarations(definition)
        names = {name for declaration in family for name in declaration.values}
        arguments = {name for name in names if name in metafunc.fixturenames} - RESERVED
        for declaration in family:
            claim = declaration.claim
            refusal = self._refusal(claim, metafunc) or _values_error(declaration, arguments)
            if isinstance(claim, ClaimError) or refusal:
                self._refused.append((definition.nodeid, f"{refusal} ({definition.location[0]}:{line})"))
                continue
            seeds = range(claim.seeds_wanted(self.seeds))
            note = declaration.note or inspect.getdoc(metafunc.function) or ""
            digest = claim_fingerprint(claim, metafunc.function, declaration.values)
            entry = Entry(claim, definition.nodeid, line, note, tuple(seeds), len(seeds), digest, declaration.case)
            self.entries[claim.id] = entry
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
        # Fewer seeds than the default are the user's wish and end in an inconclusive verdict.
        clause = claim.criterion.check(claim.seeds_wanted(max(self.seeds, DEFAULT_SEEDS)))
        clause = clause or validation_error(claim.control, metafunc.function, metafunc.fixturenames)
        return f"claim {claim.id}: {clause}" if clause else ""

    def pop_errors(self) -> list[tuple[str, str]]:
        """Node id of the test and refusal of each claim that was refused since the last call."""
        refused, self._refused = self._refused, []
        return refused

    def mark_collected(self, path: Path) -> None:
        """Note that the tests of this file were collected."""
        self._files.add(path)

    def select(self, items: list[pytest.Item], ids: Collection[str]) -> list[pytest.Item]:
        """The tests of the claims `ids`; an id that no collected claim has is a mistake."""
        unknown = [id for id in ids if id not in self.entries]
        if unknown:
            self.mistake = f"--claim {unknown[0]}: {self.nearest(unknown[0])}"
        for id in ids if self.control else ():
            if id in self.entries and _not_run(self.entries[id].claim):
                self.mistake = f"--claim {id} --control: {_not_run(self.entries[id].claim)}; there is nothing to run"
        wanted = {*ids, *(() if self.control else self._challenged(ids))}
        return [item for item, claim, _ in claim_tests(items) if claim.id in wanted]

    def _challenged(self, ids: Collection[str]) -> Iterator[str]:
        """The claims that those of `ids` challenge: a challenge is reported beside the claim it disputes."""
        yield from (self.entries[id].claim.challenges for id in ids if id in self.entries)

    def with_control(self, items: list[pytest.Item]) -> list[pytest.Item]:
        """`items` but, under `--control`, for the tests of claims that are not run there."""
        left_out = {item for item, claim, _ in claim_tests(items) if self.control and _not_run(claim)}
        return [item for item in items if item not in left_out]

    def file_by_file(self, items: list[pytest.Item]) -> list[pytest.Item]:
        """`items` with all tests of a file in a row: seed by seed, and of a seed in the order of their declaration.

        xdist gives each worker consecutive tests to begin with, so in this order a worker gets whole files, loads and
        traces about half of the networks instead of all, and measures once what the claims of a file share of a seed.
        Pytest would put all tests of a seed in a row, and all those of a model.
        """
        files: dict[Path, list[pytest.Item]] = {}
        for item in items:
            files.setdefault(item.path, []).append(item)
        place = {id: number for number, id in enumerate(self.entries)}
        at = {item: (seed, place[claim.id]) for item, claim, seed in claim_tests(items)}
        last = (sys.maxsize, 0)  # tests without a claim
        return [item for tests in files.values() for item in sorted(tests, key=lambda item: at.get(item, last))]

    def nearest(self, id: str) -> str:
        """A clause about an id that no collected claim has: the nearest ids."""
        if not self.entries:
            return "no claims were collected, wanted a path that has some, as in `pytest claims/ --claim ...`"
        nearest = difflib.get_close_matches(id, self.entries, n=3, cutoff=0.4)
        return f"no such claim, nearest are {', '.join(nearest)}" if nearest else "no such claim, see --list-claims"

    def selection(self, session: pytest.Session) -> Selection:
        """The selection: the tests that remain after every hook has deselected."""
        seeds: dict[str, list[int]] = {}
        tests = {}
        for item, claim, seed in claim_tests(session.items):
            seeds.setdefault(claim.id, []).append(seed)
            tests[item.nodeid] = (claim.id, seed)
        entries = (replace(entry, seeds=tuple(sorted(seeds[id]))) for id, entry in self.entries.items() if id in seeds)
        in_order = tuple(sorted(entries, key=lambda entry: (entry.node.partition("::")[0], entry.line)))
        # Where a file could not be collected, it may have the id, and the run fails for that anyway.
        mistake = "" if session.testsfailed else self.mistake or self._unknown_challenge(session.config)
        mistake = mistake or (_rerun(session.config) if in_order else "")
        partial = self._partial(session.config, in_order)
        left_out = self._left_out(session.config, in_order) if partial else ()
        files = self._claim_files(session.config)
        unclaimed = (item.nodeid for item in session.items if item.path in files and claim_of(item) is None)
        return Selection(in_order, tests, partial, mistake, left_out, tuple(unclaimed))

    def _left_out(self, config: pytest.Config, selected: tuple[Entry, ...]) -> tuple[str, ...]:
        uncollected = sorted(path.relative_to(config.rootpath).as_posix() for path in self.uncollected_files(config))
        return (*sorted(self.entries.keys() - {entry.claim.id for entry in selected}), *uncollected)

    def _unknown_challenge(self, config: pytest.Config) -> str:
        """The first challenge of a claim that is not there, "" where there is none or not every file was collected."""
        for entry in () if self.uncollected_files(config) else self.entries.values():
            other = entry.claim.challenges
            if other and other not in self.entries:
                return f"claim {entry.claim.id}: got challenges={other!r}, {self.nearest(other)} ({entry.node})"
        return ""

    def uncollected_files(self, config: pytest.Config) -> set[Path]:
        """The files of the suite that were not collected."""
        return self._claim_files(config) - self._files

    def _partial(self, config: pytest.Config, selected: tuple[Entry, ...]) -> str:
        files = self._claim_files(config)
        uncollected = self.uncollected_files(config)
        if uncollected:
            return f"{len(files) - len(uncollected)} of {len(files)} claim files selected"
        all_run = [entry for entry in self.entries.values() if not (self.control and _not_run(entry.claim))]
        if len(selected) < len(all_run):
            return f"{len(selected)} of {len(all_run)} claims selected"
        chosen = sum(len(entry.seeds) for entry in selected)
        total = sum(len(entry.seeds) for entry in all_run)
        return f"{chosen} of {total} observations selected" if chosen < total else ""

    def _claim_files(self, config: pytest.Config) -> set[Path]:
        """All test files of the suite: of the folders below the root that hold claims, or of the root itself."""
        patterns = config.getini("python_files")
        paths = [Path(entry.node.partition("::")[0]) for entry in self.entries.values()]
        folders = {  # each with whether to search it recursively
            config.rootpath / path.parts[0] if len(path.parts) > 1 else config.rootpath: len(path.parts) > 1
            for path in paths
        }
        return {
            path
            for folder, deep in folders.items()
            for path in (folder.rglob("*.py") if deep else folder.glob("*.py"))
            if any(fnmatch(path.name, pattern) for pattern in patterns)
        }


INVENTORY = pytest.StashKey[Inventory]()


def declarations(node: pytest.Item) -> tuple[Declaration, ...]:
    """The claims that a test declares, or what is wrong with them; of a test with cases all, also where it is of one.

    A test of one case has two marks: that of the decorator, which is read here, and one with the claim of its case.
    """
    mark = node.get_closest_marker("claim")
    if mark is None:
        return ()
    content = mark.args[0] if mark.args else None
    if isinstance(content, Claim | ClaimError):
        return (Declaration(content),)
    if isinstance(content, tuple):
        return content
    got = f"marker claim: got {mark.args} {mark.kwargs}, wanted the decorator @claim(id, statement, ...)"
    return (Declaration(ClaimError(got)),)


def claim_of(node: pytest.Item) -> Claim | None:
    """The claim that a test measures; None for any other test."""
    marks = node.iter_markers("claim")
    return next((mark.args[0] for mark in marks if mark.args and isinstance(mark.args[0], Claim)), None)


def claim_tests(items: Iterable[pytest.Item]) -> Iterator[tuple[pytest.Item, Claim, int]]:
    """Those of `items` that measure a claim, with the claim and the seed."""
    for item in items:
        claim = claim_of(item)
        if claim is not None and isinstance(item, pytest.Function):
            yield item, claim, int(str(item.callspec.params["seed"]))


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


def _rerun(config: pytest.Config) -> str:
    """The option by which failed tests are repeated, as a mistake; "" where there is none."""
    options = ((name, getattr(config.option, name, None)) for name in RERUNS)
    return next((f"--{name.replace('_', '-')}: got {value}, {ONCE}" for name, value in options if value), "")


def _not_run(claim: Claim) -> str:
    """Why a claim is not run under `--control`, "" where it is."""
    return reason_not_run(claim.control, claim.expect)
