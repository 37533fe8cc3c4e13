"""What claims came to in other editions, as files: written, read back, and judged again."""

from dataclasses import replace

import pytest
from ledgers import entry, ledger_of, measured_on, mixed, pairs

from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.exact import always
from lstm_lab.judging.criteria.judgement import Verdict
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.evidence import EvidenceError, Ledger, RecordedClaim, RecordedEdition
from lstm_lab.judging.evidence.editions import read_editions, update_edition, write_edition
from lstm_lab.judging.verdicts import judge, with_recorded_verdicts

OFTEN = replace(entry("a/often", at_least(0.8)), digest="1111")
BETTER = replace(entry("a/better", beats()), digest="2222")
EXACT = replace(entry("a/exact", always()), digest="3333")
THEN = ledger_of((OFTEN, mixed(8)), (BETTER, pairs([0.1] * 30)), (EXACT, [True] * 5))

ONE_CLAIM = '{"format": 1, "software": "x", "versions": {}, "claims": {"a/b": {"digest": "1", "seeds": [0], %s}}}'


def recorded(ledger: Ledger) -> RecordedEdition:
    """All claims of a run as another edition."""
    claims = {
        one.claim.id: RecordedClaim.of(
            one.digest, [seen for (id, _), seen in ledger.observations.items() if id == one.claim.id]
        )
        for one in ledger.catalogue.values()
    }
    return RecordedEdition("Keras 0.1", {"keras": "3.15.1"}, claims)


def now(*changed, editions) -> Ledger:
    """A run of today with the record of other editions."""
    evidence = {OFTEN: mixed(29), BETTER: pairs([0.1] * 30), EXACT: [False] * 5}
    return ledger_of(*((one, seen) for one, seen in evidence.items()), *changed, editions=editions)


def test_what_is_written_is_read_back(tmp_path) -> None:
    """Outcomes and pairs to the last digit, in the order of the seeds."""
    write_edition(tmp_path / "2016.json", recorded(THEN))

    (read,) = read_editions(tmp_path).items()

    assert ("2016", recorded(THEN)) == read
    assert pairs([0.1] * 30) == read[1].claims["a/better"].outcomes
    assert mixed(8) == read[1].claims["a/often"].outcomes


def test_a_part_keeps_the_other_claims(tmp_path) -> None:
    """And replaces those that it measured."""
    whole, part = recorded(THEN), recorded(ledger_of((OFTEN, mixed(29))))
    path = tmp_path / "2016.json"
    update_edition(path, whole, whole.claims)
    update_edition(path, part, None)

    claims = read_editions(tmp_path)["2016"].claims

    assert {**whole.claims, **part.claims} == claims
    assert claims["a/often"] != whole.claims["a/often"]


def test_fewer_seeds_do_not_replace_more(tmp_path) -> None:
    """A quick look loses no evidence; a changed claim is recorded anew, and a claim that is gone leaves a whole run."""
    path, whole = tmp_path / "2016.json", recorded(THEN)
    quick = {id: replace(one, seeds=(0,), holds=one.holds[:1], pairs=one.pairs[:1]) for id, one in whole.claims.items()}
    quick["a/often"] = replace(quick["a/often"], digest="changed")
    del quick["a/exact"]
    update_edition(path, whole, whole.claims)

    update_edition(path, replace(whole, claims=quick), quick)

    assert {"a/often": 1, "a/better": 30} == {
        id: len(one.seeds) for id, one in read_editions(tmp_path)["2016"].claims.items()
    }


def test_a_claim_that_failed_keeps_its_record(tmp_path) -> None:
    """It was asked, and gave nothing new."""
    path, whole = tmp_path / "2016.json", recorded(THEN)
    update_edition(path, whole, whole.claims)

    update_edition(path, replace(whole, claims={"a/often": whole.claims["a/often"]}), ["a/often", "a/exact"])

    assert {"a/often", "a/exact"} == set(read_editions(tmp_path)["2016"].claims)


def test_what_was_measured_on_other_experiments_is_not_asked() -> None:
    """Where a claim asks for others now, what was recorded is no evidence."""
    then, run = recorded(measured_on(ledger_of((OFTEN, mixed(8))), "1234")), now(editions={})
    of_same, of_other = (
        judge(replace(measured_on(run, subject), editions={"2016": then}))[0].elsewhere["2016"].judgement
        for subject in ("1234", "5678")
    )

    assert of_same is not None
    assert of_other is None


@pytest.mark.parametrize("name", ["today", "2016 <img>", "A", "2016.old"])
def test_a_name_that_would_not_stand_in_a_report_is_refused(tmp_path, name) -> None:
    """Of a file, and of an edition in evidence from anywhere."""
    write_edition(tmp_path / f"{name}.json", recorded(THEN))
    now(editions={name: recorded(THEN)}).keep(tmp_path / "run.jsonl")

    for read in (lambda: read_editions(tmp_path), lambda: Ledger.read(tmp_path / "run.jsonl")):
        with pytest.raises(EvidenceError, match="wanted a name like 2016, of letters, digits and hyphens"):
            read()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"format": 2, "software": "x", "versions": {}, "claims": {}}',
        ONE_CLAIM % '"holds": "2"',
        ONE_CLAIM % '"holds": "11"',
        ONE_CLAIM.replace("[0]", "[0, 0]") % '"holds": "11"',
        ONE_CLAIM % '"pairs": [[1, NaN]]',
        ONE_CLAIM % '"pairs": [[1]]',
    ],
)
def test_another_file_is_refused_in_one_line(tmp_path, text) -> None:
    """Which file, and what would write it."""
    (tmp_path / "2016.json").write_text(text)

    with pytest.raises(
        EvidenceError, match=r"^.*/2016.json: got .*, wanted what `pytest claims/ --edition 2016` writes"
    ) as error:
        read_editions(tmp_path)

    assert "\n" not in str(error.value)


def test_its_own_criterion_judges_each_claim_again() -> None:
    """On the outcomes of the edition."""
    findings = judge(now(editions={"2016": recorded(THEN)}))

    then = {one.entry.claim.id: one.elsewhere["2016"].judgement.verdict for one in findings}
    assert {"a/often": Verdict.REFUTED, "a/better": Verdict.SUPPORTED, "a/exact": Verdict.SUPPORTED} == then
    assert [Verdict.SUPPORTED, Verdict.SUPPORTED, Verdict.REFUTED] == [one.verdict for one in findings]


def test_a_claim_that_was_changed_since_is_not_asked() -> None:
    """What was recorded is of another claim; one that was not recorded has nothing."""
    changed = replace(recorded(THEN), claims={"a/often": replace(recorded(THEN).claims["a/often"], digest="0")})

    often, better, _ = judge(now(editions={"2016": changed}))

    assert often.elsewhere["2016"].judgement is None
    assert better.elsewhere == {}


def test_in_an_edition_its_own_record_is_the_one_to_compare_with() -> None:
    """A claim without one is new there, whatever its verdict of today."""
    known = replace(recorded(THEN), claims={"a/exact": recorded(THEN).claims["a/exact"]})
    supported = replace(OFTEN, claim=replace(OFTEN.claim, expect=Verdict.SUPPORTED))

    assert [None, Verdict.SUPPORTED] == [one.claim.expect for one in with_recorded_verdicts([supported, EXACT], known)]
    assert [None] == [one.claim.expect for one in with_recorded_verdicts([supported], None)]
