"""Several runs, of one machine or of many, united into one ledger in which each seed of each claim counts once.

What is united must be the same measurement: the same claims, by their digests, under the same versions. What is not
is refused by its name; nothing is chosen silently.
"""

from __future__ import annotations

import contextlib
import os
import shlex
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lstm_lab.judging.control import Shown
from lstm_lab.judging.criterion import Verdict
from lstm_lab.judging.evidence import Ledger
from lstm_lab.judging.facts import Facts, add
from lstm_lab.judging.notation import counted, listed
from lstm_lab.judging.records import Entry, EvidenceError, Failure, Observation, Run

# They carry evidence and judge it, they have no part in what a seed shows: runs may differ in them.
CARRIERS = {"python", "scipy", "pytest", "pytest-xdist"}
NAMED = 3  # claims named in one line; further ones are counted


@dataclass(frozen=True)
class Source:
    """One of the runs: its ledger and the name of its file."""

    name: str
    ledger: Ledger

    @property
    def started(self) -> str:
        """When it began; "" where it did not end, so that it is the oldest."""
        return self.ledger.run.started if self.ledger.run else ""

    @property
    def left_out(self) -> tuple[str, ...] | None:
        """The claims and files that it left out; None where that is not on record."""
        return self.ledger.left_out if self.ledger.partial else ()


@dataclass(frozen=True)
class Merged:
    """What became of several runs.

    Attributes:
        ledger: all that they showed, closed.
        refused: one line for each claim that they do not measure in the same way, or of which they observed other
            things with the same seed; it is in the ledger as failed.
        notes: one line for whatever else a reader must know.
    """

    ledger: Ledger
    refused: tuple[str, ...]
    notes: tuple[str, ...]


def merge(sources: Sequence[Source], *, first_counts: bool = False) -> Merged:
    """Unite what several runs showed. Where they differ in wording or record, the run that started last counts.

    Args:
        sources: the runs.
        first_counts: whether, where runs observed other things with the same seed, the first that has it counts.

    Raises:
        EvidenceError: versions that evidence depends on are not the same.
    """
    versions = _versions(sources)
    by_age = sorted(sources, key=lambda source: source.started)
    refused = dict(_other_measurements(by_age))
    merged = Ledger(_catalogue(by_age), versions, _default_seeds(by_age))
    observations, conflicts = _observations(sources, refused)
    if not first_counts:
        refused.update({claim: _refusal(seeds) for claim, seeds in conflicts.items()})
    for entry in merged.catalogue.values():
        for seed in entry.seeds:
            if (entry.claim.id, seed) in observations and entry.claim.id not in refused:
                merged.add(observations[entry.claim.id, seed])
    failures, made_good = _failures(by_age, merged, refused)
    for failure in [*failures, *(Failure(claim, None, "error", line) for claim, line in refused.items())]:
        merged.add(failure)
    for path, message in _uncollected(sources):
        merged.add_uncollected(path, message)
    merged.controls = _controls(by_age, merged)
    merged.untested = next((source.ledger.untested for source in reversed(by_age) if source.ledger.untested), ())
    merged.left_out = _left_out(sources, merged)
    merged.close(_run(sources, first_counts), "; ".join(_partial(sources, merged)))
    chosen = conflicts if first_counts else {}
    return Merged(merged, tuple(refused.values()), tuple(_notes(merged, made_good, chosen)))


@contextlib.contextmanager
def written(path: Path) -> Iterator[Path]:
    """Where to write a file that is seen at `path` once it is whole, and not at all when writing it fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield unfinished
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def write(ledger: Ledger, path: Path) -> None:
    """Keep a closed ledger in a file, as a run would have left it."""
    assert ledger.run is not None
    run, partial = ledger.run, ledger.partial
    with written(path) as unfinished:
        ledger.keep(unfinished)
        ledger.close(run, partial)


# What must be the same


def _versions(sources: Sequence[Source]) -> dict[str, str]:
    """The versions of all runs; several of a carrier are listed."""
    versions: dict[str, str] = {}
    for name in dict.fromkeys(name for source in sources for name in source.ledger.versions):
        told = {source.name: source.ledger.versions.get(name, "none") for source in sources}
        different = sorted({one for text in told.values() for one in text.split(" and ")})
        if len(different) > 1 and name not in CARRIERS:
            got = ", ".join(f"{version} in {file}" for file, version in told.items())
            wanted = "wanted one version; the option --side-by-side shows each run's verdicts without uniting them"
            raise EvidenceError(f"{name}: got {got}, {wanted}")
        versions[name] = " and ".join(different)
    return versions


def _other_measurements(sources: Sequence[Source]) -> Iterator[tuple[str, str]]:
    """The claims that are not measured or judged in the same way everywhere, with a line that says so."""
    for id in dict.fromkeys(id for source in sources for id in source.ledger.catalogue):
        entries = {source.name: source.ledger.catalogue[id] for source in sources if id in source.ledger.catalogue}
        if len({(entry.digest, entry.claim.criterion) for entry in entries.values()}) > 1:
            got = ", ".join(f"{_measurement(entry)} in {file}" for file, entry in entries.items())
            wanted = "wanted one measurement; measure it again with all its seeds, or look at --side-by-side"
            yield id, f"claim {id}: got {got}, {wanted}"


def _measurement(entry: Entry) -> str:
    return f"{entry.claim.criterion.declared()} with digest {entry.digest or 'unknown'}"


def _observations(
    sources: Sequence[Source], refused: Collection[str]
) -> tuple[dict[tuple[str, int], Observation], dict[str, dict[int, str]]]:
    """What each seed first showed, and by claim and seed, in words, where another run observed something else."""
    united: dict[tuple[str, int], tuple[Observation, str]] = {}
    conflicts: dict[str, dict[int, str]] = {}
    for source in sources:
        for (claim, seed), observation in source.ledger.observations.items():
            if claim not in refused:
                first, file = united.setdefault((claim, seed), (observation, source.name))
                if first != observation:
                    got = f"{_shown(first)} in {file}, {_shown(observation)} in {source.name}"
                    conflicts.setdefault(claim, {}).setdefault(seed, f"claim {claim}, seed {seed}: got {got}")
    return {where: observation for where, (observation, _) in united.items()}, conflicts


def _refusal(conflicts: dict[int, str]) -> str:
    """The line that refuses a claim, from its seeds that are not the same everywhere."""
    seed = min(conflicts)
    more = f" (and {counted(len(conflicts) - 1, 'other seed')})" if len(conflicts) > 1 else ""
    return (
        f"{conflicts[seed]}{more}, wanted the same observation; what is timed, or measured on another machine, may "
        "differ: --first-counts takes the first file's, --side-by-side shows both"
    )


def _shown(observation: Observation) -> str:
    pair = None if observation.value is None else f"{observation.value!r} against {observation.against!r}"
    figures = ", ".join(f"{name} {value!r}" for name, value in observation.shown.items())
    return f"{pair or observation.holds}" + (f" ({figures})" if figures else "")


# What is united


def _catalogue(by_age: Sequence[Source]) -> dict[str, Entry]:
    """Every claim with every seed selected anywhere, in the order of the files."""
    united: list[Entry] = []
    for id in dict.fromkeys(id for source in by_age for id in source.ledger.catalogue):
        entries = [source.ledger.catalogue[id] for source in by_age if id in source.ledger.catalogue]
        seeds = tuple(sorted({seed for entry in entries for seed in entry.seeds}))
        united.append(replace(entries[-1], seeds=seeds, declared_seeds=_declared(entries, seeds)))
    return {entry.claim.id: entry for entry in sorted(united, key=lambda one: (one.node.partition("::")[0], one.line))}


def _declared(entries: Sequence[Entry], seeds: tuple[int, ...]) -> int:
    """The largest number of seeds asked for that were all selected in one run or another; else the largest."""
    asked = [entry.declared_seeds for entry in entries]
    return max((number for number in asked if set(range(number)) <= set(seeds)), default=max(asked))


def _default_seeds(by_age: Sequence[Source]) -> int:
    """The number of seeds that every claim was measured with, as far as it does not declare fewer."""
    asked: dict[str, int] = {}
    for source in by_age:
        for id in source.ledger.catalogue:
            asked[id] = max(asked.get(id, 0), source.ledger.default_seeds)
    return min(asked.values(), default=max(source.ledger.default_seeds for source in by_age))


def _failures(
    by_age: Sequence[Source], merged: Ledger, refused: Collection[str]
) -> tuple[list[Failure], list[Failure]]:
    """The failures that remain, one for each seed of a claim, and those that another run has made good."""
    remaining: dict[tuple[str, int | None], Failure] = {}
    made_good: list[Failure] = []
    for source in by_age:
        for failure in source.ledger.failures:
            others = [other.ledger.observations for other in by_age if other is not source]
            entry = merged.catalogue[failure.claim]
            seeds = range(entry.declared_seeds) if failure.seed is None else (failure.seed,)
            if failure.claim in refused:
                continue
            if all(any((failure.claim, seed) in observations for observations in others) for seed in seeds):
                made_good.append(failure)
            else:
                remaining[failure.claim, failure.seed] = failure
    return list(remaining.values()), made_good


def _uncollected(sources: Sequence[Source]) -> Iterator[tuple[str, str]]:
    """The files that could not be collected and that no other run did collect."""
    for source in sources:
        for path, message in source.ledger.uncollected:
            if not any(_collected(path, other.ledger) for other in sources if other is not source):
                yield path, message


def _collected(path: str, ledger: Ledger) -> bool:
    measured = any(entry.node.partition("::")[0] == path for entry in ledger.catalogue.values())
    return measured and all(path != other for other, _ in ledger.uncollected)


def _controls(by_age: Sequence[Source], merged: Ledger) -> dict[str, Shown]:
    """What each claim came to under its control; where runs do not agree, what speaks against the claim."""
    controls: dict[str, Shown] = {}
    for id, entry in merged.catalogue.items():
        known = [source.ledger.controls[id] for source in by_age if id in source.ledger.controls]
        told = [shown for shown in known if shown.digest == entry.digest] or known
        if told:
            controls[id] = next((shown for shown in told if shown.verdict is Verdict.SUPPORTED), told[-1])
    return controls


# What is missing


def _left_out(sources: Sequence[Source], merged: Ledger) -> tuple[str, ...] | None:
    """The claims and files of claims that every run left out; None where no run has on record what there is."""
    known = [source.left_out for source in sources if source.left_out is not None]
    if not known:
        return None
    names = dict.fromkeys(name for names in known for name in names)
    claims = [name for name in names if not name.endswith(".py") and name not in merged.catalogue]
    files = [name for name in names if name.endswith(".py") and all(name in one for one in known)]
    return (*claims, *files)


def _partial(sources: Sequence[Source], merged: Ledger) -> Iterator[str]:
    """Why the runs together are not the whole suite; nothing where they are."""
    if merged.left_out is None:
        yield f"{counted(len(sources), 'partial run')}, which do not have on record what other claims there are"
    elif merged.left_out:
        yield f"left out of every run: {_some(merged.left_out)}"
    unmeasured = {}
    for id, entry in merged.catalogue.items():
        # What a whole run lost is lost, and told as missing; what no whole run has tried is still to do.
        tried = {
            seed
            for source in sources
            if not source.ledger.partial and id in source.ledger.catalogue
            for seed in source.ledger.catalogue[id].seeds
        }
        wanted = {*range(entry.declared_seeds)} - {*entry.seeds} | {*merged.missing(id)}
        if wanted - tried:
            unmeasured[id] = f"{id} {listed(sorted(wanted - tried))}"
    if unmeasured:
        yield f"measured in no run: {_some(list(unmeasured.values()))}"


def _some(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


# What is told


def _run(sources: Sequence[Source], first_counts: bool) -> Run:
    """How the evidence came about: which runs it is made of."""
    runs = [source.ledger.run for source in sources if source.ledger.run is not None]
    option = ["--first-counts"] if first_counts else []
    facts: Facts = {}
    came_from: list[str] = []
    for source in sources:
        known = dict(source.ledger.run.facts) if source.ledger.run else {}
        earlier = [name for name in known if name.startswith("run ")]  # it was merged itself
        told = [known.pop(name) for name in sorted(earlier, key=lambda name: int(name.removeprefix("run ")))]
        came_from += [line for lines in told if isinstance(lines, list) for line in lines] or [_came_about(source)]
        add(facts, known)
    return Run(
        started=min((run.started for run in runs), default="unknown"),
        seconds=round(sum(run.seconds for run in runs), 1),
        command=shlex.join(["python", "-m", "lstm_lab", "merge", *option, *(source.name for source in sources)]),
        commit=", ".join(dict.fromkeys(commit for run in runs for commit in run.commit.split(", ") if commit)),
        workers=max((run.workers for run in runs), default=1),
        models_trained=sum(run.models_trained for run in runs),
        models_loaded=sum(run.models_loaded for run in runs),
        facts={**facts, **{f"run {number}": [line] for number, line in enumerate(came_from, start=1)}},
    )


def _came_about(source: Source) -> str:
    observations = counted(len(source.ledger.observations), "observation")
    run = source.ledger.run
    if run is None:
        return f"{source.name}: did not end, {observations}"
    return f"{source.name}: {run.started}, commit {run.commit or 'none'}, {run.command}, {observations}"


def _notes(merged: Ledger, made_good: Sequence[Failure], chosen: dict[str, dict[int, str]]) -> Iterator[str]:
    for claim, conflicts in chosen.items():
        yield f"{claim}, {listed(sorted(conflicts))}: not the same in every run, the first file counts"
    seeds: dict[str, set[int]] = {}
    for failure in made_good:
        seeds.setdefault(failure.claim, set()).update(() if failure.seed is None else (failure.seed,))
    for claim, failed in seeds.items():
        which = listed(sorted(failed)) if failed else "all seeds"
        yield f"{claim}, {which}: failed in one run and observed in another, counted as observed"
    if merged.run and "," in merged.run.commit:
        yield (
            f"commits {merged.run.commit}: that claims are measured alike is held to their own files; "
            "that the experiments they share are the same is not"
        )
    if merged.partial:
        yield f"partial: {merged.partial}"
