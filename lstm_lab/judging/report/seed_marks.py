"""Evidence by seed: one mark for each seed, and the values that its observation reports.

From `MOST_MARKS` seeds on nobody reads marks one by one, and a report would grow with its seeds: counts stand in their
place, and a small histogram in that of the numbers. The evidence has every seed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lstm_lab.judging.claims import with_sides
from lstm_lab.judging.criteria import difference
from lstm_lab.judging.evidence import Observation, ReportedValue
from lstm_lab.judging.verdicts import Finding
from lstm_lab.text import figure

MOST_MARKS = 60  # seeds that are told one by one
HISTOGRAM = " ▁▂▃▄▅▆▇█"  # the height of a bar, from none of the seeds to the most
BARS = 20
HOLDS, HOLDS_NOT, MISSING, FAILED = "●", "○", "?", "!"
AHEAD, TIED, BEHIND = "+", "=", "-"
MEANING = {
    HOLDS: "holds",
    HOLDS_NOT: "does not hold",
    AHEAD: "treatment ahead",
    TIED: "tied",
    BEHIND: "treatment behind",
    MISSING: "missing",
    FAILED: "failed",
}


def marks(finding: Finding) -> list[str]:
    """One mark for each selected seed, in their order."""
    observations = {observation.seed: observation for observation in finding.observations}
    failed = {failure.seed for failure in finding.failures if failure.kind != "missing"}
    margin = finding.entry.claim.criterion.tie_margin
    result = []
    for seed in sorted(finding.entry.seeds):
        if seed in failed or None in failed:
            result.append(FAILED)
        elif seed in observations:
            result.append(_mark(observations[seed], margin))
        else:
            result.append(MISSING)
    return result


def told_one_by_one(finding: Finding) -> bool:
    """Whether the report tells each seed, and not only how many showed what."""
    return len(finding.entry.seeds) <= MOST_MARKS


def mark_string(finding: Finding) -> str:
    """The marks in groups of ten; of many seeds each mark once, with its number: `● 812×, ○ 188×`."""
    string = "".join(marks(finding))
    if not told_one_by_one(finding):
        counts = Counter(string)
        return ", ".join(f"{mark} {counts[mark]}×" for mark in MEANING if counts[mark])
    return " ".join(string[start : start + 10] for start in range(0, len(string), 10))


def tally(finding: Finding) -> str:
    """The number of seeds with each mark: `holds 27×, does not hold 3×`."""
    counts = Counter(marks(finding))
    return ", ".join(f"{meaning} {counts[mark]}×" for mark, meaning in meanings(finding).items() if counts[mark])


def meanings(finding: Finding) -> dict[str, str]:
    """What each mark means for this claim, with its own names of the two sides."""
    return {mark: with_sides(meaning, finding.entry.claim.arms) for mark, meaning in MEANING.items()}


def reported_values(observations: Sequence[Observation]) -> dict[str, list[ReportedValue]]:
    """The values that the seeds reported, by name; names in the order of the test."""
    values: dict[str, list[ReportedValue]] = {}
    for observation in observations:
        for name, value in observation.shown.items():
            values.setdefault(name, []).append(value)
    return values


def numbers(values: Sequence[ReportedValue]) -> list[float] | None:
    """`values` where all of them are numbers, else None."""
    numeric = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    return numeric if len(numeric) == len(values) else None


def histogram(values: Sequence[float]) -> str:
    """How finite numbers are spread between the smallest and the largest: one bar for each twentieth of the way."""
    low, high = min(values), max(values)
    half = high / 2 - low / 2  # of the width, which may itself be beyond the floats
    places = (min(BARS - 1, int(BARS * ((value / 2 - low / 2) / half))) if half else 0 for value in values)
    counts = Counter(places)
    most, steps = max(counts.values()), len(HISTOGRAM) - 1
    return "".join(HISTOGRAM[-(-steps * counts[place] // most)] for place in range(BARS))


def value_counts(values: Sequence[ReportedValue]) -> list[tuple[str, int]]:
    """The different values with their counts, the most frequent first."""
    counts = Counter(value_text(value, "") for value in values)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def value_text(value: ReportedValue, what: str) -> str:
    """One reported value, by the name that it is reported under."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else figure(value, what)


def _mark(observation: Observation, margin: float) -> str:
    if observation.value is None or observation.against is None:
        return HOLDS if observation.holds else HOLDS_NOT
    ahead = difference(observation.value, observation.against)
    return AHEAD if ahead > margin else BEHIND if ahead < -margin else TIED
