"""What a suite may declare as its front page."""

from dataclasses import replace

import pytest
from fronts import FRONT

from lstm_lab.judging.claims.front_page import COUNTS, Carried, Symptom, front_page_error
from lstm_lab.judging.criteria.judgement import Verdict


def test_sentence_names_the_verdicts_that_carry_it():
    """By id, in the order of supported, refuted and undecided."""
    sentence = Carried("So it is.", supported=("a/one", "a/two"), refuted=("b/one",), undecided=("c/one",))

    assert [
        ("a/one", Verdict.SUPPORTED),
        ("a/two", Verdict.SUPPORTED),
        ("b/one", Verdict.REFUTED),
        ("c/one", Verdict.INCONCLUSIVE),
    ] == list(sentence.wanted)


def test_front_page_knows_all_claims_that_it_names():
    """Also those of the sides of its picture, of its printed figures, and of its symptoms."""
    named = {"one-char/does-not-learn", "windows/steps-beat-features", "state/k-predicts-b", "state/warm-up"}
    assert named <= set(FRONT.claims)


def test_sound_front_page_has_no_error():
    """Where each sentence is carried by a verdict or counts."""
    assert front_page_error(FRONT) == ""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nothing carries this.", "which no verdict carries, wanted the ids of the claims that do"),
        ("{many} hold.", f"got {{many}} in '{{many}} hold.', wanted one of {', '.join(COUNTS)}"),
        ("An open {brace", "whose slots cannot be read"),
    ],
)
def test_unsound_sentence_is_named(text, wanted):
    """In one line: what, and what is wanted."""
    error = front_page_error(replace(FRONT, lessons=(Carried(text),)))

    assert wanted in error
    assert "\n" not in error


@pytest.mark.parametrize("symptom", [Symptom(" ", ("a/one",)), Symptom("It forgets", ())], ids=["no text", "no claim"])
def test_symptom_without_text_or_claims_is_named(symptom):
    """It would be a link that nobody sees, or one to nowhere."""
    error = front_page_error(replace(FRONT, symptoms=(symptom,)))

    assert error == f"got {symptom!r:.80}, wanted a text and the claims that explain it"
