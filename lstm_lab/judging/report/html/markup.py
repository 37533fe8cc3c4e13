"""What the page takes as HTML: Markdown, code in texts, pictures. All that it does not mark as such is text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


FINER = re.compile(r"(\.\d\d)\d+")  # than a hundredth of a point, which nobody sees


def text(plain: str) -> Markup:
    """Text as HTML, on one line, with what stands between backticks as code."""
    parts = re.split(r"`([^`]*)`", " ".join(plain.split()))
    code = Markup("<code>{}</code>")
    return Markup().join(code.format(part) if place % 2 else part for place, part in enumerate(parts))


@cache
def inline(markdown: str) -> Markup:
    """One line of Markdown, as the report writes it, as HTML; tags in it stay text."""
    return Markup(_markdown().renderInline(markdown))


def blocks(lines: Sequence[str]) -> Markup:
    """Lines of Markdown (lists, tables, paragraphs) as HTML; tags in them stay text."""
    return Markup(_markdown().render("\n".join(lines)).rstrip())


def slug(words: str) -> str:
    """Words as the id of an element: `learning-one-letter-at-a-time`."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def embed_svg(svg: str, name: str, label: str) -> Markup:
    """An SVG file as an element of the page.

    Args:
        svg: the file, as Matplotlib writes it.
        name: begins all ids in it, which several drawings of a page must not share, and is the id of the element.
        label: what a screen reader calls it.
    """
    element = re.sub(r"<(metadata|style|title)\b.*?</\1>\s*|<!--.*?-->", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', element))
    element = re.sub(r'\sid="([^"]*)"', lambda id: f' id="{name}-{id[1]}"' if id[1] in used else "", element)
    element = re.sub(r'\b(href="#|url\(#)', rf"\g<1>{name}-", element)
    head, _, rest = element.partition(">")
    head = re.sub(r'\s(width|height|version|xmlns(:\w+)?|id)="[^"]*"', "", " ".join(head.split()))
    rest = re.sub(r"\s*\n\s*", " ", rest).replace("xlink:href", "href")
    rest = re.sub(r'\b(?:d|x|y)="[^"]*"', lambda place: FINER.sub(r"\1", place[0]), rest)
    # No text is turned by nothing, and the page sets the letters of all pictures.
    rest = re.sub(r' transform="rotate\(-?0 [^"]*"|font-family: [^;"]*;? ?', "", rest)
    rest = re.sub(r'\bstyle="[^"]*"', lambda style: re.sub(r"([:;]) ", r"\1", style[0]), rest)
    attributes = Markup(' id="{}" role="img" aria-label="{}">').format(name, label)
    return Markup(head) + attributes + Markup(rest.rstrip())


def shape(svg: str) -> tuple[float, float]:
    """Width and height of an SVG file, in its own unit."""
    found = re.search(r'viewBox="\S+ \S+ (\S+) (\S+)"', svg)
    if found is None:
        raise ValueError(f"picture: got an SVG that begins {svg[:60]!r}, wanted one with a viewBox")
    return float(found[1]), float(found[2])


@cache
def _markdown() -> MarkdownIt:
    """CommonMark with tables; what would fetch something, or write tags, is off."""
    from markdown_it import MarkdownIt  # where it is used: collecting claims must not wait for it

    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "autolink"])
