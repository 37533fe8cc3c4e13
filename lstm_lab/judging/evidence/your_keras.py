"""What installations of Keras were recorded to do, as far as a report tells it; this side knows it as texts."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class InKeras:
    """What Keras itself does where a claim is about it, in a phrase each.

    Attributes:
        about: what was asked.
        then: in the article's own software.
        now: today, with TensorFlow.
        elsewhere: today, with other backends.
        questions: as they were asked.
        errors: what today's Keras says where it raises, with any backend.
    """

    about: str
    then: str
    now: str
    elsewhere: str
    questions: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class YourKeras:
    """How installations differ.

    Attributes:
        headings: of the table; the first column has the questions.
        rows: of the table.
        claims: by claim id, what Keras itself does there.
    """

    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    claims: dict[str, InKeras] = field(default_factory=dict)
