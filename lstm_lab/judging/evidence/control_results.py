"""Results of claims under their negative controls, the file of them, and whether a claim has shown that it can fail."""

from __future__ import annotations

import enum
import json
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lstm_lab.files import lock_of, locked, write_text
from lstm_lab.judging.claims import UNTRAINED, NegativeControl, Seed, SeedCount
from lstm_lab.judging.criteria import Verdict
from lstm_lab.judging.evidence.experiment_ids import compatible_ids
from lstm_lab.judging.evidence.serialization import structure, unstructure

if TYPE_CHECKING:
    from lstm_lab.judging.claims import Claim

FORMAT = 1  # of the file; another one is refused
FILE = "control.json"  # in the folder of the evidence, unless the option `controls` in pyproject.toml names another
EXPLORATION_FILE = "control-explore.json"  # the same of the exploration seeds


class ControlError(ValueError):
    """A file of controls that cannot be read; the message is one line saying what, got, wanted."""


@dataclass(frozen=True)
class ControlResult:
    """The result of a claim under its negative control.

    Attributes:
        control: the control, as declared then.
        verdict: the verdict by the claim's own criterion.
        passes: seeds with which the claim still held, or wins; None for `equivalent`.
        n: seeds judged.
        seeds: the seeds.
        digest: the fingerprint of the claim then.
        subjects: ids of the experiments that it asked for, whether they were left untrained or not.
    """

    control: NegativeControl
    verdict: Verdict
    passes: int | None
    n: SeedCount
    seeds: tuple[Seed, ...]
    digest: str
    subjects: tuple[str, ...] = ()


class CanFail(enum.Enum):
    """Whether a claim has shown that it can fail."""

    YES = "yes"
    NO = "no"
    AS_IT_STANDS = "fails as it stands"
    EXEMPT = "exempt"
    NOT_SHOWN = "not shown"  # no result, or one from before the claim or its experiments were changed


def can_fail(
    claim: Claim, now: Verdict | None, claim_digest: str, result: ControlResult | None, subjects: Set[str] = frozenset()
) -> CanFail:
    """Whether a claim has shown that it can fail.

    Args:
        claim: the claim.
        now: its verdict in this run, None without one.
        claim_digest: its fingerprint now, "" where that is not on record.
        result: its result under its control, None where that was never run.
        subjects: ids of the experiments that it was measured on in this run.
    """
    if claim.control.kind == "exempt":
        return CanFail.EXEMPT
    if now is Verdict.REFUTED or (now is not Verdict.SUPPORTED and claim.expect is Verdict.REFUTED):
        return CanFail.AS_IT_STANDS
    if result is None or not claim_digest or result.digest != claim_digest:
        return CanFail.NOT_SHOWN
    # A broken variant may use other experiments; an untrained one uses the same.
    if claim.control == UNTRAINED and not compatible_ids(frozenset(result.subjects), subjects):
        return CanFail.NOT_SHOWN
    return CanFail.NO if result.verdict is Verdict.SUPPORTED else CanFail.YES


def read_results(path: Path) -> dict[str, ControlResult]:
    """The result of each claim under its control, by claim id; empty where there is no such file.

    Raises:
        ControlError: a file that is not in the format of `write_results`.
    """
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        if plain["format"] != FORMAT:
            raise ValueError(f"format {plain['format']!r}")
        return structure(plain["claims"], dict[str, ControlResult], "claims")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        wanted = "wanted what `pytest claims/ --control` writes; delete it and run that"
        raise ControlError(f"{path}: got {type(error).__name__} {error}, {wanted}") from error


def update_results(path: Path, changed: Mapping[str, ControlResult | None], *, whole: bool) -> None:
    """Write new results, with None for a claim that has none any more; other runs may write to the file as well.

    Args:
        path: the file.
        changed: by claim id, what is new.
        whole: whether these are all claims; then the file keeps no others.

    Raises:
        ControlError: another run has left a file that cannot be read.
    """
    with locked(lock_of(path), wait=True):
        known = {} if whole else read_results(path)
        new = {**known, **changed}
        write_results(path, {id: result for id, result in new.items() if result is not None})


def write_results(path: Path, claims: Mapping[str, ControlResult]) -> None:
    """Write the file that `read_results` reads, atomically; one claim a line, so that versions can be compared."""
    lines = [f"{json.dumps(id)}: {json.dumps(unstructure(claims[id]), sort_keys=True)}" for id in sorted(claims)]
    write_text(path, "\n".join([f'{{"format": {FORMAT}, "claims": {{', ",\n".join(lines), "}}\n"]))
