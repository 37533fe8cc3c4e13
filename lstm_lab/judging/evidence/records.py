"""The records of a run: observations, failures, catalogue entries, and the run itself."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from lstm_lab.judging.claims import LONGEST_NAME, Claim, Seed, SeedCount, node_part, text_error
from lstm_lab.judging.criteria import Value, Verdict
from lstm_lab.serialization import LONGEST, Range, is_number
from lstm_lab.text import describe_value

ReportedValue = bool | int | float | str

MOST = 1e15  # of a count, or in seconds: no run comes near, and sums over runs stay finite
Count = Annotated[int, Range(0, MOST)]


class EvidenceError(ValueError):
    """Evidence that cannot be used as it stands; the message is one line saying what, got, wanted."""


@dataclass(frozen=True)
class Observation:
    """The observation of one claim with one seed.

    Attributes:
        claim: id of the claim.
        seed: the seed.
        holds: whether the claim holds; None for a pair.
        value: the figure of the treatment, None without a pair.
        against: the figure of the baseline, None without a pair.
        shown: values for the reader, by name; no criterion uses them.
        subjects: ids of the experiments that it was measured on, opaque here; not compared.
    """

    claim: str
    seed: int
    holds: bool | None = None
    value: float | None = None
    against: float | None = None
    shown: dict[str, ReportedValue] = field(default_factory=dict)
    subjects: tuple[str, ...] = field(default=(), compare=False)

    @property
    def outcome(self) -> Value:
        """What the criterion judges: whether the claim holds, or the pair (treatment, baseline)."""
        if self.holds is not None:
            return self.holds
        assert self.value is not None
        assert self.against is not None
        return self.value, self.against


@dataclass(frozen=True)
class Failure:
    """Why a seed of a claim gave no observation, or one that does not count.

    Attributes:
        claim: id of the claim.
        seed: the seed; None where the whole claim failed.
        kind: "error" of the test, "crash" of its worker process, or "missing" for a test that did not run.
        message: the first line is a summary.
    """

    claim: str
    seed: int | None
    kind: Literal["error", "missing", "crash"]
    message: str


@dataclass(frozen=True)
class Entry:
    """A claim in the catalogue of a run.

    Attributes:
        claim: the claim.
        node: its test, `claims/test_x.py::test_y`.
        line: where the test begins.
        docstring: of the test, "" where it has none.
        seeds: the seeds selected for this run.
        declared_seeds: how many seeds the claim takes in a full run.
        digest: the fingerprint of the claim; a result under its negative control counts only for the same one.
        case: the suffix of the claim among those that its test measures, "" where that is the only or the first one.
        first_seed: the first seed that the claim takes.
        exploring: whether its seeds are the exploration seeds, on which no verdict rests.
        explored: the verdict on record of the exploration seeds, where its seeds are others; else None.
    """

    claim: Claim
    node: str
    line: int
    docstring: str
    seeds: tuple[Seed, ...]
    declared_seeds: SeedCount
    digest: str = ""
    case: str = ""
    first_seed: Seed = 0
    exploring: bool = False
    explored: Verdict | None = None

    @property
    def whole(self) -> range:
        """The seeds that the claim takes in a full run."""
        return range(self.first_seed, self.first_seed + self.declared_seeds)

    @property
    def recorded(self) -> Verdict | None:
        """The verdict on record of these seeds."""
        return self.claim.expect if self.exploring else self.claim.on_record

    @functools.cached_property
    def selected(self) -> frozenset[int]:
        """The seeds selected, to be looked up."""
        return frozenset(self.seeds)

    def test(self, part: str) -> str:
        """The node id of one of its tests, `part` being the name of a seed, or of its verdict."""
        return f"{self.node}[{node_part(self.case, part)}]"


@dataclass(frozen=True)
class Run:
    """Time, command line, commit and facts of a run: all that may differ between two runs with the same evidence.

    Attributes:
        started: ISO time, UTC.
        seconds: wall time.
        command: the command line.
        commit: `abc1234`, `abc1234 (modified)`, or "" outside a repository.
        workers: processes that measured.
        models_trained: ensembles trained in this run.
        models_loaded: ensembles loaded from the store.
        facts: further numbers and lists that its processes recorded, by name.
    """

    started: str
    seconds: Annotated[float, Range(0, MOST)]
    command: str
    commit: str
    workers: Count = 1
    models_trained: Count = 0
    models_loaded: Count = 0
    facts: dict[str, int | float | list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, fact in self.facts.items():
            if isinstance(fact, int | float) and not abs(fact) <= MOST:
                raise EvidenceError(
                    f"fact {describe_value(name)}: got {describe_value(fact)}, wanted a number up to {MOST:g}"
                )


def observed(claim: Claim, seed: int, first: object, against: object, shown: Mapping[str, object]) -> Observation:
    """The observation of one seed in builtin types, in the form that the claim's criterion judges.

    Args:
        claim: the claim.
        seed: the seed.
        first: whether the claim holds; for a pair, the figure of the treatment.
        against: the figure of the baseline; None without a pair.
        shown: values for the reader of the report, by name.

    Raises:
        EvidenceError: an observation of another form.
    """
    where = f"claim {claim.id}, seed {seed}"
    declared = claim.criterion.declared()
    first, against = _builtin(first), _builtin(against)
    reported = {name: _reported(f"{where}: {name}", _builtin(value)) for name, value in shown.items()}
    unfit = next(filter(None, (text_error("a name", name, longest=LONGEST_NAME) for name in shown)), "")
    if unfit:
        raise EvidenceError(f"{where}: {unfit}")
    if not claim.criterion.judges_pairs:
        if against is not None:
            raise EvidenceError(
                f"{where}: got against={describe_value(against)}, wanted none: {declared} judges True or False"
            )
        if not isinstance(first, bool):
            raise EvidenceError(f"{where}: got {describe_value(first)}, wanted True or False for {declared}")
        return Observation(claim.id, seed, holds=first, shown=reported)
    if against is None:
        raise EvidenceError(f"{where}: got {describe_value(first)} alone, wanted observe(x, against=y) for {declared}")
    value, baseline = (_figure(f"{where}: {name}", figure) for name, figure in (("x", first), ("against", against)))
    if not is_number(value - baseline):
        raise EvidenceError(f"{where}: got {value:g} against {baseline:g}, wanted numbers whose difference is finite")
    return Observation(claim.id, seed, value=value, against=baseline, shown=reported)


def _builtin(value: Any) -> object:
    """A NumPy scalar or 0-d array as the builtin it holds; anything else, durations and masked values too, as it is."""
    if getattr(value, "shape", None) != () or not hasattr(value, "item") or getattr(value, "mask", False):
        return value
    return value if getattr(getattr(value, "dtype", None), "kind", "") in ("m", "M") else value.item()


def _figure(what: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise EvidenceError(f"{what}: got {describe_value(value)}, wanted one number")
    if not is_number(value):
        raise EvidenceError(f"{what}: got {describe_value(value)}, wanted a finite number")
    return float(value)


def _reported(what: str, value: object) -> ReportedValue:
    """`value` in the builtin type itself: a subclass may not be serializable between processes."""
    if isinstance(value, int | float) and not isinstance(value, bool) and not is_number(value):
        raise EvidenceError(f"{what}: got {describe_value(value)}, wanted a finite number")
    if isinstance(value, str) and len(value) > LONGEST:
        raise EvidenceError(f"{what}: got {describe_value(value)}, wanted a text of at most {LONGEST} characters")
    unfit = text_error("a text", value, longest=LONGEST, empty=True) if isinstance(value, str) else ""
    if unfit:
        raise EvidenceError(f"{what}: {unfit}")
    for builtin in (bool, int, float, str):
        if isinstance(value, builtin):
            return builtin(value)
    raise EvidenceError(f"{what}: got {describe_value(value)}, wanted a bool, a number or a text")
