"""Findings: each claim judged on its evidence, and its verdict compared with the recorded one."""

from __future__ import annotations

import enum
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from lstm_lab.judging.claims import Control
from lstm_lab.judging.criteria import Judgement, SecondLook, Verdict, second_look, seeds_to_settle
from lstm_lab.judging.evidence import (
    ControlResult,
    Entry,
    Failure,
    InKeras,
    Ledger,
    Observation,
    Shown,
    can_fail,
    can_hold,
    shared_ids,
)
from lstm_lab.judging.verdicts.editions import Elsewhere, judgement_of_more_seeds, verdicts_elsewhere
from lstm_lab.text import one_line

MOST_TOLD = 300  # characters of an error
FALSE_DISCOVERIES = 0.05  # the share of wrong verdicts accepted among all decided ones of the statistical family


class Status(enum.Enum):
    """The result of a claim compared with its recorded verdict, or of a run under `--control`."""

    AS_RECORDED = "as recorded"
    CONTRADICTS_RECORD = "contradicts the record"
    DRIFT = "drift"  # to or from INCONCLUSIVE
    NEW = "new"  # no verdict on record
    NOT_JUDGED = "not judged"  # part of the claims or seeds only: not compared with the record
    INCOMPLETE = "incomplete"  # a seed is missing, or its worker crashed
    ERROR = "error"  # the test of a seed failed
    CAN_FAIL = "can fail"  # under its control the claim lost its support
    CANNOT_FAIL = "cannot fail"  # it did not
    CAN_HOLD = "can hold"  # with its property planted the claim was supported
    CANNOT_HOLD = "cannot hold"  # it was not
    UNSHOWN = "cannot be shown to hold"  # refuted on record, and it names no variant with its property planted


@dataclass(frozen=True)
class Finding:
    """One claim, judged.

    Attributes:
        entry: the claim in the catalogue.
        observations: by seed.
        failures: in the order of their seeds.
        missing: selected seeds with neither an observation nor a failure.
        judgement: None where a seed failed or is missing, or where fewer seeds than the claim takes were selected.
        status: the verdict compared with the recorded one.
        q: the share of false discoveries among all statistical verdicts as sure as this one (Benjamini-Hochberg);
            None outside that family and in a partial run, which has no such family.
        q_dependent: the same under any dependence between the claims (Benjamini-Yekutieli).
        can_fail: whether the claim has shown that it can fail.
        control: its result under its negative control; None where that is not of the claim as it is now.
        can_hold: whether the claim has shown that it can hold.
        planted_control: its result under its positive control; None where that is not of the claim as it is now.
        planted: whether these are the observations under its positive control, in a run under `--control`.
        in_keras: what Keras itself does where the claim is about it; None where it is about something else.
        elsewhere: the claim in each recorded edition that asked it, by the name of the edition.
        with_more_seeds: what more seeds say of it, which begin with these; None where it was not measured with more.
    """

    entry: Entry
    observations: tuple[Observation, ...]
    failures: tuple[Failure, ...]
    missing: tuple[int, ...]
    judgement: Judgement | None
    status: Status
    q: float | None = None
    q_dependent: float | None = None
    can_fail: Shown = Shown.NOT_SHOWN
    control: ControlResult | None = None
    can_hold: Shown = Shown.NOT_ASKED
    planted_control: ControlResult | None = None
    planted: bool = False
    in_keras: InKeras | None = None
    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict)
    with_more_seeds: Judgement | None = None

    @property
    def verdict(self) -> Verdict | None:
        """The verdict, None where it is not judged."""
        return self.judgement.verdict if self.judgement else None

    @property
    def overruled(self) -> Verdict | None:
        """The verdict of the exploration seeds where these seeds gave another one: a failed replication; else None."""
        return None if self.verdict in {None, self.entry.explored} else self.entry.explored

    @property
    def complete(self) -> bool:
        """Whether every selected seed gave an observation, and nothing failed."""
        return bool(self.observations) and not self.failures and not self.missing

    @property
    def p(self) -> float | None:
        """The p-value of the verdict; None outside the statistical family."""
        return self.judgement.p_value if self.judgement else None

    @property
    def survives(self) -> bool | None:
        """Whether the verdict survives among all others, under any dependence; None where there is no family."""
        return None if self.q_dependent is None else self.q_dependent <= FALSE_DISCOVERIES

    @property
    def may_be_chance(self) -> bool:
        """Whether the verdict is decided by itself, but does not survive among all the others."""
        return self.survives is False and self.verdict in {Verdict.SUPPORTED, Verdict.REFUTED}

    @property
    def is_near_its_bar(self) -> bool:
        """Whether these seeds leave it open, or decide it so narrowly that it may be chance."""
        return self.verdict is Verdict.INCONCLUSIVE or self.may_be_chance

    @property
    def settled_with_more_seeds(self) -> bool:
        """Whether more seeds decide what these leave near its bar."""
        more = self.with_more_seeds
        return self.is_near_its_bar and more is not None and more.verdict is not Verdict.INCONCLUSIVE

    @property
    def subjects(self) -> frozenset[str]:
        """The ids of the experiments that every observation was measured on."""
        return shared_ids(self.observations)

    @functools.cached_property  # used in several places of the report
    def seeds_to_settle(self) -> int | None:
        """How many seeds in all would probably decide it; None where it is decided, not judged, or none would."""
        if self.verdict is not Verdict.INCONCLUSIVE:
            return None
        return seeds_to_settle(self.entry.claim.criterion, [observation.outcome for observation in self.observations])

    @property
    def second_look(self) -> SecondLook | None:
        """What it does to the error to look again with `seeds_to_settle`; None without these, and without a bar."""
        wanted = self.seeds_to_settle
        return second_look(self.entry.claim.criterion, len(self.observations), wanted) if wanted else None


def judge(ledger: Ledger) -> tuple[Finding, ...]:
    """One finding for each claim, in the order of the catalogue."""
    failures = ledger.failures_by_claim()
    findings = tuple(_finding(ledger, entry, failures.get(entry.claim.id, [])) for entry in ledger.catalogue.values())
    return findings if ledger.partial else _with_false_discovery_rates(findings)


def judge_under_control(ledger: Ledger, planted: Ledger) -> tuple[Finding, ...]:
    """As `judge`, of a run under `--control`, whatever the verdicts on record.

    Args:
        ledger: of the negative controls, under which no claim may be supported.
        planted: of the positive controls, under which every claim must be.
    """
    return (*map(_broken, judge(ledger)), *map(_planted, judge(planted)))


def fails_run(finding: Finding, strict: bool) -> bool:
    """Whether this finding makes the suite fail; `strict` counts drift as well."""
    if finding.status is Status.DRIFT:
        return strict
    return finding.status in {
        Status.CONTRADICTS_RECORD,
        Status.INCOMPLETE,
        Status.ERROR,
        Status.CANNOT_FAIL,
        Status.CANNOT_HOLD,
        Status.UNSHOWN,
    }


def failure_of(claim: str, what: str, error: Exception) -> Failure:
    """The failure of a claim of which this error is the only thing to be told."""
    return Failure(claim, None, "error", one_line(f"{what}: {type(error).__name__}: {error}")[:MOST_TOLD])


def _broken(finding: Finding) -> Finding:
    """The finding on a claim under its negative control."""
    result = _control_result(finding, finding.entry.claim.control)
    if result is None:
        return finding
    lost = result.verdict is not Verdict.SUPPORTED
    status, shown = (Status.CAN_FAIL, Shown.YES) if lost else (Status.CANNOT_FAIL, Shown.NO)
    return replace(finding, status=status, can_fail=shown, control=result)


def _planted(finding: Finding) -> Finding:
    """The finding on a claim under its positive control, or on one that should have such a control."""
    control = finding.entry.claim.positive_control
    if control is None:
        return replace(finding, planted=True, status=Status.UNSHOWN)
    result = _control_result(finding, control)
    if result is None:
        return replace(finding, planted=True)
    holds = result.verdict is Verdict.SUPPORTED
    status, shown = (Status.CAN_HOLD, Shown.YES) if holds else (Status.CANNOT_HOLD, Shown.NO)
    return replace(finding, planted=True, status=status, can_hold=shown, planted_control=result)


def _control_result(finding: Finding, control: Control) -> ControlResult | None:
    """What a claim came to under this control, None where it could not be judged."""
    entry, judgement = finding.entry, finding.judgement
    if judgement is None:
        return None
    seeds = tuple(observation.seed for observation in finding.observations)
    subjects = tuple(sorted(finding.subjects))
    return ControlResult(control, judgement.verdict, judgement.passes, judgement.n, seeds, entry.digest, subjects)


def _finding(ledger: Ledger, entry: Entry, failed: Sequence[Failure]) -> Finding:
    claim = entry.claim
    observations = tuple(
        ledger.observations[claim.id, seed] for seed in sorted(entry.seeds) if (claim.id, seed) in ledger.observations
    )
    failures = tuple(sorted(failed, key=lambda failure: -1 if failure.seed is None else failure.seed))
    missing = ledger.missing(claim.id, failures)
    judgement = None
    if not failures and not missing and len(observations) >= entry.declared_seeds:
        seeds = [observation.seed for observation in observations]
        outcomes = [observation.outcome for observation in observations]
        declared = claim.seeds or claim.criterion.default_seeds or entry.declared_seeds
        try:
            judgement = claim.criterion.judge(seeds, outcomes, declared)
            if judgement.p_value is not None and not 0 <= judgement.p_value <= 1:
                raise ValueError(f"got the p-value {judgement.p_value}, wanted one from 0 to 1")
        except Exception as error:  # a criterion may be anyone's: the other claims are judged all the same
            judgement = None
            failures = (failure_of(claim.id, "cannot be judged", error),)
    compared = entry.exploring or not ledger.partial  # exploring, one finds what to record, claim by claim
    status = _status(entry.recorded, judgement, failures, missing, compared)
    control, planted_control = ledger.controls.get(claim.id), ledger.planted.get(claim.id)
    verdict = judgement.verdict if judgement else None
    subjects = shared_ids(observations)
    fails = can_fail(claim, verdict, entry.digest, control, subjects)
    holds = can_hold(claim, verdict, entry.digest, planted_control)
    return Finding(
        entry,
        observations,
        failures,
        missing,
        judgement,
        status,
        can_fail=fails,
        control=control if fails in {Shown.YES, Shown.NO} else None,
        can_hold=holds,
        planted_control=planted_control if holds in {Shown.YES, Shown.NO} else None,
        in_keras=ledger.your_keras.claims.get(claim.id),
        elsewhere=verdicts_elsewhere(ledger, entry, subjects),
        with_more_seeds=judgement_of_more_seeds(ledger, entry, subjects),
    )


def _status(
    recorded: Verdict | None,
    judgement: Judgement | None,
    failures: Sequence[Failure],
    missing: Sequence[int],
    compared: bool,
) -> Status:
    if any(failure.kind == "error" for failure in failures):
        return Status.ERROR
    if failures or missing:
        return Status.INCOMPLETE
    if not compared or judgement is None:
        return Status.NOT_JUDGED
    if recorded is None:
        return Status.NEW
    if judgement.verdict is recorded:
        return Status.AS_RECORDED
    return Status.DRIFT if Verdict.INCONCLUSIVE in {judgement.verdict, recorded} else Status.CONTRADICTS_RECORD


def _with_false_discovery_rates(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings, those of the statistical family with `q` and `q_dependent`."""
    from scipy.stats import false_discovery_control

    family = [finding.p for finding in findings if finding.p is not None]
    if not family:
        return tuple(findings)
    bh, by = (iter(false_discovery_control(family, method=method).tolist()) for method in ("bh", "by"))
    return tuple(
        finding if finding.p is None else replace(finding, q=next(bh), q_dependent=next(by)) for finding in findings
    )
