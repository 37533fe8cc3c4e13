"""Conditions for merging runs: the same versions, measurements, experiments, and observations of one seed. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from lstm_lab.judging.evidence import PROCESSOR, TODAY, Entry, EvidenceError, Ledger, Observation, compatible_ids
from lstm_lab.text import pluralized

# Packages that run and judge the suite but do not influence observations: runs may differ in their versions.
CARRIERS = {"python", "scipy", "pytest", "pytest-xdist"}


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
    def processor(self) -> str:
        """The processor that it was measured on; "" where that is not on record."""
        names = self.ledger.run.facts.get(PROCESSOR) if self.ledger.run else None
        return ", ".join(names) if isinstance(names, list) else ""

    @property
    def left_out(self) -> tuple[str, ...] | None:
        """The claims and files that it left out; None where that is not on record."""
        return self.ledger.left_out if self.ledger.partial else ()


def versions(sources: Sequence[Source]) -> dict[str, str]:
    """The versions of all runs; several of a package in CARRIERS are listed, and a run without one is not compared.

    Raises:
        EvidenceError: another version of what observations depend on.
    """
    united: dict[str, str] = {}
    for name in dict.fromkeys(name for source in sources for name in source.ledger.versions):
        known = [source for source in sources if name in source.ledger.versions]
        recorded = {source.name: source.ledger.versions[name] for source in known}
        different = sorted({version for text in recorded.values() for version in text.split(" and ")})
        if len(different) > 1 and name not in CARRIERS:
            got = ", ".join(f"{version} in {file}" for file, version in recorded.items())
            wanted = "wanted one version; the option --side-by-side shows each run's verdicts without uniting them"
            raise EvidenceError(f"{name}: got {got}, {wanted}")
        united[name] = " and ".join(different)
    return united


def edition(sources: Sequence[Source]) -> str:
    """The edition that all runs were measured in. Raises EvidenceError where they are of several."""
    named = {source.name: source.ledger.edition for source in sources}
    if len(set(named.values())) > 1:
        got = ", ".join(f"{edition} in {file}" for file, edition in named.items())
        raise EvidenceError(f"edition: got {got}, wanted one; the option --side-by-side shows each run's verdicts")
    return next(iter(named.values()), TODAY)


def check_kind_of_seeds(sources: Sequence[Source]) -> None:
    """Raise EvidenceError where some runs have the exploration seeds and others those that verdicts rest on."""
    exploring = [source.name for source in sources if source.ledger.exploring]
    if 0 < len(exploring) < len(sources):
        judged = next(source.name for source in sources if not source.ledger.exploring)
        got = f"those of exploration in {exploring[0]}, others in {judged}"
        raise EvidenceError(f"seeds: got {got}, wanted one kind; the option --side-by-side shows each run's verdicts")


def other_measurements(sources: Sequence[Source]) -> Iterator[tuple[str, str]]:
    """The claims that are not measured or judged in the same way everywhere, with a line that says so."""
    wanted = "wanted one measurement; measure it again with all its seeds, or look at --side-by-side"
    for id in dict.fromkeys(id for source in sources for id in source.ledger.catalogue):
        known = [source for source in sources if id in source.ledger.catalogue]
        entries = {source.name: source.ledger.catalogue[id] for source in known}
        subjects = {source.name: source.ledger.subjects(id) for source in known}
        differing = (
            pair for pair in combinations(subjects, 2) if not compatible_ids(subjects[pair[0]], subjects[pair[1]])
        )
        if len({(entry.digest, entry.claim.criterion, entry.first_seed) for entry in entries.values()}) > 1:
            got = ", ".join(f"{_measurement(entry)} in {file}" for file, entry in entries.items())
            yield id, f"claim {id}: got {got}, {wanted}"
        elif pair := next(differing, None):
            yield id, f"claim {id}: got experiments in {pair[0]} that are not those in {pair[1]}, {wanted}"


def observations(
    sources: Sequence[Source], refused: Collection[str]
) -> tuple[dict[tuple[str, int], Observation], dict[str, dict[int, str]]]:
    """The first observation of each seed and, by claim and seed, a clause where another run's is not the same."""
    united: dict[tuple[str, int], tuple[Observation, str]] = {}
    conflicts: dict[str, dict[int, str]] = {}
    for source in sources:
        for (claim, seed), observation in source.ledger.observations.items():
            if claim not in refused:
                first, file = united.setdefault((claim, seed), (observation, source.name))
                if first != observation:
                    got = f"{_in_words(first)} in {file}, {_in_words(observation)} in {source.name}"
                    conflicts.setdefault(claim, {}).setdefault(seed, f"claim {claim}, seed {seed}: got {got}")
    return {where: observation for where, (observation, _) in united.items()}, conflicts


def refusal(conflicts: dict[int, str]) -> str:
    """The line that refuses a claim, from its seeds that are not the same everywhere."""
    seed = min(conflicts)
    more = f" (and {pluralized(len(conflicts) - 1, 'other seed')})" if len(conflicts) > 1 else ""
    return (
        f"{conflicts[seed]}{more}, wanted the same observation; what is timed, or measured on another machine, may "
        "differ: --first-counts takes the first file's, --side-by-side shows both"
    )


def _measurement(entry: Entry) -> str:
    begins = f" from seed {entry.first_seed} on" if entry.first_seed else ""
    return f"{entry.claim.criterion.declared()} with digest {entry.digest or 'unknown'}{begins}"


def _in_words(observation: Observation) -> str:
    pair = None if observation.value is None else f"{observation.value!r} against {observation.against!r}"
    figures = ", ".join(f"{name} {value!r}" for name, value in observation.shown.items())
    return f"{pair or observation.holds}" + (f" ({figures})" if figures else "")
