"""A Markdown page with the verdicts of several runs, such as of other versions or machines, by claim. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from string import ascii_uppercase

from lstm_lab.judging.criteria import Verdict
from lstm_lab.judging.evidence import compatible_ids
from lstm_lab.judging.report import EMPTY_CELL, NBSP, escaped, inline_code, row, verdict_label
from lstm_lab.judging.runs.compatibility import Source
from lstm_lab.judging.verdicts import Finding, Status, judge
from lstm_lab.text import number, pluralized

INTRODUCTION = """\
The same claims as judged from the evidence of several runs, each by itself: nothing is united, and no run counts for \
more than another. They agree on a claim when its verdict is the same in every run that judged it."""

AGREE, MOVED, DISAGREE, ALONE, OTHER = "yes", "moved", "**no**", EMPTY_CELL, "other measurement"
MEANING = {
    DISAGREE: "disagree: supported in one, refuted in another",
    MOVED: "moved: decided in one, inconclusive in another",
    OTHER: "not comparable: the claim, its test or its experiments are not the same",
    AGREE: "agree",
    ALONE: "judged in fewer than two runs",
}


def compare_side_by_side(sources: Sequence[Source]) -> str:
    """The runs in one Markdown page: what each is, and a table of all claims, those that do not agree first."""
    return "\n".join(_lines(sources)).rstrip() + "\n"


def _lines(sources: Sequence[Source]) -> Iterator[str]:
    findings = [{finding.entry.claim.id: finding for finding in judge(source.ledger)} for source in sources]
    claims = list(dict.fromkeys(id for by_claim in findings for id in by_claim))
    rows = {id: [by_claim.get(id) for by_claim in findings] for id in claims}
    agreement = {id: agree(cells) for id, cells in rows.items()}
    counts = Counter(agreement.values())
    yield "# The same claims, run by run"
    yield ""
    yield INTRODUCTION
    yield ""
    yield f"- {pluralized(len(claims), 'claim')}: {_counts(counts)}."
    yield from _differing_versions(sources)
    yield ""
    yield row(("run", "observations", "started", "commit", "command", "processor", "partial"))
    yield row((":--",) * 7)
    for letter, source in zip(_letters(sources), sources, strict=True):
        yield row((letter, *_run(source)))
    yield ""
    for title, kinds in (("Where the runs do not agree", (DISAGREE, MOVED, OTHER)), ("All others", (AGREE, ALONE))):
        chosen = [id for id in claims if agreement[id] in kinds]
        yield f"## {title}"
        yield ""
        if not chosen:
            yield "No claim."
            yield ""
            continue
        yield row(("claim", *_letters(sources), "agree?"))
        yield row((":--",) * (len(sources) + 2))
        for kind in kinds:
            for id in chosen:
                if agreement[id] == kind:
                    yield row((inline_code(id), *map(_cell, rows[id]), kind))
        yield ""


def agree(cells: Sequence[Finding | None]) -> str:
    """Whether the runs agree on a claim, from its finding in each; None where a run does not have it."""
    here = [finding for finding in cells if finding is not None]
    if len({(finding.entry.digest, finding.entry.claim.criterion) for finding in here}) > 1:
        return OTHER
    if not all(compatible_ids(one.subjects, other.subjects) for one, other in combinations(here, 2)):
        return OTHER
    verdicts = {finding.judgement.verdict for finding in here if finding.judgement is not None}
    if sum(finding.judgement is not None for finding in here) < 2:
        return ALONE
    if len(verdicts) == 1:
        return AGREE
    return DISAGREE if {Verdict.SUPPORTED, Verdict.REFUTED} <= verdicts else MOVED


def _counts(counts: Counter[str]) -> str:
    return "; ".join(f"{counts[kind]} {meaning}" for kind, meaning in MEANING.items() if counts[kind])


def _differing_versions(sources: Sequence[Source]) -> Iterator[str]:
    names = sorted({name for source in sources for name in source.ledger.versions})
    same = []
    for name in names:
        recorded = [escaped(source.ledger.versions.get(name, "none")) for source in sources]
        if len(set(recorded)) > 1:
            each = ", ".join(f"{letter} {version}" for letter, version in zip(_letters(sources), recorded, strict=True))
            yield f"- {escaped(name)}: {each}."
        else:
            same.append(f"{escaped(name)} {recorded[0]}")
    if same:
        yield f"- The same in every run: {', '.join(same)}."


def _letters(sources: Sequence[Source]) -> list[str]:
    """A name for each run that a column is wide enough for: A, B, ..., Z, 27, ..."""
    return [ascii_uppercase[place] if place < 26 else str(place + 1) for place in range(len(sources))]


def _run(source: Source) -> tuple[str, ...]:
    run, ledger = source.ledger.run, source.ledger
    observations = f"{len(ledger.observations)} in {inline_code(source.name)}"
    partial = escaped(ledger.partial) or EMPTY_CELL
    if run is None:
        return observations, EMPTY_CELL, EMPTY_CELL, EMPTY_CELL, EMPTY_CELL, partial
    processor = escaped(source.processor) or EMPTY_CELL
    return (
        observations,
        escaped(run.started),
        escaped(run.commit) or EMPTY_CELL,
        inline_code(run.command),
        processor,
        partial,
    )


def _cell(finding: Finding | None) -> str:
    """The verdict of one run with its counts or its interval."""
    if finding is None:
        return EMPTY_CELL
    judgement = finding.judgement
    if judgement is None:
        lost = len(finding.entry.seeds) - len(finding.observations)
        if finding.status is Status.NOT_JUDGED:
            return f"{verdict_label(finding)}, {pluralized(len(finding.observations), 'seed')}"
        return f"{verdict_label(finding)}, {pluralized(lost, 'seed')} lost"
    if judgement.passes is not None:
        return f"{verdict_label(finding)} {judgement.passes}{NBSP}of{NBSP}{judgement.n}"
    interval = judgement.interval
    if interval is None:
        return verdict_label(finding)
    return f"{verdict_label(finding)} {number(interval.low)}{NBSP}to{NBSP}{number(interval.high)}"
