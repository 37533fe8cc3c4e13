"""How the report writes things down: numbers, shares, intervals, verdicts, seeds and links, each in one way."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lstm_lab.judging.criterion import Verdict
from lstm_lab.judging.findings import Finding, Standing
from lstm_lab.judging.records import Entry

NONE = "–"  # an empty cell
GLUE = "\u00a0"  # a space at which no line breaks
VERDICT_MARKS = {Verdict.SUPPORTED: "●", Verdict.REFUTED: "○", Verdict.INCONCLUSIVE: "◐"}
STANDING_MARKS = {Standing.ERROR: "!", Standing.INCOMPLETE: "?", Standing.NOT_JUDGED: "·"}


def number(value: float) -> str:
    """A figure, with up to four decimals where it has any: `23`, `0.8696`, `−0.03`, `1.2e−05`."""
    if isinstance(value, int) or value == 0:
        text = f"{value:.0f}"
    elif 1e-3 <= abs(value) < 1e6:
        text = f"{value:.4f}".rstrip("0").rstrip(".")
    else:
        text = f"{value:.3g}"
    return "0" if text == "-0" else text.replace("-", "−")


def signed(value: float) -> str:
    """A difference, with its sign."""
    text = number(value)
    return text if text.startswith("−") or text == "0" else f"+{text}"


def percent(share: float) -> str:
    """A share with one decimal: `96.7 %`."""
    return f"{100 * share:.1f} %"


def percent_interval(low: float, high: float) -> str:
    """Two shares: `82.8 to 99.9 %`."""
    return f"{100 * low:.1f} to {percent(high)}"


def difference_interval(low: float, high: float) -> str:
    """Two differences: `−0.02 to +0.13`."""
    return f"{signed(low)} to {signed(high)}"


def counted(n: int, noun: str) -> str:
    """`1 seed`, `30 seeds`."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def listed(seeds: Sequence[int]) -> str:
    """Seeds in ascending order, neighbours joined: `seed 3`, `seeds 0 to 29`, `seeds 0 to 4, 7`."""
    spans: list[list[int]] = []
    for seed in sorted(seeds):
        if spans and seed == spans[-1][-1] + 1:
            spans[-1].append(seed)
        else:
            spans.append([seed])
    texts = [f"{span[0]} to {span[-1]}" if len(span) > 2 else ", ".join(map(str, span)) for span in spans]
    return f"{'seed' if len(seeds) == 1 else 'seeds'} {', '.join(texts)}"


def standing(finding: Finding) -> str:
    """The verdict with its mark, or why there is none: `● SUPPORTED`, `! ERROR`."""
    if finding.judgement is not None:
        verdict = finding.judgement.verdict
        return f"{VERDICT_MARKS[verdict]}{GLUE}{verdict.value.upper()}"
    return f"{STANDING_MARKS.get(finding.standing, '·')}{GLUE}{finding.standing.value.upper()}"


def anchor(claim: str) -> str:
    """The anchor of a claim's section; no claim id has two hyphens in a row."""
    return claim.replace("/", "--")


def link(claim: str) -> str:
    """A claim's id, leading to its section."""
    return f"[`{claim}`](#{anchor(claim)})"


def location(entry: Entry) -> str:
    """Where the test of a claim stands, as a link relative to the root of the project."""
    path = entry.node.partition("::")[0]
    return f"[`{path}:{entry.line}`]({path}#L{entry.line})"


def prose(text: str) -> str:
    """Text for a line of Markdown: one line, and no angle bracket that could be taken for HTML outside of code."""
    parts = re.split(r"(`[^`]*`)", " ".join(text.split()))
    return "".join(part if part.startswith("`") else part.replace("<", "&lt;") for part in parts)


def code(text: str) -> str:
    """Text as code, on one line."""
    flat = " ".join(text.split()).replace("`", "'")
    return f"`{flat}`" if flat else ""


def headline(message: str) -> str:
    """The first line of a message as code; of paths that begin at the root of the machine only their last part."""
    return code(re.sub(r"(?<![\w./:])/(?:[\w.+-]+/)+", "", message.partition("\n")[0]))


def row(cells: Sequence[str]) -> str:
    """One line of a Markdown table."""
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"
