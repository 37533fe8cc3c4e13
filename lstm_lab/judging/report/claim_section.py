"""The section of one claim: its verdict, its evidence by seed and in numbers, and how to repeat it."""

from __future__ import annotations

import functools
import shlex
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lstm_lab.judging.claims import DEFAULT_SEEDS, Claim, seed_name, with_sides
from lstm_lab.judging.criteria import LEVEL, difference
from lstm_lab.judging.evidence import ControlResult, Shown
from lstm_lab.judging.report import stances
from lstm_lab.judging.report.descriptive import Spread, spread
from lstm_lab.judging.report.editions import edition_sentence
from lstm_lab.judging.report.formatting import (
    EMPTY_CELL,
    Place,
    escaped,
    headline,
    inline_code,
    link,
    location,
    repeat,
    row,
    source_line,
    verdict_label,
)
from lstm_lab.judging.report.more_seeds import more_seeds_sentence
from lstm_lab.judging.report.seed_marks import (
    histogram,
    mark_string,
    numbers,
    reported_values,
    told_one_by_one,
    value_counts,
)
from lstm_lab.judging.report.sentences import how_to_settle, result_sentence
from lstm_lab.judging.report.your_keras import sentence
from lstm_lab.judging.verdicts import Contradictions, Finding, Status
from lstm_lab.text import beside, chance, figure, pluralized, seed_ranges, whole_percent, words_of

FIGURES = ("measured", "seeds", "smallest", "median", "largest", f"{whole_percent(LEVEL)} interval of the median")
TEXTS = ("measured", "seeds", "values")
TEXTS_ALIGNMENT = (":--", "--:", ":--")
FIGURES_ALIGNMENT = (":--", "--:", "--:", "--:", "--:", "--:")
MOST_VALUES = 12  # different texts with a count each; the others are counted together


class Fact(NamedTuple):
    """One line about a claim, in Markdown: a label such as "Criterion:", and its text; "" where the label is all."""

    about: str
    text: str = ""


class Replay(NamedTuple):
    """One seed, and the command that measures it again."""

    seed: int
    command: str


class Table(NamedTuple):
    """A table of the values that the seeds reported; the cells are Markdown."""

    columns: tuple[str, ...]
    alignment: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def claim_section(finding: Finding, contradictions: Contradictions) -> Iterator[str]:
    """The lines of one claim's section: its verdict in a sentence, its note, and its evidence, folded.

    Args:
        finding: the claim, judged.
        contradictions: who contradicts whom.
    """
    claim = finding.entry.claim
    yield f"**{verdict_label(finding)}** {inline_code(claim.id)}: {result_sentence(finding)}.{against_record(finding)}"
    yield ""
    if finding.entry.docstring:
        yield f"Note: {escaped(finding.entry.docstring)}"
        yield ""
    yield "<details><summary>Criterion, numbers and seeds</summary>"
    yield ""
    yield from map(_item, declared(finding))
    yield f"- {seed_ranges(finding.entry.seeds).capitalize()}: {inline_code(mark_string(finding))}"
    yield ""
    for table in figures(finding):
        yield from map(row, (table.columns, table.alignment, *table.rows))
        yield ""
    more = [_item(fact) for fact in facts(finding, contradictions)]
    if more:
        yield from (*more, "")
    yield from ("</details>", "")


def _item(fact: Fact) -> str:
    """A fact as an item of a Markdown list."""
    return f"- {fact.about} {fact.text}".rstrip()


def against_record(finding: Finding) -> str:
    """How the verdict differs from the one on record, "" where it does not."""
    recorded, overruled = finding.entry.recorded, finding.overruled
    replication = f" **The exploration seeds said {overruled.value.upper()}.**" if overruled else ""
    match finding.status:
        case Status.CONTRADICTS_RECORD | Status.DRIFT if recorded and recorded is not overruled:
            return f"{replication} **The verdict on record is {recorded.value.upper()}.**"
        case Status.NEW:
            return f"{replication} A new claim, no verdict is on record."
    return replication


def declared(finding: Finding) -> Iterator[Fact]:
    """The lines before the evidence: what the claim is to the text, what would settle it, its criterion, its seeds."""
    claim = finding.entry.claim
    yield Fact("To the text:", stances.stance_words(claim))
    if claim.also:
        yield Fact("Said also in:", "; ".join(map(source_line, claim.also)))
    if claim.revised:
        yield Fact("Revised:", escaped(claim.revised))
    if claim.sides or claim.measure:
        yield Fact("Compared:" if claim.sides else "Measured:", escaped(_measured(claim)))
    settle = how_to_settle(finding)
    if settle:
        yield Fact("Not decided:", settle)
    criterion, _, demand = claim.criterion.describe().partition(": ")
    told = escaped(with_sides(demand, claim.arms))
    yield Fact("Criterion:", f"{inline_code(criterion)}, {told}" if demand else inline_code(criterion))
    if claim.seeds is not None:
        yield Fact(f"At most {pluralized(claim.seeds, 'seed')}:", escaped(claim.seeds_reason))


def _measured(claim: Claim) -> str:
    """What is compared, and by what: `with resets against without, by accuracy on the 25 pairs`."""
    return ", by ".join(filter(None, (" against ".join(claim.sides), claim.measure)))


def figures(finding: Finding) -> list[Table]:
    """A table of all numbers and one of the other reported values; a table without rows is left out."""
    rows = [*_arms(finding)]
    texts = []
    for name, values in reported_values(finding.observations).items():
        numeric = numbers(values)
        if numeric is not None:
            rows.append(_figure_row(words_of(name), spread(numeric), name))
        else:
            texts.append((escaped(words_of(name)), str(len(values)), _values(value_counts(values))))
    tables = [Table(FIGURES, FIGURES_ALIGNMENT, tuple(rows)), Table(TEXTS, TEXTS_ALIGNMENT, tuple(texts))]
    return [table for table in tables if table.rows]


def _arms(finding: Finding) -> Iterator[tuple[str, ...]]:
    """The rows of both sides and their difference; none without pairs."""
    observed, claim = finding.observations, finding.entry.claim
    pairs = [(observation.value, observation.against) for observation in observed if observation.value is not None]
    arms = [(value, against) for value, against in pairs if against is not None]
    if arms:
        for name, side in zip(claim.arms, zip(*arms, strict=True), strict=True):
            yield _figure_row(name, spread(side), claim.measure)
        ahead = spread([difference(value, against) for value, against in arms])
        yield _row_of(" − ".join(claim.arms), ahead, functools.partial(beside, margin=claim.criterion.margin))


def _figure_row(name: str, spread: Spread, what: str) -> tuple[str, ...]:
    """The row of values that are `what`, a measure or the name of a reported value."""
    return _row_of(name, spread, functools.partial(figure, what=what))


def _row_of(name: str, spread: Spread, write: Callable[[float], str]) -> tuple[str, ...]:
    interval = EMPTY_CELL  # too few seeds, or nothing that varies with the seed
    if spread.interval is not None and spread.minimum != spread.maximum:
        interval = " to ".join(dict.fromkeys(map(write, (spread.interval.low, spread.interval.high))))
    ends = write(spread.minimum), write(spread.median), write(spread.maximum)
    return escaped(name), str(spread.n), *ends, interval


def _values(counts: list[tuple[str, int]]) -> str:
    """The most frequent values with their counts, and how many others there are."""
    parts = [f"{inline_code(text) or '(empty)'} {count}×" for text, count in counts[:MOST_VALUES]]
    rest = sum(count for _, count in counts[MOST_VALUES:])
    if rest:
        parts.append(f"{pluralized(len(counts) - MOST_VALUES, 'other value')} {rest}×")
    return ", ".join(parts)


def facts(finding: Finding, contradictions: Contradictions) -> Iterator[Fact]:
    """The lines after the evidence: other software, whether the claim can fail, what contradicts it, what failed."""
    claim = finding.entry.claim
    yield from () if told_one_by_one(finding) else _spreads(finding)
    if finding.in_keras is not None:
        yield Fact("Keras itself:", sentence(finding.in_keras))
    then = [
        f"{escaped(there.software)} ({name}): {edition_sentence(finding, there)}"
        for name, there in finding.elsewhere.items()
    ]
    if then:
        yield Fact("With the arithmetic of", "; ".join(then))
    if finding.with_more_seeds is not None:
        yield Fact("With more seeds:", more_seeds_sentence(finding))
    if finding.can_fail is not Shown.NOT_ASKED:
        yield Fact("Can fail:", _can_fail(finding))
    if finding.can_hold is not Shown.NOT_ASKED:
        yield Fact("Can hold:", _can_hold(finding))
    if claim.published:
        yield Fact("Published:", escaped(claim.published))
    for other in contradictions.rivals.get(claim.id, ()):
        yield Fact(contradictions.relation(claim.id, other), _rival(finding, other, contradictions))
    if finding.may_be_chance:
        yield Fact("Taken together with all other verdicts, this one may be chance")
    for message, seeds in _failures(finding).items():
        yield Fact(f"Failed{f' with {seed_ranges(seeds)}' if seeds else ''}:", message)
    if finding.missing:
        yield Fact("No observation of", seed_ranges(finding.missing))


def repetition(finding: Finding, default_seeds: int, place: Place) -> Iterator[Fact]:
    """The lines for who repeats it: how sure it is among all others, one seed to replay, the test and the command.

    Args:
        finding: the claim, judged.
        default_seeds: the number of seeds of the run.
        place: where the lines stand.
    """
    if finding.p is not None:
        yield Fact("p-value:", _p_and_q_values(finding, finding.p))
    witness = replay(finding)
    if witness:
        noun = finding.entry.claim.criterion.witness_noun
        yield Fact(f"First {noun}:", f"seed {witness.seed}, replay with {inline_code(witness.command)}")
    command = repeat(finding.entry.claim.id, default_seeds, exploring=finding.entry.exploring)
    yield Fact("Test:", f"{location(finding.entry, place)}, repeat with {inline_code(command)}")


def _spreads(finding: Finding) -> Iterator[Fact]:
    """In place of many seeds one by one: how the differences of the pairs and each reported number are spread."""
    claim = finding.entry.claim
    pairs = [(one.value, one.against) for one in finding.observations]
    differences = [difference(value, against) for value, against in pairs if value is not None and against is not None]
    named = {" − ".join(claim.arms): differences} if differences else {}
    for name, values in (named | reported_values(finding.observations)).items():
        numeric = numbers(values)
        if numeric and min(numeric) < max(numeric):
            ends = f"{figure(min(numeric), name)} to {figure(max(numeric), name)}"
            told = f"{inline_code(f'▕{histogram(numeric)}▏')} from {ends}"
            yield Fact(f"Spread of {escaped(words_of(name))}:", told)


def _p_and_q_values(finding: Finding, p: float) -> str:
    """The p-value of the verdict and, among all statistical verdicts, its q-values."""
    if finding.q is None or finding.q_dependent is None:
        return chance(p)
    return f"{chance(p)}; q-values {chance(finding.q)} (BH), {chance(finding.q_dependent)} (BY)"


def _can_fail(finding: Finding) -> str:
    """Whether the claim can fail and by which negative control that is shown, or the command that would show it."""
    if finding.control is None:
        return _not_shown(finding, finding.can_fail)
    answer = "yes" if finding.can_fail is Shown.YES else "**no**"
    return f"{answer}; with {_under_control(finding.control)}"


def _can_hold(finding: Finding) -> str:
    """Whether the claim can hold and by which positive control that is shown, or what would show it."""
    control = finding.planted_control
    if control is None and finding.can_hold is Shown.NOT_SHOWN and not finding.entry.claim.holds_with:
        return f"{finding.can_hold.value}; its declaration names no variant with the property planted"
    if control is None:
        return _not_shown(finding, finding.can_hold)
    return f"{'shown' if finding.can_hold is Shown.YES else '**no**;'} with {_under_control(control)}"


def _not_shown(finding: Finding, shown: Shown) -> str:
    claim = finding.entry.claim
    if shown is Shown.EXEMPT:
        return f"{shown.value}, {escaped(claim.control.text)}"
    command = f"{repeat(claim.id, DEFAULT_SEEDS, exploring=finding.entry.exploring)} --control"
    return f"{shown.value}; {inline_code(command)} does"


def _under_control(result: ControlResult) -> str:
    """What a claim came to under a control."""
    passes = "" if result.passes is None else f", {result.passes} of {pluralized(result.n, 'seed')}"
    return f"{escaped(result.control.text)} it is {result.verdict.value}{passes}"


def _rival(finding: Finding, other: str, contradictions: Contradictions) -> str:
    """The verdict of a claim that contradicts this one, and which of the two has the stronger evidence."""
    claim = finding.entry.claim.id
    rival = contradictions.findings.get(other)
    if rival is None:
        return f"{inline_code(other)}, which is not in this run"
    verdict = f"{link(other)}, {verdict_label(rival)}"
    side = {claim: "this one", other: "that one"}.get(contradictions.stronger(claim, other))
    if other in contradictions.contested(claim):
        return f"{verdict}; **contested: the evidence supports both**, {side or 'neither'} more strongly"
    if finding.judgement is None or rival.judgement is None:
        return verdict
    return f"{verdict}; {f'the evidence supports {side}' if side else 'neither claim is supported'}"


def _failures(finding: Finding) -> dict[str, list[int]]:
    """The first line of each failure, with the seeds that have it."""
    seeds: dict[str, list[int]] = {}
    for failure in finding.failures:
        kind = "" if failure.kind == "error" else f"{failure.kind}, "
        failed = seeds.setdefault(f"{kind}{headline(failure.message)}", [])
        failed.extend([] if failure.seed is None else [failure.seed])
    return seeds


def replay(finding: Finding) -> Replay | None:
    """The first counterexample, or the first witness of something possible; None where there is none."""
    if finding.judgement is None or finding.judgement.witness is None:
        return None
    entry, seed = finding.entry, finding.judgement.witness
    wanted = seed + 1 - entry.first_seed
    option = (" --explore" if entry.exploring else "") + (
        "" if wanted <= entry.claim.seeds_wanted(DEFAULT_SEEDS) else f" --seeds {wanted}"
    )
    return Replay(seed, f"pytest {shlex.quote(entry.test(seed_name(seed)))}{option}")
