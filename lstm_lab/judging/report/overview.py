"""The overview that opens the report: how sure it is as a whole, what contradicts the text, what needs attention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lstm_lab.judging.claims import Comment
from lstm_lab.judging.criteria import Verdict
from lstm_lab.judging.evidence import CanFail
from lstm_lab.judging.report.formatting import anchor, escaped, headline, inline_code, link
from lstm_lab.judging.report.sentences import how_to_settle, reported_values_sentence, result_sentence
from lstm_lab.judging.verdicts import FALSE_DISCOVERIES, Contradictions, Finding, Status
from lstm_lab.text import pluralized

ATTENTION = {
    Status.CONTRADICTS_RECORD: "Verdicts that contradict the record",
    Status.ERROR: "Tests that failed",
    Status.INCOMPLETE: "Observations that are missing",
    Status.DRIFT: "Drift: verdicts that moved to or from inconclusive",
    Status.NEW: "New claims, without a verdict on record",
}


def verdict_counts(findings: Sequence[Finding]) -> str:
    """How many claims have which verdict: `28 claims: 20 supported, 6 refuted, 2 inconclusive`."""
    counts = Counter(finding.judgement.verdict if finding.judgement else None for finding in findings)
    told = [f"{counts[verdict]} {verdict.value}" for verdict in Verdict if counts[verdict]]
    told += [f"{counts[None]} not judged"] if counts[None] else []
    return f"{pluralized(len(findings), 'claim')}: {', '.join(told)}"


def is_fragile(finding: Finding) -> bool:
    """Whether this verdict is decided by itself, but may be chance among all the others."""
    return finding.survives is False and _verdict(finding) in {Verdict.SUPPORTED, Verdict.REFUTED}


def family_view(findings: Sequence[Finding]) -> Iterator[str]:
    """How sure the statistical verdicts are, taken together."""
    family = [one for one in findings if one.p is not None]
    if not family:
        yield "No verdict of this report is statistical."
        return
    # An interval of level 0.95 misses on either side with 2.5 %; only one side is wrong for any given truth.
    expected = sum((1 - one.judgement.level) / 2 for one in family if one.judgement and one.judgement.level)
    yield (
        f"Verdicts that rest on statistics: {len(family)}. Each is wrong with a chance of at most 2.5 % "
        f"(5 % for `equivalent`), so at most {expected:.2g} wrong ones are expected."
    )
    if all(one.survives is None for one in family):  # part of a family says nothing about it
        return
    decided = [one for one in family if _verdict(one) is not Verdict.INCONCLUSIVE]
    fragile = [link(one.entry.claim.id) for one in decided if is_fragile(one)]
    whatever = sum(one.q_dependent is not None and one.q_dependent <= FALSE_DISCOVERIES for one in decided)
    yield (
        f"Decided verdicts that survive when all are taken together (Benjamini-Hochberg, at most "
        f"{100 * FALSE_DISCOVERIES:.0f} % false discoveries): {len(decided) - len(fragile)} of {len(decided)}; "
        f"under any dependence between claims (Benjamini-Yekutieli) {whatever} of {len(decided)}"
    ) + (f"; {', '.join(fragile)} may be chance." if fragile else ".")


def can_fail_counts(findings: Sequence[Finding]) -> str:
    """For how many claims it is shown that they can fail: `38 of 40 claims (6 as it stands), 1 exempt`."""
    counts = Counter(finding.can_fail for finding in findings)
    told = f"{counts[CanFail.YES] + counts[CanFail.AS_IT_STANDS]} of {pluralized(len(findings), 'claim')}"
    if counts[CanFail.AS_IT_STANDS]:
        told += f" ({counts[CanFail.AS_IT_STANDS]} as it stands)"
    names = {CanFail.NO: "cannot fail", CanFail.EXEMPT: "exempt", CanFail.NOT_SHOWN: "not shown"}
    return ", ".join([told, *(f"{counts[one]} {name}" for one, name in names.items() if counts[one])])


def contradictions(groups: Sequence[tuple[str, list[Finding]]]) -> Iterator[str]:
    """One line for each refuted claim: what the text says, and what was found."""
    for _, findings in groups:
        for finding in findings:
            if _verdict(finding) is Verdict.REFUTED:
                yield _line(finding)


def undecided(groups: Sequence[tuple[str, list[Finding]]]) -> Iterator[str]:
    """One line for each inconclusive claim."""
    for _, findings in groups:
        for finding in findings:
            if _verdict(finding) is Verdict.INCONCLUSIVE:
                settle = how_to_settle(finding)
                yield f"{_line(finding)} {settle[0].upper()}{settle[1:]}."


def attention(
    groups: Sequence[tuple[str, list[Finding]]], disputes: Contradictions, uncollected: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """Everything that is not as recorded, or not as it should be; nothing where all is well."""
    ordered = [finding for _, findings in groups for finding in findings]
    for status, title in ATTENTION.items():
        yield from _bullets(title, [_departure(one) for one in ordered if one.status is status])
    yield from _bullets(
        "Claims that cannot fail",
        [
            f"- {link(one.entry.claim.id)}: supported all the same with {escaped(one.control.control.text)}"
            for one in ordered
            if one.can_fail is CanFail.NO and one.control is not None
        ],
    )
    yield from _bullets(
        "Not collected", [f"- {inline_code(path)}: {headline(message)}" for path, message in sorted(uncollected)]
    )
    pairs = [
        f"- {link(one)} and {link(other)}" + (f"; the evidence for {link(whose)} is stronger" if whose else "")
        for one, other in disputes.contested_pairs()
        for whose in [disputes.stronger(one, other)]
    ]
    yield from _bullets("Contested: claims that cannot hold together, both supported", pairs)


def _bullets(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"**{title}**"
        yield ""
        yield from lines
        yield ""


def _line(finding: Finding) -> str:
    claim = finding.entry.claim
    words = reported_values_sentence(finding)
    shown = f" Shown: {escaped(words)}." if words else ""
    author = f" *{escaped(str(claim.source))}.*" if isinstance(claim.source, Comment) else ""
    return f"- [{escaped(claim.statement)}](#{anchor(claim.id)}){author} Found: {result_sentence(finding)}.{shown}"


def _departure(finding: Finding) -> str:
    """One line about a claim that needs attention."""
    claim = finding.entry.claim
    recorded = f", recorded {claim.expect.value.upper()}" if claim.expect else ""
    verdict = _verdict(finding)
    if verdict is not None:
        return f"- {link(claim.id)}: {verdict.value.upper()}{recorded}; {result_sentence(finding)}"
    first = f": {headline(finding.failures[0].message)}" if finding.failures else ""
    return f"- {link(claim.id)}: {result_sentence(finding)}{first}"


def _verdict(finding: Finding) -> Verdict | None:
    return finding.judgement.verdict if finding.judgement else None
