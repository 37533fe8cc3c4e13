"""What the report says of claims that were measured once with more seeds: a chapter, and a line for each claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lstm_lab.judging.claims import with_sides
from lstm_lab.judging.criteria import second_look
from lstm_lab.judging.report.formatting import escaped, group, statement_link, verdict_text
from lstm_lab.judging.verdicts import Finding
from lstm_lab.text import percent, pluralized

TITLE = "Settled with more seeds"
SETTLED, STILL_OPEN, LEFT = "Decided now", "Still open", "Not measured with more seeds"


def more_seeds_sentence(finding: Finding) -> str:
    """The verdict with more seeds, what it rests on, and what looking twice does to its error; without a full stop."""
    judgement = finding.with_more_seeds
    assert judgement is not None
    claim = finding.entry.claim
    found = with_sides(claim.criterion.summarize(judgement), claim.arms)
    look = second_look(claim.criterion, len(finding.observations), judgement.n)
    raised = "; this second look raises the risk of a wrong verdict from"
    risk = f"{raised} {percent(look.once)} to {percent(look.twice)}" if look else ""
    return f"{verdict_text(judgement.verdict)}: {escaped(found)}{risk}"


def chapter(findings: Sequence[Finding]) -> Iterator[str]:
    """The claims near their bar, with their verdicts from more seeds, in Markdown; nothing without any."""
    near = [one for one in findings if one.is_near_its_bar]
    known = [one for one in near if one.with_more_seeds]
    if not known:
        return
    yield (
        "Claims that these seeds leave open, or decide so narrowly that it may be chance, were measured once with "
        "more, of which these are the first. Whoever looks again where the first look left it open is wrong more "
        "often; how often at most stands beside. The verdicts of this report stay those of its own seeds."
    )
    yield ""
    told = [(one, f"- {statement_link(one)} {more_seeds_sentence(one)}.") for one in known]
    groups = {
        SETTLED: [line for one, line in told if one.settled_with_more_seeds],
        STILL_OPEN: [line for one, line in told if not one.settled_with_more_seeds],
        LEFT: [f"- {statement_link(one)}{_reason(one)}" for one in near if not one.with_more_seeds],
    }
    for title, lines in groups.items():
        yield from group(f"{title} ({pluralized(len(lines), 'claim')})", lines)


def _reason(finding: Finding) -> str:
    """Why a claim has no more seeds, where it says so."""
    claim = finding.entry.claim
    return f" At most {pluralized(claim.seeds, 'seed')}: {escaped(claim.seeds_reason)}" if claim.seeds else ""
