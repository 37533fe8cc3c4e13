"""Markdown, texts with code, and SVG files as safe HTML (`Markup`); the templates escape every other text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from lstm_lab.judging.report.formatting import CODE
from lstm_lab.text import one_line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


NUMBER = re.compile(r"-?\d+\.\d+")
DECIMALS = 1  # of a coordinate: a tenth of a point, which no eye sees


def text(plain: str) -> Markup:
    """Text as HTML, on one line, with text between backticks as code."""
    parts = CODE.split(one_line(plain))
    code = Markup("<code>{}</code>")
    return Markup().join(code.format(part.strip("`")) if index % 2 else part for index, part in enumerate(parts))


@cache
def inline(markdown: str) -> Markup:
    """One line of Markdown, as the report writes it, as HTML; tags in it stay text."""
    return Markup(_markdown().renderInline(markdown))


def blocks(lines: Sequence[str]) -> Markup:
    """Lines of Markdown (lists, tables, paragraphs) as HTML; tags in them stay text."""
    return Markup(re.sub(r">\n+<", "><", _markdown().render("\n".join(lines)).rstrip()))


def slug(words: str) -> str:
    """Words as the id of an element: `learning-one-letter-at-a-time`."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def embed_svg(svg: str, name: str, label: str) -> Markup:
    """An SVG file as an element of the page.

    Args:
        svg: the text of the file, as Matplotlib writes it.
        name: the id of the element, and the prefix of all ids in it: no two pictures of a page may share an id.
        label: its name for screen readers.
    """
    element = re.sub(r"<(metadata|style|title)\b.*?</\1>\s*|<!--.*?-->", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', element))
    element = re.sub(r'\sid="([^"]*)"', lambda id: f' id="{name}-{id[1]}"' if id[1] in used else "", element)
    element = re.sub(r'\b(href="#|url\(#)', rf"\g<1>{name}-", element)
    head, _, rest = element.partition(">")
    head = re.sub(r'\s(width|height|version|xmlns(:\w+)?|id)="[^"]*"', "", " ".join(head.split()))
    rest = re.sub(r"\s*\n\s*", " ", rest).replace("xlink:href", "href")
    rest = re.sub(r"> +<", "><", _without_bare_groups(rest))
    rest = re.sub(r'\b(?:d|x|y)="[^"]*"', lambda attribute: _rounded(attribute[0]), rest)
    # Rotations by 0 do nothing, and the style of the page sets the font of all pictures.
    rest = re.sub(r' transform="rotate\(-?0 [^"]*"|font-family: [^;"]*;? ?', "", rest)
    rest = re.sub(r'\bstyle="[^"]*"', lambda style: re.sub(r"([:;]) ", r"\1", style[0]), rest)
    attributes = Markup(' id="{}" role="img" aria-label="{}">').format(name, label)
    return Markup(head) + attributes + Markup(rest.rstrip())


def _rounded(attribute: str) -> str:
    """Coordinates with as many decimals as one can see, and no space that a path needs not."""
    numbers = NUMBER.sub(lambda number: f"{float(number[0]):.{DECIMALS}f}".removesuffix(".0"), attribute)
    return re.sub(r" ?(?<![a-z])([A-Zz]) ?", r"\1", numbers).replace(" -", "-")


def _without_bare_groups(svg: str) -> str:
    """The same drawing without groups that have no attribute: they are half of its elements and show nothing."""
    kept: list[bool] = []
    parts = []
    for part in re.split(r"(<g\b[^>]*>|</g>)", svg):
        if part == "</g>":
            parts.append(part if kept.pop() else "")
            continue
        if part.startswith("<g") and re.match(r"<g\b", part) and not part.endswith("/>"):
            kept.append(part != "<g>")
            part = part if kept[-1] else ""
        parts.append(part)
    return "".join(parts)


def shape(svg: str) -> tuple[float, float]:
    """Width and height of an SVG file, in its own unit."""
    view_box = re.search(r'viewBox="\S+ \S+ (\S+) (\S+)"', svg)
    if view_box is None:
        raise ValueError(f"picture: got an SVG that begins {svg[:60]!r}, wanted one with a viewBox")
    return float(view_box[1]), float(view_box[2])


@cache
def _markdown() -> MarkdownIt:
    """The parser: CommonMark with tables, without raw HTML, images and automatic links."""
    from markdown_it import MarkdownIt  # imported on use: collecting claims must not wait for it

    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "autolink"])
