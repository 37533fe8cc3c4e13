"""What the evidence of a claim comes to, in a sentence."""

from dataclasses import replace

import pytest
from ledgers import entry, everything, ledger_of, mixed, pairs, partial

from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.equivalence import equivalent
from lstm_lab.judging.criteria.exact import always, possible
from lstm_lab.judging.criteria.rates import at_least, at_most
from lstm_lab.judging.report.sentences import reported_values_sentence, result_sentence, result_text
from lstm_lab.judging.verdicts.findings import judge

PAIR_INTERVAL = "mean difference +0.25 (95 % interval +0.25 to +0.25)"


@pytest.mark.parametrize(
    ("criterion", "outcomes", "sentence"),
    [
        (always(), [True] * 5, "holds with every one of 5 seeds"),
        (always(), [True], "holds with the one seed; too few seeds: 1 of at least 5"),
        (
            always(),
            [True, False, True, False, True],
            "holds with 3 of 5 seeds; one counterexample refutes, the first is seed 1",
        ),
        (at_least(0.8), mixed(30), "holds with 30 of 30 seeds (100 %; 95 % interval 88.4 to 100 %)"),
        (
            at_least(0.8),
            mixed(3),
            "holds with 3 of 30 seeds (10 %; 95 % interval 2.1 to 26.5 %), wanted 80 % or more",
        ),
        (
            at_least(0.8),
            mixed(26),
            "holds with 26 of 30 seeds (86.7 %; 95 % interval 69.3 to 96.2 %), wanted 80 % or more; near the bar",
        ),
        (
            at_most(0.2),
            mixed(15),
            "holds with 15 of 30 seeds (50 %; 95 % interval 31.3 to 68.7 %), wanted 20 % or less",
        ),
        (
            beats(),
            pairs([0.25] * 30),
            "better: treatment beat baseline in 30 of 30 seeds, tied in 0, lost in 0 "
            f"(100 % of those that do not tie; 95 % interval 88.4 to 100 %); {PAIR_INTERVAL}",
        ),
        (
            beats(0.1),
            pairs([0.25] * 9 + [0.0] * 21),
            "better where they differ, most pairs tie: treatment beat baseline by more than 0.1 in 9 of 30 seeds, "
            "tied in 21, lost in 0 (100 % of those that do not tie; 95 % interval 66.4 to 100 %); mean difference "
            "+0.075 (95 % interval +0.031 to +0.119)",
        ),
        (
            beats(0.5),
            pairs([0.25] * 30),
            "no difference, most pairs tie: treatment beat baseline by more than 0.5 in 0 of 30 seeds, "
            f"tied in 30, lost in 0; {PAIR_INTERVAL}",
        ),
        (
            beats(),
            [(0.5, 1.0)] * 20 + [(1.0, 1.0)] * 10,
            "worse: treatment beat baseline in 0 of 30 seeds, tied in 10, lost in 20 "
            "(0 % of those that do not tie; 95 % interval 0 to 16.8 %); mean difference −0.33 "
            "(95 % interval −0.42 to −0.24); the same with every seed: baseline 1 (the most there is)",
        ),
        (
            beats(),
            [(20.0, 24.0), (26.0, 24.0)] * 15,
            "treatment beat baseline in 15 of 30 seeds, tied in 0, lost in 15 "
            "(50 % of those that do not tie; 95 % interval 31.3 to 68.7 %); mean difference −1 "
            "(95 % interval −2.1 to +0.1); the same with every seed: baseline 24; near the bar",
        ),
        (
            equivalent(0.5),
            pairs([0.25] * 30),
            "treatment and baseline lie within ±0.5 in 30 of 30 seeds (100 %; 95 % interval 88.4 to 100 %); "
            f"{PAIR_INTERVAL}",
        ),
        (
            equivalent(0.1),
            pairs([0.25] * 30),
            "treatment and baseline lie within ±0.1 in 0 of 30 seeds (0 %; 95 % interval 0 to 11.6 %), "
            f"wanted more than half; {PAIR_INTERVAL}",
        ),
        (
            equivalent(0.02),
            [(1.0, 1.0)] * 30,
            "treatment and baseline lie within ±0.02 in 30 of 30 seeds (100 %; 95 % interval 88.4 to 100 %); "
            "mean difference 0 (95 % interval 0 to 0); the same with every seed: both sides 1 (the most there is)",
        ),
        (
            possible(),
            [False] * 7 + [True] + [False] * 22,
            "happens with 1 of 30 seeds; one witness supports, the first is seed 7",
        ),
        (possible(), [False] * 30, "happens with 0 of 30 seeds, which rules out a rate above 10 %"),
    ],
)
def test_every_verdict_says_plainly_what_was_found(criterion, outcomes, sentence):
    """The sentence names counts, interval and, where the claim is not supported, what it wanted."""
    (finding,) = judge(ledger_of((entry("a/b", criterion, asked=len(outcomes)), outcomes)))

    assert sentence == result_sentence(finding)


NAMES = ("the baseline <b>", "32 units")


@pytest.mark.parametrize(
    ("criterion", "outcomes", "sentence"),
    [
        (
            beats(0.02),
            pairs([0.25] * 29 + [0.0]),
            "better: the baseline <b> beat 32 units by more than 0.02 in 29 of 30 seeds, tied in 1, lost in 0 "
            "(100 % of those that do not tie; 95 % interval 88.1 to 100 %); mean difference +0.242 "
            "(95 % interval +0.225 to +0.259)",
        ),
        (
            equivalent(0.02),
            [(1.0, 1.0 if seed else 0.99) for seed in range(30)],
            "the baseline <b> and 32 units lie within ±0.02 in 30 of 30 seeds (100 %; 95 % interval 88.4 to 100 %); "
            "mean difference +0.0003 (95 % interval −0.0003 to +0.001); the same with every seed: the baseline <b> 1 "
            "(the most there is)",
        ),
    ],
)
def test_sides_are_called_by_their_names(criterion, outcomes, sentence):
    """Also where a name has the word that stands for the other side; in Markdown it is text, and nothing else."""
    (finding,) = judge(ledger_of((entry("a/b", criterion, sides=NAMES), outcomes)))

    assert sentence == result_text(finding)
    assert sentence.replace("<b>", "&lt;b>") == result_sentence(finding)


def test_too_few_seeds_say_so():
    """An undecided claim names how many seeds it takes."""
    (finding,) = judge(ledger_of((entry("a/b", at_least(0.8), asked=5), [True] * 5)))

    assert result_sentence(finding).endswith("too few seeds: 5 of at least 17")


def test_one_pair_has_no_interval():
    """A single pair gives a difference, and no interval is made up around it."""
    (finding,) = judge(ledger_of((entry("a/b", equivalent(0.1), asked=1), pairs([0.25]))))

    assert result_sentence(finding).endswith("; mean difference +0.25; too few seeds: 1 of at least 6")


def test_claims_that_lost_seeds_are_not_judged():
    """Failed and missing seeds are named, and no share is."""
    unjudged = {one.entry.claim.id: result_sentence(one) for one in judge(everything()) if one.judgement is None}

    assert {
        "state/fails": "not judged: of 30 seeds, 4 failed (seeds 26 to 29)",
        "state/vanishes": "not judged: of 30 seeds, 5 left no observation (seeds 25 to 29)",
    } == unjudged


def test_part_of_the_seeds_is_counted_but_not_judged():
    """A selection of seeds shows what they showed and gives no verdict."""
    assert "4 of 30 seeds selected, not judged: holds 1×, does not hold 3×" == result_sentence(judge(partial())[0])


def test_what_every_seed_has_is_no_median():
    """A value that is the same with all seeds is told as such, and names are words."""
    shows = {"share_of_b": 1.0, "same": True}
    five, one = (
        judge(ledger_of((entry("a/b", always(), asked=n), [True] * n), showing=lambda seed: shows))[0] for n in (5, 1)
    )

    assert "share of b 100 % in each of 5 seeds; same: yes in 5 of 5 seeds" == reported_values_sentence(five)
    assert "share of b 100 %; same: yes" == reported_values_sentence(one)


def test_differences_that_a_margin_dwarfs_are_not_told_to_the_digit():
    """The rounding of single precision is no finding."""
    tiny = [(0.5 + seed * 1e-9, 0.5) for seed in range(30)]
    (finding,) = judge(ledger_of((entry("a/b", beats(0.02)), tiny)))

    assert result_sentence(finding).endswith(
        "lost in 0; mean difference next to 0; the same with every seed: baseline 0.5"
    )


def test_first_two_figures_are_told_in_a_few_words():
    """A number is told by its median, a text by the value most seeds show; a claim that shows nothing tells nothing."""
    (finding, *_) = judge(everything())

    assert "accuracy 88 % (median); answer: B in 26 of 30 seeds" == reported_values_sentence(finding)
    assert "" == reported_values_sentence(replace(finding, observations=()))
