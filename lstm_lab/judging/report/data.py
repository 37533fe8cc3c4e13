"""The evidence as data, with full precision: a CSV file with a row for each claim and seed, and all claims as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from lstm_lab.judging.claims import Claim
from lstm_lab.judging.criteria import Judgement
from lstm_lab.judging.evidence import ControlResult, Observation, unstructure
from lstm_lab.judging.report.claim_section import replay
from lstm_lab.judging.report.formatting import repeat
from lstm_lab.judging.report.plots.style import MADE_HERE
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.report.seed_marks import MEANING, marks
from lstm_lab.judging.report.sentences import result_sentence
from lstm_lab.judging.verdicts import Finding
from lstm_lab.text import writable

CSV, JSON = "data.csv", "data.json"
COLUMNS = (
    "claim",
    "stance",
    "source",
    "seed",
    "outcome",
    "value",
    "against",
    "value_is",
    "against_is",
    "reported",
)
CSV_BEGINS = f"{','.join(COLUMNS[:5])},"  # by which a later report knows a file that an earlier one made
JSON_BEGINS = f'{{\n"made_by": "{MADE_HERE}",\n'


def to_csv(report: Report) -> str:
    """A row for each claim and each seed of it, also one that left no observation; of pairs `value` and `against`.

    `reported` holds the values that the test reported beside, as a JSON object.
    """
    file = io.StringIO()
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(COLUMNS)
    for finding in report.findings:
        rows.writerows(_rows(finding))
    return writable(file.getvalue())


def to_json(report: Report) -> str:
    """The versions and seeds of the run, and all there is to each claim; a line for each."""
    ledger = report.ledger
    run = {
        "versions": dict(sorted(ledger.versions.items())),
        "seeds": ledger.default_seeds,
        "first_seed": ledger.seeds.start,
        "exploring": ledger.exploring,
        "edition": ledger.edition,
        "partial": ledger.partial,
    }
    facts = "".join(f'"{name}": {_line(value)},\n' for name, value in run.items())
    claims = ",\n".join(_line(_claim(finding, ledger.default_seeds)) for finding in report.findings)
    return f'{JSON_BEGINS}{facts}"claims": [\n{claims}\n]\n}}\n'


def _line(plain: object) -> str:
    return json.dumps(plain, allow_nan=False)


def _rows(finding: Finding) -> Iterator[tuple[object, ...]]:
    claim = finding.entry.claim
    observations = {observation.seed: observation for observation in finding.observations}
    value_is, against_is = _sides(claim)
    for seed, mark in zip(sorted(finding.entry.seeds), marks(finding), strict=True):
        one = observations.get(seed)
        pair = ("", "") if one is None or one.value is None else (repr(one.value), repr(one.against))
        reported = json.dumps(one.shown, ensure_ascii=False) if one else ""
        pointer = (claim.id, claim.stance, str(claim.source), seed, MEANING[mark])
        yield (*pointer, *pair, value_is, against_is, reported)


def _sides(claim: Claim) -> tuple[str, str]:
    """What `value` and `against` are, in words; "" for a claim without pairs."""
    treatment, baseline = claim.arms if claim.criterion.judges_pairs else ("", "")
    return treatment, baseline


def _claim(finding: Finding, default_seeds: int) -> dict[str, Any]:
    """All there is to a claim, plain values."""
    entry, claim, witness = finding.entry, finding.entry.claim, replay(finding)
    value_is, against_is = _sides(claim)
    return {
        "id": claim.id,
        "statement": claim.statement,
        "source": str(claim.source),
        "also": [str(source) for source in claim.also],
        "stance": claim.stance,
        "voice": claim.source.voice,
        "published": claim.published,
        "criterion": claim.criterion.declared(),
        "criterion_in_words": claim.criterion.describe(),
        "value_is": value_is,
        "against_is": against_is,
        "measure": claim.measure,
        "status": finding.status.value,
        "found": result_sentence(finding),
        **_judged(finding.judgement),
        "q": finding.q,
        "q_dependent": finding.q_dependent,
        "recorded": entry.recorded.value if entry.recorded else None,
        "explored": entry.explored.value if entry.explored else None,
        "editions": {name: _judged(there.judgement) for name, there in finding.elsewhere.items()},
        "with_more_seeds": _judged(finding.with_more_seeds),
        "can_fail": finding.can_fail.value,
        "can_fail_with": _control(finding.control),
        "can_hold": finding.can_hold.value,
        "can_hold_with": _control(finding.planted_control),
        "contradicts": list(claim.contradicts),
        "challenges": claim.challenges,
        "revised": claim.revised,
        "note": entry.docstring,
        "test": f"{entry.node.partition('::')[0]}:{entry.line}",
        "repeat": repeat(claim.id, default_seeds, exploring=entry.exploring),
        "replay": witness.command if witness else None,
        "failures": unstructure(finding.failures),
        "missing": list(finding.missing),
        "observations": [_observation(one) for one in finding.observations],
    }


def _judged(judgement: Judgement | None) -> dict[str, Any]:
    """The verdict with its numbers; the names stand in any case."""
    names = ("n", "passes", "ties", "rate", "interval", "effect", "effect_interval", "p_value")
    values = {name: unstructure(getattr(judgement, name)) if judgement else None for name in names}
    return {"verdict": judgement.verdict.value if judgement else None, **values}


def _control(result: ControlResult | None) -> dict[str, Any] | None:
    """What the claim came to under a control."""
    if result is None:
        return None
    told = {"with": result.control.text, "verdict": result.verdict.value}
    return {**told, "passes": result.passes, "n": result.n}


def _observation(one: Observation) -> dict[str, Any]:
    outcome = {"holds": one.holds} if one.holds is not None else {"value": one.value, "against": one.against}
    return {"seed": one.seed, **outcome, **({"reported": one.shown} if one.shown else {})}
