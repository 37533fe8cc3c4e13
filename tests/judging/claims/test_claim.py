"""A claim says what the text says, where, and how it will be judged; what is missing is told in one line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lstm_lab.judging.claims.claim import Claim, ClaimError
from lstm_lab.judging.claims.declaration import claim
from lstm_lab.judging.claims.source import Comment, Link, Section
from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.exact import always, possible
from lstm_lab.judging.criteria.judgement import Verdict
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.evidence.serialization import structure, unstructure

HERE = Section("Here")


def declared(**changed: Any) -> Claim | ClaimError:
    """What the decorator keeps of a claim that is right but for what was `changed`."""
    arguments: dict[str, Any] = {"id": "here/holds", "source": HERE, "criterion": at_least(0.8), **changed}

    @claim(arguments.pop("id"), "It holds.", **arguments)
    def test() -> None: ...

    (mark,) = test.pytestmark  # type: ignore[attr-defined]
    kept: Claim | ClaimError = mark.args[0]
    return kept


def test_the_decorator_keeps_the_claim() -> None:
    """A test decorated with `@claim` carries the claim, and its id for selection by `-m`."""

    @claim("here/holds", "It holds.", source=HERE, criterion=at_least(0.8), expect="supported", contradicts=["a/b"])
    def test() -> None: ...

    (mark,) = test.pytestmark  # type: ignore[attr-defined]

    assert mark.name == "claim"
    assert mark.kwargs == {"id": "here/holds"}
    assert mark.args == (
        Claim("here/holds", "It holds.", HERE, at_least(0.8), Verdict.SUPPORTED, contradicts=("a/b",)),
    )


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"id": "Here/Holds"}, "claim id: got 'Here/Holds', wanted lower-case words like 'section/what-is-claimed'"),
        ({"id": "holds"}, "claim id: got 'holds', wanted lower-case words like 'section/what-is-claimed'"),
        ({"criterion": None}, "claim here/holds: got criterion None, wanted one of always(), at_least(p), "),
        ({"criterion": at_least}, "claim here/holds: got criterion <function at_least at "),
        (
            {"source": "Here"},
            "claim here/holds: got source 'Here', wanted Section(...), Comment(...) or Link(url, title)",
        ),
        (
            {"source": Link("ftp://a.org/x", "X")},
            "claim here/holds: got the link 'ftp://a.org/x', wanted an address that begins with https:// or http://",
        ),
        (
            {"source": Link("https://a.org/<b>", "X")},
            "claim here/holds: got the link 'https://a.org/<b>', wanted an address that begins with https://",
        ),
        ({"source": Link("https://a.org", " ")}, "claim here/holds: got the title of a link ' ', wanted some words"),
        (
            {"expect": "true"},
            "claim here/holds: got expect='true', wanted one of 'supported', 'refuted', 'inconclusive'",
        ),
        ({"seeds": 0, "seeds_reason": "none"}, "claim here/holds: got seeds=0, wanted at least 1"),
        ({"seeds": 2.0, "seeds_reason": "x"}, "claim here/holds: got seeds=2.0, wanted a whole number, at least 1"),
        ({"seeds": True, "seeds_reason": "x"}, "claim here/holds: got seeds=True, wanted a whole number, at least 1"),
        ({"seeds": 6}, "claim here/holds: seeds=6 has no reason; add seeds_reason='why not more'"),
        (
            {"seeds": 100_001, "seeds_reason": "more"},
            "claim here/holds: got seeds=100001, wanted at least 1 and at most 100000",
        ),
    ],
    ids=[
        "upper-case",
        "no-section",
        "no-criterion",
        "not-called",
        "no-source",
        "other-scheme",
        "no-address",
        "no-title",
        "no-verdict",
        "no-seeds",
        "half-seeds",
        "yes-seeds",
        "no-reason",
        "too-many-seeds",
    ],
)
def test_a_claim_that_cannot_be_tested(changed: dict[str, Any], message: str) -> None:
    """A mistake is kept in the mark as one line, so that it hides no other claim."""
    kept = declared(**changed)

    assert isinstance(kept, ClaimError)
    assert str(kept).startswith(message)
    assert "\n" not in str(kept)


@pytest.mark.parametrize(
    ("criterion", "seeds", "wanted"),
    [(at_least(0.8), None, 30), (always(), None, 5), (always(), 12, 12), (beats(), 60, 30), (possible(), 10, 10)],
    ids=["default", "of-the-criterion", "of-the-claim", "no-more-than-asked", "fewer"],
)
def test_seeds_wanted(criterion: Any, seeds: int | None, wanted: int) -> None:
    """A claim takes its own number of seeds, else that of its criterion, and never more than asked for."""
    one = Claim("here/holds", "It holds.", HERE, criterion, seeds=seeds, seeds_reason="why")

    assert one.seeds_wanted(30) == wanted


@pytest.mark.parametrize("source", [HERE, Comment(4, "someone", "2016-08-24")], ids=["section", "comment"])
@pytest.mark.parametrize("expect", [None, Verdict.REFUTED], ids=["new", "recorded"])
def test_json_keeps_a_claim(source: Section | Comment, expect: Verdict | None) -> None:
    """A claim written as JSON is read back equal, whatever its source."""
    one = Claim("here/beats", "“It” beats.", source, beats(by=0.1), expect, 6, "dear", ("here/holds",), "91.30 %")

    assert one == structure(json.loads(json.dumps(unstructure(one))), Claim, "claim")


def test_sources_for_readers() -> None:
    """A source names the section by its heading, or the comment by number, author and date."""
    assert str(HERE) == "Section “Here”"
    assert str(Comment(4, "someone", "2016-08-24")) == "Comment 4, someone, 2016-08-24"


def test_a_challenge_names_the_challenged_claim() -> None:
    """The challenged claim is kept, also in JSON; catalogues from before there were challenges have none."""
    challenge = declared(challenges="there/holds")

    assert isinstance(challenge, Claim)
    assert "there/holds" == challenge.challenges
    assert challenge == structure(unstructure(challenge), Claim, "claim")
    older = {name: value for name, value in unstructure(challenge).items() if name != "challenges"}
    assert "" == structure(older, Claim, "claim").challenges


@pytest.mark.parametrize(
    ("challenged", "message"),
    [
        ("here/holds", "claim here/holds: got challenges='here/holds', itself, wanted the id of another claim"),
        ("There", "claim here/holds: got challenges='There', wanted the id of one claim, like 'section/what'"),
        (["a/b"], "claim here/holds: got challenges=['a/b'], wanted the id of one claim, like 'section/what'"),
    ],
    ids=["itself", "no-id", "a-list"],
)
def test_a_challenge_that_cannot_be_meant(challenged: Any, message: str) -> None:
    """Neither oneself nor anything but one id can be challenged."""
    assert message == str(declared(challenges=challenged))
