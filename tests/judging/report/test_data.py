"""The evidence as CSV and JSON."""

import csv
import io
import json
import math

from ledgers import STATE, entry, everything, ledger_of, mixed, pairs

from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.evidence import Ledger, RecordedClaim, RecordedEdition
from lstm_lab.judging.report.data import COLUMNS, to_csv, to_json
from lstm_lab.judging.report.report import Report


def rows(ledger: Ledger) -> list[dict[str, str]]:
    """The rows of the CSV file."""
    return list(csv.DictReader(io.StringIO(to_csv(Report(ledger)))))


def claims(ledger: Ledger) -> dict[str, dict]:
    """The claims of the JSON file by their ids."""
    return {one["id"]: one for one in json.loads(to_json(Report(ledger)))["claims"]}


def test_each_seed_of_each_claim_has_a_row():
    """In the order of the catalogue and of the seeds, also where a seed failed or left nothing."""
    ledger = everything()
    told = rows(ledger)

    assert [(id, str(seed)) for id, one in ledger.catalogue.items() for seed in sorted(one.seeds)] == [
        (row["claim"], row["seed"]) for row in told
    ]
    fails = [row for row in told if row["claim"] == "state/fails"]
    assert ["failed", "failed", "failed", "failed"] == [row["outcome"] for row in fails[26:]]
    assert {""} == {row[name] for row in fails[26:] for name in COLUMNS[5:]}
    assert {"missing"} == {row["outcome"] for row in told if row["claim"] == "state/vanishes"} - {
        "holds",
        "does not hold",
    }


def test_a_row_tells_the_claim_and_the_place_that_says_it():
    """With what it is to the text; a claim without pairs has no figures."""
    one = entry("a/b", at_least(0.5), source=STATE.at(3, 2), stance="strict")
    told = rows(ledger_of((one, mixed(15)), showing=lambda seed: {"answer": "B, “C”", "share": 1 / 3, "right": True}))

    assert {
        "claim": "a/b",
        "stance": "strict",
        "source": "Section “Keeping State | Between Batches”, paragraph 3, sentence 2",
        "seed": "1",
        "outcome": "holds",
        "value": "",
        "against": "",
        "value_is": "",
        "against_is": "",
    } == {name: value for name, value in told[1].items() if name != "reported"}
    assert {"answer": "B, “C”", "share": 1 / 3, "right": True} == json.loads(told[1]["reported"])


def test_figures_have_full_precision():
    """They are read back to the last bit."""
    outcomes = [(math.pi / 3 + seed, 0.1 + 0.2) for seed in range(30)]
    ledger = ledger_of((entry("a/b", beats()), outcomes))

    assert outcomes == [(float(row["value"]), float(row["against"])) for row in rows(ledger)]
    assert outcomes == [(one["value"], one["against"]) for one in claims(ledger)["a/b"]["observations"]]


def test_halves_of_characters_are_written_out():
    """No file of UTF-8 can hold them."""
    half = "so\ud800"
    ledger = ledger_of((entry("a/b", at_least(0.5), statement=half), mixed(15)), showing=lambda seed: {half: half})
    ledger.catalogue["a/b"].claim.source.at(1)

    to_csv(Report(ledger)).encode("utf-8")
    assert half == json.loads(to_json(Report(ledger)).encode("utf-8"))["claims"][0]["statement"]


def test_a_claim_has_all_there_is_to_it():
    """Statement, place, criterion, verdict, its numbers, how sure it is, and how to repeat it."""
    told = claims(everything())["one-char/does-not-learn"]
    wanted = {
        "statement": "One letter at a time is not learned: the model gives some wrong answers.",
        "source": "Section “Learning One Letter at a Time”",
        "stance": "stated",
        "published": "84.00 %",
        "criterion": "at_most(0.2)",
        "verdict": "supported",
        "found": "holds with 1 of 30 seeds (3.3 %; 95 % interval 0.1 to 17.2 %)",
        "passes": 1,
        "n": 30,
        "can_fail": "not shown",
        "test": "claims/test_one_char.py:12",
        "repeat": "pytest claims/ --claim one-char/does-not-learn",
        "replay": "pytest 'claims/test_one_char.py::test_does_not_learn[seed029]'",
    }

    assert wanted == {name: told[name] for name in wanted}
    assert told["interval"]["low"] < 1 / 30 < told["interval"]["high"]
    assert told["p_value"] < told["q"] < told["q_dependent"]
    assert 30 == len(told["observations"])
    assert {"seed": 29, "holds": True} == {
        name: value for name, value in told["observations"][29].items() if name != "reported"
    }


def test_a_claim_without_a_verdict_has_the_same_names():
    """Their values are null; failures and missing seeds are named."""
    told = claims(everything())

    assert len({tuple(one) for one in told.values()}) == 1
    assert (None, None, "error") == tuple(told["state/fails"][name] for name in ("verdict", "interval", "status"))
    assert [26, 27, 28, 29] == [failure["seed"] for failure in told["state/fails"]["failures"]]
    assert [25, 26, 27, 28, 29] == told["state/vanishes"]["missing"]


def test_other_editions_stand_beside():
    """With their verdict and its numbers."""
    then = RecordedClaim("", tuple(range(30)), holds="".join(str(int(one)) for one in mixed(30)))
    ledger = ledger_of(
        (entry("a/b", at_least(0.8)), mixed(5)), editions={"2016": RecordedEdition("Keras 0.1", {}, {"a/b": then})}
    )
    told = claims(ledger)["a/b"]

    assert ("refuted", "supported", 30) == (
        told["verdict"],
        told["editions"]["2016"]["verdict"],
        told["editions"]["2016"]["passes"],
    )


def test_the_sides_of_a_pair_are_named():
    """In both files."""
    ledger = ledger_of((entry("a/b", beats()), pairs([0.1] * 30)))

    assert ("treatment", "baseline") == tuple(rows(ledger)[0][name] for name in ("value_is", "against_is"))
    assert ("treatment", "baseline") == tuple(claims(ledger)["a/b"][name] for name in ("value_is", "against_is"))
