"""Final criteria: what each claim said, measured and asked for before the seeds were run that its verdict rests on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lstm_lab.files import write_text
from lstm_lab.judging.claims import DEFAULT_SEEDS, Seed, SeedCount
from lstm_lab.judging.evidence.records import Entry, EvidenceError
from lstm_lab.judging.evidence.serialization import structure, unstructure

FORMAT = 1  # of the file; another one is refused
COMMAND = "pytest claims/ --final-criteria"


@dataclass(frozen=True)
class Final:
    """A claim as it was when it became final.

    Attributes:
        digest: its fingerprint.
        first_seed: the first seed that its verdict rests on.
        seeds: how many it takes by default.
        commit: the hash of the commit that has it so.
        date: ISO date of that commit.
        revised: what had changed after an earlier verdict, "" for a claim that was final for the first time.
    """

    digest: str
    first_seed: Seed
    seeds: SeedCount
    commit: str
    date: str
    revised: str = ""

    def change_of(self, entry: Entry) -> str:
        """How a claim is no longer as it was final, "" where it is."""
        if entry.digest != self.digest:
            return "changed since it was final"
        if entry.first_seed != self.first_seed:
            return f"judged from seed {entry.first_seed}, final with seed {self.first_seed}"
        return ""


def finalized(
    entries: Iterable[Entry], older: Mapping[str, Final], commit: str, date: str
) -> tuple[dict[str, Final], tuple[str, ...]]:
    """The claims as they become final in a commit, and one line for each that cannot.

    What was final and has not changed stays as it was. A claim that changed has to say so, and to be judged by seeds
    that it has not been judged by: whoever changes it may have seen what those said.

    Args:
        entries: all claims.
        older: the claims that were final before.
        commit: the hash of the commit.
        date: ISO date of it.
    """
    finals, refused = {}, []
    for entry in entries:
        claim, before = entry.claim, older.get(entry.claim.id)
        change = before.change_of(entry) if before else ""
        if before and not change:
            finals[claim.id] = before
            continue
        if before:
            fresh = before.first_seed + before.seeds
            if claim.revised in ("", before.revised):
                refused.append(f"claim {claim.id}: {change}, wanted revised='when and what; was SUPPORTED'")
            elif entry.first_seed < fresh:
                refused.append(f"claim {claim.id}: {change}, wanted judged_from={fresh} or more: seeds not yet seen")
        seeds = claim.seeds_wanted(DEFAULT_SEEDS)
        revised = claim.revised if before else ""
        finals[claim.id] = Final(entry.digest, entry.first_seed, seeds, commit, date, revised)
    return finals, tuple(refused)


def not_final(entries: Iterable[Entry], finals: Mapping[str, Final] | None) -> Iterator[tuple[str, str]]:
    """The id of each claim that is not as it was final, and why; none where no file of that is kept."""
    if finals is None:
        return
    for entry in entries:
        known = finals.get(entry.claim.id)
        reason = known.change_of(entry) if known else "new since criteria were final"
        if reason:
            yield entry.claim.id, reason


def read_finals(path: Path) -> dict[str, Final]:
    """The claims that are final, by their ids; none without the file. Raises EvidenceError for another file."""
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        if plain["format"] != FORMAT:
            raise ValueError(f"format {plain['format']!r}")
        return structure(plain["claims"], dict[str, Final], "claims")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        wanted = f"wanted what `{COMMAND}` writes; take the one that is committed"
        raise EvidenceError(f"{path}: got {type(error).__name__} {error}, {wanted}") from error


def write_finals(path: Path, finals: Mapping[str, Final]) -> None:
    """Write a file for `read_finals`, atomically, a claim a line."""
    lines = [f"{json.dumps(id)}: {json.dumps(unstructure(finals[id]), sort_keys=True)}" for id in sorted(finals)]
    write_text(path, "\n".join([f'{{"format": {FORMAT}, "claims": {{', ",\n".join(lines), "}}\n"]))
