"""Verdicts, links, code and table rows as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from lstm_lab.judging.claims import DEFAULT_SEEDS, Link, Section, Source
from lstm_lab.judging.criteria import Verdict
from lstm_lab.judging.evidence import Entry
from lstm_lab.judging.verdicts import Finding, Status
from lstm_lab.text import one_line

EMPTY_CELL = "–"
FILE = "file-"  # begins the anchor that stands for a whole file of details
LONGEST_FILE_NAME = 80
NBSP = "\u00a0"  # a non-breaking space
VERDICT_MARKS = {Verdict.SUPPORTED: "●", Verdict.REFUTED: "○", Verdict.INCONCLUSIVE: "◐"}
STATUS_MARKS = {Status.ERROR: "!", Status.INCOMPLETE: "?", Status.NOT_JUDGED: "·"}


def verdict_label(finding: Finding) -> str:
    """The verdict with its mark, or why there is none: `● SUPPORTED`, `! ERROR`."""
    if finding.judgement is not None:
        return verdict_text(finding.judgement.verdict)
    return f"{STATUS_MARKS.get(finding.status, '·')}{NBSP}{finding.status.value.upper()}"


def verdict_text(verdict: Verdict) -> str:
    """A verdict with its mark: `● SUPPORTED`."""
    return f"{VERDICT_MARKS[verdict]}{NBSP}{verdict.value.upper()}"


def anchor(claim: str) -> str:
    """The anchor of a claim's section; no claim id has two hyphens in a row."""
    return claim.replace("/", "--")


def link(claim: str) -> str:
    """A claim's id as a link to its section."""
    return f"[`{claim}`](#{anchor(claim)})"


def file_name(text: str) -> str:
    """A text as the name of a file of details, without suffix: small letters, digits and single hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower())[:LONGEST_FILE_NAME].strip("-") or "part"


def file_link(text: str, name: str) -> str:
    """A link to a file of details; the text is Markdown."""
    return f"[{text}](#{FILE}{name})"


@dataclass(frozen=True)
class Place:
    """What a report leads to from where it stands.

    Attributes:
        pictures: the folder of its pictures and of its details, seen from its own folder.
        tests: the files of tests by their paths seen from the root of the project, each as seen from the report; those
            left out are not there. None for a report that stands in the root.
        report: the file that the report begins with.
        page: the report as one page.
        guide: how to doubt a claim; "" where that is not there.
    """

    pictures: str = "report"
    tests: Mapping[str, str] | None = None
    report: str = "REPORT.md"
    page: str = "report.html"
    guide: str = "claims/README.md"

    @property
    def inside(self) -> Place:
        """The same as seen from the folder of the details, which name no files of tests."""
        report, page, guide = (f"../{path}" if path else "" for path in (self.report, self.page, self.guide))
        return replace(self, pictures=".", tests={}, report=report, page=page, guide=guide)

    def seen(self, name: str) -> str:
        """The address of a file among the pictures and details."""
        return f"{quote(self.pictures)}/{name}"


IN_THE_ROOT = Place()


def location(entry: Entry, place: Place) -> str:
    """The file and line of a claim's test, as a link where the file is there."""
    path = entry.node.partition("::")[0]
    told, target = inline_code(f"{path}:{entry.line}"), path if place.tests is None else place.tests.get(path)
    return told if target is None else f"[{told}]({quote(target)}#L{entry.line})"


def picture(name: str, title: str, place: Place) -> str:
    """A picture of the report."""
    return f"![{escaped(title)}]({place.seen(f'{name}.svg')})"


# A span of code, the only Markdown that texts may have; with two backticks in a row it is none.
CODE = re.compile(r"((?<!`)`(?!`)[^`]+`(?!`))")
SYNTAX = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~")  # within a word, an underscore is none
BEGINNING = re.compile(r"^(?:(\d+)(?=[.)](?:\s|$))|(?=[#>]|[-+](?:[-+\s]|$)))")  # of an item, a heading, a quotation


def escaped(text: str) -> str:
    """Text for a line of Markdown: one line, and nothing in it is taken for Markdown or HTML but code in backticks."""
    parts = [
        part if index % 2 else re.sub(r"&(?=#?\w+;)", "&amp;", SYNTAX.sub(r"\\\g<0>", part)).replace("<", "&lt;")
        for index, part in enumerate(CODE.split(one_line(text)))
    ]
    return BEGINNING.sub(r"\1\\", "".join(parts))


def source_line(source: Source) -> str:
    """A source as Markdown; one elsewhere is a link to it."""
    if not isinstance(source, Link):
        return escaped(str(source))
    url = source.url.replace("&", "&amp;").replace("(", "%28").replace(")", "%29")
    return f"[{escaped(source.title)}]({url})"


def statement_link(finding: Finding) -> str:
    """The statement of a claim as a link to its section."""
    claim = finding.entry.claim
    return f"[{escaped(claim.statement)}](#{anchor(claim.id)})"


def told_by(finding: Finding) -> str:
    """Who says it, after a statement; "" for a section of the text."""
    source = finding.entry.claim.source
    return "" if isinstance(source, Section) else f" *{source_line(source)}.*"


def inline_code(text: str) -> str:
    """Text as code, on one line."""
    flat = one_line(text).replace("`", "'")
    return f"`{flat}`" if flat else ""


def headline(message: str) -> str:
    """The first line of a message as code; absolute paths are cut to their last part."""
    return inline_code(re.sub(r"(?<![\w./:])/(?:[\w.+-]+/)+", "", message.partition("\n")[0]))


def row(cells: Sequence[str]) -> str:
    """One line of a Markdown table."""
    # An odd number of backslashes before each bar: an even one would be backslashes, and the bar the end of the cell.
    odd = (re.sub(r"(\\\\)*(\\?)\|", lambda bar: bar[0][:-1] + ("\\\\|" if bar[2] else r"\|"), cell) for cell in cells)
    return f"| {' | '.join(odd)} |"


def repeat(claim: str, default_seeds: int, *, exploring: bool = False) -> str:
    """The command that measures one claim again, or all of them for ""."""
    options = [f"--claim {claim}" if claim else "-n auto", *(["--explore"] if exploring else [])]
    return " ".join(
        ["pytest claims/", *options, *([f"--seeds {default_seeds}"] if default_seeds != DEFAULT_SEEDS else [])]
    )


def chapter(title: str, lines: Iterable[str], otherwise: str = "") -> Iterator[str]:
    """A chapter of these lines; without any it says `otherwise`, or is left out where that is empty."""
    body = list(lines) or [otherwise]
    if any(body):
        yield f"## {title}"
        yield ""
        yield from body
        if body[-1]:
            yield ""


def group(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines under a title within a chapter; nothing without any."""
    body = list(lines)
    if body:
        yield f"**{title}**"
        yield ""
        yield from body
        yield ""
