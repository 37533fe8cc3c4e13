"""What a test says of itself: the claims that it declares, the one that it measures, and the fixtures behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from lstm_lab.judging.claims import Claim, ClaimError, Declaration, Kind, forget_collected


def declarations(node: pytest.Item) -> tuple[Declaration, ...]:
    """The claims that a test declares, or what is wrong with them; of a test with cases all, also where it is of one.

    A test of one case has two marks: that of the decorator, which is read here, and one with the claim of its case.
    """
    mark = node.get_closest_marker("claim")
    if mark is None:
        return ()
    content = mark.args[0] if mark.args else None
    if isinstance(content, Claim | ClaimError):
        return (Declaration(content),)
    if isinstance(content, tuple):
        return content
    got = f"marker claim: got {mark.args} {mark.kwargs}, wanted the decorator @claim(id, statement, ...)"
    return (Declaration(ClaimError(got)),)


def mark_as_collected(node: pytest.Item) -> None:
    """Note that the claims which a test declares have a test."""
    mark = node.get_closest_marker("claim")
    if mark is not None and mark.args:
        forget_collected(mark.args[0])


def claim_of(node: pytest.Item) -> Claim | None:
    """The claim that a test measures; None for any other test."""
    marks = node.iter_markers("claim")
    return next((mark.args[0] for mark in marks if mark.args and isinstance(mark.args[0], Claim)), None)


def claim_tests(items: Iterable[pytest.Item]) -> Iterator[tuple[pytest.Item, Claim, int]]:
    """Those of `items` that measure a claim, with the claim and the seed."""
    for item in items:
        claim = claim_of(item)
        if claim is not None and isinstance(item, pytest.Function) and hasattr(item, "callspec"):
            yield item, claim, int(str(item.callspec.params["seed"]))


def control_of(item: pytest.Item) -> Kind | None:
    """The kind of the control under which a test measures its claim, None where it measures it as it is."""
    kind: Kind | None = item.callspec.params.get("control") if hasattr(item, "callspec") else None
    return kind


def fixture_functions(node: pytest.Item) -> dict[str, Callable[..., Any]]:
    """By name, the functions of all fixtures behind a test, also indirect ones; the last where one overrides others."""
    # pytest has no public way from a test to the fixture functions behind it.
    definitions = node._fixtureinfo.name2fixturedefs  # type: ignore[attr-defined]
    return {name: overriding[-1].func for name, overriding in definitions.items()}
