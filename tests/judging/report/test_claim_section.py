"""The section of one claim."""

from dataclasses import replace

import pytest
from ledgers import ADA, STATE, entry, everything, ledger_of, mixed, partial, record

from lstm_lab.judging.claims.source import Comment
from lstm_lab.judging.criteria.exact import always
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.report.claim_section import claim_section, repetition
from lstm_lab.judging.report.formatting import IN_THE_ROOT, repeat
from lstm_lab.judging.verdicts.contradictions import Contradictions
from lstm_lab.judging.verdicts.findings import judge


def sections(ledger):
    """The lines of each claim's section, by the id of the claim."""
    found = judge(ledger)
    contradictions = Contradictions.among(found)
    return {one.entry.claim.id: list(claim_section(one, contradictions)) for one in found}


def repetitions(ledger, default_seeds=30):
    """For each claim what its reader needs to repeat it, one text for each line."""
    return {
        one.entry.claim.id: [f"{about} {text}" for about, text in repetition(one, default_seeds, IN_THE_ROOT)]
        for one in judge(ledger)
    }


@pytest.fixture(scope="module")
def everything_told():
    """The sections of a run that has everything."""
    return sections(everything())


def test_section_tells_the_whole_claim(everything_told):
    """Verdict and note, and folded: criterion, seeds, numbers, published figure; no p-value and no command for it."""
    assert [
        "**●\u00a0SUPPORTED** `one-char/does-not-learn`: "
        "holds with 1 of 30 seeds (3.3 %; 95 % interval 0.1 to 17.2 %).",
        "",
        "Note: Not learned means that at least one of the 25 letters is answered wrongly, see `a < b`.",
        "",
        "<details><summary>Criterion, numbers and seeds</summary>",
        "",
        "- To the text: the text states it",
        "- Criterion: `at_most(0.2)`, the whole 95 % interval of the share of seeds must be 20 % or less; "
        "refuted: none of it is",
        "- Seeds 0 to 29: `○○○○○○○○○○ ○○○○○○○○○○ ○○○○○○○○○●`",
        "",
        "| measured | seeds | smallest | median | largest | 95 % interval of the median |",
        "| :-- | --: | --: | --: | --: | --: |",
        "| accuracy | 30 | 80 % | 88 % | 96 % | 84 % to 92 % |",
        "",
        "| measured | seeds | values |",
        "| :-- | --: | :-- |",
        "| answer | 30 | `B` 26×, `L` 4× |",
        "| right | 30 | `no` 15×, `yes` 15× |",
        "",
        "- Can fail: not shown; `pytest claims/ --claim one-char/does-not-learn --control` does",
        "- Published: 84.00 %",
        "- Taken together with all other verdicts, this one may be chance",
        "",
        "</details>",
        "",
    ] == everything_told["one-char/does-not-learn"]


def test_who_repeats_it_is_told_how():
    """How sure it is among all verdicts, the seed that speaks against it, and the test with its command."""
    assert [
        "p-value: 0.021; q-values 0.0379 (BH), 0.107 (BY)",
        "First counterexample: seed 29, replay with `pytest 'claims/test_one_char.py::test_does_not_learn[seed029]'`",
        "Test: [`claims/test_one_char.py:12`](claims/test_one_char.py#L12), "
        "repeat with `pytest claims/ --claim one-char/does-not-learn`",
    ] == repetitions(everything())["one-char/does-not-learn"]


def test_only_statistical_verdicts_have_a_p_value():
    """What a single seed decides has none, what is not judged neither; in part of the suite there is no family."""
    few = replace(partial(), partial="1 of 2 claims selected")
    few.catalogue["a/b"] = entry("a/b", at_least(0.5))
    record(few, few.catalogue["a/b"], mixed(30))

    for claim in ("one-char/state-is-reset", "comment-12/k-predicts-l", "state/fails"):
        assert [] == [line for line in repetitions(everything())[claim] if line.startswith("p-value")]
    assert ["p-value: below 0.0001"] == [line for line in repetitions(few)["a/b"] if line.startswith("p-value")]


def test_pairs_show_both_arms_and_their_difference(everything_told):
    """A pair has a row for treatment, baseline and what lies between."""
    lines = everything_told["windows/steps-beat-features"]

    assert "| treatment | 30 | 0.73 | 0.88 | 0.94 | 0.85 to 0.88 |" in lines
    assert "| baseline | 30 | 0.75 | 0.76 | 0.77 | 0.75 to 0.77 |" in lines
    assert "| treatment − baseline | 30 | −0.04 | +0.13 | +0.17 | +0.09 to +0.13 |" in lines


def test_rivals_are_named_with_their_verdicts(everything_told):
    """A contradicting claim is linked with its verdict; two supported ones are called contested."""
    assert (
        "- Contradicts [`comment-12/k-predicts-l`](#comment-12--k-predicts-l), ●\u00a0SUPPORTED; "
        "**contested: the evidence supports both**, that one more strongly"
    ) in everything_told["state/k-predicts-b"]
    assert (
        "- Contradicts [`one-char/state-is-reset`](#one-char--state-is-reset), ●\u00a0SUPPORTED; "
        "the evidence supports that one" in everything_told["comment-4/no-reset"]
    )
    assert (
        "- Contradicts `comment-4/no-reset`, which is not in this run" in sections(partial())["one-char/state-is-reset"]
    )


def test_first_witness_of_something_possible_is_replayed():
    """What a single seed supports names that seed and the command that replays it."""
    assert (
        "First witness: seed 7, replay with `pytest 'claims/test_comment_12.py::test_k_predicts_l[seed007]'`"
        in repetitions(everything())["comment-12/k-predicts-l"]
    )


def test_failed_and_missing_seeds_are_named(everything_told):
    """Equal failures stand in one line with their seeds; traces that never came are named too."""
    lines = everything_told["state/fails"]

    assert "- Failed with seeds 26, 27, 29: `ValueError: got shape (3,), wanted (3, 1)`" in lines
    assert "- Failed with seed 28: crash, `worker 'gw0' crashed`" in lines
    assert "- No observation of seeds 25 to 29" in everything_told["state/vanishes"]


def test_departures_from_the_record_are_told(everything_told):
    """A verdict other than the one on record says which one that is; a new claim says it is new."""
    assert any(line.endswith("**The verdict on record is SUPPORTED.**") for line in everything_told["state/warm-up"])
    assert any(line.endswith("no verdict is on record.") for line in everything_told["windows/new-idea"])


def test_fewer_seeds_come_with_their_reason(everything_told):
    """A claim that declares its number of seeds says why."""
    assert "- At most 20 seeds: its 5000 epochs are dear." in everything_told["state/few-units-suffice"]


def test_verdict_that_may_be_chance_says_so(everything_told):
    """A decided verdict that does not survive among all others, however they depend on each other, is marked."""
    mark = "- Taken together with all other verdicts, this one may be chance"

    assert ["one-char/does-not-learn", "state/k-predicts-b"] == [
        id for id, lines in everything_told.items() if mark in lines
    ]


def test_seed_beyond_the_default_is_replayed_with_the_option():
    """A counterexample that a default run does not reach names the number of seeds that reaches it."""
    lines = repetitions(ledger_of((entry("a/b", at_least(0.5), asked=40), [True] * 35 + [False] * 5)), 40)["a/b"]

    assert "First counterexample: seed 35, replay with `pytest 'claims/test_a.py::test_b[seed035]' --seeds 36`" in lines
    assert lines[-1].endswith("repeat with `pytest claims/ --claim a/b --seeds 40`")


def test_figure_that_never_varies_has_no_interval():
    """What is the same with every seed is no sample of anything."""
    ledger = ledger_of((entry("a/b", at_least(0.5)), mixed(30)), showing=lambda seed: {"letters": 26})

    assert "| letters | 30 | 26 | 26 | 26 | – |" in sections(ledger)["a/b"]


def test_many_different_texts_are_cut():
    """Beyond a dozen different texts the rest is counted together."""
    ledger = ledger_of((entry("a/b", at_least(0.5)), mixed(30)), showing=lambda seed: {"text": f"t{seed:02d}"})
    (line,) = (line for line in sections(ledger)["a/b"] if line.startswith("| text"))

    assert line.startswith("| text | 30 | `t00` 1×, ")
    assert line.endswith("`t11` 1×, 18 other values 18× |")


def test_claim_without_seeds_or_figures_has_a_section():
    """A claim of which nothing arrived is told as well."""
    one = entry("a/b", always())
    lines = sections(ledger_of((replace(one, docstring=""), [])))["a/b"]

    assert "- Seeds 0 to 4: `?????`" in lines


def test_whole_run_is_repeated_on_all_cores():
    """Without a claim the command runs all of them; the number of seeds is named where it is not the default."""
    assert "pytest claims/ -n auto" == repeat("", 30)
    assert "pytest claims/ -n auto --seeds 7" == repeat("", 7)


def test_what_a_claim_is_to_the_text_and_where_it_says_so():
    """Its stance in words, the other places, and what changed after a verdict was seen."""
    reply = Comment(6, "Author", "2016-09-17", reply=3, by_author=True)
    details = {"also": (reply.at(2), STATE.at(1)), "revised": "2026-11: the metric; was `SUPPORTED`"}
    ledger = ledger_of(
        (entry("a/stated", always(), source=STATE.at(10, 2), **details), [True] * 5),
        (entry("a/strict", always(), source=STATE, stance="strict"), [True] * 5),
        (entry("a/question", always(), source=ADA, stance="question"), [True] * 5),
        (entry("a/probe", always(), source=ADA, stance="probe"), [True] * 5),
        (entry("a/reader", always(), source=ADA), [True] * 5),
        (entry("a/author", always(), source=reply), [True] * 5),
    )
    told = sections(ledger)

    assert (
        "- Said also in: Comment 6, reply 3, Author, 2016-09-17, paragraph 2; "
        "Section “Keeping State | Between Batches”, paragraph 1"
    ) in told["a/stated"]
    assert "- Revised: 2026-11: the metric; was `SUPPORTED`" in told["a/stated"]
    assert {
        "a/stated": "the text states it",
        "a/strict": "a stricter reading, which the text allows and does not need",
        "a/question": "a reader's question or suggestion; nobody asserts it",
        "a/probe": "ours, to explain another verdict; the text does not say it",
        "a/reader": "a reader states it",
        "a/author": "the text states it",
    } == {
        claim: line.removeprefix("- To the text: ")
        for claim, lines in told.items()
        for line in lines
        if line.startswith("- To the text")
    }
    assert not any(line.startswith(("- Revised", "- Said also")) for line in told["a/strict"])
