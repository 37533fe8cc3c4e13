"""What claims came to in other editions of the software, as files of the project; this side knows editions by name.

A file keeps the outcomes of each claim and not its verdict, so that its criterion judges them again for each report.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from lstm_lab.files import lock_of, locked, write_text
from lstm_lab.judging.claims import Seed
from lstm_lab.judging.criteria import Value
from lstm_lab.judging.evidence.experiment_ids import shared_ids
from lstm_lab.judging.evidence.records import EvidenceError, Observation
from lstm_lab.judging.evidence.serialization import structure, unstructure
from lstm_lab.serialization import is_number
from lstm_lab.text import describe_value

TODAY = "today"  # the edition that a report is about unless it says otherwise
FORMAT = 1  # of the file; another one is refused
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MARKS = {"1": True, "0": False}


@dataclass(frozen=True)
class RecordedClaim:
    """The outcomes of one claim in another edition.

    Attributes:
        digest: the fingerprint of the claim then.
        seeds: the seeds, rising.
        holds: "1" or "0" for each seed; "" for pairs.
        pairs: (treatment, baseline) for each seed; none where the claim holds or does not.
        subjects: ids of the experiments, as they are called in today's edition.
    """

    digest: str
    seeds: tuple[Seed, ...]
    holds: str = ""
    pairs: tuple[tuple[float, float], ...] = ()
    subjects: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        counts = {len(self.seeds), len(self.holds) + len(self.pairs)}
        if len(counts) > 1 or (self.holds and self.pairs) or not set(self.holds) <= MARKS.keys():
            raise EvidenceError(f"recorded claim: got {self.holds!r:.60}, wanted 0 or 1, or a pair, for each seed")
        figures = [figure for pair in self.pairs for figure in pair]
        if list(self.seeds) != sorted(set(self.seeds)) or not all(map(is_number, figures)):
            raise EvidenceError(
                "recorded claim: got seeds or numbers that no run has, wanted rising seeds, finite numbers"
            )

    @classmethod
    def of(cls, digest: str, observations: Iterable[Observation]) -> RecordedClaim:
        """The outcomes of these observations of one claim."""
        ordered = sorted(observations, key=lambda one: one.seed)
        outcomes = [one.outcome for one in ordered]
        return cls(
            digest,
            tuple(one.seed for one in ordered),
            "".join(str(int(one)) for one in outcomes if isinstance(one, bool)),
            tuple(one for one in outcomes if isinstance(one, tuple)),
            tuple(sorted(shared_ids(ordered))),
        )

    @property
    def outcomes(self) -> list[Value]:
        """What the criterion judges, for each seed."""
        return [*(MARKS[mark] for mark in self.holds), *self.pairs]


@dataclass(frozen=True)
class RecordedEdition:
    """What a run in another edition, or with more seeds, left for the reports of today.

    Attributes:
        software: whose defaults the edition has: "Keras 1.0.6".
        versions: of the packages that measured.
        claims: by claim id; a claim that trains nothing was not asked.
    """

    software: str
    versions: dict[str, str]
    claims: dict[str, RecordedClaim] = field(default_factory=dict)


def read_editions(folder: Path) -> dict[str, RecordedEdition]:
    """The recorded editions in a folder by their names, which are those of the files; rising.

    Raises:
        EvidenceError: a file that `write_edition` did not write.
    """
    editions = {path.stem: read_edition(path) for path in sorted(folder.glob("*.json"))}
    check_names(editions)
    return editions


def check_names(editions: Iterable[str]) -> None:
    """Raise EvidenceError for a name that is none of an edition; in a report it stands as it is."""
    for name in editions:
        if not NAME.fullmatch(name) or name == TODAY:
            raise EvidenceError(
                f"edition {describe_value(name)}: wanted a name like 2016, of letters, digits and hyphens"
            )


def read_edition(path: Path) -> RecordedEdition:
    """The recorded edition in a file. Raises EvidenceError as `read_editions`."""
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        if plain.pop("format") != FORMAT:
            raise ValueError("another format")
        return structure(plain, RecordedEdition, path.name)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        option = f"--edition {path.stem}" if NAME.fullmatch(path.stem) else "--seeds N"
        wanted = f"wanted what `pytest claims/ {option}` writes; delete it and run that"
        raise EvidenceError(f"{path}: got {type(error).__name__} {error}, {wanted}") from error


def update_edition(path: Path, recorded: RecordedEdition, collected: Collection[str] | None) -> None:
    """Record what claims came to, also where other runs do. More seeds of the same claim stay before fewer.

    Args:
        path: the file.
        recorded: what is new.
        collected: the ids of all claims that were asked, of which some may have failed; None for a part of the claims.
            What is recorded of any other claim goes.

    Raises:
        EvidenceError: another run has left a file that cannot be read.
    """
    with locked(lock_of(path), wait=True):
        older = read_edition(path).claims if path.exists() else {}
        claims = {id: _with_more_seeds(older.get(id), claim) for id, claim in recorded.claims.items()}
        kept = {id: claim for id, claim in older.items() if collected is None or id in collected}
        write_edition(path, replace(recorded, claims={**kept, **claims}))


def _with_more_seeds(older: RecordedClaim | None, new: RecordedClaim) -> RecordedClaim:
    """Of two records of a claim, the new one; the older one where it has more seeds of the same measurement."""
    return older if older and older.digest == new.digest and len(older.seeds) > len(new.seeds) else new


def write_edition(path: Path, recorded: RecordedEdition) -> None:
    """Write a file for `read_edition`, atomically, a claim a line."""
    claims = recorded.claims
    lines = [f"{json.dumps(id)}: {json.dumps(unstructure(claims[id]), sort_keys=True)}" for id in sorted(claims)]
    head = {"format": FORMAT, "software": recorded.software, "versions": dict(sorted(recorded.versions.items()))}
    write_text(path, "\n".join([f'{json.dumps(head)[:-1]}, "claims": {{', ",\n".join(lines), "}}\n"]))
