"""The templates of the page, files of this package. They escape every value that is no `Markup`."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from lstm_lab.judging.report.html.markup import blocks, embed_svg, inline, slug, text
from lstm_lab.text import printable

if TYPE_CHECKING:
    from jinja2 import Environment


def fill(template: str, **values: Any) -> str:
    """A template filled in, as HTML; a missing value is an error."""
    return printable(_environment().get_template(template).render(values))


def asset(name: str) -> Markup:
    """The style sheet or the script of the page, a file of this package, unchanged."""
    return Markup(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


@cache
def _environment() -> Environment:
    """The environment of Jinja, one for the process: it caches compiled templates."""
    from jinja2 import (
        Environment,
        PackageLoader,
        StrictUndefined,
    )  # imported on use: collecting claims must not wait for it

    environment = Environment(
        loader=PackageLoader(__package__, "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(blocks=blocks, embed_svg=embed_svg, inline=inline, slug=slug, text=text)
    return environment
