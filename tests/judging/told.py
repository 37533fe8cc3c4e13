"""All that a report tells in Markdown, and the checks that every report of a test must pass."""

import re
from collections import Counter
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt

from lstm_lab.judging.report.formatting import IN_THE_ROOT
from lstm_lab.judging.report.markdown import FRONT, documents
from lstm_lab.judging.report.report import Report


def told(report: Report) -> str:
    """The texts of all files, the first one first, the details by their names; every link in them leads somewhere."""
    texts, lost = documents(report, IN_THE_ROOT)

    assert () == lost
    return "\n".join([texts[FRONT], *(texts[name] for name in sorted(texts) if name != FRONT)])


def written(path: Path) -> str:
    """The same of a report that was written to a file."""
    details = path.with_name(path.stem.lower()).glob("*.md")
    return "\n".join(one.read_text(encoding="utf-8") for one in (path, *sorted(details, key=lambda one: one.stem)))


class Page(HTMLParser):
    """The ids, the headings and the links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.headings: list[str] = []
        self._is_heading = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the id of an element, and the address of a link or a picture."""
        given = dict(attrs)
        self.ids.update(filter(None, [given.get("id")]))
        self.links += filter(None, [given.get("href"), given.get("src")])
        self._is_heading = re.fullmatch("h[1-6]", tag) is not None
        self.headings += [""] * self._is_heading

    def handle_endtag(self, tag: str) -> None:
        """A heading ends."""
        self._is_heading = self._is_heading and re.fullmatch("h[1-6]", tag) is None

    def handle_data(self, data: str) -> None:
        """Take the text of a heading."""
        if self._is_heading:
            self.headings[-1] += data

    @property
    def anchors(self) -> set[str]:
        """All that a link may lead to: ids, and headings as a code host names them, numbered where they are alike."""
        names = [re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in self.headings]
        counts = Counter[str]()
        numbered = set()
        for name in names:
            numbered.add(f"{name}-{counts[name]}" if counts[name] else name)
            counts[name] += 1
        return self.ids | numbered


def lost_links(paths: Iterable[Path]) -> list[str]:
    """The links and pictures of Markdown files that lead to no file, or to no anchor of it; the web is left out."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    pages: dict[Path, Page] = {}

    def page(path: Path) -> Page:
        if path not in pages:
            text = path.read_text(encoding="utf-8")
            pages[path] = Page(markdown.render(text) if path.suffix == ".md" else text)
        return pages[path]

    lost = []
    for path in paths:
        for link in page(path).links:
            address, _, anchor = link.partition("#")
            target = (path.parent / unquote(address)).resolve() if address else path
            is_whole = not anchor or target.suffix == ".py"
            if ":" not in link and not (target.exists() and (is_whole or unquote(anchor) in page(target).anchors)):
                lost.append(f"{path.name}: {link}")
    return lost
