"""Verdicts, links, code and table rows as Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lstm_lab.judging.claims import DEFAULT_SEEDS
from lstm_lab.judging.criteria import Verdict
from lstm_lab.judging.evidence import Entry
from lstm_lab.judging.verdicts import Finding, Status

EMPTY_CELL = "–"
NBSP = "\u00a0"  # a non-breaking space
VERDICT_MARKS = {Verdict.SUPPORTED: "●", Verdict.REFUTED: "○", Verdict.INCONCLUSIVE: "◐"}
STATUS_MARKS = {Status.ERROR: "!", Status.INCOMPLETE: "?", Status.NOT_JUDGED: "·"}


def verdict_label(finding: Finding) -> str:
    """The verdict with its mark, or why there is none: `● SUPPORTED`, `! ERROR`."""
    if finding.judgement is not None:
        verdict = finding.judgement.verdict
        return f"{VERDICT_MARKS[verdict]}{NBSP}{verdict.value.upper()}"
    return f"{STATUS_MARKS.get(finding.status, '·')}{NBSP}{finding.status.value.upper()}"


def anchor(claim: str) -> str:
    """The anchor of a claim's section; no claim id has two hyphens in a row."""
    return claim.replace("/", "--")


def link(claim: str) -> str:
    """A claim's id as a link to its section."""
    return f"[`{claim}`](#{anchor(claim)})"


def location(entry: Entry) -> str:
    """The file and line of a claim's test, as a link relative to the root of the project."""
    path = entry.node.partition("::")[0]
    return f"[`{path}:{entry.line}`]({path}#L{entry.line})"


def escaped(text: str) -> str:
    """Text for a line of Markdown: one line, and no angle bracket that could be taken for HTML outside of code."""
    parts = re.split(r"(`[^`]*`)", " ".join(text.split()))
    return "".join(part if part.startswith("`") else part.replace("<", "&lt;") for part in parts)


def inline_code(text: str) -> str:
    """Text as code, on one line."""
    flat = " ".join(text.split()).replace("`", "'")
    return f"`{flat}`" if flat else ""


def headline(message: str) -> str:
    """The first line of a message as code; absolute paths are cut to their last part."""
    return inline_code(re.sub(r"(?<![\w./:])/(?:[\w.+-]+/)+", "", message.partition("\n")[0]))


def row(cells: Sequence[str]) -> str:
    """One line of a Markdown table."""
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def repeat(claim: str, default_seeds: int) -> str:
    """The command that measures one claim again, or all of them for ""."""
    options = f"--claim {claim}" if claim else "-n auto"
    return f"pytest claims/ {options}" + (f" --seeds {default_seeds}" if default_seeds != DEFAULT_SEEDS else "")
