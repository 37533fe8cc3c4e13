"""A claim: what the text says, in our own words, with an exact pointer to it and the criterion declared beforehand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import pytest

from lstm_lab.judging.claims.negative_control import UNTRAINED, NegativeControl, declared_control, wording_error
from lstm_lab.judging.claims.seeds import MOST_SEEDS, SeedCount
from lstm_lab.judging.claims.source import Comment, Section, Source
from lstm_lab.judging.criteria import Criterion, Verdict

CLAIM_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")

Test = TypeVar("Test", bound=Callable[..., None])


class ClaimError(ValueError):
    """A claim that cannot be tested as it stands; the message is one line saying what, got, wanted."""


@dataclass(frozen=True)
class Claim:
    """What one test verifies.

    Attributes:
        id: `section/what-is-claimed`, unique in the suite.
        statement: the claim in our own words, one sentence.
        source: where the text says it.
        criterion: turns the observations of all seeds into a verdict.
        expect: the verdict on record, None for a new claim.
        seeds: number of seeds where the claim departs from the default of its criterion, else None.
        seeds_reason: why it departs.
        contradicts: ids of the claims that cannot hold together with this one.
        challenges: id of the claim that this one was made to dispute, which it contradicts; "" for most claims.
        published: the figure the text prints for it, "" where it prints none.
        control: what is taken away under `--control`, so that the claim must lose its support.
    """

    id: str
    statement: str
    source: Source
    criterion: Criterion
    expect: Verdict | None = None
    seeds: SeedCount | None = None
    seeds_reason: str = ""
    contradicts: tuple[str, ...] = ()
    published: str = ""
    control: NegativeControl = UNTRAINED
    challenges: str = ""

    def __post_init__(self) -> None:
        if not CLAIM_ID.fullmatch(self.id):
            raise ClaimError(f"claim id: got {self.id!r}, wanted lower-case words like 'section/what-is-claimed'")
        if not isinstance(self.criterion, Criterion):
            raise ClaimError(
                f"claim {self.id}: got criterion {self.criterion!r}, wanted one of always(), at_least(p), "
                "at_most(p), beats(), equivalent(within=d), possible(); declare it before the first run"
            )
        if not isinstance(self.source, Section | Comment):
            raise ClaimError(f"claim {self.id}: got source {self.source!r}, wanted Section(...) or Comment(...)")
        if self.seeds is not None and not 1 <= self.seeds <= MOST_SEEDS:
            raise ClaimError(f"claim {self.id}: got seeds={self.seeds}, wanted at least 1 and at most {MOST_SEEDS}")
        if self.seeds is not None and not self.seeds_reason:
            raise ClaimError(f"claim {self.id}: seeds={self.seeds} has no reason; add seeds_reason='why not more'")
        if self.challenges != "" and not (isinstance(self.challenges, str) and CLAIM_ID.fullmatch(self.challenges)):
            raise ClaimError(
                f"claim {self.id}: got challenges={self.challenges!r}, wanted the id of one claim, like 'section/what'"
            )
        if self.challenges == self.id:
            raise ClaimError(f"claim {self.id}: got challenges={self.id!r}, itself, wanted the id of another claim")
        flaw = wording_error(self.control)
        if flaw:
            raise ClaimError(f"claim {self.id}: {flaw}")

    def seeds_wanted(self, default: int) -> int:
        """How many seeds this claim takes when the suite runs with `default` seeds."""
        most = self.seeds if self.seeds is not None else self.criterion.default_seeds
        return default if most is None else min(default, most)


def claim(
    id: str,
    statement: str,
    *,
    source: Source,
    criterion: Criterion | None = None,
    expect: str | None = None,
    seeds: int | None = None,
    seeds_reason: str = "",
    contradicts: tuple[str, ...] | list[str] = (),
    published: str = "",
    control: str | NegativeControl | None = None,
    challenges: str = "",
) -> Callable[[Test], Test]:
    """Declare a test as the measurement of one claim; the arguments are `Claim`'s.

    `control` says how the claim shows that it can fail: left out, the models are untrained; a text names the broken
    variant that the test measures where the fixture `broken` is true; `exempt("why")` is for plain facts.

    `challenges` names the claim that this one disputes. It contradicts that claim, is measured together with it where
    it is measured alone, and stands beside it in the report.

    Mistakes are reported at collection, one line each, so that one bad claim does not hide the others:
    the mark keeps either the claim or the error.
    """
    kept: Claim | ClaimError
    try:
        if expect is not None and expect not in {verdict.value for verdict in Verdict}:
            known = ", ".join(repr(verdict.value) for verdict in Verdict)
            raise ClaimError(f"claim {id}: got expect={expect!r}, wanted one of {known}")
        kept = Claim(
            id=id,
            statement=statement,
            source=source,
            criterion=criterion,  # type: ignore[arg-type]  # None is refused by Claim, with a line of its own
            expect=Verdict(expect) if expect else None,
            seeds=seeds,
            seeds_reason=seeds_reason,
            contradicts=tuple(contradicts),
            published=published,
            control=declared_control(control),
            challenges=challenges,
        )
    except ClaimError as error:
        kept = error
    # `id` rides along so that `-m 'claim(id="...")'` selects.
    return pytest.mark.claim(kept, id=id)
