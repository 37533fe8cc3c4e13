"""A claim: what the text says, in our own words, with an exact pointer to it and the criterion declared beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from lstm_lab.judging.claims.controls import UNTRAINED, Control, planted_control, wording_error
from lstm_lab.judging.claims.naming import ARMS, naming_error
from lstm_lab.judging.claims.seeds import MOST_SEEDS, Seed, SeedCount, Seeds
from lstm_lab.judging.claims.source import Source
from lstm_lab.judging.claims.validation import CLAIM_ID, id_error, source_error
from lstm_lab.judging.criteria import CRITERIA, Criterion, Verdict

Stance = Literal["stated", "strict", "question", "probe"]
STANCES: tuple[Stance, ...] = get_args(Stance)


class ClaimError(ValueError):
    """A claim that cannot be tested as it stands; the message is one line saying what, got, wanted."""


@dataclass(frozen=True)
class Claim:
    """What one test verifies.

    Attributes:
        id: `section/what-is-claimed`, unique in the suite.
        statement: the claim in our own words, one sentence.
        source: where the text says it, down to the paragraph.
        also: where else it says the same.
        stance: what it is to the text. "stated": the text asserts it, in the reading that its author would stand by;
            "strict": a literal or universal reading that a sentence allows but does not need; "question": a reader
            asked or suggested it; "probe": ours, to explain a verdict.
        criterion: turns the observations of all seeds into a verdict.
        expect: the verdict on record that the exploration seeds gave, None for a new claim.
        found: the verdict on record that the judged seeds gave, where it is another one; None where it is the same.
        seeds: number of seeds where the claim departs from the default of its criterion, else None.
        seeds_reason: why it departs.
        contradicts: ids of the claims that cannot hold together with this one.
        challenges: id of the claim that this one was made to dispute, which it contradicts; "" for most claims.
        published: the figure the text prints for it, "" where it prints none.
        asks: ids of the questions to Keras itself that it is about; what other installations answered stands beside it.
        control: its negative control, under which it must lose its support.
        holds_with: its positive control, in a few words: the variant with the property planted, by which the measure,
            seeds and criterion of a refuted claim show that they can support it; "" for none.
        revised: when and what of it changed after a verdict on it was seen, and that verdict; "" for nothing.
        judged_from: the first seed that its verdict rests on, where that is not the first of the suite; None for that.
        sides: what a comparison calls its treatment and its baseline; empty for just that.
        measure: what is measured, in a few words; "" for nothing to say of it.
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
    control: Control = UNTRAINED
    challenges: str = ""
    asks: tuple[str, ...] = ()
    also: tuple[Source, ...] = ()
    stance: Stance = "probe"
    found: Verdict | None = None
    holds_with: str = ""
    revised: str = ""
    judged_from: Seed | None = None
    sides: tuple[str, ...] = ()
    measure: str = ""

    def __post_init__(self) -> None:
        if id_error(self.id):
            raise ClaimError(id_error(self.id))
        if not isinstance(self.criterion, Criterion):
            raise ClaimError(
                f"claim {self.id}: got criterion {self.criterion!r}, wanted one of always(), at_least(p), "
                "at_most(p), beats(), equivalent(within=d), possible(); declare it before the first run"
            )
        if error := source_error(self.source):
            raise ClaimError(f"claim {self.id}: {error}")
        if self.stance not in STANCES:
            raise ClaimError(f"claim {self.id}: got stance={self.stance!r}, wanted one of {', '.join(STANCES)}")
        if CRITERIA.get(self.criterion.kind) is not type(self.criterion):
            raise ClaimError(
                f"claim {self.id}: got criterion {self.criterion.kind}, which no report could read back, wanted one of "
                f"{', '.join(CRITERIA)}; register_criterion in a file that conftest.py imports makes another known"
            )
        is_whole = type(self.seeds) is int
        if self.seeds is not None and not (is_whole and 1 <= self.seeds <= MOST_SEEDS):
            wanted = f"{'' if is_whole else 'a whole number, '}at least 1 and at most {MOST_SEEDS}"
            raise ClaimError(f"claim {self.id}: got seeds={self.seeds!r}, wanted {wanted}")
        if self.seeds is not None and not self.seeds_reason:
            raise ClaimError(f"claim {self.id}: seeds={self.seeds} has no reason; add seeds_reason='why not more'")
        if self.judged_from is not None and not (type(self.judged_from) is int and 0 <= self.judged_from < MOST_SEEDS):
            wanted = f"a whole number, at least 0 and less than {MOST_SEEDS}"
            raise ClaimError(f"claim {self.id}: got judged_from={self.judged_from!r}, wanted {wanted}")
        if self.challenges != "" and not (isinstance(self.challenges, str) and CLAIM_ID.fullmatch(self.challenges)):
            raise ClaimError(
                f"claim {self.id}: got challenges={self.challenges!r}, wanted the id of one claim, like 'section/what'"
            )
        if self.challenges == self.id:
            raise ClaimError(f"claim {self.id}: got challenges={self.id!r}, itself, wanted the id of another claim")
        if self.id in self.contradicts:
            raise ClaimError(f"claim {self.id}: got contradicts={self.id!r}, itself, wanted ids of other claims")
        error = wording_error(self.control, self.holds_with) or naming_error(
            self.sides, self.measure, self.criterion.judges_pairs
        )
        if error:
            raise ClaimError(f"claim {self.id}: {error}")

    @property
    def on_record(self) -> Verdict | None:
        """The verdict on record of the judged seeds: what they gave where that differs, else that of exploration."""
        return self.found or self.expect

    @property
    def positive_control(self) -> Control | None:
        """The control under which it must be supported, None without one."""
        return planted_control(self.holds_with)

    @property
    def arms(self) -> tuple[str, ...]:
        """What the report calls treatment and baseline of its pairs."""
        return self.sides or ARMS

    @property
    def is_stated_by_the_text(self) -> bool:
        """Whether the text itself states it: no reader, no stricter reading of it and no question."""
        return self.stance == "stated" and self.source.voice == "text"

    def seeds_of(self, run: Seeds) -> range:
        """The seeds that this claim takes in a run."""
        first = run.first if run.exploring or self.judged_from is None else self.judged_from
        return range(first, first + self.seeds_wanted(run.count))

    def seeds_wanted(self, default: int) -> int:
        """How many seeds this claim takes when the suite runs with `default` seeds."""
        most = self.seeds if self.seeds is not None else self.criterion.default_seeds
        return default if most is None else min(default, most)
