"""The head of the report: how to read it, how it was measured, the run, and error rates over all verdicts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from lstm_lab.judging.claims import DEFAULT_SEEDS
from lstm_lab.judging.criteria import CRITERIA, Verdict
from lstm_lab.judging.evidence import TODAY, Ledger, Run, Shown
from lstm_lab.judging.report import family, final_criteria, replications, revisions, stances
from lstm_lab.judging.report.formatting import escaped, inline_code, repeat
from lstm_lab.judging.verdicts import Finding
from lstm_lab.text import number, pluralized, printable, seed_ranges

INTRODUCTION = """\
Each claim of the text was measured with several seeds; a seed is one initialisation, one order of training and one \
draw of random data. The claim declares the criterion that turns its observations into a verdict. \
**SUPPORTED**: the whole interval meets the claim's bar. **REFUTED**: the whole interval misses it, or a comparison \
shows no difference. **INCONCLUSIVE**: the interval reaches over the bar. A comparison measures two sides with the \
same seed; the side named first, the treatment, is the one that the claim is about, the other is the baseline. \
A claim **can fail** when the same measure, seeds and criterion do not support it of models without training, or of a \
broken variant that the claim names. A refuted claim **can hold** when they support it of a variant that has the \
property. \
An interval speaks of other seeds, for these models, these data and these versions, and of nothing else."""


def header_lines(ledger: Ledger, findings: Sequence[Finding], concerns: bool) -> Iterator[str]:
    """What was measured, the error rates over all verdicts, and how to repeat it, in Markdown.

    Args:
        ledger: the evidence.
        findings: the judged claims.
        concerns: whether the report has the chapter "What needs attention".
    """
    if ledger.partial:
        compared = "" if ledger.exploring else " No verdict is compared with the record."
        yield f"**Partial: {escaped(ledger.partial)}.{compared}**"
        yield ""
    if ledger.edition != TODAY:
        yield f"**Edition {escaped(ledger.edition)}: the models have the defaults of that year, not those of today.**"
        yield ""
    if ledger.exploring:
        yield "**Exploration: these seeds are looked at while claims are written. No verdict rests on them.**"
        yield ""
    counts = verdict_counts(findings)
    yield f"- {counts}" + ("; some [need attention](#what-needs-attention)." if concerns else ".")
    yield from (f"- {count}." for count in stances.stance_counts(findings))
    yield from sure_lines(ledger, findings)
    yield from repeat_lines(ledger)
    yield ""


def sure_lines(ledger: Ledger, findings: Sequence[Finding]) -> Iterator[str]:
    """How sure the verdicts are: seeds, criteria, error rates, revisions and controls, a list in Markdown."""
    seeds = seed_ranges(ledger.seeds).capitalize()
    yield f"- {seeds} for each claim, unless it declares fewer{_fewer(ledger.default_seeds)}{_more(ledger)}."
    of_the_run = (*final_criteria.sentences(ledger), *replications.sentences(findings))
    for sentence in (*of_the_run, *family.family_view(findings), *revisions.revision_sentences(findings)):
        yield f"- {sentence}"
    controls = inline_code(f"{repeat('', DEFAULT_SEEDS, exploring=ledger.exploring)} --control")
    yield f"- {control_counts(findings)}; repeat with {controls}."


def repeat_lines(ledger: Ledger) -> Iterator[str]:
    """How to repeat the run, and with which versions it was made, a list in Markdown."""
    run = ledger.run
    if ledger.partial and run is not None:
        command = _without_workers(run.command)
    else:
        command = repeat("", ledger.default_seeds, exploring=ledger.exploring)
    yield f"- Repeat with {inline_code(command)}."
    yield f"- Versions: {', '.join(escaped(f'{name} {version}') for name, version in ledger.versions.items())}."


def _without_workers(command: str) -> str:
    """The command line of a run without the number of its processes, on which no evidence depends."""
    return re.sub(r" (-n ?|--numprocesses[ =])[a-z0-9]+(?= |$)", "", command)


def _fewer(seeds: int) -> str:
    """Which criteria have a smaller number of seeds as their default."""
    kinds = CRITERIA.values()
    few = [kind for kind in kinds if kind.default_seeds is not None and kind.default_seeds < seeds]
    return "".join(f"; {inline_code(f'{kind.kind}()')} takes {kind.default_seeds}" for kind in few)


def _more(ledger: Ledger) -> str:
    """How many claims have more seeds than the others, where runs were merged, and how many have later ones."""
    entries, default_seeds = ledger.catalogue.values(), ledger.default_seeds
    more = [entry for entry in entries if len(entry.seeds) > entry.claim.seeds_wanted(default_seeds)]
    later = [entry for entry in entries if entry.first_seed > ledger.seeds.start]
    counts = {"more": len(more), "later ones": len(later)}
    return "".join(f"; {pluralized(count, 'claim')} with {which}" for which, count in counts.items() if count)


def run_lines(run: Run | None) -> Iterator[str]:
    """The facts of the run, lines of plain text: all that may differ between two runs with the same evidence."""
    if run is None:
        yield "the run did not end"
        return
    for line in _facts(run):
        yield printable(" ".join(line.splitlines()).replace("`", "'"))  # in the Markdown it stands between backticks


def _facts(run: Run) -> Iterator[str]:
    yield f"started    {run.started}, took {run.seconds:.0f} s"
    yield f"commit     {run.commit or 'none'}"
    yield f"command    {run.command}"
    yield f"workers    {run.workers}"
    yield f"ensembles  {run.models_trained} trained, {run.models_loaded} loaded"
    for name, fact in sorted((name, fact) for name, fact in run.facts.items() if fact):
        yield f"{name:<10} {', '.join(fact) if isinstance(fact, list) else number(fact)}"


def verdict_counts(findings: Sequence[Finding]) -> str:
    """How many claims have which verdict: `28 claims: 20 supported, 6 refuted, 2 inconclusive`."""
    counts = Counter(finding.verdict for finding in findings)
    parts = [f"{counts[verdict]} {verdict.value}" for verdict in Verdict if counts[verdict]]
    parts += [f"{counts[None]} not judged"] if counts[None] else []
    return f"{pluralized(len(findings), 'claim')}: {', '.join(parts)}"


def control_counts(findings: Sequence[Finding]) -> str:
    """How many claims have shown what their verdict asks of them.

    `Shown that it can fail: 40 of 42 claims not refuted, 2 exempt; that it can hold: 3 of 7 claims refuted`.
    """
    fails = [one.can_fail for one in findings if one.can_fail is not Shown.NOT_ASKED]
    holds = [one.can_hold for one in findings if one.can_fail is Shown.NOT_ASKED]
    fail, hold = _shown_counts(fails, "claims not refuted"), _shown_counts(holds, "claims refuted")
    return f"Shown that it can fail: {fail}; that it can hold: {hold}"


def _shown_counts(answers: Sequence[Shown], which: str) -> str:
    """How many have shown it: `40 of 42 claims not refuted, 2 exempt`."""
    counts = Counter(answers)
    names = {Shown.NO: "cannot", Shown.EXEMPT: "exempt", Shown.NOT_SHOWN: "not shown"}
    others = [f"{counts[shown]} {name}" for shown, name in names.items() if counts[shown]]
    return ", ".join([f"{counts[Shown.YES]} of {len(answers)} {which}", *others])
