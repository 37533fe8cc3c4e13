"""Results of claims under their controls, the file of them, and whether a claim has shown that it can fail, or hold."""

from __future__ import annotations

import enum
import json
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lstm_lab.files import lock_of, locked, write_text
from lstm_lab.judging.claims import UNTRAINED, Control, Seed, SeedCount
from lstm_lab.judging.criteria import Verdict
from lstm_lab.judging.evidence.experiment_ids import compatible_ids
from lstm_lab.judging.evidence.serialization import structure, unstructure

if TYPE_CHECKING:
    from lstm_lab.judging.claims import Claim

FORMAT = 2  # of the file; another one is refused
SIDES = ("broken", "planted")  # of the file, the attributes of `ControlResults`
FILE = "control.json"  # in the folder of the evidence, unless the option `controls` in pyproject.toml names another
EXPLORATION_FILE = "control-explore.json"  # the same of the exploration seeds


class ControlError(ValueError):
    """A file of controls that cannot be read; the message is one line saying what, got, wanted."""


@dataclass(frozen=True)
class ControlResult:
    """The result of a claim under one of its controls.

    Attributes:
        control: the control, as declared then.
        verdict: the verdict by the claim's own criterion.
        passes: seeds with which the claim still held, or wins; None where its criterion counts none.
        n: seeds judged.
        seeds: the seeds.
        digest: the fingerprint of the claim then.
        subjects: ids of the experiments that it asked for, whether they were left untrained or not.
    """

    control: Control
    verdict: Verdict
    passes: int | None
    n: SeedCount
    seeds: tuple[Seed, ...]
    digest: str
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True)
class ControlResults:
    """The results of claims, by their ids.

    Attributes:
        broken: under their negative controls.
        planted: under their positive controls.
    """

    broken: dict[str, ControlResult] = field(default_factory=dict)
    planted: dict[str, ControlResult] = field(default_factory=dict)


class Shown(enum.Enum):
    """Whether a claim has shown that it can fail, or that it can hold."""

    YES = "yes"
    NO = "no"
    EXEMPT = "exempt"
    NOT_SHOWN = "not shown"  # no result, or one from before the claim or its experiments were changed
    NOT_ASKED = "not asked"  # that it can fail of a refuted claim, that it can hold of any other


def can_fail(
    claim: Claim, now: Verdict | None, claim_digest: str, result: ControlResult | None, subjects: Set[str] = frozenset()
) -> Shown:
    """Whether a claim has shown that it can fail.

    Args:
        claim: the claim.
        now: its verdict in this run, None without one.
        claim_digest: its fingerprint now, "" where that is not on record.
        result: its result under its negative control, None where that was never run.
        subjects: ids of the experiments that it was measured on in this run.
    """
    if _is_refuted(claim, now):
        return Shown.NOT_ASKED
    if claim.control.kind == "exempt":
        return Shown.EXEMPT
    # A broken variant may use other experiments; an untrained one uses the same.
    edited = claim.control == UNTRAINED and result and not compatible_ids(frozenset(result.subjects), subjects)
    if result is None or not claim_digest or result.digest != claim_digest or edited:
        return Shown.NOT_SHOWN
    return Shown.NO if result.verdict is Verdict.SUPPORTED else Shown.YES


def can_hold(claim: Claim, now: Verdict | None, claim_digest: str, result: ControlResult | None) -> Shown:
    """Whether a claim has shown that it can hold; the arguments are those of `can_fail`, for its positive control."""
    if claim.positive_control is None and not _is_refuted(claim, now):
        return Shown.NOT_ASKED
    if claim.positive_control is None and claim.control.kind == "exempt":
        return Shown.EXEMPT
    if result is None or not claim_digest or result.digest != claim_digest:
        return Shown.NOT_SHOWN
    return Shown.YES if result.verdict is Verdict.SUPPORTED else Shown.NO


def _is_refuted(claim: Claim, now: Verdict | None) -> bool:
    """Whether a claim is refuted in this run or, where this run does not support it, on record."""
    return now is Verdict.REFUTED or (now is not Verdict.SUPPORTED and claim.on_record is Verdict.REFUTED)


def read_results(path: Path) -> ControlResults:
    """The results in a file; none where there is no such file.

    Raises:
        ControlError: a file that is not in the format of `write_results`.
    """
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        if plain["format"] != FORMAT:
            raise ValueError(f"format {plain['format']!r}")
        return structure({side: plain[side] for side in SIDES}, ControlResults, "controls")
    except FileNotFoundError:
        return ControlResults()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        wanted = "wanted what `pytest claims/ --control` writes; delete it and run that"
        raise ControlError(f"{path}: got {type(error).__name__} {error}, {wanted}") from error


def update_results(
    path: Path,
    broken: Mapping[str, ControlResult | None],
    planted: Mapping[str, ControlResult | None],
    *,
    whole: bool,
) -> None:
    """Write new results, with None for a claim that has none any more; other runs may write to the file as well.

    Args:
        path: the file.
        broken: by claim id, what is new under negative controls.
        planted: the same under positive controls.
        whole: whether these are all claims; then the file keeps no others.

    Raises:
        ControlError: another run has left a file that cannot be read.
    """
    with locked(lock_of(path), wait=True):
        known = ControlResults() if whole else read_results(path)
        write_results(path, ControlResults(_updated(known.broken, broken), _updated(known.planted, planted)))


def _updated(known: dict[str, ControlResult], new: Mapping[str, ControlResult | None]) -> dict[str, ControlResult]:
    return {id: result for id, result in {**known, **new}.items() if result is not None}


def write_results(path: Path, results: ControlResults) -> None:
    """Write the file that `read_results` reads, atomically; one result a line, so that versions can be compared."""
    text = f'{{"format": {FORMAT}'
    for side in SIDES:
        plain = unstructure(getattr(results, side))
        lines = ",\n".join(f"{json.dumps(id)}: {json.dumps(plain[id], sort_keys=True)}" for id in sorted(plain))
        text += f', "{side}": {{\n{lines}\n}}'
    write_text(path, f"{text}}}\n")
