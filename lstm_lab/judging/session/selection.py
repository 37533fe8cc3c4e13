"""What one run measures: the claims and seeds that remain of those collected, and why they are not all."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from lstm_lab.files import write_json
from lstm_lab.judging.claims import DECLARE_PLANTED, Claim, Kind, control_part, seed_name
from lstm_lab.judging.evidence import Entry, structure, unstructure
from lstm_lab.judging.session.collection import ONCE, Inventory
from lstm_lab.judging.session.marks import claim_of, claim_tests, control_of

RERUNS = ("reruns", "force_reruns", "force_flaky")  # options of other plugins that repeat whatever fails


@dataclass(frozen=True)
class Selection:
    """What one run measures.

    Attributes:
        entries: the selected claims, in the order of their files.
        planted: under `--control`, the claims that are measured under their positive controls; without seeds those that
            must be and declare none.
        odd_tests: node id, claim and seed of each selected test that is named after more than its seed, as one with
            parameters of its own is.
        partial: why this is not the whole suite, "" where it is.
        mistake: what is wrong with the selection, in one line; "" for nothing.
        left_out: the ids of claims, and the files, that were not selected.
        unclaimed: node ids of the tests beside the claims that measure none.
    """

    entries: tuple[Entry, ...]
    partial: str = ""
    mistake: str = ""
    left_out: tuple[str, ...] = ()
    unclaimed: tuple[str, ...] = ()
    planted: tuple[Entry, ...] = ()
    odd_tests: dict[str, tuple[str, int]] = field(default_factory=dict)

    @functools.cached_property
    def tests(self) -> dict[str, tuple[str, int]]:
        """By node id, the claim and the seed of each selected test; not written to the file, where it would be long."""
        return {**_tests(self.entries), **self.planted_tests, **self.odd_tests}

    @functools.cached_property
    def planted_tests(self) -> dict[str, tuple[str, int]]:
        """Those of `tests` that measure a claim under its positive control."""
        odd = {node: test for node, test in self.odd_tests.items() if control_part("planted", "seed") in node}
        return {**_tests(self.planted, "planted"), **odd}

    def measured_too(self, patterns: Collection[str]) -> Iterator[str]:
        """One line for each claim that is measured because one that was asked for by its name challenges it."""
        claims = {entry.claim.id: entry.claim for entry in self.entries}
        ids = matching(claims, patterns)
        for id in ids:
            other = claims[id].challenges
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


def _tests(entries: Iterable[Entry], control: Kind | None = None) -> dict[str, tuple[str, int]]:
    """The tests of these claims by their node ids, each with its claim and seed."""
    return {
        entry.test(control_part(control, seed_name(seed))): (entry.claim.id, seed)
        for entry in entries
        for seed in entry.seeds
    }


def matching(ids: Iterable[str], patterns: Iterable[str]) -> list[str]:
    """Those of `ids` that any of the patterns means: ids, or several at once as in `stateful/*`."""
    patterns = tuple(patterns)
    return [id for id in ids if any(fnmatchcase(id, pattern) for pattern in patterns)]


def select(inventory: Inventory, items: list[pytest.Item], patterns: Collection[str]) -> list[pytest.Item]:
    """The tests of the claims that `--claim` means, or all, but for those that a run of this kind does not ask."""
    ids = matching(inventory.entries, patterns)
    wanted = {*ids, *(() if inventory.control else challenged(inventory, ids))}
    asked = [(item, claim) for item, claim, _ in claim_tests(items) if not patterns or claim.id in wanted]
    inventory.unshown = {claim.id for _, claim in asked if inventory.cannot_show(claim)}
    run = {item for item, claim in asked if not inventory.reason_not_run(claim, control_of(item))}
    left_out = {item for item, _, _ in claim_tests(items)} - run
    measured = {item for item, _, _ in claim_tests(items)} if patterns else set(items)
    return [item for item in items if item in measured and item not in left_out]


def challenged(inventory: Inventory, ids: Collection[str]) -> Iterator[str]:
    """The claims that those of `ids` challenge: a challenge is reported beside the claim it disputes."""
    yield from (inventory.entries[id].claim.challenges for id in ids)


def file_by_file(inventory: Inventory, items: list[pytest.Item]) -> list[pytest.Item]:
    """`items` with all tests of a file in a row: seed by seed, and of a seed in the order of their declaration.

    xdist gives each worker consecutive tests to begin with, so in this order a worker gets whole files, loads and
    traces about half of the networks instead of all, and measures once what the claims of a file share of a seed.
    Pytest would put all tests of a seed in a row, and all those of a model.
    """
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    place = {id: number for number, id in enumerate(inventory.entries)}
    at = {item: (seed, place[claim.id]) for item, claim, seed in claim_tests(items)}
    last = (sys.maxsize, 0)  # tests without a claim
    return [item for tests in files.values() for item in sorted(tests, key=lambda item: at.get(item, last))]


def selection_of(inventory: Inventory, session: pytest.Session) -> Selection:
    """The selection of a session: the tests that remain after every hook has deselected."""
    config, odd = session.config, dict[str, tuple[str, int]]()
    seeds, planted_seeds = dict[str, list[int]](), dict[str, list[int]]({id: [] for id in inventory.unshown})
    for item, claim, seed in claim_tests(session.items):
        planted = control_of(item) == "planted"
        (planted_seeds if planted else seeds).setdefault(claim.id, []).append(seed)
        entry, part = inventory.entries[claim.id], control_part(control_of(item), seed_name(seed))
        if item.nodeid != entry.test(part):
            odd[item.nodeid] = (claim.id, seed)
    in_order, in_order_planted = _in_order(inventory, seeds), _in_order(inventory, planted_seeds)
    # Where a file could not be collected, it may have the id, and the run fails for that anyway.
    mistake = "" if session.testsfailed else _wrong_id(inventory, config) or _unknown_rival(inventory, config)
    mistake = mistake or (_rerun(config) if seeds or any(planted_seeds.values()) else "")
    partial = _partial(inventory, config, in_order, in_order_planted)
    left_out = _left_out(inventory, config, (*in_order, *in_order_planted)) if partial else ()
    files = inventory.claim_files(config)
    unclaimed = (item.nodeid for item in session.items if item.path in files and claim_of(item) is None)
    return Selection(in_order, partial, mistake, left_out, tuple(unclaimed), in_order_planted, odd)


def _in_order(inventory: Inventory, seeds: Mapping[str, list[int]]) -> tuple[Entry, ...]:
    """The claims with these seeds, in the order of their files."""
    entries = (replace(entry, seeds=tuple(sorted(seeds[id]))) for id, entry in inventory.entries.items() if id in seeds)
    return tuple(sorted(entries, key=lambda entry: (entry.node.partition("::")[0], entry.line)))


def _wrong_id(inventory: Inventory, config: pytest.Config) -> str:
    """What is wrong with the ids and patterns of `--claim`, "" for nothing."""
    for pattern in config.option.claim:
        ids = matching(inventory.entries, [pattern])
        if not ids:
            return f"--claim {pattern}: {inventory.nearest(pattern)}"
        reasons = [_reason_not_run(inventory, inventory.entries[id].claim) for id in ids]
        if all(reasons):
            more = f" ({ids[0]} and {len(ids) - 1} more)" if len(ids) > 1 else ""
            kind = " --control" if inventory.control else ""
            return f"--claim {pattern}{kind}: {reasons[0]}{more}; there is nothing to run"
    return ""


def _reason_not_run(inventory: Inventory, claim: Claim) -> str:
    """Why nothing is run of a claim, "" where something is."""
    reasons = [inventory.reason_not_run(claim, control) for control in inventory.controls(claim)]
    declare = f"; wanted {DECLARE_PLANTED}" if inventory.cannot_show(claim) else ""
    return f"{reasons[0]}{declare}" if all(reasons) else ""


def _unknown_rival(inventory: Inventory, config: pytest.Config) -> str:
    """The first id that a claim challenges or contradicts and no claim has; "" where not every file was collected."""
    for entry in () if inventory.uncollected_files(config) else inventory.entries.values():
        claim = entry.claim
        for name, ids in (("challenges", filter(None, [claim.challenges])), ("contradicts", claim.contradicts)):
            for other in (id for id in ids if id not in inventory.entries and id not in inventory.not_selected):
                return f"claim {claim.id}: got {name}={other!r}, {inventory.nearest(other)} ({entry.node})"
    return ""


def _left_out(inventory: Inventory, config: pytest.Config, selected: tuple[Entry, ...]) -> tuple[str, ...]:
    files = sorted(path.relative_to(config.rootpath).as_posix() for path in inventory.uncollected_files(config))
    ids = {*inventory.entries, *inventory.not_selected} - {entry.claim.id for entry in selected}
    return (*sorted(ids), *files)


def _partial(
    inventory: Inventory, config: pytest.Config, selected: tuple[Entry, ...], planted: tuple[Entry, ...]
) -> str:
    files = inventory.claim_files(config)
    uncollected = inventory.uncollected_files(config)
    if uncollected:
        return f"{len(files) - len(uncollected)} of {len(files)} claim files selected"
    all_run = [
        entry
        for entry in inventory.entries.values()
        for control in inventory.controls(entry.claim)
        if not inventory.reason_not_run(entry.claim, control)
    ]
    ids = {entry.claim.id for entry in (*selected, *planted)}
    known = len({entry.claim.id for entry in all_run} | inventory.unshown) + len(inventory.not_selected)
    if len(ids) < known:
        return f"{len(ids)} of {known} claims selected"
    chosen = sum(len(entry.seeds) for entry in (*selected, *planted))
    total = sum(len(entry.seeds) for entry in all_run)
    return f"{chosen} of {total} observations selected" if chosen < total else ""


def _rerun(config: pytest.Config) -> str:
    """The option by which failed tests are repeated, as a mistake; "" where there is none."""
    options = ((name, getattr(config.option, name, None)) for name in RERUNS)
    return next((f"--{name.replace('_', '-')}: got {value}, {ONCE}" for name, value in options if value), "")
