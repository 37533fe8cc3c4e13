"""The report: from the ledger and its findings to Markdown and JSON. No clock, no statistics of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lstm_lab.judging.claims import DEFAULT_SEEDS
from lstm_lab.judging.criteria import Always
from lstm_lab.judging.evidence import Ledger, Run
from lstm_lab.judging.report import challenges
from lstm_lab.judging.report.claim_section import claim_section, repeat
from lstm_lab.judging.report.claim_tables import by_section, tables
from lstm_lab.judging.report.coverage import coverage
from lstm_lab.judging.report.formatting import escaped, inline_code, link
from lstm_lab.judging.report.html import page
from lstm_lab.judging.report.overview import (
    attention,
    can_fail_counts,
    contradictions,
    family_view,
    undecided,
    verdict_counts,
)
from lstm_lab.judging.report.plots.catalogue import COMPARISONS, MODELS, RATES, Plot, plots
from lstm_lab.judging.report.seed_marks import MEANING
from lstm_lab.judging.verdicts import Contradictions, Finding
from lstm_lab.text import number, pluralized, seed_ranges

INTRODUCTION = """\
Each claim of the text was measured with several seeds; a seed is one initialisation, one order of training and one \
draw of random data. Before the first run the claim declared the criterion that turns its observations into a verdict. \
**SUPPORTED**: what was measured lies, with its interval, where the claim wants it. **REFUTED**: it lies elsewhere. \
**INCONCLUSIVE**: the evidence allows both. A comparison measures, with the same seed, a treatment, which is the side \
that the claim is about, and a control. A claim **can fail** when the same measure, seeds and criterion do not \
support it once the training is taken away, or with a broken variant that the claim names. \
An interval speaks of other seeds, for these models, these data and these versions, and of nothing else."""


def _page(ledger: Ledger, found: Sequence[Finding], pictures: Sequence[Plot]) -> str:
    concerns = any(attention(by_section(found), Contradictions.among(found), ledger.uncollected))
    header = list(_header(ledger, found, concerns))
    run = list(_run_lines(ledger.run))
    return page.render(ledger, found, pictures, introduction=INTRODUCTION, header=header, run=run)


def render(ledger: Ledger, found: Sequence[Finding]) -> str:
    """The report as Markdown; the same evidence gives the same text, but for what stands between the run marks."""
    return "\n".join(_lines(ledger, found)).rstrip() + "\n"


def _lines(ledger: Ledger, found: Sequence[Finding]) -> Iterator[str]:
    groups = by_section(found)
    disputes = Contradictions.among(found)
    concerns = list(attention(groups, disputes, ledger.uncollected))
    shown = plots(ledger, found)
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
        yield f"**Partial: {escaped(ledger.partial)}. No verdict is compared with the record.**"
        yield ""
    counts = verdict_counts(found)
    yield f"- {counts}" + ("; some [need attention](#what-needs-attention)." if concerns else ".")
    seeds = seed_ranges(range(ledger.default_seeds)).capitalize()
    yield f"- {seeds} for each claim, unless it declares fewer{_always(ledger.default_seeds)}{_more(ledger)}."
    for sentence in family_view(found):
        yield f"- {sentence}"
    controls = inline_code(f"{repeat('', DEFAULT_SEEDS)} --control")
    yield f"- Shown that it can fail: {can_fail_counts(found)}; repeat with {controls}."
    yield f"- Repeat with {inline_code(repeat('', ledger.default_seeds))}."
    yield f"- Versions: {', '.join(f'{name} {version}' for name, version in ledger.versions.items())}."
    yield ""


def _always(seeds: int) -> str:
    fewer = Always.default_seeds
    return f"; `always()` takes {fewer}" if fewer is not None and fewer < seeds else ""


def _more(ledger: Ledger) -> str:
    """How many claims have more seeds than the others, where runs with other numbers were merged."""
    more = [one for one in ledger.catalogue.values() if len(one.seeds) > one.claim.seeds_wanted(ledger.default_seeds)]
    return f"; {pluralized(len(more), 'claim')} with more" if more else ""


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


def _of_models(shown: Sequence[Plot]) -> Iterator[str]:
    """The pictures of trained models, each with its heading, what to see in it, and the claims that it belongs to."""
    for picture in shown:
        yield f"### {escaped(picture.title)}"
        yield ""
        yield escaped(picture.caption)
        yield ""
        yield f"![{escaped(picture.title)}]({picture.path})"
        yield ""
        yield f"Belongs to {', '.join(map(link, picture.claims))}."
        yield ""


def _of_claims(shown: Sequence[Plot], chapter: str) -> Iterator[str]:
    """The pictures of a chapter that is about claims."""
    for picture in shown:
        if picture.chapter == chapter:
            yield escaped(picture.caption)
            yield ""
            yield f"![{escaped(picture.title)}]({picture.path})"
