"""Claims that cannot hold together."""

from ledgers import entry, everything, ledger_of, mixed

from lstm_lab.judging.criteria.exact import always
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.verdicts.contradictions import Contradictions
from lstm_lab.judging.verdicts.findings import judge


def test_one_side_saying_so_makes_two_rivals():
    """A claim that is contradicted knows it, although only the other one declares it."""
    contradictions = Contradictions.among(judge(everything()))

    assert ("comment-12/k-predicts-l",) == contradictions.rivals["state/k-predicts-b"]
    assert ("state/k-predicts-b",) == contradictions.rivals["comment-12/k-predicts-l"]


def test_only_two_supported_rivals_are_contested():
    """A pair of which one is refuted is not contested."""
    contradictions = Contradictions.among(judge(everything()))

    assert {"state/k-predicts-b", "comment-12/k-predicts-l"} == contradictions.contested_claims()
    assert [("state/k-predicts-b", "comment-12/k-predicts-l")] == contradictions.contested_pairs()


def test_rivals_that_are_not_in_the_run_are_known_by_name():
    """A rival that was not selected is still a rival, and never contested."""
    here = entry("a/here", at_least(0.5), contradicts=("a/elsewhere",))
    contradictions = Contradictions.among(judge(ledger_of((here, mixed(30)))))

    assert ("a/elsewhere",) == contradictions.rivals["a/here"]
    assert () == contradictions.contested("a/here")


def test_whose_evidence_is_stronger():
    """A supported claim before one that is not, an exact one before a rate, then the smaller p-value."""
    exact, sure, fair, weak = (
        (entry("a/exact", always()), [True] * 5),
        (entry("a/sure", at_least(0.5)), mixed(30)),
        (entry("a/fair", at_least(0.5)), mixed(27)),
        (entry("a/weak", at_least(0.5)), mixed(10)),
    )
    contradictions = Contradictions.among(judge(ledger_of(exact, sure, fair, weak)))

    assert "a/exact" == contradictions.stronger("a/exact", "a/sure") == contradictions.stronger("a/sure", "a/exact")
    assert "a/sure" == contradictions.stronger("a/fair", "a/sure")
    assert "a/fair" == contradictions.stronger("a/weak", "a/fair")
    assert "" == contradictions.stronger("a/weak", "a/weak")


def test_a_challenge_contradicts_and_has_two_sides():
    """Who challenges whom is told from both sides, and it is a contradiction like any other."""
    challenge = entry("a/challenge", at_least(0.5), challenges="a/challenged", contradicts=("a/third",))
    challenged, third = (entry(id, at_least(0.5)) for id in ("a/challenged", "a/third"))
    contradictions = Contradictions.among(
        judge(ledger_of((challenge, mixed(30)), (challenged, mixed(30)), (third, mixed(1))))
    )

    assert (("a/challenge", "a/challenged"),) == contradictions.challenges
    assert ("a/challenged", "a/third") == contradictions.rivals["a/challenge"]
    assert [("a/challenge", "a/challenged")] == contradictions.contested_pairs()
    assert ["Challenges", "Is challenged by", "Contradicts", "Contradicts"] == [
        contradictions.relation(one, other)
        for one, other in (
            ("a/challenge", "a/challenged"),
            ("a/challenged", "a/challenge"),
            ("a/challenge", "a/third"),
            ("a/third", "a/challenge"),
        )
    ]
