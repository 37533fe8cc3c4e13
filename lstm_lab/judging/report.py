"""The report: from the ledger and its findings to Markdown and JSON. No clock, no statistics of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lstm_lab.judging import challenges, page
from lstm_lab.judging.canvas import MADE_HERE
from lstm_lab.judging.claim_section import claim_section, repeat
from lstm_lab.judging.collection import DEFAULT_SEEDS
from lstm_lab.judging.coverage import coverage
from lstm_lab.judging.criteria import Always
from lstm_lab.judging.disputes import Disputes
from lstm_lab.judging.evidence import Ledger
from lstm_lab.judging.findings import Finding, findings
from lstm_lab.judging.notation import code, counted, link, listed, number, prose
from lstm_lab.judging.overview import attention, can_fail_counts, contradictions, family_view, undecided, verdict_counts
from lstm_lab.judging.pictures import COMPARISONS, FOLDER, MODELS, RATES, Picture, pictures
from lstm_lab.judging.places import page_of
from lstm_lab.judging.records import Run
from lstm_lab.judging.seedwise import MEANING
from lstm_lab.judging.tables import in_order, tables
from lstm_lab.judging.whole import write_text

INTRODUCTION = """\
Each claim of the text was measured with several seeds; a seed is one initialisation, one order of training and one \
draw of random data. Before the first run the claim declared the criterion that turns its observations into a verdict. \
**SUPPORTED**: what was measured lies, with its interval, where the claim wants it. **REFUTED**: it lies elsewhere. \
**INCONCLUSIVE**: the evidence allows both. A comparison measures, with the same seed, a treatment, which is the side \
that the claim is about, and a control. A claim **can fail** when the same measure, seeds and criterion do not \
support it once the training is taken away, or with a broken variant that the claim names. \
An interval speaks of other seeds, for these models, these data and these versions, and of nothing else."""


def write(ledger: Ledger, path: Path) -> tuple[Finding, ...]:
    """Judge `ledger` and write the report to `path`, beside it the same as one page, its pictures to the folder there.

    None of the files is ever seen half-written.
    """
    found = findings(ledger)
    shown = pictures(ledger, found)
    _write_pictures(path.parent / FOLDER, shown)
    write_text(path, render(ledger, found))
    write_text(page_of(path), _page(ledger, found, shown))
    return found


def _write_pictures(folder: Path, shown: Sequence[Picture]) -> None:
    """Write all pictures, then remove those of an earlier report; what else lies in the folder is left alone."""
    for picture in shown:
        write_text(folder / f"{picture.name}.svg", picture.svg)
    names = {f"{picture.name}.svg" for picture in shown}
    for path in folder.glob("*.svg"):
        if path.name not in names and MADE_HERE.encode() in path.read_bytes():
            path.unlink()


def _page(ledger: Ledger, found: Sequence[Finding], pictures: Sequence[Picture]) -> str:
    concerns = any(attention(in_order(found), Disputes.among(found), ledger.uncollected))
    header = list(_header(ledger, found, concerns))
    run = list(_run_lines(ledger.run))
    return page.render(ledger, found, pictures, introduction=INTRODUCTION, header=header, run=run)


def render(ledger: Ledger, found: Sequence[Finding]) -> str:
    """The report as Markdown; the same evidence gives the same text, but for what stands between the run marks."""
    return "\n".join(_lines(ledger, found)).rstrip() + "\n"


def to_json(ledger: Ledger, found: Sequence[Finding]) -> dict[str, Any]:
    """The report as plain JSON values: what `render` tells, for programs."""
    return {
        "versions": dict(sorted(ledger.versions.items())),
        "seeds": ledger.default_seeds,
        "partial": ledger.partial,
        "untested": [one.to_json() for one in ledger.untested],
        "uncollected": [{"path": path, "message": message} for path, message in sorted(ledger.uncollected)],
        "claims": [_finding_json(finding) for finding in found],
        "challenges": challenges.to_json(Disputes.among(found)),
        "run": ledger.run.to_json() if ledger.run else None,
    }


def _finding_json(finding: Finding) -> dict[str, Any]:
    entry, judgement = finding.entry, finding.judgement
    return {
        **entry.to_json(),
        "verdict": judgement.verdict.value if judgement else None,
        "standing": finding.standing.value,
        "judgement": {**asdict(judgement), "verdict": judgement.verdict.value} if judgement else None,
        "survives": finding.survives,
        "q": finding.q,
        "q_dependent": finding.q_dependent,
        "can_fail": finding.can_fail.value,
        "control": finding.control.to_json() if finding.control else None,
        "observations": [observation.to_json() for observation in finding.observations],
        "failures": [failure.to_json() for failure in finding.failures],
        "missing": list(finding.missing),
    }


def _lines(ledger: Ledger, found: Sequence[Finding]) -> Iterator[str]:
    groups = in_order(found)
    disputes = Disputes.among(found)
    concerns = list(attention(groups, disputes, ledger.uncollected))
    shown = pictures(ledger, found)
    yield "# The claims and the evidence"
    yield ""
    yield INTRODUCTION
    yield ""
    yield from _header(ledger, found, bool(concerns))
    yield from _run_block(ledger.run)
    if disputes.challenges:
        yield from _chapter("Challenges", list(challenges.chapter(disputes)))
    yield from _chapter("What contradicts the text", list(contradictions(groups)), "No claim of this run is refuted.")
    if concerns:
        yield from _chapter("What needs attention", concerns)
    yield from _chapter("What is not decided", list(undecided(groups)), "Every judged claim is decided.")
    models = list(_of_models([one for one in shown if one.chapter == MODELS]))
    if models:
        yield from _chapter(MODELS, models)
    yield from _chapter(RATES, list(_of_claims(shown, RATES)), "No claim of this run has a pass rate.")
    comparisons = list(_of_claims(shown, COMPARISONS))
    if comparisons:
        yield from _chapter(COMPARISONS, comparisons)
    yield from _chapter(
        "Section by section", list(tables(groups, disputes.contested_claims())), "No claim was measured."
    )
    if ledger.untested and not ledger.partial:
        yield from _chapter("What is measured and what is not", list(coverage(found, ledger.untested)))
    marks = ", ".join(f"`{mark}` {meaning}" for mark, meaning in MEANING.items())
    yield from _chapter(
        "Claim by claim",
        [f"One mark for each seed: {marks}."],
    )
    for _, members in groups:
        for finding in members:
            yield from claim_section(finding, disputes, ledger.default_seeds)


def _chapter(title: str, lines: Sequence[str], otherwise: str = "") -> Iterator[str]:
    yield f"## {title}"
    yield ""
    yield from lines or [otherwise]
    if not lines or lines[-1]:
        yield ""


def _header(ledger: Ledger, found: Sequence[Finding], concerns: bool) -> Iterator[str]:
    if ledger.partial:
        yield f"**Partial: {prose(ledger.partial)}. No verdict is compared with the record.**"
        yield ""
    counts = verdict_counts(found)
    yield f"- {counts}" + ("; some [need attention](#what-needs-attention)." if concerns else ".")
    seeds = listed(range(ledger.default_seeds)).capitalize()
    yield f"- {seeds} for each claim, unless it declares fewer{_always(ledger.default_seeds)}{_more(ledger)}."
    for sentence in family_view(found):
        yield f"- {sentence}"
    controls = code(f"{repeat('', DEFAULT_SEEDS)} --control")
    yield f"- Shown that it can fail: {can_fail_counts(found)}; repeat with {controls}."
    yield f"- Repeat with {code(repeat('', ledger.default_seeds))}."
    yield f"- Versions: {', '.join(f'{name} {version}' for name, version in ledger.versions.items())}."
    yield ""


def _always(seeds: int) -> str:
    fewer = Always.default_seeds
    return f"; `always()` takes {fewer}" if fewer is not None and fewer < seeds else ""


def _more(ledger: Ledger) -> str:
    """How many claims have more seeds than the others, where runs with other numbers were merged."""
    more = [one for one in ledger.catalogue.values() if len(one.seeds) > one.claim.seeds_wanted(ledger.default_seeds)]
    return f"; {counted(len(more), 'claim')} with more" if more else ""


def _run_block(run: Run | None) -> Iterator[str]:
    """The only part that may differ between two runs with the same evidence."""
    yield "<!-- run -->"
    yield "```"
    yield from _run_lines(run)
    yield "```"
    yield "<!-- /run -->"
    yield ""


def _run_lines(run: Run | None) -> Iterator[str]:
    if run is None:
        yield "the run did not end"
        return
    yield f"started    {run.started}, took {run.seconds:.0f} s"
    yield f"commit     {run.commit or 'none'}"
    yield f"command    {run.command}"
    yield f"workers    {run.workers}"
    yield f"ensembles  {run.models_trained} trained, {run.models_loaded} loaded"
    for name, fact in sorted((name, fact) for name, fact in run.facts.items() if fact):
        yield f"{name:<10} {', '.join(fact) if isinstance(fact, list) else number(fact)}"


def _of_models(shown: Sequence[Picture]) -> Iterator[str]:
    """The pictures of trained models, each with its heading, what to see in it, and the claims that it belongs to."""
    for picture in shown:
        yield f"### {prose(picture.title)}"
        yield ""
        yield prose(picture.caption)
        yield ""
        yield f"![{prose(picture.title)}]({picture.path})"
        yield ""
        yield f"Belongs to {', '.join(map(link, picture.claims))}."
        yield ""


def _of_claims(shown: Sequence[Picture], chapter: str) -> Iterator[str]:
    """The pictures of a chapter that is about claims."""
    for picture in shown:
        if picture.chapter == chapter:
            yield prose(picture.caption)
            yield ""
            yield f"![{prose(picture.title)}]({picture.path})"
