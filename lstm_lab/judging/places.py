"""Where the report stands, and its page beside it."""

from __future__ import annotations

from pathlib import Path

PAGE = ".html"


def page_of(report: Path) -> Path:
    """Where the page of a report stands: `report.html` beside `REPORT.md`."""
    return report.with_name(report.stem.lower() + PAGE)


def flaw(report: str | Path) -> str:
    """Why no report can stand there, "" where one can: its page would take its place."""
    if Path(report).suffix.lower() != PAGE:
        return ""
    return f"got {report}, wanted the name of the Markdown, as REPORT.md; the page is written beside it, as report.html"
