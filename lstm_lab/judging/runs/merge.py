"""Several runs, of one machine or of many, merged into one ledger in which each seed of each claim counts once.

Runs must agree in the digests of claims, the experiments and the versions. A claim in which they do not is refused with
a message; nothing is chosen silently.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lstm_lab.files import atomic_path
from lstm_lab.judging.criteria import Verdict
from lstm_lab.judging.evidence import ControlResult, Entry, Failure, Ledger
from lstm_lab.judging.runs.compatibility import (
    Source,
    check_kind_of_seeds,
    edition,
    observations,
    other_measurements,
    refusal,
    versions,
)
from lstm_lab.judging.runs.provenance import run_of
from lstm_lab.text import MOST_NAMED, pluralized, seed_ranges


@dataclass(frozen=True)
class Merged:
    """The result of merging several runs.

    Attributes:
        ledger: the records of all runs, closed.
        refused: one line for each claim that they do not measure in the same way, or of which observations with the
            same seed differ; it is in the ledger as failed.
        notes: one line for whatever else a reader must know.
    """

    ledger: Ledger
    refused: tuple[str, ...]
    notes: tuple[str, ...]


def merge(sources: Sequence[Source], *, first_counts: bool = False) -> Merged:
    """Merge several runs. Where they differ in wording or recorded verdict, the run that started last counts.

    Args:
        sources: the runs.
        first_counts: whether the first of differing observations with the same seed counts.

    Raises:
        EvidenceError: versions that evidence depends on are not the same, or only some explore.
    """
    by_age = sorted(sources, key=lambda source: source.started)
    check_kind_of_seeds(by_age)
    refused = dict(other_measurements(by_age))
    merged = Ledger(_catalogue(by_age), versions(sources), _default_seeds(by_age), edition=edition(sources))
    united, conflicts = observations(sources, refused)
    if not first_counts:
        refused.update({claim: refusal(seeds) for claim, seeds in conflicts.items()})
    for entry in merged.catalogue.values():
        for seed in entry.seeds:
            if (entry.claim.id, seed) in united and entry.claim.id not in refused:
                merged.add(united[entry.claim.id, seed])
    failures, observed_elsewhere = _failures(by_age, merged, refused)
    for failure in [*failures, *(Failure(claim, None, "error", line) for claim, line in refused.items())]:
        merged.add(failure)
    for path, message in _uncollected(sources):
        merged.add_uncollected(path, message)
    merged.controls = _controls([source.ledger.controls for source in by_age], merged)
    merged.planted = _controls([source.ledger.planted for source in by_age], merged)
    merged.your_keras = by_age[-1].ledger.your_keras
    merged.editions = next((source.ledger.editions for source in reversed(by_age) if source.ledger.editions), {})
    merged.finals, merged.more_seeds = by_age[-1].ledger.finals, by_age[-1].ledger.more_seeds
    merged.untested = next((source.ledger.untested for source in reversed(by_age) if source.ledger.untested), ())
    merged.outline = next((source.ledger.outline for source in reversed(by_age) if source.ledger.outline), ())
    merged.front_page = by_age[-1].ledger.front_page
    # Plots are of the models of one run; those of several runs cannot be merged without the models.
    merged.drawings = next((dict(source.ledger.drawings) for source in reversed(by_age) if source.ledger.drawings), {})
    merged.left_out = _left_out(sources, merged)
    merged.close(run_of(sources, first_counts), "; ".join(_partial(sources, merged)))
    chosen = conflicts if first_counts else {}
    return Merged(merged, tuple(refused.values()), tuple(_notes(merged, observed_elsewhere, chosen)))


def write(ledger: Ledger, path: Path) -> None:
    """Write a closed ledger to a file, in the form that a run writes."""
    assert ledger.run is not None
    run, partial = ledger.run, ledger.partial
    with atomic_path(path) as unfinished:
        ledger.keep(unfinished)
        ledger.close(run, partial)


# Records of the merged ledger


def _catalogue(by_age: Sequence[Source]) -> dict[str, Entry]:
    """Every claim with every seed selected anywhere, in the order of the files."""
    united: list[Entry] = []
    for id in dict.fromkeys(id for source in by_age for id in source.ledger.catalogue):
        entries = [source.ledger.catalogue[id] for source in by_age if id in source.ledger.catalogue]
        seeds = tuple(sorted({seed for entry in entries for seed in entry.seeds}))
        united.append(replace(entries[-1], seeds=seeds, declared_seeds=_declared(entries, seeds)))
    united.sort(key=lambda entry: (entry.node.partition("::")[0], entry.line))
    return {entry.claim.id: entry for entry in united}


def _declared(entries: Sequence[Entry], seeds: tuple[int, ...]) -> int:
    """The largest declared number of seeds of which each was selected in some run; else the largest."""
    declared = [entry.declared_seeds for entry in entries]
    first = entries[-1].first_seed
    whole = (number for number in declared if set(range(first, first + number)) <= set(seeds))
    return max(whole, default=max(declared))


def _default_seeds(by_age: Sequence[Source]) -> int:
    """The smallest over claims of the largest `default_seeds` of a run that has the claim."""
    largest: dict[str, int] = {}
    for source in by_age:
        for id in source.ledger.catalogue:
            largest[id] = max(largest.get(id, 0), source.ledger.default_seeds)
    return min(largest.values(), default=max(source.ledger.default_seeds for source in by_age))


def _failures(
    by_age: Sequence[Source], merged: Ledger, refused: Collection[str]
) -> tuple[list[Failure], list[Failure]]:
    """The failures that remain, one for each seed of a claim, and those whose seeds another run has observed."""
    remaining: dict[tuple[str, int | None], Failure] = {}
    observed_elsewhere: list[Failure] = []
    for source in by_age:
        for failure in source.ledger.failures:
            others = [other.ledger.observations for other in by_age if other is not source]
            entry = merged.catalogue[failure.claim]
            seeds = entry.whole if failure.seed is None else (failure.seed,)
            if failure.claim in refused:
                continue
            if all(any((failure.claim, seed) in observations for observations in others) for seed in seeds):
                observed_elsewhere.append(failure)
            else:
                remaining[failure.claim, failure.seed] = failure
    return list(remaining.values()), observed_elsewhere


def _uncollected(sources: Sequence[Source]) -> Iterator[tuple[str, str]]:
    """The files that could not be collected in one run and were not collected in another."""
    for source in sources:
        for path, message in source.ledger.uncollected:
            if not any(_collected(path, other.ledger) for other in sources if other is not source):
                yield path, message


def _collected(path: str, ledger: Ledger) -> bool:
    measured = any(entry.node.partition("::")[0] == path for entry in ledger.catalogue.values())
    return measured and all(path != other for other, _ in ledger.uncollected)


def _controls(by_age: Sequence[dict[str, ControlResult]], merged: Ledger) -> dict[str, ControlResult]:
    """The result of each claim under a control; where runs differ, that which shows that it cannot fail, or hold."""
    controls: dict[str, ControlResult] = {}
    for id, entry in merged.catalogue.items():
        known = [results[id] for results in by_age if id in results]
        results = [result for result in known if result.digest == entry.digest] or known
        if results:
            controls[id] = next((result for result in results if _shows_nothing(result)), results[-1])
    return controls


def _shows_nothing(result: ControlResult) -> bool:
    """Whether a claim has kept its support where it should lose it, or lacks it where it should have it."""
    return (result.verdict is Verdict.SUPPORTED) is (result.control.kind != "planted")


# Missing claims, files and seeds


def _left_out(sources: Sequence[Source], merged: Ledger) -> tuple[str, ...] | None:
    """The claims and files of claims that every run left out; None where no run has a record of them."""
    known = [source.left_out for source in sources if source.left_out is not None]
    if not known:
        return None
    names = dict.fromkeys(name for names in known for name in names)
    claims = [name for name in names if not name.endswith(".py") and name not in merged.catalogue]
    files = [name for name in names if name.endswith(".py") and all(name in names for names in known)]
    return (*claims, *files)


def _partial(sources: Sequence[Source], merged: Ledger) -> Iterator[str]:
    """The reasons why the merged runs are not the whole suite; none where they are."""
    if merged.left_out is None:
        yield f"{pluralized(len(sources), 'partial run')}, which do not have on record what other claims there are"
    elif merged.left_out:
        yield f"left out of every run: {_some(merged.left_out)}"
    unmeasured, failures = {}, merged.failures_by_claim()
    for id, entry in merged.catalogue.items():
        # Seeds missing from a complete run are failures; those that no complete run selected are still to measure.
        tried = {
            seed
            for source in sources
            if not source.ledger.partial and id in source.ledger.catalogue
            for seed in source.ledger.catalogue[id].seeds
        }
        wanted = {*entry.whole} - {*entry.seeds} | {*merged.missing(id, failures.get(id, []))}
        if wanted - tried:
            unmeasured[id] = f"{id} {seed_ranges(sorted(wanted - tried))}"
    if unmeasured:
        yield f"measured in no run: {_some(list(unmeasured.values()))}"


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


# Notes


def _notes(merged: Ledger, observed_elsewhere: Sequence[Failure], chosen: dict[str, dict[int, str]]) -> Iterator[str]:
    for claim, conflicts in chosen.items():
        yield f"{claim}, {seed_ranges(sorted(conflicts))}: not the same in every run, the first file counts"
    seeds: dict[str, set[int]] = {}
    for failure in observed_elsewhere:
        seeds.setdefault(failure.claim, set()).update(() if failure.seed is None else (failure.seed,))
    for claim, failed in seeds.items():
        which = seed_ranges(sorted(failed)) if failed else "all seeds"
        yield f"{claim}, {which}: failed in one run and observed in another, counted as observed"
    if merged.run and "," in merged.run.commit:
        yield (
            f"commits {merged.run.commit}: that claims are measured alike is held to their own files and their "
            "experiments; that the code which trains and probes these is the same is not"
        )
    if merged.partial:
        yield f"partial: {merged.partial}"
